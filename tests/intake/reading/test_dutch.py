"""Somebody else's Dutch, or another mother tongue, is not taken for the client's level."""

import pytest

from bot import intake


@pytest.mark.parametrize(
    "given_text",
    [
        "mijn kinderen zijn hier geboren",
        "mijn vrouw is nederlander",
        "arabisch is mijn moedertaal",
        "ik heb heel mijn leven gewerkt in de bouw",
        "belgische vrienden heb ik",
    ],
)
def test_no_reader_guesses_when_the_answer_is_about_something_else(given_text: str) -> None:
    assert intake.read("dutch_level", given_text).value is None


def test_dutch_is_read_beside_another_mother_tongue() -> None:
    actual = intake.read(
        "dutch_level", "pools is mijn moedertaal maar nederlands versta ik bijna alles"
    )

    assert actual.value == "b2"


@pytest.mark.parametrize("given_text", ["ja", "ja hoor", "ja natuurlijk", "ja wel", "Ja."])
def test_a_yes_is_no_level_and_offers_none(given_text: str) -> None:
    assert intake.read("dutch_level", given_text) == intake.Reading()


def test_a_yes_with_a_little_is_a_little() -> None:
    assert intake.read("dutch_level", "ja een beetje").value == "a1"

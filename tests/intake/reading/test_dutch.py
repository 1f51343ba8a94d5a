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

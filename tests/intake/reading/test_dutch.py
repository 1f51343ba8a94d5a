"""Somebody else's Dutch, or another mother tongue, is not taken for the client's level."""

import pytest

from bot.intake.reading import Reading, by_rules


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
    assert by_rules("dutch_level", given_text).value is None


def test_dutch_is_read_beside_another_mother_tongue() -> None:
    actual = by_rules(
        "dutch_level", "pools is mijn moedertaal maar nederlands versta ik bijna alles"
    )

    assert actual.value == "b2"


@pytest.mark.parametrize("given_text", ["ja", "ja hoor", "ja natuurlijk", "ja wel", "Ja."])
def test_a_yes_is_no_level_and_offers_none(given_text: str) -> None:
    assert by_rules("dutch_level", given_text) == Reading()


def test_a_yes_with_a_little_is_a_little() -> None:
    assert by_rules("dutch_level", "ja een beetje").value == "a1"


@pytest.mark.parametrize(
    ("given_text", "expected_options"),
    [
        ("Ik behaalde B1 mondeling en A2 schriftelijk.", ("a2", "b1")),
        ("Mijn niveau ligt ergens tussen A2 en B1.", ("a2", "b1")),
        ("ik geef mijzelf 8 op 10", ("b1", "b2")),
        ("de dokter moet alles uitleggen want ik versta er niks van", ("a0", "a2")),
    ],
)
def test_between_two_levels_the_client_chooses(
    given_text: str, expected_options: tuple[str, ...]
) -> None:
    actual = by_rules("dutch_level", given_text)

    assert (actual.value, actual.options) == (None, expected_options)


@pytest.mark.parametrize(
    ("given_text", "expected_level"),
    [
        ("ik ben bezig aan niveau A2 en heb A1 al afgerond", "a1"),
        ("b1 gehaald vorig jaar nu bezig met b2", "b1"),
        ("alleen woord in winkel", "a1"),
        ("mijn kinderen spreken nederlands ik bijna niet", "a0"),
        ("ik versta film zonder onderschrift", "b2"),
        ("ik heb universitaire studies in het Nederlands afgerond", "c1"),
        ("praten gaat maar schrijven heb ik nooit geleerd", "a2"),
    ],
)
def test_what_is_finished_or_can_be_done_is_the_level(given_text: str, expected_level: str) -> None:
    assert by_rules("dutch_level", given_text).value == expected_level

"""Names by what was learned of names."""

import pytest

from bot import intake
from bot.intake.reading import name_tagger
from bot.intake.reading.examples import Example
from bot.intake.reading.reading import NOTHING, Reading


@pytest.mark.parametrize(
    ("given_text", "expected_name"),
    [
        ("ik heet fatima amrani", "Fatima Amrani"),
        ("voornaam Tigist achternaam Haile", "Tigist Haile"),
        ("goeiedag, hier Lutgard Vanhove", "Lutgard Vanhove"),
        ("piet", "Piet"),
        ("zeg ik liever niet", None),
        ("", None),
    ],
)
def test_the_name_is_read_with_the_rules(given_text: str, expected_name: str | None) -> None:
    assert intake.read("name", given_text).value == expected_name


def test_where_both_find_the_same_words_the_rules_write_them() -> None:
    rules = Reading("Jan van den Broeck")

    assert name_tagger.tagged("ik ben jan van den broeck", rules) == rules


@pytest.mark.parametrize(
    ("given_text", "expected_name"),
    [
        ("zelfde naam als mijn oma, rosa, rosa dhondt", "Rosa Dhondt"),
        ("in het dorp zeggen ze jefke maar ik heet jozef claes", "Jozef Claes"),
    ],
)
def test_of_two_names_in_an_answer_the_likeliest_is_taken(
    given_text: str, expected_name: str
) -> None:
    assert intake.read("name", given_text).value == expected_name


def test_initials_and_a_spelled_name_are_one_word() -> None:
    assert name_tagger.name_words("ik ben J.P. Maes, e-l-i-f") == [
        "ik", "ben", "J.P.", "Maes", ",", "elif",
    ]  # fmt: skip


def test_a_text_without_words_stays_with_the_rules() -> None:
    assert name_tagger.tagged("", NOTHING) == NOTHING


def test_a_model_learns_a_first_and_a_family_name_apart() -> None:
    # given a few answers in which both are named
    said = [
        Example("one", f"voornaam {first} achternaam {last}", f"{first} {last}")
        for first, last in (("An", "Maes"), ("Ali", "Demir"), ("Eva", "Nowak"), ("Bo", "Claes"))
    ]
    # when a model is learned of them
    content = name_tagger.learn([*said, Example("one", "dat zeg ik niet", "nothing")])
    # then it is one that can be kept and read back
    assert content
    assert name_tagger._before() is not None

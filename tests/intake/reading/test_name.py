"""An answer to another question is no name; names that look like one stay names."""

import pytest

from bot.intake.reading import by_rules


@pytest.mark.parametrize(
    "given_text",
    [
        "jobbeurs", "tunesië", "albanees", "kortrik", "Oostende", "zaterdagvoormiddag",
        "leefloon", "els punt maes apenstaartje skynet punt be", "rijbewijs",
        "mijn naam is haas",
    ],
)  # fmt: skip
def test_an_answer_to_another_question_is_no_name(given_text: str) -> None:
    assert by_rules("name", given_text).value is None


@pytest.mark.parametrize(
    "given_text", ["Joren", "Amal", "Frank", "Brecht", "Israel", "Jette", "Kwame"]
)
def test_a_name_that_looks_like_a_word_or_town_is_a_name(given_text: str) -> None:
    assert by_rules("name", given_text.lower()).value == given_text


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("ben", "Ben"),
        ("ik ben ben", "Ben"),
        ("kaat.claeys", "Kaat Claeys"),
        ("ik ben", None),
        ("jan.peeters@example.be", None),
    ],
)
def test_a_name_as_it_is_typed_on_a_phone(given_text: str, expected: str | None) -> None:
    assert by_rules("name", given_text).value == expected

"""Cleaning of texts before they are read."""

import pytest

from bot.nlu.text import MAX_CHARS, clean


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("  ik   wil\nleren ", "ik wil leren"),
        ("neeeeee", "nee"),
        ("2000 euro, 1000", "2000 euro, 1000"),
        ("ge\u0301nk", "g\u00e9nk"),
        ("da\u2019s goed", "da's goed"),
        ("a\x00b\u200bc", "a b c"),
        ("", ""),
    ],
)
def test_clean_keeps_the_words_and_drops_the_noise(given: str, expected: str) -> None:
    assert clean(given) == expected


def test_clean_keeps_the_end_of_a_long_text() -> None:
    given = "bla " * 5000 + "ik wil stoppen"
    actual = clean(given)
    assert len(actual) <= MAX_CHARS + 1
    assert actual.endswith("ik wil stoppen")

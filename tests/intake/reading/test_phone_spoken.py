"""Figures as they are said."""

import pytest

from bot.intake.reading.phone_spoken import figures_spoken, repeated


@pytest.mark.parametrize(
    ("given_words", "expected_words"),
    [
        ("nul vier drie keer de 7", "nul vier 7 7 7"),
        ("dubbel nul elf", "0 0 elf"),
        ("2x 5", "5 5"),
        ("drie nullen", "0 0 0"),
        ("twee keer bellen", "twee keer bellen"),
    ],
)
def test_what_is_said_to_come_again_is_written_out(given_words: str, expected_words: str) -> None:
    assert " ".join(repeated(given_words.split())) == expected_words


@pytest.mark.parametrize(
    ("given_text", "expected_figures"),
    [
        ("nul vier zeven een dan twee en dertig dan veertien twaalf", "0471321412"),
        ("nulvierachtzeven drieëndertig vierenveertig vijfenvijftig", "0487334455"),
        ("zero quatre cent quatre-vingt-sept trente quarante cinquante", "0487304050"),
        ("nul vier", ""),
    ],
)
def test_numbers_in_words_become_figures(given_text: str, expected_figures: str) -> None:
    assert figures_spoken(given_text) == expected_figures

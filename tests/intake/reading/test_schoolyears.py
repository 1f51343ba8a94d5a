"""School told in years, classes or ages."""

import pytest

from bot.intake.reading.lexicon import tokens
from bot.intake.reading.numbers import digits
from bot.intake.reading.schoolyears import by_years


@pytest.mark.parametrize(
    ("given_text", "expected_levels"),
    [
        ("vijf jaar naar school", ["primary"]),
        ("school 5 jaar", ["primary"]),
        ("een jaar school", ["none"]),
        ("12 jaar school", ["upper_secondary"]),
        ("9 klas", ["lower_secondary"]),
        ("grade 10", ["lower_secondary"]),
        ("11 klassen", []),
        ("3 jaar school", []),
        ("naar school tot mijn twaalfde", ["primary"]),
        ("gestopt op 15 met school", ["lower_secondary"]),
        ("school tot 18 jaar", []),
        ("school van 6 tot 12 jaar", ["primary"]),
        ("ik heb 12 kinderen", []),
    ],
)
def test_years_say_a_level_or_nothing(given_text: str, expected_levels: list[str]) -> None:
    assert by_years(digits(tokens(given_text))) == expected_levels

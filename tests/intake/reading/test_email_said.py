"""What people say about an e-mail address while they say it."""

import pytest

from bot.intake.reading.email_said import UNCLEAR, with_signs


@pytest.mark.parametrize(
    ("given_text", "expected_text"),
    [
        ("h van hotel", "h"),
        ("s m i t s punt jan", "smits . jan"),
        ("tineke met een k punt g", "tineke . g"),
        ("René zonder accent punt g", "rene . g"),
        ("hoofdletter R ita", "rita"),
        ("ali met hoofdletter a punt d", "ali . d"),
        ("rita en dan een streepje van onder 3", "rita _ 3"),
        ("finn streepje de streepje wit", "finn - de - wit"),
        ("drie keer zeven", "7 7 7"),
        ("rita, rita punt b", "rita . b"),
        ("g mail", "gmail"),
    ],
)
def test_signs_are_written_and_explanations_left_out(given_text: str, expected_text: str) -> None:
    assert with_signs(given_text).split() == expected_text.split()


@pytest.mark.parametrize(
    "given_text",
    [
        "de wit met dubbel t",
        "tineke met een c",
        "catherine zonder h",
        "a b at c met een punt tussen",
    ],
)
def test_an_explanation_that_does_not_fit_is_marked(given_text: str) -> None:
    assert UNCLEAR in with_signs(given_text)

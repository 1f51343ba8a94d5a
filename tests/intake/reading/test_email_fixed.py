"""Corrections of an e-mail address."""

import pytest

from bot.intake.reading.email_fixed import fixed, is_fragment


@pytest.mark.parametrize(
    ("given_correction", "expected_address"),
    [
        ("hotmail", "rita.claes7@hotmail.be"),
        (". com", "rita.claes7@telenet.com"),
        ("skynet . com", "rita.claes7@skynet.com"),
        ("acht", "rita.claes8@telenet.be"),
        ("klaes", "rita.klaes7@telenet.be"),
        ("dat ik laat ben", "rita.claes7@telenet.be"),
        ("toch met streepje", None),
        ("een acht", None),
        ("mohammed", None),
    ],
)
def test_a_piece_is_replaced_when_it_is_clear_which(
    given_correction: str, expected_address: str | None
) -> None:
    assert fixed("rita.claes7@telenet.be", given_correction) == expected_address


@pytest.mark.parametrize(
    ("given_first", "given_correction", "expected"),
    [
        ("rita .", "- claes @ telenet . be", True),
        ("rita vijf vier", "vijf vijf @ telenet . be", True),
        ("r . claes", "rita . claes @ telenet . be", False),
        ("", "rita @ telenet . be", False),
    ],
)
def test_an_address_that_goes_on_after_the_slip_is_a_fragment(
    given_first: str, given_correction: str, expected: bool
) -> None:
    assert is_fragment(given_first, given_correction) is expected

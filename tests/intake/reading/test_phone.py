"""Phone numbers: corrected, of several one, of abroad."""

import pytest

from bot.intake.reading.phone import phone


@pytest.mark.parametrize(
    ("given_text", "expected_number"),
    [
        ("tis 0472 33 44 55 nee 56 van achter", "+32472334456"),
        ("mijn man 0470 11 22 33, mijn nummer is 0470 98 76 54", "+32470987654"),
        ("oud nummer 0470 11 22 33 nieuw 0471 22 33 44", "+32471223344"),
        ("0470 98 76 54, dat van mijn vrouw is 0471 11 22 33", "+32470987654"),
        ("bel mijn dochter op 0470 11 22 33", "+32470112233"),
        ("0470 98 76 54 of thuis 011 22 33 44", "+32470987654"),
        ("0487304050 is van ma, mijne is 0488304050", "+32488304050"),
        ("eerste 0487304050 tweede 0488304050, tweede is beter", "+32488304050"),
        ("0487 30 40 50 gestolen, nu 0488 30 40 50", "+32488304050"),
        ("Vroeger was het 0487 30 40 50, tegenwoordig 0488 30 40 50.", "+32488304050"),
    ],
)
def test_of_several_numbers_that_of_the_client_is_taken(
    given_text: str, expected_number: str
) -> None:
    assert phone(given_text).value == expected_number


@pytest.mark.parametrize("given_text", ["0487304050 is kapot", "oud nummer: 0487 30 40 50"])
def test_a_number_that_no_longer_works_is_not_taken(given_text: str) -> None:
    assert phone(given_text).value is None


@pytest.mark.parametrize(
    ("given_text", "expected_number"),
    [
        ("06 12 34 56 78 nummer van frankrijk", "+33612345678"),
        ("+44 7700 900 123", "+447700900123"),
        ("zéro quatre septante six douze trente quatre cinquante six", "+32476123456"),
        ("zero four eight seven thirty forty fifty", "+32487304050"),
        ("nul vier acht zeven, drie nullen, 4 5 6", "+32487000456"),
    ],
)
def test_a_number_of_abroad_or_in_another_language_is_read(
    given_text: str, expected_number: str
) -> None:
    assert phone(given_text).value == expected_number

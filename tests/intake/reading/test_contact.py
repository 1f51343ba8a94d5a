"""Corrections in a phone number and an address, and whose they are."""

import pytest

from bot.intake.reading.contact import email, phone


@pytest.mark.parametrize(
    ("given_text", "expected_number"),
    [
        ("tis 0472 33 44 55 nee 56 van achter", "+32472334456"),
        ("mijn man 0470 11 22 33, mijn nummer is 0470 98 76 54", "+32470987654"),
        ("oud nummer 0470 11 22 33 nieuw 0471 22 33 44", "+32471223344"),
        ("0470 98 76 54, dat van mijn vrouw is 0471 11 22 33", "+32470987654"),
        ("bel mijn dochter op 0470 11 22 33", "+32470112233"),
        ("0470 98 76 54 of thuis 011 22 33 44", "+32470987654"),
    ],
)
def test_of_several_numbers_that_of_the_client_is_taken(
    given_text: str, expected_number: str
) -> None:
    assert phone(given_text).value == expected_number


@pytest.mark.parametrize(
    ("given_text", "expected_address"),
    [
        ("ali@gmail.con", "ali@gmail.com"),
        ("nour streepje laag ali at hotmail punt com", "nour_ali@hotmail.com"),
        ("ali@bedrijf.con", "ali@bedrijf.con"),
        ("yassin@gmail.con sry .com", "yassin@gmail.com"),
        ("ali@gmail.com sorry hotmail", "ali@hotmail.com"),
        ("ali@gmail.com nee outlook.be", "ali@outlook.be"),
        ("jan at proximus punt be nee wacht at outlook punt be", "jan@outlook.be"),
        ("nee sorry ali@gmail.com", "ali@gmail.com"),
        ("ali@gmail.com sorry dat ik laat ben", "ali@gmail.com"),
        ("ali@gmail.com nee jan@gmail.com", "jan@gmail.com"),
    ],
)
def test_a_correction_replaces_what_was_wrong(given_text: str, expected_address: str) -> None:
    assert email(given_text).value == expected_address

"""Years of birth, on 22 November 2026."""

import datetime as dtm

import pytest

from bot.intake.reading.birth import ages_of_birth, years_in_words

TODAY = dtm.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("given_text", "expected_ages"),
    [
        ("12/03/1998", [28]),
        ("12-12-98", [27]),
        ("ik ben van 84", [42]),
        ("het geen van 72", [54]),
        ("ik ben van 49", [77]),
        ("bouwjaar 79", [47]),
        ("ben in 88 geboren", [38]),
        ("04071979", [47]),
        ("79.07.04-123.45", [47]),
        ("lichting 90", [36]),
        ("maart 90", [36]),
        ("'07 gasten", [19]),
        ("in het jaar van de moordaanslag op kennedy , 63 dus", [63]),
        ("november 1990", [35, 36]),
        ("mijn zoon is van 2005 ik van 1980", [46]),
        ("in belgie sinds 2004 , geboren 1979", [47]),
        ("van de jaren 80", list(range(37, 47))),
    ],
)
def test_a_year_of_birth_gives_the_age(given_text: str, expected_ages: list[int]) -> None:
    assert ages_of_birth(given_text, given_text, TODAY) == expected_ages


@pytest.mark.parametrize(
    "given_text",
    ["getrouwd in 1989", "mijn zoon is van 2005", "hier sinds 2015", "ik ben 34", "in 2024",
     "een vrouw van 45 jaar"],
)  # fmt: skip
def test_other_years_are_no_birth(given_text: str) -> None:
    assert ages_of_birth(given_text, given_text, TODAY) == []


def test_years_in_words_become_years() -> None:
    assert years_in_words("negentienhonderd 90") == "1990"
    assert years_in_words("tweeduizend en 4") == "2004"

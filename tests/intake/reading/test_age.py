"""Ages in whole answers; the parts are tested in the modules beside this one."""

import datetime as dtm

import pytest

from bot.intake.reading.age import age_band, band
from bot.intake.reading.reading import NOTHING, Reading

NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)


@pytest.mark.parametrize(
    ("given_text", "expected_band"),
    [
        ("negenenvuufteg", "55_plus"),
        ("'k zyn tsestig", "55_plus"),
        ("vuuventwinteg geworden in juli", "18_25"),
        ("dertug", "26_34"),
        ("drieendetig", "26_34"),
        ("nen twintigjarige", "18_25"),
        ("19j", "18_25"),
        ("45jr", "45_54"),
        ("34,5", "26_34"),
        ("zestigplusser", "55_plus"),
        ("thirty five", "35_44"),
        ("in m'n vijfenveertigste levensjaar", "35_44"),
        ("in de veertig, zeg maar 46", "45_54"),
        ("nen tiener niet meer, 22", "18_25"),
        ("nog geen dertig, 29", "26_34"),
        ("tussen 25 en 30, zeg 28", "26_34"),
        ("nog geen 18", "16_17"),
        ("volgend jaar met pensioen", "55_plus"),
    ],
)
def test_an_age_is_read_however_it_is_written(given_text: str, expected_band: str) -> None:
    assert age_band(given_text, NOW).value == expected_band


@pytest.mark.parametrize(
    "given_text",
    [
        "15, volgend jaar 16",
        "mijn vrouw zou morgen 60 geworden zijn",
        "mijn man is met pensioen",
        "nog 30 jaar tot mijn pensioen",
        "nog geen vijftig",
        "20 jaar in belgie",
        "zo oud als de straat",
    ],
)
def test_what_is_no_age_of_the_client_is_left_alone(given_text: str) -> None:
    assert age_band(given_text, NOW) == NOTHING


@pytest.mark.parametrize(
    ("given_text", "expected_options"),
    [
        ("25 of 26", ("18_25", "26_34")),
        ("ouder dan 30, jonger dan 40", ("26_34", "35_44")),
        ("papier zegt 53 maar echt 55", ("45_54", "55_plus")),
        ("88", ("55_plus", "35_44")),
        ("dertig en nog wat", ("26_34", "35_44")),
    ],
)
def test_what_may_be_two_bands_is_asked(given_text: str, expected_options: tuple[str, ...]) -> None:
    assert age_band(given_text, NOW) == Reading(None, expected_options)


@pytest.mark.parametrize(
    ("given_age", "expected_band"),
    [(15, None), (16, "16_17"), (25, "18_25"), (55, "55_plus"), (110, "55_plus"), (111, None)],
)
def test_ages_fall_in_the_bands_of_the_contract(given_age: int, expected_band: str | None) -> None:
    assert band(given_age) == expected_band

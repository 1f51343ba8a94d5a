"""Times in the client's words."""

import datetime as dtm

import pytest

from bot import intake
from tests.intake.examples import examples

NOW = dtm.datetime(2026, 11, 22, 9, 30, tzinfo=dtm.timezone.utc)


@pytest.mark.parametrize(("given_text", "expected_span"), examples("times").items())
def test_a_time_is_read_as_a_span(given_text: str, expected_span: str | None) -> None:
    actual = intake.read("appointment_time", given_text, now=NOW).value
    assert (actual and f"{actual['from'][5:16]}/{actual['to'][5:16]}") == expected_span


def test_times_are_local_whatever_the_clock_of_the_machine() -> None:
    tokyo = NOW.astimezone(dtm.timezone(dtm.timedelta(hours=9)))
    expected = {"from": "2026-11-23T10:00:00", "to": "2026-11-23T11:00:00"}
    assert intake.read("appointment_time", "morgen 10u", now=tokyo).value == expected


def test_a_day_in_another_year_is_found() -> None:
    new_year = dtm.datetime(2026, 12, 30, 9, 0, tzinfo=dtm.timezone.utc)
    value = intake.read("appointment_time", "5 januari om 9 uur", now=new_year).value
    assert value == {"from": "2027-01-05T09:00:00", "to": "2027-01-05T10:00:00"}


@pytest.mark.parametrize("day", range(7))
def test_a_weekday_is_never_today(day: int) -> None:
    today = NOW + dtm.timedelta(days=day)
    names = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    value = intake.read("appointment_time", names[today.weekday()], now=today).value
    expected = (today + dtm.timedelta(days=7)).date().isoformat()
    assert value["from"] == f"{expected}T00:00:00"


@pytest.mark.parametrize(
    ("given_text", "expected_days", "expected_hours"),
    [
        ("woensdagnamiddag kan ik niet", (), ((2, 12, 18),)),
        ("woensdagmiddag heb ik geen tijd", (), ((2, 12, 14),)),
        ("woensdagnamiddag en vrijdag kan ik niet", (4,), ((2, 12, 18),)),
        ("dinsdag gaat niet", (1,), ()),
        ("niet op vrijdag", (4,), ()),
        ("dinsdag om 10 uur gaat niet", (), ((1, 10, 11),)),
        ("'s avonds kan ik niet", (), ((intake.EVERY_DAY, 18, 21),)),
        ("ik kan morgenvoormiddag niet", (), ((0, 8, 12),)),
        ("woensdagnamiddag is lastig", (), ((2, 12, 18),)),
    ],
)
def test_days_and_hours_that_do_not_suit_are_named(
    given_text: str,
    expected_days: tuple[int, ...],
    expected_hours: tuple[tuple[int, int, int], ...],
) -> None:
    named = intake.named_time(given_text, NOW)
    assert (named.not_on, named.not_at) == (expected_days, expected_hours)
    assert intake.read("appointment_time", given_text, now=NOW).value is None


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("na 15 uur kan ik niet", ("08:00", "15:00")),
        ("niet later dan 15 uur", ("08:00", "15:00")),
        ("voor 10 uur lukt niet", ("10:00", "21:00")),
    ],
)
def test_the_hours_beside_those_that_do_not_suit_do(
    given_text: str, expected: tuple[str, str]
) -> None:
    found = intake.read("appointment_time", given_text, now=NOW).value
    assert (found["from"][11:16], found["to"][11:16]) == expected

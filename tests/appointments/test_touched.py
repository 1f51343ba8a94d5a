"""Which appointments lie in time that was closed after they were made."""

import datetime as dtm

import pytest

from bot import appointments
from bot.appointments import DayHours, moment
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("any_database")
TUESDAY, WEDNESDAY = dtm.date(2026, 11, 24), dtm.date(2026, 11, 25)
NOON = 720


@pytest.fixture
def an(make_counsellor: MakeCounsellor) -> int:
    return make_counsellor()


def book(
    who: int, day: dtm.date, minute: int = 600, *, branch: int | None = None,
    at: dtm.datetime = NOW,
) -> int:  # fmt: skip
    return appointments.book_for_client(
        counsellor_id=who, starts_at=moment(day, minute), name="F", by=who, branch_id=branch, now=at
    ).id


def test_an_absence_touches_what_lies_in_its_hours(an: int) -> None:
    booked = book(an, TUESDAY)
    assert appointments.in_absences(an, now=NOW) == []
    appointments.add_exception(an, DayHours(TUESDAY, WEDNESDAY, NOON, 1440), extra=False)
    appointments.add_exception(an, DayHours(TUESDAY, WEDNESDAY), extra=True)
    assert appointments.in_absences(an, now=NOW) == []
    appointments.add_exception(an, DayHours(TUESDAY, TUESDAY, 0, 615), extra=False)
    assert [one.id for one in appointments.in_absences(an, now=NOW)] == [booked]


def test_what_is_past_or_cancelled_is_not_touched(an: int) -> None:
    booked = book(an, TUESDAY)
    gone = book(an, TUESDAY, 660)
    appointments.cancel(gone, now=NOW, by=an)
    whole = DayHours(TUESDAY, TUESDAY)
    found = appointments.appointments_between(an, whole, now=NOW)
    assert [one.id for one in found] == [booked]
    late = moment(TUESDAY, 700)
    assert appointments.appointments_between(an, whole, now=late) == []


def test_closing_days_touch_their_leerwinkel_and_place(
    an: int, make_counsellor: MakeCounsellor
) -> None:
    branch = appointments.add_branch("genk", name="Beringen", address="")
    here, there = book(an, TUESDAY), book(an, TUESDAY, 660, branch=branch)
    later = book(an, WEDNESDAY)
    book(make_counsellor("Bo", "gent"), TUESDAY)

    def touched() -> list[int]:
        return [one.id for one in appointments.on_closing_days("genk", now=NOW)]

    assert touched() == []
    appointments.add_closing_days("genk", TUESDAY, TUESDAY, branch_id=branch)
    assert touched() == [there]
    appointments.add_closing_days(None, TUESDAY, TUESDAY)
    assert touched() == [here, there]
    appointments.add_closing_days("genk", WEDNESDAY, WEDNESDAY)
    assert touched() == [here, there, later]

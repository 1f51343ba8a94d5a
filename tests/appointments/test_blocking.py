"""Keeping days free of appointments."""

import datetime as dtm

import pytest

from bot import appointments
from bot.appointments import DayHours, NotPossible, WeeklyHours, local, moment
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("any_database")
MONDAY, FRIDAY = dtm.date(2026, 12, 7), dtm.date(2026, 12, 11)
NINE, FIVE = 540, 1020


@pytest.fixture
def an(make_counsellor: MakeCounsellor) -> int:
    return make_counsellor()


def block(
    who: int, first: dtm.date, last: dtm.date, start: int = NINE, end: int = FIVE
) -> list[str]:
    found = appointments.block_days(who, DayHours(first, last, start, end), note="weg", now=NOW)
    return [f"{local(one.starts_at):%d/%m %H:%M}-{local(one.ends_at):%H:%M}" for one in found]


def test_a_week_is_kept_free_in_one_go(an: int) -> None:
    days = ["07/12", "08/12", "09/12", "10/12", "11/12"]
    assert block(an, MONDAY, FRIDAY) == [f"{day} 09:00-17:00" for day in days]
    slots = appointments.free_slots("genk", now=NOW, limit=99)
    assert not [one for one in slots if MONDAY <= local(one.starts_at).date() <= FRIDAY]


def test_weekends_and_holidays_are_left_out_unless_somebody_receives_then(an: int) -> None:
    christmas = dtm.date(2026, 12, 24)
    appointments.set_weekly_hours(an, [WeeklyHours(5, NINE, 720)])
    found = block(an, christmas, christmas + dtm.timedelta(days=4), end=600)
    assert found == ["24/12 09:00-10:00", "26/12 09:00-10:00", "28/12 09:00-10:00"]


def test_one_day_is_kept_free_whatever_day_it_is(an: int) -> None:
    sunday = dtm.date(2026, 12, 6)
    assert block(an, sunday, sunday) == ["06/12 09:00-17:00"]


def test_what_is_kept_free_already_stays_and_the_rest_comes_with_it(an: int) -> None:
    block(an, MONDAY, MONDAY, 600, 660)
    tuesday = MONDAY + dtm.timedelta(days=1)
    assert block(an, MONDAY, tuesday) == [
        "07/12 09:00-10:00",
        "07/12 11:00-17:00",
        "08/12 09:00-17:00",
    ]
    with pytest.raises(NotPossible, match="blijft al vrij"):
        block(an, MONDAY, tuesday)


def test_an_appointment_in_the_way_stops_all_of_it(an: int) -> None:
    appointments.book_for_client(
        counsellor_id=an, starts_at=moment(FRIDAY, 600), name="F", by=an, now=NOW
    )
    with pytest.raises(
        NotPossible, match=r"^An is niet de hele tijd vrij op vrijdag 11 december.$"
    ):
        block(an, MONDAY, FRIDAY)
    assert block(an, MONDAY, FRIDAY - dtm.timedelta(days=1)), "nothing of it was kept"


@pytest.mark.parametrize(
    ("first", "last", "start", "end", "says"),
    [
        (FRIDAY, MONDAY, NINE, FIVE, "laatste dag ligt voor"),
        (MONDAY, dtm.date(2027, 1, 7), NINE, FIVE, "hoogstens 31 dagen"),
        (MONDAY, FRIDAY, NINE, 545, "kwartier"),
        (MONDAY, FRIDAY, FIVE, NINE, "einde na het begin"),
        (dtm.date(2036, 12, 8), dtm.date(2036, 12, 8), NINE, FIVE, "jaar"),
    ],
)
def test_days_that_cannot_be(
    an: int, first: dtm.date, last: dtm.date, start: int, end: int, says: str
) -> None:
    with pytest.raises(NotPossible, match=says):
        block(an, first, last, start, end)


def test_days_of_one_go_belong_together_and_weekly_meetings_do_not(an: int) -> None:
    def days(number: int) -> list[int]:
        return [local(one.starts_at).day for one in appointments.same_run(number)]

    two_weeks = DayHours(MONDAY, FRIDAY + dtm.timedelta(days=4), NINE, FIVE)
    run = appointments.block_days(an, two_weeks, note="verlof", now=NOW)
    assert days(run[3].id) == [7, 8, 9, 10, 11, 14, 15]
    meetings = [
        appointments.block_time(an, moment(day, FIVE), moment(day, FIVE + 60), note="team", now=NOW)
        for day in (MONDAY, MONDAY + dtm.timedelta(days=7))
    ]
    assert days(meetings[1].id) == [14]
    appointments.unblock(meetings[1].id)
    assert days(meetings[1].id) == []

import datetime as dtm

from bot.appointments.intervals import Interval
from bot.appointments.rules import Rules
from bot.appointments.slots import (
    DayHours,
    Plan,
    Slot,
    WeeklyHours,
    one_per_start,
    open_slots,
    quarters,
    spread,
    week_to_intervals,
    without_days_off,
)

TUESDAY_MORNING = WeeklyHours(1, 9 * 60, 12 * 60)


def utc(text: str) -> dtm.datetime:
    return dtm.datetime.fromisoformat(text).replace(tzinfo=dtm.timezone.utc)


def slot(counsellor: int, start: str) -> Slot:
    return Slot(counsellor, utc(start), utc(start) + Rules().length)


def test_weekly_hours_are_laid_out_over_the_days() -> None:
    first, last = dtm.date(2026, 11, 23), dtm.date(2026, 12, 1)
    assert week_to_intervals([TUESDAY_MORNING], first, last) == [
        Interval(utc("2026-11-24T08:00"), utc("2026-11-24T11:00")),
        Interval(utc("2026-12-01T08:00"), utc("2026-12-01T11:00")),
    ]


def test_nine_o_clock_stays_nine_when_summer_time_begins_and_ends() -> None:
    hours = [WeeklyHours(day, 9 * 60, 10 * 60) for day in range(7)]
    spring = week_to_intervals(hours, dtm.date(2027, 3, 27), dtm.date(2027, 3, 28))
    assert [i.start for i in spring] == [utc("2027-03-27T08:00"), utc("2027-03-28T07:00")]
    autumn = week_to_intervals(hours, dtm.date(2027, 10, 30), dtm.date(2027, 10, 31))
    assert [i.start for i in autumn] == [utc("2027-10-30T07:00"), utc("2027-10-31T08:00")]


def test_hours_until_midnight_end_at_the_next_day() -> None:
    day = dtm.date(2026, 11, 24)
    assert week_to_intervals([WeeklyHours(1, 23 * 60, 24 * 60)], day, day) == [
        Interval(utc("2026-11-24T22:00"), utc("2026-11-24T23:00"))
    ]


def test_a_day_off_counts_on_the_local_calendar() -> None:
    # 23.30 UTC on 24 December is half past midnight on Christmas day in Brussels
    given = Interval(utc("2026-12-24T23:30"), utc("2026-12-25T00:30"))
    eve = Interval(utc("2026-12-24T09:00"), utc("2026-12-24T10:00"))
    assert without_days_off([eve, given]) == [eve]


def test_open_slots_keep_to_the_window_and_leave_out_what_is_taken() -> None:
    taken = [Interval(utc("2026-11-24T09:00"), utc("2026-11-24T09:45"))]
    slots = open_slots(
        Plan((TUESDAY_MORNING,)),
        taken,
        earliest=utc("2026-11-24T08:10"),
        latest=utc("2026-11-24T10:01"),
    )
    assert [s.start for s in slots] == [
        utc("2026-11-24T08:15"),
        utc("2026-11-24T09:45"),
        utc("2026-11-24T10:00"),
    ]


def test_open_slots_are_none_on_a_holiday() -> None:
    window = {"earliest": utc("2026-11-11T00:00"), "latest": utc("2026-11-12T00:00")}
    assert open_slots(Plan((WeeklyHours(2, 9 * 60, 17 * 60),)), [], **window) == []


def test_open_slots_are_none_when_the_window_is_empty_or_reversed() -> None:
    moment = utc("2026-11-24T09:00")
    assert open_slots(Plan((TUESDAY_MORNING,)), [], earliest=moment, latest=moment) == []
    before = moment - dtm.timedelta(days=9)
    assert open_slots(Plan((TUESDAY_MORNING,)), [], earliest=moment, latest=before) == []


def test_who_has_fewer_appointments_gets_the_start_time() -> None:
    given = [slot(1, "2026-11-24T09:00"), slot(2, "2026-11-24T09:00")]
    assert one_per_start(given, {1: 3, 2: 1}) == [given[1]]
    assert one_per_start(given, {}) == [given[0]]


def test_spread_takes_the_first_of_each_half_day() -> None:
    tuesday = [f"2026-11-24T{h:02}:00" for h in (8, 9, 10, 12, 13)]
    wednesday = [f"2026-11-25T{h:02}:00" for h in (8, 9)]
    chosen = spread([slot(1, start) for start in tuesday + wednesday], 3)
    assert chosen == [
        slot(1, "2026-11-24T08:00"),
        slot(1, "2026-11-24T12:00"),
        slot(1, "2026-11-25T08:00"),
    ]


def test_spread_takes_slots_without_overlap_when_there_is_one_half_day() -> None:
    starts = [f"2026-11-24T08:{m:02}" for m in (0, 15, 30, 45)] + ["2026-11-24T09:30"]
    chosen = spread([slot(1, start) for start in starts], 3)
    assert [s.starts_at.strftime("%H:%M") for s in chosen] == ["08:00", "08:45", "09:30"]


def test_spread_offers_overlapping_slots_when_nothing_else_is_left() -> None:
    starts = ["2026-11-24T08:00", "2026-11-24T08:15"]
    assert len(spread([slot(1, start) for start in starts], 3)) == 2
    assert len(spread([slot(1, start) for start in starts], 0)) == 0


def test_a_slot_takes_three_quarters() -> None:
    assert [q.minute for q in quarters(slot(1, "2026-11-24T08:15"))] == [15, 30, 45]


def clocks(slots: list[Interval]) -> list[str]:
    return [s.start.strftime("%d %H:%M") for s in slots]


WEEK = {"earliest": utc("2026-11-23T00:00"), "latest": utc("2026-11-30T00:00")}
HOURLY = Rules(length=dtm.timedelta(hours=1))


def test_opening_hours_limit_the_weekly_hours_and_not_the_extra_ones() -> None:
    plan = Plan(
        weekly=(TUESDAY_MORNING,),
        opening=(WeeklyHours(1, 10 * 60, 20 * 60),),
        extra=(DayHours(dtm.date(2026, 11, 26), dtm.date(2026, 11, 26), 14 * 60, 15 * 60),),
    )
    found = open_slots(plan, [], rules=HOURLY, **WEEK)
    assert clocks(found) == [
        *(f"24 {t}" for t in ("09:00", "09:15", "09:30", "09:45", "10:00")),
        "26 13:00",
    ]


def test_an_absence_takes_out_its_hours_on_each_of_its_days() -> None:
    away = DayHours(dtm.date(2026, 11, 20), dtm.date(2026, 11, 24), 10 * 60, 24 * 60)
    plan = Plan(weekly=(TUESDAY_MORNING, WeeklyHours(2, 9 * 60, 10 * 60)), away=(away,))
    assert clocks(open_slots(plan, [], rules=HOURLY, **WEEK)) == ["24 08:00", "25 08:00"]


def test_own_closing_days_count_like_holidays() -> None:
    plan = Plan(weekly=(TUESDAY_MORNING,), is_off=lambda day: day == dtm.date(2026, 11, 24))
    assert open_slots(plan, [], **WEEK) == []


def test_the_buffer_keeps_time_free_after_a_slot_and_may_lie_outside_the_hours() -> None:
    rules = Rules(length=dtm.timedelta(minutes=60), buffer=dtm.timedelta(minutes=30))
    taken = [Interval(utc("2026-11-24T09:30"), utc("2026-11-24T10:00"))]
    found = open_slots(Plan((TUESDAY_MORNING,)), taken, rules=rules, **WEEK)
    assert clocks(found) == ["24 08:00", "24 10:00"]


def test_a_day_with_its_fill_of_appointments_has_no_slots() -> None:
    hours = Plan((TUESDAY_MORNING, WeeklyHours(2, 9 * 60, 10 * 60)))
    booked = {dtm.date(2026, 11, 24): 2}
    rules = Rules(length=dtm.timedelta(hours=1), daily_limit=2)
    assert clocks(open_slots(hours, [], rules=rules, booked=booked, **WEEK)) == ["25 08:00"]


def test_a_slot_takes_its_buffer_as_well() -> None:
    taken = quarters(slot(1, "2026-11-24T08:15"), dtm.timedelta(minutes=15))
    assert [q.minute for q in taken] == [15, 30, 45, 0]

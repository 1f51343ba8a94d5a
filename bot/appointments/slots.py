"""From a counsellor's weekly hours to the few slots that a client is offered.

A pipeline of small pure steps:
weekly hours -> stretches of time in UTC -> inside opening hours -> with extra hours -> without
absences -> without days off -> cut into slots -> not too soon and not too far -> without what is
taken -> within the daily limit -> one per start time -> spread over days.
"""

import dataclasses
import datetime as dtm
from collections.abc import Callable, Collection, Iterable, Mapping

from bot.appointments.days_off import day_off
from bot.appointments.intervals import (
    Interval,
    apart_from,
    cut,
    merge,
    starting_between,
    within,
    without,
)
from bot.appointments.rules import GRID, Rules
from bot.appointments.say import LOCAL, local

NOON = 12
"""Hour that parts a day in two, local time."""


@dataclasses.dataclass(frozen=True)
class WeeklyHours:
    """Hours that come back each week; `weekday` 0 is Monday, minutes after local midnight."""

    weekday: int
    from_minute: int
    to_minute: int
    branch_id: int | None = None
    """The place; None: the main office."""


@dataclasses.dataclass(frozen=True)
class DayHours:
    """The same hours on each day from `first_day` up to and including `last_day`."""

    first_day: dtm.date
    last_day: dtm.date
    from_minute: int = 0
    to_minute: int = 24 * 60


@dataclasses.dataclass(frozen=True)
class Plan:
    """When one counsellor is at one place."""

    weekly: tuple[WeeklyHours, ...] = ()
    opening: tuple[WeeklyHours, ...] = ()
    """When the place is open; empty: no limit."""
    extra: tuple[DayHours, ...] = ()
    """Besides the weekly hours; also outside opening hours."""
    away: tuple[DayHours, ...] = ()
    is_off: Callable[[dtm.date], object] = day_off
    """Whether nobody is received on a local day: a holiday or a closing day."""


@dataclasses.dataclass(frozen=True)
class Slot:
    """A stretch of time with one counsellor at one place; times aware, in UTC."""

    counsellor_id: int
    starts_at: dtm.datetime
    ends_at: dtm.datetime
    branch_id: int | None = None
    """None: the main office."""


def moment(day: dtm.date, minute: int) -> dtm.datetime:
    """The UTC moment of a wall-clock minute in Brussels; minute 1440 is the next midnight."""
    wall = dtm.datetime.combine(day, dtm.time.min) + dtm.timedelta(minutes=minute)
    return wall.replace(tzinfo=LOCAL).astimezone(dtm.timezone.utc)


def week_to_intervals(
    hours: Collection[WeeklyHours], first: dtm.date, last: dtm.date
) -> list[Interval]:
    """The weekly hours laid out over the days from `first` up to and including `last`.

    Nine o'clock stays nine o'clock in Brussels when summer time begins or ends.
    """
    days = (first + dtm.timedelta(days=n) for n in range((last - first).days + 1))
    return merge(
        Interval(moment(day, h.from_minute), moment(day, h.to_minute))
        for day in days
        for h in hours
        if h.weekday == day.weekday()
    )


def days_to_intervals(
    hours: Collection[DayHours], first: dtm.date, last: dtm.date
) -> list[Interval]:
    """What of these days lies from `first` up to and including `last`."""
    found = []
    for one in hours:
        day, end = max(first, one.first_day), min(last, one.last_day)
        while day <= end:
            found.append(Interval(moment(day, one.from_minute), moment(day, one.to_minute)))
            day += dtm.timedelta(days=1)
    return merge(found)


def without_days_off(
    intervals: Iterable[Interval], is_off: Callable[[dtm.date], object] = day_off
) -> list[Interval]:
    """Drops each interval whose local day is a day off."""
    return [interval for interval in intervals if not is_off(local(interval.start).date())]


def present(plan: Plan, first: dtm.date, last: dtm.date) -> list[Interval]:
    """When the counsellor receives at the place, from `first` up to and including `last`."""
    hours = week_to_intervals(plan.weekly, first, last)
    if plan.opening:
        hours = within(hours, week_to_intervals(plan.opening, first, last))
    hours = merge([*hours, *days_to_intervals(plan.extra, first, last)])
    hours = without(hours, days_to_intervals(plan.away, first, last))
    return without_days_off(hours, plan.is_off)


def under_daily_limit(
    intervals: Iterable[Interval], booked: Mapping[dtm.date, int], limit: int | None
) -> list[Interval]:
    """Drops the slots of local days that have their fill of appointments."""
    if limit is None:
        return list(intervals)
    return [i for i in intervals if booked.get(local(i.start).date(), 0) < limit]


def open_slots(
    plan: Plan,
    taken: Collection[Interval],
    *,
    earliest: dtm.datetime,
    latest: dtm.datetime,
    rules: Rules | None = None,
    booked: Mapping[dtm.date, int] | None = None,
) -> list[Interval]:
    """One counsellor's bookable slots at one place that start in [earliest, latest), in order.

    Args:
        plan: when the counsellor is there.
        taken: what the counsellor has to do anywhere.
        earliest: aware.
        latest: aware.
        rules: length, buffer and daily limit; None: the defaults.
        booked: local day -> number of appointments of the counsellor.
    """
    if latest <= earliest:
        return []
    rules = rules or Rules()
    stretches = present(plan, local(earliest).date(), local(latest).date())
    slots = starting_between(cut(stretches, rules.length, GRID), earliest, latest)
    # What is taken reaches back by the buffer, so that each slot is followed by free time.
    free = apart_from(slots, [Interval(t.start - rules.buffer, t.end) for t in taken])
    return under_daily_limit(free, booked or {}, rules.daily_limit)


def one_per_start(slots: Iterable[Slot], load: Mapping[int, int]) -> list[Slot]:
    """For each start time the slot of the counsellor with the fewest appointments ahead.

    Args:
        slots: of any number of counsellors, in any order.
        load: counsellor id -> number of appointments ahead; absent means none.
    """
    best: dict[dtm.datetime, Slot] = {}
    for slot in slots:
        other = best.get(slot.starts_at)
        if other is None or _turn(slot, load) < _turn(other, load):
            best[slot.starts_at] = slot
    return [best[start] for start in sorted(best)]


def _turn(slot: Slot, load: Mapping[int, int]) -> tuple[int, int]:
    return load.get(slot.counsellor_id, 0), slot.counsellor_id


def spread(slots: Iterable[Slot], limit: int) -> list[Slot]:
    """At most `limit` slots that differ enough to be a real choice, in order of time.

    First the earliest of each half day; when those are too few, others that do not overlap a
    chosen one; then whatever is left.
    """
    left = sorted(slots, key=lambda slot: (slot.starts_at, slot.counsellor_id))
    chosen: list[Slot] = []
    for fits in (_new_half_day, _no_overlap, _any):
        for slot in left:
            if len(chosen) < limit and slot not in chosen and fits(slot, chosen):
                chosen.append(slot)
    return sorted(chosen, key=lambda slot: slot.starts_at)


def _half_day(slot: Slot) -> tuple[dtm.date, bool]:
    there = local(slot.starts_at)
    return there.date(), there.hour < NOON


def _no_overlap(slot: Slot, chosen: Collection[Slot]) -> bool:
    return all(o.ends_at <= slot.starts_at or slot.ends_at <= o.starts_at for o in chosen)


def _new_half_day(slot: Slot, chosen: Collection[Slot]) -> bool:
    halves = {_half_day(other) for other in chosen}
    return _half_day(slot) not in halves and _no_overlap(slot, chosen)


def _any(_slot: Slot, _chosen: Collection[Slot]) -> bool:
    return True


def quarters(slot: Slot, buffer: dtm.timedelta = dtm.timedelta(0)) -> list[dtm.datetime]:
    """The start of each quarter of an hour that the slot and its buffer take, in order of time."""
    return [
        piece.start for piece in cut([Interval(slot.starts_at, slot.ends_at + buffer)], GRID, GRID)
    ]

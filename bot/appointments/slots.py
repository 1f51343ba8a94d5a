"""From a counsellor's weekly hours to the few slots that a client is offered.

A pipeline of small pure steps:
weekly hours -> stretches of time in UTC -> without days off -> cut into slots -> not too soon and
not too far -> without what is taken -> one per start time -> spread over days.
"""

import dataclasses
import datetime as dtm
from collections.abc import Callable, Collection, Iterable, Mapping

from bot.appointments.days_off import day_off
from bot.appointments.intervals import Interval, apart_from, cut, merge, starting_between
from bot.appointments.say import LOCAL, local

LENGTH = dtm.timedelta(minutes=45)
GRID = dtm.timedelta(minutes=15)
LEAD = dtm.timedelta(hours=24)
"""The first slot lies at least this far ahead, so that the counsellor can prepare."""
HORIZON = dtm.timedelta(weeks=6)
NOON = 12
"""Hour that parts a day in two, local time."""


@dataclasses.dataclass(frozen=True)
class WeeklyHours:
    """Hours that come back each week; `weekday` 0 is Monday, minutes after local midnight."""

    weekday: int
    from_minute: int
    to_minute: int


@dataclasses.dataclass(frozen=True)
class Slot:
    """A stretch of time with one counsellor; times aware, in UTC."""

    counsellor_id: int
    starts_at: dtm.datetime
    ends_at: dtm.datetime


def _moment(day: dtm.date, minute: int) -> dtm.datetime:
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
        Interval(_moment(day, h.from_minute), _moment(day, h.to_minute))
        for day in days
        for h in hours
        if h.weekday == day.weekday()
    )


def without_days_off(
    intervals: Iterable[Interval], is_off: Callable[[dtm.date], object] = day_off
) -> list[Interval]:
    """Drops each interval whose local day is a day off."""
    return [interval for interval in intervals if not is_off(local(interval.start).date())]


def open_slots(
    hours: Collection[WeeklyHours],
    taken: Iterable[Interval],
    *,
    earliest: dtm.datetime,
    latest: dtm.datetime,
) -> list[Interval]:
    """One counsellor's bookable slots that start in [earliest, latest), in order of time."""
    if latest <= earliest:
        return []
    stretches = week_to_intervals(hours, local(earliest).date(), local(latest).date())
    slots = cut(without_days_off(stretches), LENGTH, GRID)
    return apart_from(starting_between(slots, earliest, latest), taken)


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


def quarters(slot: Slot) -> list[dtm.datetime]:
    """The start of each quarter of an hour that the slot takes, in order of time."""
    return [piece.start for piece in cut([Interval(slot.starts_at, slot.ends_at)], GRID, GRID)]

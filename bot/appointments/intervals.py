"""Half-open stretches of time, and the few things that the slot pipeline does with them.

Everything here is pure: intervals in, intervals out, in UTC, sorted by start.
"""

import bisect
import dataclasses
import datetime as dtm
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True, order=True)
class Interval:
    """From `start` (included) to `end` (not included), both aware, in UTC."""

    start: dtm.datetime
    end: dtm.datetime

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share any time; touching ends do not count."""
        return self.start < other.end and other.start < self.end


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time with overlapping and touching intervals made one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return merged


def cut(
    intervals: Iterable[Interval], length: dtm.timedelta, grid: dtm.timedelta
) -> list[Interval]:
    """All stretches of `length` inside the intervals that start on the grid.

    They may overlap each other: with 45 minutes on a 15-minute grid an hour gives two. The grid
    counts from midnight UTC, which fits every zone that is whole quarters away from it.
    """
    pieces = []
    for interval in merge(intervals):
        midnight = interval.start.replace(hour=0, minute=0, second=0, microsecond=0)
        steps = -((midnight - interval.start) // grid)  # rounds up
        start = midnight + steps * grid
        while start + length <= interval.end:
            pieces.append(Interval(start, start + length))
            start += grid
    return pieces


def starting_between(
    intervals: Iterable[Interval], earliest: dtm.datetime, latest: dtm.datetime
) -> list[Interval]:
    """Those that start at `earliest` or later, and before `latest`."""
    return [interval for interval in intervals if earliest <= interval.start < latest]


def apart_from(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """Those that share no time with anything taken."""
    busy = merge(taken)
    ends = [stretch.end for stretch in busy]
    free = []
    for interval in intervals:
        first = bisect.bisect_right(ends, interval.start)  # the first that is not over by then
        if first == len(busy) or busy[first].start >= interval.end:
            free.append(interval)
    return free


def within(intervals: Iterable[Interval], allowed: Iterable[Interval]) -> list[Interval]:
    """The time that lies in both."""
    limits = merge(allowed)
    return merge(
        Interval(max(one.start, limit.start), min(one.end, limit.end))
        for one in intervals
        for limit in limits
        if one.overlaps(limit)
    )


def without(intervals: Iterable[Interval], gone: Iterable[Interval]) -> list[Interval]:
    """The time of the intervals that lies in nothing of `gone`."""
    left = merge(intervals)
    for hole in merge(gone):
        left = [
            piece
            for one in left
            for piece in (
                [
                    Interval(one.start, min(one.end, hole.start)),
                    Interval(max(one.start, hole.end), one.end),
                ]
                if one.overlaps(hole)
                else [one]
            )
            if piece.start < piece.end
        ]
    return left

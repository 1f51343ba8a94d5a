import datetime as dtm

from bot.appointments.intervals import (
    Interval,
    apart_from,
    cut,
    merge,
    starting_between,
    within,
    without,
)


def at(hour: int, minute: int = 0) -> dtm.datetime:
    return dtm.datetime(2026, 11, 24, hour, minute, tzinfo=dtm.timezone.utc)


def between(start: dtm.datetime, end: dtm.datetime) -> Interval:
    return Interval(start, end)


QUARTER = dtm.timedelta(minutes=15)
LONG = dtm.timedelta(minutes=45)


def test_merge_joins_overlapping_and_touching_intervals() -> None:
    given = [between(at(13), at(14)), between(at(9), at(10)), between(at(10), at(11))]
    given += [between(at(9, 30), at(9, 45))]
    assert merge(given) == [between(at(9), at(11)), between(at(13), at(14))]


def test_cut_gives_overlapping_pieces_on_the_grid() -> None:
    pieces = cut([between(at(9), at(10))], LONG, QUARTER)
    assert pieces == [between(at(9), at(9, 45)), between(at(9, 15), at(10))]


def test_cut_begins_at_the_next_grid_line() -> None:
    assert cut([between(at(9, 10), at(10))], LONG, QUARTER) == [between(at(9, 15), at(10))]


def test_cut_gives_nothing_when_the_interval_is_too_short() -> None:
    assert cut([between(at(9), at(9, 44))], LONG, QUARTER) == []


def test_cut_gives_each_piece_once_when_intervals_overlap() -> None:
    given = [between(at(9), at(9, 45)), between(at(9), at(9, 45))]
    assert len(cut(given, LONG, QUARTER)) == 1


def test_starting_between_includes_the_first_moment_and_not_the_last() -> None:
    given = cut([between(at(9), at(11))], LONG, QUARTER)
    starts = [i.start for i in starting_between(given, at(9, 15), at(9, 45))]
    assert starts == [at(9, 15), at(9, 30)]


def test_apart_from_keeps_what_touches_and_drops_what_overlaps() -> None:
    given = cut([between(at(9), at(11, 15))], LONG, QUARTER)
    left = apart_from(given, [between(at(9, 45), at(10)), between(at(10), at(10, 30))])
    assert left == [between(at(9), at(9, 45)), between(at(10, 30), at(11, 15))]


def test_apart_from_keeps_everything_when_nothing_is_taken() -> None:
    given = cut([between(at(9), at(11))], LONG, QUARTER)
    assert apart_from(given, []) == given


def test_within_keeps_the_time_that_lies_in_both() -> None:
    given = [between(at(9), at(12)), between(at(13), at(16))]
    assert within(given, [between(at(11), at(14)), between(at(15), at(20))]) == [
        between(at(11), at(12)),
        between(at(13), at(14)),
        between(at(15), at(16)),
    ]
    assert within(given, []) == []


def test_without_cuts_holes() -> None:
    given = [between(at(9), at(12))]
    assert without(given, [between(at(10), at(11))]) == [
        between(at(9), at(10)),
        between(at(11), at(12)),
    ]
    assert without(given, [between(at(8), at(13))]) == []
    assert without(given, [between(at(12), at(13))]) == given

"""Time that counsellors keep free of appointments: a meeting, a visit, a few days away."""

import dataclasses
import datetime as dtm

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments import checks, occupancy
from bot.appointments.days_off import day_off
from bot.appointments.errors import NotPossible, SlotTaken
from bot.appointments.intervals import Interval, without
from bot.appointments.plans import plans_in
from bot.appointments.say import local, say_day
from bot.appointments.slots import DayHours, Slot, moment, present, quarters

MOST_DAYS = 31
"""In one go; longer absences are for who sets the hours."""
SATURDAY = 5
LONGEST_GAP = dtm.timedelta(days=4)
"""Between two days of one run: a weekend with a holiday beside it lies in between."""


@dataclasses.dataclass(frozen=True)
class Blocked:
    """Time that a counsellor keeps free of appointments; times aware, in UTC."""

    id: int
    counsellor_id: int
    starts_at: dtm.datetime
    ends_at: dtm.datetime
    note: str


def block_time(
    counsellor_id: int,
    starts_at: dtm.datetime,
    ends_at: dtm.datetime,
    *,
    note: str = "",
    now: dtm.datetime,
) -> Blocked:
    """Keeps one stretch of time free of appointments. Held slots give way.

    Args:
        counsellor_id: whose time; an active counsellor.
        starts_at: aware, on a quarter of an hour.
        ends_at: aware, on a quarter of an hour, at most 12 hours later.
        note: for colleagues; never a client's name.
        now: the present moment.

    Raises:
        NotPossible: an appointment or another block is in the way; a sentence for the form.
    """
    with store.session() as work:
        counsellor = checks.counsellor_in(work, counsellor_id)
        checks.check_time(starts_at, ends_at, now=now)
        return _block(work, counsellor, Interval(starts_at, ends_at), note, now)


def block_days(
    counsellor_id: int, hours: DayHours, *, note: str = "", now: dtm.datetime
) -> list[Blocked]:
    """Keeps the same hours of one or more days free of appointments. Held slots give way.

    Of several days weekends and holidays are left out, unless the counsellor receives then. What
    the counsellor keeps free already stays as it is.

    Args:
        counsellor_id: whose time; an active counsellor.
        hours: at most 31 days; on quarters of an hour, at most 12 hours a day.
        note: for colleagues; never a client's name.
        now: the present moment.

    Raises:
        NotPossible: an appointment is in the way, or nothing is left to keep free; a sentence for
            the form. Nothing has changed then.
    """
    if hours.last_day < hours.first_day:
        raise NotPossible("De laatste dag ligt voor de eerste.")
    if (hours.last_day - hours.first_day).days >= MOST_DAYS:
        raise NotPossible(f"Kies hoogstens {MOST_DAYS} dagen. Langer weg? Zet dat bij de uren.")
    with store.session() as work:
        counsellor = checks.counsellor_in(work, counsellor_id)
        wanted = [
            Interval(moment(day, hours.from_minute), moment(day, hours.to_minute))
            for day in _days(work, counsellor, hours)
        ]
        for one in wanted:
            checks.check_time(one.start, one.end, now=now)
        pieces = without(wanted, _kept(work, counsellor_id, wanted))
        if not pieces:
            raise NotPossible("Deze tijd blijft al vrij van afspraken.")
        return [_block(work, counsellor, piece, note, now) for piece in pieces]


def unblock(blocked_id: int) -> bool:
    """Gives blocked time back; False when it was not there any more."""
    with store.session() as work:
        row = work.get(store.BlockedTime, blocked_id)
        if row is None:
            return False
        work.execute(
            sa.delete(store.OccupiedQuarter).where(store.OccupiedQuarter.blocked_id == row.id)
        )
        work.delete(row)
        return True


def same_run(blocked_id: int) -> list[Blocked]:
    """The stretch and its like on the days around it, in order: what was kept free in one go.

    Like it are those of the same counsellor, with the same hours and note, on days at most
    `LONGEST_GAP` apart; a meeting each week is not one run. Empty when it is gone.
    """
    with store.session(writes=False) as work:
        asked = work.get(store.BlockedTime, blocked_id)
        if asked is None:
            return []
        rows = work.scalars(
            sa.select(store.BlockedTime)
            .where(
                store.BlockedTime.counsellor_id == asked.counsellor_id,
                store.BlockedTime.note == asked.note,
            )
            .order_by(store.BlockedTime.starts_at)
        ).all()
        alike = [row for row in rows if _clock(row) == _clock(asked)]
        runs: list[list[store.BlockedTime]] = [[]]
        for row in alike:
            if runs[-1] and _day(row) - _day(runs[-1][-1]) > LONGEST_GAP:
                runs.append([])
            runs[-1].append(row)
        return [blocked_from(row) for row in next(run for run in runs if asked in run)]


def blocked_from(row: store.BlockedTime) -> Blocked:
    """The row as others see it."""
    return Blocked(row.id, row.counsellor_id, row.starts_at, row.ends_at, row.note)


def _block(
    work: Session, counsellor: store.Counsellor, piece: Interval, note: str, now: dtm.datetime
) -> Blocked:
    row = store.BlockedTime(
        counsellor_id=counsellor.id,
        starts_at=piece.start,
        ends_at=piece.end,
        note=note.strip()[:120],
    )
    work.add(row)
    work.flush()
    slot = Slot(counsellor.id, piece.start, piece.end)
    try:
        occupancy.take(
            work, counsellor.id, quarters(slot), blocked_id=row.id, overrule_holds=True, now=now
        )
    except SlotTaken:
        day = say_day(piece.start)
        raise NotPossible(f"{counsellor.first_name} is niet de hele tijd vrij op {day}.") from None
    return blocked_from(row)


def _day(row: store.BlockedTime) -> dtm.date:
    return local(row.starts_at).date()


def _clock(row: store.BlockedTime) -> tuple[dtm.time, dtm.time]:
    return local(row.starts_at).time(), local(row.ends_at).time()


def _days(work: Session, counsellor: store.Counsellor, hours: DayHours) -> list[dtm.date]:
    """The days to keep free: a single one as it is, of several only those to work on."""
    first, last = hours.first_day, hours.last_day
    if first == last:
        return [first]
    there = {
        local(piece.start).date()
        for plan in plans_in(work, [counsellor], first, last)[counsellor.id].values()
        for piece in present(plan, first, last)
    }
    days = [first + dtm.timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day in there or not (day.weekday() >= SATURDAY or day_off(day))]


def _kept(work: Session, counsellor_id: int, wanted: list[Interval]) -> list[Interval]:
    """What the counsellor keeps free already."""
    if not wanted:
        return []
    rows = work.scalars(
        sa.select(store.BlockedTime).where(
            store.BlockedTime.counsellor_id == counsellor_id,
            store.BlockedTime.starts_at < wanted[-1].end,
            store.BlockedTime.ends_at > wanted[0].start,
        )
    )
    return [Interval(row.starts_at, row.ends_at) for row in rows]

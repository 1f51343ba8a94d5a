"""Taking and giving back quarters of an hour. Everything that takes time goes through here.

Each quarter of a counsellor is one row with (counsellor, start) as primary key: whether an
appointment, a meeting or a hold takes it, of any number of writers at the same moment the
database lets one through. A hold that ran out, or one's own, is taken over in the same statement.
"""

import datetime as dtm
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot import store
from bot.appointments.errors import SlotTaken
from bot.appointments.intervals import Interval
from bot.appointments.rules import GRID

_ROW = store.OccupiedQuarter
_TABLE = store.Base.metadata.tables[_ROW.__tablename__]


def take(
    work: Session,
    counsellor_id: int,
    starts: Collection[dtm.datetime],
    *,
    now: dtm.datetime,
    appointment_id: int | None = None,
    blocked_id: int | None = None,
    held_by: str | None = None,
    held_until: dtm.datetime | None = None,
    holder: str | None = None,
    overrule_holds: bool = False,
) -> None:
    """Takes the quarters, in order of time so that writers who overlap never wait in a circle.

    Args:
        work: the unit of work; it has to be given up when this fails.
        counsellor_id: whose time.
        starts: the start of each quarter, aware.
        now: the present moment; holds that ran out give way.
        appointment_id: who takes them, or `blocked_id`, or `held_by` with `held_until`.
        blocked_id: see above.
        held_by: see above.
        held_until: see above.
        holder: the sender whose own holds give way.
        overrule_holds: whether everybody's holds give way (the desk).

    Raises:
        SlotTaken: one of them belongs to somebody else.
    """
    owner: dict[str, Any] = {
        "appointment_id": appointment_id,
        "blocked_id": blocked_id,
        "held_by": held_by,
        "held_until": held_until,
    }
    gives_way = _ROW.held_until <= now
    if holder is not None:
        gives_way = sa.or_(gives_way, _ROW.held_by == holder)
    if overrule_holds:
        gives_way = _ROW.held_by.is_not(None)
    on_postgres = work.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgres else sqlite.insert
    for starts_at in sorted(starts):
        taken = work.execute(
            insert(_TABLE)
            .values(counsellor_id=counsellor_id, starts_at=starts_at, **owner)
            .on_conflict_do_update(
                index_elements=["counsellor_id", "starts_at"], set_=owner, where=gives_way
            )
            .returning(_TABLE.c.starts_at)
        )
        if taken.first() is None:
            raise SlotTaken("somebody was faster")


def give_back(
    work: Session, appointment_id: int, *, keep: Collection[tuple[int, dtm.datetime]] = ()
) -> None:
    """Frees the appointment's quarters, but for those (counsellor, start) to keep."""
    for counsellor_id, starts_at in of_appointment(work, appointment_id):
        if (counsellor_id, starts_at) not in keep:
            work.execute(
                sa.delete(_ROW).where(
                    _ROW.counsellor_id == counsellor_id,
                    _ROW.starts_at == starts_at,
                    _ROW.appointment_id == appointment_id,
                )
            )


def of_appointment(work: Session, appointment_id: int) -> list[tuple[int, dtm.datetime]]:
    """The (counsellor, start) of each quarter that the appointment has, in order."""
    rows = work.execute(
        sa.select(_ROW.counsellor_id, _ROW.starts_at)
        .where(_ROW.appointment_id == appointment_id)
        .order_by(_ROW.counsellor_id, _ROW.starts_at)
    )
    return [(row[0], row[1]) for row in rows]


def taken_in(
    work: Session,
    counsellor_ids: Collection[int],
    earliest: dtm.datetime,
    latest: dtm.datetime,
    *,
    now: dtm.datetime,
    holder: str | None = None,
    besides: int | None = None,
    holds_count: bool = True,
) -> dict[int, list[Interval]]:
    """Counsellor id -> the quarters that are taken between the two moments.

    Args:
        work: the unit of work.
        counsellor_ids: whose time.
        earliest: aware.
        latest: aware.
        now: holds that ran out by then are free.
        holder: the sender whose own holds count as free.
        besides: the appointment whose own time counts as free.
        holds_count: False leaves holds out altogether.
    """
    query = sa.select(_ROW.counsellor_id, _ROW.starts_at).where(
        _ROW.counsellor_id.in_(counsellor_ids),
        _ROW.starts_at >= earliest,
        _ROW.starts_at < latest,
    )
    if not holds_count:
        query = query.where(_ROW.held_by.is_(None))
    else:
        held = _ROW.held_until > now
        if holder is not None:
            held = sa.and_(held, _ROW.held_by != holder)
        query = query.where(sa.or_(_ROW.held_by.is_(None), held))
    if besides is not None:
        query = query.where(_ROW.appointment_id.is_distinct_from(besides))
    found: dict[int, list[Interval]] = {one: [] for one in counsellor_ids}
    for counsellor_id, starts_at in work.execute(query):
        found[counsellor_id].append(Interval(starts_at, starts_at + GRID))
    return found

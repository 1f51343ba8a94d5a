"""A slot that is shown to a client is kept for that client for some minutes.

Holds are rows of the same table as bookings, so one primary key guards both. They are a courtesy:
who books without one, from the desk, overrules them, and one that ran out is free at once.
"""

import datetime as dtm
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments import occupancy
from bot.appointments.errors import SlotTaken
from bot.appointments.slots import Slot, quarters

HELD = dtm.timedelta(minutes=5)
"""How long a slot that was shown is kept; showing it again starts anew."""
MOST_HOLDERS = 20
"""Clients for whom slots are kept at once at a Leerwinkel. When there are more (a fair, or somebody
who opens conversations by machine), the others see free slots as well, first come, first served:
holds must never make an agenda look full."""
KEPT = dtm.timedelta(minutes=10)
"""How long a hold that ran out may lie before `tidy` removes its rows."""

_ROW = store.OccupiedQuarter


def hold(
    slots: Sequence[Slot], *, sender_id: str, buffer: dtm.timedelta, now: dtm.datetime
) -> list[Slot]:
    """Keeps the slots for the sender, and lets go what was kept for them before.

    Returns:
        The slots that are kept; the others were taken by somebody in the same moment.
    """
    kept: list[Slot] = []
    # PostgreSQL: a unit of work for each slot, so that writers who meet never wait for each other
    # in a circle. SQLite has one writer at a time anyway, and its turn is worth having once.
    together = store.engine().dialect.name == "sqlite"
    for part in [slots] if together else [[slot] for slot in slots]:
        with store.session() as work:
            for slot in part:
                if _held(work, slot, sender_id, buffer, now):
                    kept.append(slot)
            if together:
                release(work, sender_id, keep=_quarters(kept, buffer))
    if not together:
        with store.session() as work:
            release(work, sender_id, keep=_quarters(kept, buffer))
    return kept


def _held(
    work: Session, slot: Slot, sender_id: str, buffer: dtm.timedelta, now: dtm.datetime
) -> bool:
    try:
        with work.begin_nested():
            occupancy.take(
                work,
                slot.counsellor_id,
                quarters(slot, buffer),
                held_by=sender_id,
                held_until=now + HELD,
                holder=sender_id,
                now=now,
            )
    except SlotTaken:
        return False
    return True


def _quarters(slots: Sequence[Slot], buffer: dtm.timedelta) -> set[tuple[int, dtm.datetime]]:
    return {(slot.counsellor_id, start) for slot in slots for start in quarters(slot, buffer)}


def crowded(
    work: Session, counsellor_ids: Collection[int], *, sender_id: str, now: dtm.datetime
) -> bool:
    """Whether slots of these counsellors are kept for so many others that no more can be."""
    others = work.scalar(
        sa.select(sa.func.count(_ROW.held_by.distinct())).where(
            _ROW.counsellor_id.in_(counsellor_ids),
            _ROW.held_until > now,
            _ROW.held_by != sender_id,
        )
    )
    return (others or 0) >= MOST_HOLDERS


def release(
    work: Session, sender_id: str, *, keep: Collection[tuple[int, dtm.datetime]] = ()
) -> None:
    """Lets go what is held for the sender, but for those (counsellor, start) to keep."""
    mine = sa.select(_ROW.counsellor_id, _ROW.starts_at).where(_ROW.held_by == sender_id)
    _delete(work, mine, keep)


def tidy(now: dtm.datetime) -> None:
    """Removes the rows of holds that ran out a while ago."""
    old = sa.select(_ROW.counsellor_id, _ROW.starts_at).where(_ROW.held_until < now - KEPT)
    with store.session(writes=False) as work:
        if work.execute(old.limit(1)).first() is None:
            return  # the usual case needs no write lock
    with store.session() as work:
        _delete(work, old, ())


def _delete(
    work: Session,
    found: sa.Select[int, dtm.datetime],
    keep: Collection[tuple[int, dtm.datetime]],
) -> None:
    # What another writer is taking over in this moment is not ours any more.
    for counsellor_id, starts_at in work.execute(found.with_for_update(skip_locked=True)).all():
        if (counsellor_id, starts_at) not in keep:
            work.execute(
                sa.delete(_ROW).where(
                    _ROW.counsellor_id == counsellor_id,
                    _ROW.starts_at == starts_at,
                    _ROW.held_by.is_not(None),
                )
            )

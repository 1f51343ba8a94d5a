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
    kept = []
    wanted: set[tuple[int, dtm.datetime]] = set()
    # One unit of work for each: writers who meet then never wait for each other in a circle.
    for slot in slots:
        starts = quarters(slot, buffer)
        try:
            with store.session() as work:
                occupancy.take(
                    work,
                    slot.counsellor_id,
                    starts,
                    held_by=sender_id,
                    held_until=now + HELD,
                    holder=sender_id,
                    now=now,
                )
        except SlotTaken:
            continue
        kept.append(slot)
        wanted.update((slot.counsellor_id, start) for start in starts)
    with store.session() as work:
        release(work, sender_id, keep=wanted)
    return kept


def release(
    work: Session, sender_id: str, *, keep: Collection[tuple[int, dtm.datetime]] = ()
) -> None:
    """Lets go what is held for the sender, but for those (counsellor, start) to keep."""
    mine = sa.select(_ROW.counsellor_id, _ROW.starts_at).where(_ROW.held_by == sender_id)
    _delete(work, mine, keep)


def tidy(now: dtm.datetime) -> None:
    """Removes the rows of holds that ran out a while ago."""
    with store.session() as work:
        _delete(
            work,
            sa.select(_ROW.counsellor_id, _ROW.starts_at).where(_ROW.held_until < now - KEPT),
            (),
        )


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

"""Messages that people should know of: refused, unsure whether they arrived, too late, or stuck."""

import datetime as dtm
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.outbox.night import is_night
from bot.outbox.queue import FAILED

LONG = dtm.timedelta(minutes=15)
"""A message that waits for longer is in trouble."""
TOLD = dtm.timedelta(days=3)
"""So long it is told that a message could not go out in time."""

_ROW = store.OutgoingMessage


def in_trouble(now: dtm.datetime) -> sa.ColumnElement[bool]:
    """The condition on `OutgoingMessage` for what somebody at the desk should know of.

    Refused or unsure, as long as sending again makes sense; waiting for long, but not because it
    is night; dropped because it could not go out in time (not because it was withdrawn).
    """
    stuck = [_ROW.state.in_(("waiting", "claimed")), _ROW.created_at < now - LONG]
    if is_night(now):
        stuck.append(sa.not_(_ROW.daytime_only))
    return sa.or_(
        sa.and_(_ROW.state.in_(FAILED), _ROW.address != ""),
        sa.and_(*stuck),
        sa.and_(_ROW.state == "dropped", _ROW.problem != "withdrawn", _ROW.done_at > now - TOLD),
    )


def again(work: Session, message_id: int, *, now: dtm.datetime, address: str | None = None) -> bool:
    """Lets a message that failed or waits go out at once, with fresh courage.

    Args:
        work: the unit of work.
        message_id: its number.
        now: the present moment.
        address: where to, when it changed meanwhile; None: as before.

    Returns:
        False when there is nothing to send (any more): it went out, or makes no sense now.
    """
    values = {"address": address} if address else {}
    renewed = work.execute(
        sa.update(_ROW)
        .where(
            _ROW.id == message_id,
            _ROW.state.in_((*FAILED, "waiting")),
            _ROW.address != "",
            sa.or_(_ROW.expires_at.is_(None), _ROW.expires_at > now),
        )
        .values(state="waiting", attempts=0, next_try_at=now, done_at=None, problem="", **values)
    )
    return int(renewed.rowcount) == 1  # type: ignore[attr-defined]


def unreached(work: Session, appointment_ids: Collection[int]) -> set[int]:
    """The appointments of which a message was refused: their client may not know what we think."""
    return {
        number
        for number in work.scalars(
            sa.select(_ROW.appointment_id).where(
                _ROW.appointment_id.in_(appointment_ids),
                _ROW.state == "refused",
                _ROW.address != "",
            )
        )
        if number is not None
    }

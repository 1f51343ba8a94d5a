"""The queue itself: a table, and the statements by which messages pass through it."""

import dataclasses
import datetime as dtm
import secrets
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from bot import store
from bot.outbox.night import is_night

LEASE = dtm.timedelta(minutes=2)
"""How long a claimed message stays with the process that claimed it."""
PAUSES = tuple(dtm.timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240))
"""After each failure in turn; the last one comes back until the message expires."""
KEEP_TRYING = dtm.timedelta(days=5)
"""How long a message without an end of its own is tried (RFC 5321, 4.5.4.1: 4 to 5 days)."""
KEPT = dtm.timedelta(days=30)
"""How long the row of a message that went out is kept, without its text and address."""

FAILED = ("refused", "unknown")
"""States of messages that nobody sends any more, unless somebody at the desk asks so."""
EMPTY: Mapping[str, Any] = MappingProxyType(
    {"address": "", "subject": "", "text": "", "buttons": [], "calendar": None}
)
"""What is left of a message that nobody needs any more."""

_ROW = store.OutgoingMessage
log = structlog.get_logger()


@dataclasses.dataclass(frozen=True)
class Button:
    """A choice under a message: an address for mail, a payload for a chat channel."""

    title: str
    payload: str = ""
    url: str = ""


@dataclasses.dataclass(frozen=True)
class Outgoing:
    """A claimed message, complete: what a channel needs to send it."""

    id: int
    kind: str
    address: str
    subject: str
    text: str
    buttons: tuple[Button, ...]
    calendar: str | None
    """An iCalendar file that goes with it."""
    attempts: int
    claim: str
    message_id: str
    """Stable over attempts, for a Message-ID."""


def enqueue(
    work: Session,
    *,
    channel: str,
    kind: str,
    address: str,
    text: str,
    now: dtm.datetime,
    subject: str = "",
    buttons: Sequence[Button] = (),
    calendar: str | None = None,
    key: str | None = None,
    appointment_id: int | None = None,
    expires_at: dtm.datetime | None = None,
    daytime_only: bool = False,
) -> bool:
    """Puts a message in the queue, in the unit of work that is going on.

    Args:
        work: committed together with what the message tells of.
        channel: mail | telegram.
        kind: a fixed word, for the figures and the log.
        address: e-mail address or chat id.
        text: complete, in simple Dutch.
        now: the present moment; the message may go out from then on.
        subject: for mail; never personal.
        buttons: choices under the text.
        calendar: an iCalendar file.
        key: the same key is queued once, whatever became of it.
        appointment_id: the message goes when the appointment's row goes, and `withdraw` finds it.
        expires_at: after this it makes no sense any more.
        daytime_only: not from 21 to 8 o'clock.

    Returns:
        False when a message with this key was queued before.
    """
    if key is not None and work.scalar(sa.select(_ROW.id).where(_ROW.key == key)):
        return False
    fresh = _ROW(
        channel=channel,
        kind=kind,
        address=address,
        subject=subject,
        text=text,
        buttons=[dataclasses.asdict(button) for button in buttons],
        calendar=calendar,
        key=key,
        appointment_id=appointment_id,
        daytime_only=daytime_only,
        created_at=now,
        next_try_at=now,
        expires_at=expires_at or now + KEEP_TRYING,
    )
    try:
        with work.begin_nested():
            work.add(fresh)
            work.flush()
    except sa.exc.IntegrityError:
        if key is None:
            raise
        return False  # another process queued it in the same moment
    return True


def withdraw(work: Session, appointment_id: int, *, now: dtm.datetime) -> int:
    """Takes back what was queued about an appointment and did not go out yet; how many."""
    about_it = _ROW.appointment_id == appointment_id
    gone = work.execute(
        sa.update(_ROW)
        .where(about_it, _ROW.state.in_(("waiting", "claimed")))
        .values(**_end("dropped"), done_at=now, problem="withdrawn")
    )
    # What failed is about a time that holds no more: nobody needs to send it again.
    work.execute(sa.update(_ROW).where(about_it, _ROW.state.in_(FAILED)).values(**EMPTY))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def claim(channel: str, *, now: dtm.datetime, limit: int = 20) -> list[Outgoing]:
    """Takes messages that are due, for this process alone, oldest first.

    Each has to be ended with `sent`, `try_later` or `refused` within two minutes of the claim.
    """
    mine = secrets.token_hex(16)
    due = (
        sa.select(_ROW.id)
        .where(
            _ROW.channel == channel,
            _ROW.state == "waiting",
            _ROW.next_try_at <= now,
            sa.or_(_ROW.expires_at.is_(None), _ROW.expires_at > now),
        )
        .order_by(_ROW.next_try_at, _ROW.id)
        .limit(limit)
    )
    if is_night(now):
        due = due.where(sa.not_(_ROW.daytime_only))
    with store.session(writes=False) as work:
        if work.scalar(due.limit(1)) is None:
            return []  # the usual case needs no write lock
    with store.session() as work:
        ids = work.scalars(due.with_for_update(skip_locked=True)).all()
        work.execute(
            sa.update(_ROW)
            .where(_ROW.id.in_(ids), _ROW.state == "waiting")
            .values(state="claimed", claim=mine, claimed_until=now + LEASE)
        )
        rows = work.scalars(sa.select(_ROW).where(_ROW.claim == mine).order_by(_ROW.id)).all()
        return [_outgoing(row) for row in rows]


def handing_over(message: Outgoing, *, now: dtm.datetime) -> bool:
    """Notes that the message is about to be handed to its receiver for good.

    Returns:
        False when the message is not this process's to send any more: it was withdrawn, it
        expired, or the lease ran out. Then it must not be sent.
    """
    return _step(
        message,
        sa.and_(_ROW.state == "claimed", _ROW.claimed_until > now),
        state="handing_over",
        claimed_until=now + LEASE,
    )


def sent(message: Outgoing, *, now: dtm.datetime) -> None:
    """The receiver has it. Its text and address are wiped."""
    _step(message, _held(), **_end("sent"), done_at=now, problem="")


def try_later(message: Outgoing, *, now: dtm.datetime, problem: str) -> None:
    """It certainly did not arrive, and may another time: it waits, each time longer.

    Args:
        message: as claimed.
        now: the present moment.
        problem: a fixed word or reply code, never what a server wrote.
    """
    pause = PAUSES[min(message.attempts, len(PAUSES) - 1)]
    _step(
        message,
        _held(),
        state="waiting",
        attempts=message.attempts + 1,
        next_try_at=now + pause,
        claim=None,
        claimed_until=None,
        problem=problem[:80],
    )


def refused(message: Outgoing, *, now: dtm.datetime, problem: str) -> None:
    """It will never arrive: the address does not exist, or the receiver does not want it.

    Somebody at the desk may send it again (`bot.outbox.trouble`) as long as it makes sense.
    """
    log.warning("message_refused", kind=message.kind, id=message.id, problem=problem)
    _step(message, _held(), **_failed("refused"), done_at=now, problem=problem[:80])


def waiting(channel: str) -> int:
    """How many messages wait in this channel."""
    with store.session(writes=False) as work:
        return (
            work.scalar(
                sa.select(sa.func.count())
                .select_from(_ROW)
                .where(_ROW.channel == channel, _ROW.state == "waiting")
            )
            or 0
        )


def tidy(now: dtm.datetime) -> None:
    """Frees what dead processes had claimed, ends what expired, forgets what is old."""
    lapsed = _ROW.claimed_until <= now
    useless = sa.and_(_ROW.state.in_(FAILED), _ROW.expires_at <= now, _ROW.address != "")
    with store.session(writes=False) as work:
        nothing = not work.scalar(
            sa.select(_ROW.id)
            .where(
                sa.or_(
                    sa.and_(_ROW.state.in_(("claimed", "handing_over")), lapsed),
                    sa.and_(_ROW.state == "waiting", _ROW.expires_at <= now),
                    useless,
                    _ROW.done_at <= now - KEPT,
                )
            )
            .limit(1)
        )
    if nothing:
        return
    with store.session() as work:
        unknown = work.execute(
            sa.update(_ROW)
            .where(_ROW.state == "handing_over", lapsed)
            .values(**_failed("unknown"), done_at=now, problem="process_ended")
        )
        work.execute(
            sa.update(_ROW)
            .where(_ROW.state == "claimed", lapsed)
            .values(state="waiting", claim=None, claimed_until=None)
        )
        expired = work.execute(
            sa.update(_ROW)
            .where(_ROW.state == "waiting", _ROW.expires_at <= now)
            .values(**_end("dropped"), done_at=now)
        )
        work.execute(sa.update(_ROW).where(useless).values(**EMPTY))
        work.execute(sa.delete(_ROW).where(_ROW.done_at <= now - KEPT))
    if count := int(unknown.rowcount):  # type: ignore[attr-defined]
        log.warning("messages_outcome_unknown", count=count)
    if count := int(expired.rowcount):  # type: ignore[attr-defined]
        log.warning("messages_expired", count=count)


def unknown(message: Outgoing, *, now: dtm.datetime, problem: str) -> None:
    """It was handed over and no answer came: not sent again by itself, see the package's text."""
    log.warning("message_outcome_unknown", kind=message.kind, id=message.id, problem=problem)
    _step(message, _held(), **_failed("unknown"), done_at=now, problem=problem[:80])


def _held() -> sa.ColumnElement[bool]:
    return _ROW.state.in_(("claimed", "handing_over"))


def _end(state: str) -> dict[str, Any]:
    """What the row of a finished message holds: no text, no address."""
    return {**_failed(state), **EMPTY}


def _failed(state: str) -> dict[str, Any]:
    """What changes in the row of a message that failed: it can still be sent again by hand."""
    return {"state": state, "claim": None, "claimed_until": None}


def _step(message: Outgoing, condition: sa.ColumnElement[bool], **values: Any) -> bool:
    with store.session() as work:
        done = work.execute(
            sa.update(_ROW)
            .where(_ROW.id == message.id, _ROW.claim == message.claim, condition)
            .values(**values)
        )
        return int(done.rowcount) == 1  # type: ignore[attr-defined]


def _outgoing(row: store.OutgoingMessage) -> Outgoing:
    assert row.claim
    return Outgoing(
        id=row.id,
        kind=row.kind,
        address=row.address,
        subject=row.subject,
        text=row.text,
        buttons=tuple(Button(**button) for button in row.buttons),
        calendar=row.calendar,
        attempts=row.attempts,
        claim=row.claim,
        message_id=f"leerwijzer-{row.id}-{int(row.created_at.timestamp())}",
    )

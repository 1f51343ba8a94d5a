"""What is kept of a conversation, and how it is wiped or handed out.

Wiping covers every table, those of Rasa's tracker store included. On SQLite the write-ahead log
is folded back afterwards: `secure_delete` overwrites the pages, the log would still hold them.
"""

import datetime as dtm
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.settings import settings

# Rasa's tracker store makes this table itself, when it runs for the first time.
_EVENTS = sa.table(
    "events",
    sa.column("id", sa.Integer),
    sa.column("sender_id", sa.String),
    sa.column("timestamp", sa.Float),
    sa.column("data", sa.Text),
)


def wipe(sender_id: str) -> bool:
    """Delete all that hangs on a conversation; whether there was anything.

    Appointments that are still to come are deleted as well: whoever wants to keep one does not
    call this.
    """
    with store.session() as work:
        gone = _wipe(work, sender_id, with_events=_has_events(work))
        # What waits to be answered goes too; a purge leaves it: its answer is still to come.
        gone += _deleted(
            work,
            sa.update(store.TelegramUpdate)
            .where(store.TelegramUpdate.sender_id == sender_id)
            .values(sender_id=None, content=sa.null(), answer=sa.null(), done_at=_now()),
        )
    _fold_log()
    return gone > 0


def purge(now: dtm.datetime) -> int:
    """Wipe the conversations without consent that are over or silent; how many there were.

    Silent means: nothing heard for `no_consent_minutes`. An appointment that is still to come
    stays, with its contact data: the client gave leave for that. It goes when it is over.
    """
    silent = now - dtm.timedelta(minutes=settings().no_consent_minutes)
    with store.session() as work:
        with_events = _has_events(work)
        upcoming = (
            sa.select(store.Appointment.sender_id)
            .where(store.Appointment.status == "booked")
            .where(store.Appointment.ends_at > now)
        )
        senders = list(
            work.scalars(
                sa.select(store.Conversation.sender_id)
                .where(store.Conversation.consent.is_not(True))
                .where(
                    store.Conversation.over_at.is_not(None)
                    | (store.Conversation.last_seen_at < silent)
                )
                .with_for_update(skip_locked=True)
            )
        )
        booked = set(work.scalars(upcoming.where(store.Appointment.sender_id.in_(senders))))
        senders += _nameless(work, silent, with_events=with_events)
        wiped = sum(
            _wipe(work, sender_id, with_events=with_events, booked=sender_id in booked) > 0
            for sender_id in senders
        )
    if wiped:
        _fold_log()
    return wiped


def export(sender_id: str) -> dict[str, Any]:
    """All that is stored about a conversation, as JSON values; {} when there is nothing."""
    with store.session(writes=False) as work:
        found = {
            name: rows
            for name, table in (
                ("conversation", store.Conversation),
                ("intakes", store.Intake),
                ("appointments", store.Appointment),
                ("messages", store.ChatMessage),
                ("telegram_updates", store.TelegramUpdate),
            )
            if (rows := _rows(work, table, sender_id))
        }
        if _has_events(work):
            events = work.execute(
                sa.select(_EVENTS.c.data)
                .where(_EVENTS.c.sender_id == sender_id)
                .order_by(_EVENTS.c.id)
            )
            said = [json.loads(data) for (data,) in events if data]
            if said:
                found["events"] = said
    return found


def _wipe(work: Session, sender_id: str, *, with_events: bool, booked: bool = False) -> int:
    """Delete the rows of one sender; `booked` keeps the appointment, and who is to come back."""
    gone = 0
    if not booked:
        appointments = sa.select(store.Appointment.id).where(
            store.Appointment.sender_id == sender_id
        )
        gone += _deleted(
            work,
            sa.delete(store.OccupiedQuarter).where(
                store.OccupiedQuarter.appointment_id.in_(appointments)
            ),
        )
    kept = (store.Appointment, store.Conversation) if booked else ()
    for table in (store.Appointment, store.Intake, store.ChatMessage, store.Conversation):
        if table not in kept:
            gone += _deleted(work, sa.delete(table).where(table.sender_id == sender_id))
    if with_events:
        gone += _deleted(work, sa.delete(_EVENTS).where(_EVENTS.c.sender_id == sender_id))
    return gone


def _now() -> dtm.datetime:
    return dtm.datetime.now(dtm.timezone.utc)


def _deleted(work: Session, statement: sa.Delete | sa.Update) -> int:
    result = work.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]


def _nameless(work: Session, silent: dtm.datetime, *, with_events: bool) -> list[str]:
    """Senders that left messages or events but whose conversation was never noted."""
    known = sa.select(store.Conversation.sender_id)
    found = list(
        work.scalars(
            sa.select(store.ChatMessage.sender_id)
            .where(store.ChatMessage.sender_id.not_in(known))
            .group_by(store.ChatMessage.sender_id)
            .having(sa.func.max(store.ChatMessage.created_at) < silent)
        )
    )
    if with_events:
        found += work.scalars(
            sa.select(_EVENTS.c.sender_id)
            .where(_EVENTS.c.sender_id.not_in(known))
            .group_by(_EVENTS.c.sender_id)
            .having(sa.func.max(_EVENTS.c.timestamp) < silent.timestamp())
        )
    booked = set(work.scalars(sa.select(store.Appointment.sender_id)))
    return [sender for sender in dict.fromkeys(found) if sender not in booked]


def _has_events(work: Session) -> bool:
    return sa.inspect(work.connection()).has_table("events")


def _rows(work: Session, table: Any, sender_id: str) -> list[dict[str, Any]]:
    return [
        {column.key: _plain(getattr(row, column.key)) for column in sa.inspect(table).columns}
        for row in work.scalars(sa.select(table).where(table.sender_id == sender_id))
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dtm.datetime) else value


def _fold_log() -> None:
    """Empty SQLite's write-ahead log; a busy database is left to the next time."""
    engine = store.engine()
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        connection.close()

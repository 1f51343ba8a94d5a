"""The conversation itself, for who has a reason to read it. Each look is logged."""

import dataclasses
import datetime as dtm
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments import local, say_day

# Rasa's tracker store makes this table itself; channels besides the chat API stand only there.
_EVENTS = sa.table(
    "events",
    sa.column("id", sa.Integer),
    sa.column("sender_id", sa.String),
    sa.column("type_name", sa.String),
    sa.column("timestamp", sa.Float),
    sa.column("data", sa.Text),
)


@dataclasses.dataclass(frozen=True)
class Line:
    """One message: who said it (client or bot), at what clock time, and what buttons it had."""

    client: bool
    day: str
    """The day, on the first message of each day; empty on the others."""
    clock: str
    text: str
    buttons: Sequence[str] = ()


def load(work: Session, sender_id: str) -> list[Line]:
    """The whole conversation in order of time."""
    found = list(_from_log(work, sender_id)) or list(_from_events(work, sender_id))
    lines: list[Line] = []
    day = None
    for at, client, text, buttons in found:
        there = local(at)
        title = say_day(at) if there.date() != day else ""
        day = there.date()
        lines.append(Line(client, title, f"{there:%H:%M}", text, buttons))
    return lines


_Said = tuple[dtm.datetime, bool, str, list[str]]


def _from_log(work: Session, sender_id: str) -> Iterable[_Said]:
    for row in work.scalars(
        sa.select(store.ChatMessage)
        .where(store.ChatMessage.sender_id == sender_id)
        .order_by(store.ChatMessage.id)
    ):
        text = row.said.get("text") or row.said.get("title")
        if text:
            yield row.created_at, True, str(text), []
        for message in row.answer or ():
            yield from _message(row.created_at, message)


def _from_events(work: Session, sender_id: str) -> Iterable[_Said]:
    if not sa.inspect(work.connection()).has_table("events"):
        return
    for timestamp, data in work.execute(
        sa.select(_EVENTS.c.timestamp, _EVENTS.c.data)
        .where(_EVENTS.c.sender_id == sender_id, _EVENTS.c.type_name.in_(("user", "bot")))
        .order_by(_EVENTS.c.id)
    ):
        event = json.loads(data)
        at = dtm.datetime.fromtimestamp(timestamp, dtm.timezone.utc)
        if event.get("event") == "user":
            text = event.get("text") or ""
            if text and not text.startswith("/"):
                yield at, True, text, []
        else:
            yield from _message(at, {"text": event.get("text"), **(event.get("data") or {})})


def _message(at: dtm.datetime, message: Mapping[str, Any]) -> Iterable[_Said]:
    buttons = [str(one.get("title", "")) for one in message.get("buttons") or ()]
    text = message.get("text") or ""
    courses = [str(one.get("title", "")) for one in message.get("courses") or ()]
    text = "\n".join(part for part in (text, *courses) if part)
    if text or buttons:
        yield at, False, text, buttons

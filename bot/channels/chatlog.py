"""The chat API's log in the database: who handles which message, and what was answered.

A message id is claimed before it is handled. The claim is a lease: whoever handles the turn
renews it, so that a crash frees the message after a few seconds and a slow turn keeps it.
"""

import dataclasses
import datetime as dtm
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlalchemy as sa

from bot import store

LEASE = dtm.timedelta(seconds=8)
UNOFFERED = "/greet"
"""The one payload that needs no button: with it the widget lets the bot speak first."""
KEPT_CHARACTERS = 2000

# Every turn passes here twice: prepared statements without the ORM halve the time it takes.
_MESSAGES = store.Base.metadata.tables["chat_messages"]
_CONVERSATIONS = store.Base.metadata.tables["conversations"]
_OF_SENDER = _MESSAGES.c.sender_id == sa.bindparam("sender")
_FIND = sa.select(_MESSAGES.c.id, _MESSAGES.c.answer, _MESSAGES.c.created_at).where(
    _OF_SENDER, _MESSAGES.c.client_id == sa.bindparam("client")
)
_RUNNING = (
    sa.select(_MESSAGES.c.id)
    .where(_OF_SENDER, _MESSAGES.c.claimed_at > sa.bindparam("since"))
    .limit(1)
)
_ANSWERS = sa.select(_MESSAGES.c.answer).where(_OF_SENDER).order_by(_MESSAGES.c.id.desc())
_HISTORY = (
    sa.select(_MESSAGES.c.client_id, _MESSAGES.c.said, _MESSAGES.c.answer)
    .where(_OF_SENDER)
    .order_by(_MESSAGES.c.id)
)
_TOUCH = (
    sa.update(_CONVERSATIONS)
    .where(_CONVERSATIONS.c.sender_id == sa.bindparam("sender"))
    .values(last_seen_at=sa.bindparam("now"), over_at=None)
)
_KNOWN = sa.select(_CONVERSATIONS.c.sender_id).where(
    _CONVERSATIONS.c.sender_id == sa.bindparam("sender")
)
_SAID = sa.select(_MESSAGES.c.said).where(
    _OF_SENDER, _MESSAGES.c.client_id == sa.bindparam("client")
)
_OVER = (
    sa.update(_CONVERSATIONS)
    .where(_CONVERSATIONS.c.sender_id == sa.bindparam("sender"))
    .values(over_at=sa.bindparam("now"))
)
_THIS = _MESSAGES.c.id == sa.bindparam("row")
_CLAIM = sa.update(_MESSAGES).where(_THIS).values(claimed_at=sa.bindparam("now"))
_COMPLETE = (
    sa.update(_MESSAGES).where(_THIS).values(answer=sa.bindparam("messages"), claimed_at=None)
)


class NotOfferedError(Exception):
    """The payload is not on any button that this client got."""


@dataclasses.dataclass(frozen=True)
class Said:
    """What the client sent: cleaned text, or the payload of a button.

    `title`: what the client saw of the payload, from a channel that knows itself that it was
    offered (a signed button, a command). None: the payload has to be on one of the buttons here.
    """

    text: str = ""
    payload: str = ""
    title: str | None = None


@dataclasses.dataclass(frozen=True)
class Claim:
    """The outcome of `claim`.

    `state` is "mine" (handle it now), "busy" (this sender's turn is being handled elsewhere) or
    "answered" (then `answer` holds the messages). `again`: it was claimed before, in vain.
    """

    state: Literal["mine", "busy", "answered"]
    row: int = 0
    answer: list[Any] | None = None
    again: bool = False


def claim(
    sender_id: str, client_id: str, said: Said, *, channel: str = "widget", now: dtm.datetime
) -> Claim:
    """Take the turn for a message, or tell why not.

    Args:
        channel: where a new conversation is held: widget, telegram or rest.

    Raises:
        NotOfferedError: a payload that was on none of this client's buttons; nothing is stored.
    """
    try:
        return _claim(sender_id, client_id, said, channel, now)
    except sa.exc.IntegrityError:  # another process stored the same id in the same moment
        return _claim(sender_id, client_id, said, channel, now)


def _claim(sender_id: str, client_id: str, said: Said, channel: str, now: dtm.datetime) -> Claim:
    with _transaction() as work:
        row = work.execute(_FIND, {"sender": sender_id, "client": client_id}).first()
        if row is not None and row.answer is not None:
            return Claim("answered", row.id, row.answer)
        kept = _kept(work, sender_id, said) if row is None else {}
        _touch(work, sender_id, channel, now)  # on PostgreSQL this lets one process at a time go on
        if work.scalar(_RUNNING, {"sender": sender_id, "since": now - LEASE}) is not None:
            return Claim("busy")
        if row is not None:
            # Whoever had it may have finished while this transaction waited for its turn.
            row = work.execute(_FIND, {"sender": sender_id, "client": client_id}).one()
            if row.answer is not None:
                return Claim("answered", row.id, row.answer)
            work.execute(_CLAIM, {"row": row.id, "now": now})
            return Claim("mine", row.id, again=True)
        fresh = {
            "sender_id": sender_id,
            "client_id": client_id,
            "said": kept,
            "created_at": now,
            "claimed_at": now,
        }
        inserted = work.execute(sa.insert(_MESSAGES), fresh).inserted_primary_key
        assert inserted is not None
        return Claim("mine", inserted[0])


def renew(row: int, *, now: dtm.datetime) -> None:
    """Keep a claim while its turn takes long."""
    with _transaction() as work:
        work.execute(_CLAIM, {"row": row, "now": now})


def release(row: int) -> None:
    """Give a claim up: the turn failed and the same id may be sent again."""
    with _transaction() as work:
        work.execute(_CLAIM, {"row": row, "now": None})


def complete(row: int, answer: list[Any]) -> None:
    """Store what was answered."""
    with _transaction() as work:
        work.execute(_COMPLETE, {"row": row, "messages": answer})


def sent_at(sender_id: str, client_id: str) -> dtm.datetime | None:
    """When this message came in first; None when it never did."""
    with _transaction(writes=False) as work:
        row = work.execute(_FIND, {"sender": sender_id, "client": client_id}).first()
        return row.created_at if row else None


def last_buttons(sender_id: str) -> list[Any]:
    """The buttons of the newest answer that had any."""
    with _transaction(writes=False) as work:
        for answer in _answers(work, sender_id):
            for message in reversed(answer):
                if message.get("buttons"):
                    return list(message["buttons"])
    return []


def is_known(sender_id: str) -> bool:
    """Whether there is a conversation with this client."""
    with _transaction(writes=False) as work:
        return work.scalar(_KNOWN, {"sender": sender_id}) is not None


def offered(sender_id: str) -> list[str]:
    """The payloads of all buttons in the answers to this client, newest first, each once."""
    with _transaction(writes=False) as work:
        found = [
            str(button["payload"])
            for answer in _answers(work, sender_id)
            for message in answer
            for button in message.get("buttons") or ()
        ]
    return list(dict.fromkeys(found))


def said_before(sender_id: str, client_id: str) -> str | None:
    """The text of the message with this id; None when it never came in or was a button."""
    with _transaction(writes=False) as work:
        said = work.scalar(_SAID, {"sender": sender_id, "client": client_id})
        return (said or {}).get("text")


def told(sender_id: str, client_id: str, messages: list[Any], *, now: dtm.datetime) -> None:
    """Keep what the bot said of its own accord, such as a reminder, with its buttons.

    Args:
        client_id: a name for it that no other message of this client has.
    """
    with _transaction() as work:
        if work.execute(_FIND, {"sender": sender_id, "client": client_id}).first() is None:
            fresh = {
                "sender_id": sender_id,
                "client_id": client_id,
                "said": {},
                "answer": messages,
                "created_at": now,
            }
            work.execute(sa.insert(_MESSAGES), fresh)


def over(sender_id: str, *, now: dtm.datetime) -> None:
    """The client left (closed or blocked the chat): without consent it can be wiped."""
    with _transaction() as work:
        work.execute(_OVER, {"sender": sender_id, "now": now})


def history(sender_id: str) -> list[dict[str, Any]]:
    """The conversation: the bot's messages as answered, the client's own with "from": "client"."""
    messages: list[dict[str, Any]] = []
    with _transaction(writes=False) as work:
        for row in work.execute(_HISTORY, {"sender": sender_id}):
            text = row.said.get("text") or row.said.get("title")
            if text:
                messages.append({"id": row.client_id, "from": "client", "text": text})
            messages += row.answer or []
    return messages


@contextmanager
def _transaction(*, writes: bool = True) -> Iterator[sa.Connection]:
    with (
        store.engine().connect().execution_options(writes=writes) as connection,
        connection.begin(),
    ):
        yield connection


def _kept(work: sa.Connection, sender_id: str, said: Said) -> dict[str, Any]:
    if not said.payload:
        return {"text": said.text[:KEPT_CHARACTERS]}
    title = said.title
    if title is None:
        title = _title(_answers(work, sender_id), said.payload)
    if title is None and said.payload != UNOFFERED:
        raise NotOfferedError
    return {"payload": said.payload, "title": title or ""}


def _title(answers: Iterator[list[Any]], payload: str) -> str | None:
    for answer in answers:
        for message in answer:
            for button in message.get("buttons") or ():
                if button["payload"] == payload:
                    return str(button["title"])
    return None


def _answers(work: sa.Connection, sender_id: str) -> Iterator[list[Any]]:
    """Newest first; those without an answer are left out."""
    for answer in work.scalars(_ANSWERS, {"sender": sender_id}):
        if answer:
            yield answer


def _touch(work: sa.Connection, sender_id: str, channel: str, now: dtm.datetime) -> None:
    if work.execute(_TOUCH, {"sender": sender_id, "now": now}).rowcount:
        return
    fresh = {
        "sender_id": sender_id,
        "channel": channel,
        "started_at": now,
        "last_seen_at": now,
    }
    work.execute(sa.insert(_CONVERSATIONS), fresh)

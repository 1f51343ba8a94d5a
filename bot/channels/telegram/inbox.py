"""The inbox: what Telegram delivered, kept in the database until it is answered.

Telegram delivers an update again until it is told that it arrived, and sometimes after that. An
update is told to have arrived once it is here, and it is handled once, by its number. What a
client sent stays only until the answer went out.
"""

import dataclasses
import datetime as dtm
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot import store
from bot.store import TelegramUpdate

KEPT_NUMBERS = dtm.timedelta(days=2)
"""Telegram repeats an update for at most a day."""
GIVEN_UP = dtm.timedelta(days=1)
"""After so long nobody waits for an answer any more."""


@dataclasses.dataclass(frozen=True)
class Waiting:
    """An update that was not answered, or not wholly."""

    row: int
    sender_id: str
    content: dict[str, Any]
    answer: list[Any] | None
    sent: int
    received_at: dtm.datetime


def keep(updates: Sequence[tuple[str, Mapping[str, Any]]], *, now: dtm.datetime) -> int:
    """Keep updates in the order in which they came, each once.

    Args:
        updates: sender id and update; each update has its `update_id`.

    Returns:
        How many were new.
    """
    return sum(_keep(sender_id, content, now) for sender_id, content in updates)


def _keep(sender_id: str, content: Mapping[str, Any], now: dtm.datetime) -> bool:
    number = int(content["update_id"])
    known = sa.select(TelegramUpdate.id).where(TelegramUpdate.update_id == number)
    fresh = TelegramUpdate(
        update_id=number, sender_id=sender_id, content=dict(content), received_at=now
    )
    try:
        with store.session() as work:
            if work.scalar(known) is not None:
                return False
            work.add(fresh)
    except sa.exc.IntegrityError:  # another process kept it in the same moment
        return False
    return True


def waiting() -> list[tuple[int, str]]:
    """Row and sender id of what is to be answered, oldest first."""
    with store.session(writes=False) as work:
        found = work.execute(
            sa.select(TelegramUpdate.id, TelegramUpdate.sender_id)
            .where(TelegramUpdate.done_at.is_(None))
            .order_by(TelegramUpdate.id)
        )
        return [(row, sender_id or "") for row, sender_id in found]


def load(row: int) -> Waiting | None:
    """One update; None when it was answered meanwhile."""
    with store.session(writes=False) as work:
        found = work.get(TelegramUpdate, row)
        if found is None or found.done_at is not None or found.content is None:
            return None
        return Waiting(
            row,
            found.sender_id or "",
            found.content,
            found.answer,
            found.sent,
            found.received_at,
        )


def answered(row: int, answer: Sequence[Any]) -> None:
    """Keep what goes out for an update, until it went out."""
    _set(row, answer=list(answer))


def sent(row: int, parts: int) -> None:
    """So many parts of the answer went out."""
    _set(row, sent=parts)


def finish(row: int, *, now: dtm.datetime) -> None:
    """The update is answered: only its number stays."""
    _set(row, sender_id=None, content=sa.null(), answer=sa.null(), done_at=now)


def purge(now: dtm.datetime) -> None:
    """Forget old numbers, and what nobody answered in a day."""
    with store.session() as work:
        work.execute(
            sa.delete(TelegramUpdate).where(
                (TelegramUpdate.done_at < now - KEPT_NUMBERS)
                | (TelegramUpdate.received_at < now - KEPT_NUMBERS - GIVEN_UP)
            )
        )


def is_first_in_group(chat_id: int, *, now: dtm.datetime) -> bool:
    """Whether this group was never told to talk in private; from now on it was."""
    try:
        with store.session() as work:
            if work.get(store.TelegramGroup, chat_id) is not None:
                return False
            work.add(store.TelegramGroup(chat_id=chat_id, told_at=now))
    except sa.exc.IntegrityError:
        return False
    return True


def _set(row: int, **values: Any) -> None:
    with store.session() as work:
        work.execute(sa.update(TelegramUpdate).where(TelegramUpdate.id == row).values(**values))

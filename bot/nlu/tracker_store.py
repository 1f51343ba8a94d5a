"""Rasa's SQL tracker store, without reading a whole conversation back at every message.

Stock Rasa reads and rebuilds all events of a conversation at each turn, counts them again before
it saves, and inserts them one by one: 40% of a turn here, growing with the conversation. This
store keeps the conversations of the last turns. It trusts what it kept only when the newest
event in the database is still the same, so several Rasa processes, a wipe or a restart are seen.
"""
# No `from __future__ import annotations` here: Rasa inspects the annotations of its components.

import collections
import dataclasses
import itertools
import json
from typing import Any, Dict, Iterator, Optional

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

KEPT = 200
"""Conversations in memory; the ones silent longest go first."""


@dataclasses.dataclass
class Kept:
    """A conversation as it was saved."""

    tracker: DialogueStateTracker
    events: int
    """How many of its events are in the database."""
    last_id: Optional[int] = None
    """The newest of them."""


class WarmTrackerStore(SQLTrackerStore):
    """The stock store with the last conversations kept in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._warm: collections.OrderedDict[str, Kept] = collections.OrderedDict()
        self._in_use: collections.OrderedDict[str, Kept] = collections.OrderedDict()
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _set_pragmas)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation's tracker, from memory when the database holds nothing newer."""
        # Taken out: a turn that fails halfway must not leave its events behind in memory.
        kept = self._warm.pop(sender_id, None)
        if kept is None or kept.last_id != self._last_id(sender_id):
            tracker = await super().retrieve(sender_id)
            if tracker is None:
                self._in_use.pop(sender_id, None)
                return None
            kept = Kept(tracker, len(tracker.events))
        _put(self._in_use, sender_id, kept)
        return kept.tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new, and keep the conversation for its next turn."""
        await self.stream_events(tracker)
        sender_id = tracker.sender_id
        with self.session_scope() as session:
            rows = [_row(sender_id, event) for event in self._additional_events(session, tracker)]
            if rows:
                session.execute(sa.insert(self.SQLEvent.__table__), rows)
            session.commit()
        self._in_use.pop(sender_id, None)
        kept = Kept(tracker, len(tracker.events), self._last_id(sender_id))
        _put(self._warm, sender_id, kept)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        kept = self._in_use.get(tracker.sender_id)
        if kept is None or kept.tracker is not tracker:
            return super()._additional_events(session, tracker)
        return itertools.islice(tracker.events, kept.events, None)

    def _last_id(self, sender_id: str) -> Optional[int]:
        table = self.SQLEvent.__table__
        newest = sa.select(sa.func.max(table.c.id)).where(table.c.sender_id == sender_id)
        with self.engine.connect() as connection:
            return connection.execute(newest).scalar()


def _row(sender_id: str, event: Event) -> Dict[str, Any]:
    data = event.as_dict()
    intent = (data.get("parse_data") or {}).get("intent") or {}
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": intent.get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _put(store: "collections.OrderedDict[str, Kept]", sender_id: str, kept: Kept) -> None:
    store[sender_id] = kept
    store.move_to_end(sender_id)
    while len(store) > KEPT:
        store.popitem(last=False)


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()

"""Tests of the tracker store; run in Rasa's environment by `test_components.py`."""

import asyncio
import pathlib
import tempfile
import unittest

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.tracker_store import WarmTrackerStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [inform]
slots:
  dream:
    type: text
    mappings: [{type: custom}]
actions: [action_respond]
"""
)


class Store(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.url = f"sqlite:///{pathlib.Path(folder.name) / 'x.db'}"
        self.store = self.open(WarmTrackerStore)

    def open(self, kind: type) -> SQLTrackerStore:
        made = kind(domain=DOMAIN, host=self.url)
        self.addCleanup(made.engine.dispose)
        return made

    def turn(self, store: SQLTrackerStore, text: str) -> DialogueStateTracker:
        """One turn as Rasa does it."""
        tracker = asyncio.run(store.retrieve("web-1")) or DialogueStateTracker(
            "web-1", DOMAIN.slots
        )
        for event in (
            ActionExecuted("action_listen"),
            UserUttered(text, {"name": "inform"}),
            SlotSet("dream", text),
        ):
            tracker.update(event, DOMAIN)
        asyncio.run(store.save(tracker))
        return tracker

    def said(self, store: SQLTrackerStore) -> list:
        tracker = asyncio.run(store.retrieve("web-1"))
        return [e.text for e in tracker.events if isinstance(e, UserUttered)]

    def test_it_holds_what_the_stock_store_would_read_back(self) -> None:
        for text in ("kok", "bakker", "kapper"):
            self.turn(self.store, text)

        stock = self.open(SQLTrackerStore)
        assert self.said(stock) == ["kok", "bakker", "kapper"]
        assert self.said(self.store) == ["kok", "bakker", "kapper"]

    def test_a_turn_of_another_process_is_seen(self) -> None:
        self.turn(self.store, "kok")
        self.turn(self.open(WarmTrackerStore), "bakker")
        self.turn(self.store, "kapper")

        assert self.said(self.open(SQLTrackerStore)) == ["kok", "bakker", "kapper"]

    def test_a_turn_that_failed_leaves_nothing_in_memory(self) -> None:
        self.turn(self.store, "kok")
        halfway = asyncio.run(self.store.retrieve("web-1"))
        halfway.update(UserUttered("weg", {"name": "inform"}), DOMAIN)

        self.turn(self.store, "kapper")
        assert self.said(self.open(SQLTrackerStore)) == ["kok", "kapper"]

    def test_a_wiped_conversation_starts_anew(self) -> None:
        self.turn(self.store, "kok")
        with self.store.engine.begin() as connection:
            connection.execute(sa.delete(self.store.SQLEvent.__table__))

        assert asyncio.run(self.store.retrieve("web-1")) is None
        self.turn(self.store, "kapper")
        assert self.said(self.open(SQLTrackerStore)) == ["kapper"]

    def test_only_the_last_conversations_stay_in_memory(self) -> None:
        for number in range(250):
            tracker = DialogueStateTracker(f"web-{number}", DOMAIN.slots)
            tracker.update(UserUttered("dag", {"name": "inform"}), DOMAIN)
            asyncio.run(self.store.save(tracker))

        assert len(self.store._warm) == 200
        assert len(self.store._in_use) == 0

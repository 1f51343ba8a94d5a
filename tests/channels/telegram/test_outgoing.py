"""Reminders and messages from the desk: out of the queue, into the chat."""

import asyncio
import dataclasses
import datetime as dtm
from typing import Any

import pytest

from bot.channels.telegram import Outgoing
from bot.settings import settings
from tests.channels.serving import free_port
from tests.channels.telegram.fake_telegram import FakeTelegram, trouble

NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)


@dataclasses.dataclass(frozen=True)
class Button:
    title: str
    payload: str = ""
    url: str = ""


@dataclasses.dataclass(frozen=True)
class Message:
    address: str
    text: str = "Morgen is je afspraak."
    buttons: tuple[Button, ...] = ()


class Queue:
    """Remembers what became of each message; `withdrawn` ones may not be sent any more."""

    def __init__(self, *messages: Message, withdrawn: bool = False) -> None:
        self.due = list(messages)
        self.withdrawn = withdrawn
        self.steps: list[tuple[str, str]] = []

    def claim(self, channel: str, *, now: dtm.datetime) -> list[Message]:
        assert (channel, now) == ("telegram", NOW)
        due, self.due = self.due, []
        return due

    def handing_over(self, message: Message, *, now: dtm.datetime) -> bool:
        return not self.withdrawn

    def __getattr__(self, step: str) -> Any:
        def note(message: Message, *, now: dtm.datetime, problem: str = "") -> None:
            self.steps.append((step, message.address))

        return note


async def drain(queue: Queue) -> int:
    """In a thread, as the sender of the web process does."""
    return await asyncio.to_thread(Outgoing(queue).drain, lambda: NOW)


async def test_a_reminder_arrives_with_its_buttons(telegram: FakeTelegram) -> None:
    coming = Button("Ik kom", '/inform{"appointment_coming": "yes"}')
    queue = Queue(Message("7", buttons=(coming, Button("Kaart", url="https://example.org"))))

    assert await drain(queue) == 1

    rows = telegram.last()["reply_markup"]["inline_keyboard"]
    assert [button["text"] for row in rows for button in row] == ["Ik kom", "Kaart"]
    assert queue.steps == [("sent", "7")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (trouble(403, "Forbidden: bot was blocked by the user"), "refused"),
        (trouble(400, "Bad Request: chat not found"), "refused"),
        (trouble(400, "Bad Request: message is too long"), "refused"),
        (trouble(502, "Bad Gateway"), "try_later"),
    ],
)
async def test_what_becomes_of_it_is_told_to_the_queue(
    telegram: FakeTelegram, given: tuple[int, dict[str, Any]], expected: str
) -> None:
    telegram.troubles["sendMessage"] = [given]
    queue = Queue(Message("7"), Message("8"))

    assert await drain(queue) == 1

    assert queue.steps == [(expected, "7"), ("sent", "8")]


async def test_when_telegram_asks_to_wait_the_rest_waits(telegram: FakeTelegram) -> None:
    telegram.troubles["sendMessage"] = [trouble(429, "Too Many Requests", retry_after=30)]
    queue = Queue(Message("7"), Message("8"))

    assert await drain(queue) == 0

    assert queue.steps == [("try_later", "7"), ("try_later", "8")]


async def test_a_telegram_that_is_not_there_loses_nothing(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_API", f"http://127.0.0.1:{free_port()}")
    settings.cache_clear()
    queue = Queue(Message("7"))

    assert await drain(queue) == 0

    assert queue.steps == [("try_later", "7")]


async def test_what_was_withdrawn_is_not_sent(telegram: FakeTelegram) -> None:
    queue = Queue(Message("7"), withdrawn=True)

    assert await drain(queue) == 0

    assert telegram.texts() == []
    assert queue.steps == []


async def test_an_address_that_is_none_is_refused(telegram: FakeTelegram) -> None:
    queue = Queue(Message("web-abc"))

    assert await drain(queue) == 0

    assert queue.steps == [("refused", "web-abc")]


async def test_without_a_token_nothing_is_taken(
    configured: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", "")
    settings.cache_clear()
    queue = Queue(Message("7"))

    assert await drain(queue) == 0

    assert len(queue.due) == 1

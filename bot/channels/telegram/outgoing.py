"""Takes what is due on Telegram out of the queue of outgoing messages (reminders, the desk)."""

import asyncio
import datetime as dtm
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.channels.requests import kind_and_place
from bot.channels.telegram.connection import make_bot
from bot.channels.telegram.sending import (
    BadPartError,
    GoneError,
    LaterError,
    Sender,
    UnsureError,
    send_with,
)
from bot.settings import settings

CHANNEL = "telegram"
Clock = Callable[[], dtm.datetime]
log = logging.getLogger(__name__)


class Queued(Protocol):
    """A message of the queue, as far as this channel reads it."""

    @property
    def address(self) -> str:
        """Chat id, or sender id on Telegram."""

    @property
    def text(self) -> str:
        """The whole text."""

    @property
    def buttons(self) -> Sequence[Any]:
        """Each with `title`, and `payload` or `url` (the other one empty)."""


class Queue(Protocol):
    """The queue: `bot.outbox` is one."""

    def claim(self, channel: str, *, now: dtm.datetime) -> Sequence[Any]:
        """Take what is due, for this process alone."""

    def handing_over(self, message: Any, *, now: dtm.datetime) -> bool:
        """Whether it may be sent now."""

    def sent(self, message: Any, *, now: dtm.datetime) -> None:
        """It arrived."""

    def try_later(self, message: Any, *, now: dtm.datetime, problem: str) -> None:
        """It certainly did not arrive."""

    def refused(self, message: Any, *, now: dtm.datetime, problem: str) -> None:
        """It never will."""

    def unknown(self, message: Any, *, now: dtm.datetime, problem: str) -> None:
        """Nobody knows."""


class Outgoing:
    """Drains the queue into Telegram; made for a thread, like the channel for mail.

    Args:
        queue: where the messages wait.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def drain(self, clock: Callable[[], dtm.datetime]) -> int:
        """Send what is due; how many arrived. Without a token nothing is taken."""
        if not settings().telegram_token.get_secret_value().strip():
            return 0
        due = self._queue.claim(CHANNEL, now=clock())
        return asyncio.run(self._send_all(due, clock)) if due else 0

    async def _send_all(self, due: Sequence[Queued], clock: Clock) -> int:
        bot = make_bot()
        try:
            sender = Sender(bot)
            return sum([await self._send(sender, message, clock) for message in due])
        finally:
            await bot.disconnect()

    async def _send(self, sender: Sender, message: Queued, clock: Clock) -> bool:
        if sender.slowed or not self._queue.handing_over(message, now=clock()):
            if sender.slowed:
                self._queue.try_later(message, now=clock(), problem="slow_down")
            return False
        buttons = [
            {"title": button.title, "payload": button.payload, "url": button.url}
            for button in message.buttons
        ]
        content = {"text": message.text, "buttons": buttons}
        try:
            await send_with(sender, message.address, [content])
        except GoneError:
            self._queue.refused(message, now=clock(), problem="gone")
        except (BadPartError, ValueError):
            self._queue.refused(message, now=clock(), problem="not_accepted")
        except LaterError:
            self._queue.try_later(message, now=clock(), problem="away")
        except UnsureError:
            self._queue.unknown(message, now=clock(), problem="connection_broke")
        except Exception as error:
            log.error("telegram_outgoing_failed %s", kind_and_place(error))
            self._queue.unknown(message, now=clock(), problem="failed")
        else:
            self._queue.sent(message, now=clock())
            return True
        return False

"""Sending: in Telegram's pace, once if it can be known, never to somebody who blocked the bot."""

import asyncio
import bisect
import contextlib
import dataclasses
import datetime as dtm
import itertools
import logging
import math
import secrets
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import telegram
from starlette.concurrency import run_in_threadpool
from telegram.constants import ChatAction, ParseMode

from bot.channels import chatlog
from bot.channels.rasa import message as new_message
from bot.channels.requests import kind_and_place
from bot.channels.telegram import hearing
from bot.channels.telegram.connection import Bot, make_bot, retry_after
from bot.channels.telegram.rendering import Part, parts

PER_SECOND = 30
"""Messages a second over all chats (Bot FAQ, "My bot is hitting limits")."""
GIVES_WAY = 10.0
"""Seconds that used buttons wait at most while there are messages to send."""
LINK_PREVIEW = telegram.LinkPreviewOptions(is_disabled=True)
log = logging.getLogger(__name__)


class SendError(Exception):
    """A message that did not certainly arrive."""


class GoneError(SendError):
    """The client blocked the bot or the chat is gone: don't try again."""


class BadPartError(SendError):
    """Telegram refuses this very message: trying again gives the same."""


class LaterError(SendError):
    """It did not go out; try again. `after`: seconds that Telegram asks to wait, or None."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__()
        self.after = after


class UnsureError(SendError):
    """The connection broke while Telegram had the message: it may have arrived, or not."""


@dataclasses.dataclass(order=True)
class _Waiter:
    place: float
    number: int
    first: asyncio.Event = dataclasses.field(default_factory=asyncio.Event, compare=False)


class Pace:
    """Lets through so many a second, evenly, first come, first served.

    A message takes its place in line when its answer is ready, and the other messages of that
    answer pass right behind it. What nobody waits for takes a place further on.

    Args:
        per_second: how many.
        clock: monotonic seconds.
    """

    def __init__(
        self, per_second: float = PER_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._gap = 1 / per_second
        self._clock = clock
        self._free_at = clock()
        self._stopped_until = clock()
        self._line: list[_Waiter] = []
        self._numbers = itertools.count()

    def place(self, *, gives_way: float = 0.0) -> float:
        """A place in line; who comes within `gives_way` seconds still goes before it."""
        return self._clock() + gives_way

    async def turn(self, place: float | None = None) -> None:
        """Wait until it is this one's turn.

        Args:
            place: from `place`; None to come last.
        """
        mine = _Waiter(self.place() if place is None else place, next(self._numbers))
        bisect.insort(self._line, mine)
        try:
            while wait := self._wait(mine):
                if wait < math.inf:
                    await asyncio.sleep(wait)
                else:
                    mine.first.clear()
                    await mine.first.wait()
            # A place that passes late is made up for, but never more than one: no bursts.
            self._free_at = max(self._free_at, self._clock() - self._gap) + self._gap
        finally:
            self._line.remove(mine)
            if self._line:
                self._line[0].first.set()

    def _wait(self, waiter: _Waiter) -> float:
        """Seconds until this one may go; infinite while others are before it."""
        if self._line[0] is not waiter:
            return math.inf
        return max(0.0, max(self._free_at, self._stopped_until) - self._clock())

    @property
    def stopped(self) -> bool:
        """Whether nothing goes through now."""
        return self._stopped_until > self._clock()

    def stop(self, seconds: float) -> None:
        """Let nothing through for so long: Telegram asked it."""
        self._stopped_until = max(self._stopped_until, self._clock() + seconds)


class Sender:
    """Sends, in one pace for all chats.

    Args:
        bot: the connection; the sender does not close it.
        pace: how many messages a second.
    """

    def __init__(self, bot: Bot, pace: Pace | None = None) -> None:
        self._bot = bot
        self._pace = pace or Pace()

    @property
    def slowed(self) -> bool:
        """Whether Telegram asked to wait, and the time is not over."""
        return self._pace.stopped

    def place(self) -> float:
        """A place in line for all messages of an answer, from now on."""
        return self._pace.place()

    async def part(
        self, chat_id: int, part: Part, *, place: float | None = None, silent: bool = False
    ) -> None:
        """One message, once.

        Args:
            chat_id: the client's chat.
            part: what to send.
            place: the answer's place in line; None to come last.
            silent: it makes no sound on the client's phone.

        Raises:
            SendError: one of its kinds.
        """
        markup = _markup(part["keyboard"])
        await self._pace.turn(place)
        await self._call(
            self._bot.send_message(
                chat_id,
                part["text"],
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                disable_notification=silent or None,
                link_preview_options=LINK_PREVIEW,
            )
        )

    async def replace(self, chat_id: int, message_id: int, text: str | None) -> None:
        """Take the buttons of a message away; `text` (HTML) replaces its text.

        It gives way to messages, for which somebody waits.

        Raises:
            SendError: one of its kinds; doing it again does no harm.
        """
        await self._pace.turn(self._pace.place(gives_way=GIVES_WAY))
        if text is not None and len(text) <= telegram.constants.MessageLimit.MAX_TEXT_LENGTH:
            call = self._bot.edit_message_text(
                text,
                chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=LINK_PREVIEW,
            )
            await self._call(call)
        else:
            await self._call(self._bot.edit_message_reply_markup(chat_id, message_id))

    async def confirm(self, query_id: str) -> None:
        """Answer a callback query, so that the button stops waiting. Best effort."""
        with contextlib.suppress(SendError):
            await self._call(self._bot.answer_callback_query(query_id))

    async def typing(self, chat_id: int) -> None:
        """Show "is typing" for five seconds. Best effort."""
        with contextlib.suppress(SendError):
            await self._call(self._bot.send_chat_action(chat_id, ChatAction.TYPING))

    async def leave(self, chat_id: int) -> None:
        """Leave a group. Best effort."""
        with contextlib.suppress(SendError):
            await self._call(self._bot.leave_chat(chat_id))

    async def _call(self, call: Coroutine[Any, Any, object]) -> None:
        """Run a call of the Bot API; its errors as ours, without their text."""
        try:
            await call
        except telegram.error.RetryAfter as error:
            seconds = retry_after(error)
            self._pace.stop(seconds)
            log.warning("telegram_slow_down seconds=%s", seconds)
            raise LaterError(seconds) from None
        except telegram.error.Forbidden:
            raise GoneError from None
        except telegram.error.ChatMigrated:
            raise GoneError from None
        except telegram.error.BadRequest as error:
            gone = "chat not found" in error.message.lower() or "deactivated" in error.message
            raise (GoneError if gone else BadPartError) from None
        except telegram.error.TimedOut as error:
            # Nothing went out when no connection was free or could be made.
            cause = type(error.__cause__).__name__
            raise (
                LaterError if cause in ("PoolTimeout", "ConnectTimeout") else UnsureError
            ) from None
        except telegram.error.NetworkError as error:
            cause = type(error.__cause__).__name__
            unsure = cause in ("ReadError", "RemoteProtocolError", "WriteError")
            raise (UnsureError if unsure else LaterError) from None
        except telegram.error.TelegramError:  # the token is refused, a conflict, no JSON
            raise LaterError from None
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            # Telegram took it; only its answer looks otherwise than the library knows.
            log.warning("telegram_answer_unknown %s", kind_and_place(error))


async def send(chat_id: int | str, messages: Sequence[Mapping[str, Any]]) -> None:
    """Send messages of the bot's own accord: a reminder, a word from the desk.

    They are kept in the log of the conversation, so that their buttons work. Needs no running
    bot: any process with the settings can call it.

    Args:
        chat_id: the client's chat, or sender id (`telegram-<chat id>`).
        messages: each with `text`, and maybe `buttons` ({"title", "payload" or "url"}),
            `courses`, `appointment`.

    Raises:
        GoneError: the client blocked the bot or is not there any more: don't try again.
        BadPartError: Telegram refuses a text: don't try again.
        LaterError: nothing went out; try again later.
        UnsureError: a message may have arrived, or some of them did.
        ValueError: the chat id is none, or there is no token in the settings.
    """
    bot = make_bot()
    try:
        await send_with(Sender(bot), chat_id, messages)
    finally:
        await bot.disconnect()


async def send_with(
    sender: Sender, chat_id: int | str, messages: Sequence[Mapping[str, Any]]
) -> None:
    """As `send`, through a sender that there is already."""
    text = str(chat_id)
    chat = hearing.chat_of(text) if text.startswith(hearing.PREFIX) else int(text)
    sender_id = hearing.sender_of(chat)
    whole = [{**new_message(""), **one} for one in messages]
    outgoing = await run_in_threadpool(parts, sender_id, whole)
    await _all(sender, chat, outgoing)
    logged = [{**one, "buttons": _with_payload(one["buttons"])} for one in whole]
    name = f"bot-{secrets.token_hex(8)}"
    now = dtm.datetime.now(dtm.timezone.utc)
    try:
        await run_in_threadpool(chatlog.told, sender_id, name, logged, now=now)
    except Exception as error:  # it went out: whoever sends must not send it again
        log.error("telegram_not_logged %s", kind_and_place(error))


async def _all(sender: Sender, chat_id: int, outgoing: Sequence[Part]) -> None:
    place = sender.place()
    for number, part in enumerate(outgoing, 1):
        try:
            await sender.part(chat_id, part, place=place, silent=number < len(outgoing))
        except LaterError:
            if number > 1:
                raise UnsureError from None
            raise


def _with_payload(buttons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [button for button in buttons if button.get("payload")]


def _button(button: Mapping[str, str]) -> telegram.InlineKeyboardButton:
    return telegram.InlineKeyboardButton(
        button["text"], url=button.get("url"), callback_data=button.get("callback_data")
    )


def _markup(rows: Sequence[Sequence[Mapping[str, str]]]) -> telegram.InlineKeyboardMarkup | None:
    if not rows:
        return None
    return telegram.InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])

"""Answers what is in the inbox: each chat in order, all chats beside each other."""

import asyncio
import collections
import contextlib
import dataclasses
import datetime as dtm
import itertools
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

import telegram
from starlette.concurrency import run_in_threadpool

from bot.channels import chatlog, rasa
from bot.channels.cleaning import clean
from bot.channels.limits import Buckets
from bot.channels.requests import kind_and_place
from bot.channels.telegram import buttons, hearing, inbox, texts
from bot.channels.telegram.hearing import (
    Edited,
    Heard,
    InGroup,
    Left,
    Ordered,
    Tapped,
    Unreadable,
    Words,
)
from bot.channels.telegram.inbox import GIVEN_UP, Waiting
from bot.channels.telegram.pauses import pause
from bot.channels.telegram.rendering import Part, chosen, parts
from bot.channels.telegram.sending import (
    BadPartError,
    GoneError,
    LaterError,
    Sender,
    SendError,
    UnsureError,
)
from bot.channels.turns import BotAwayError, NotOfferedError, Said, Turns

TYPING_AFTER = 0.3
"""Seconds of thinking after which "is typing" shows; most answers are there sooner."""
TYPING_EVERY = 4.5
"""Telegram shows it for five seconds."""
TYPING_FOR = 60.0
AWAY_AFTER = 12.0
"""Seconds without an answer after which the client is told to be patient, once."""
TRIES_AFTER_ERROR = 3
TRIES_TO_REPLACE = 8
"""About a minute."""
BURST = 120
"""Updates of one chat at once; after that one a second."""
NOTING_SECONDS = 2.0
"""At a stop, for messages that are on their way."""
MOST_AHEAD = 5
"""How many messages that wait are looked at for an edition of the one at hand."""
MOST_REMEMBERED = 10_000
log = logging.getLogger(__name__)


class Worker:
    """Takes updates from the inbox and sees each of them through.

    Args:
        sender: how to send.
        turns: how to ask the bot.
        may_work: False as soon as another process has the work.
    """

    def __init__(self, sender: Sender, turns: Turns, may_work: Callable[[], bool]) -> None:
        self._sender = sender
        self._turns = turns
        self._may_work = may_work
        self._queues: dict[str, collections.deque[int]] = {}
        self._taken: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._limits = Buckets(capacity=BURST, per_second=1)
        self._taps: OrderedDict[tuple[str, int, str], int] = OrderedDict()
        self._ways: collections.Counter[str] = collections.Counter()
        self._told_away: set[int] = set()
        self._slowed: set[str] = set()
        self._went_out: dict[int, int] = {}
        self._stopping = False

    async def look(self) -> None:
        """Take on what came in since the last look."""
        for row, sender_id in await run_in_threadpool(inbox.waiting):
            if row in self._taken:
                continue
            self._taken.add(row)
            queue = self._queues.setdefault(sender_id, collections.deque())
            queue.append(row)
            if len(queue) == 1:
                self._start(self._work_through(sender_id, queue))

    async def stop(self, *, grace: float) -> None:
        """Let running turns end for so many seconds; what is not done waits in the inbox.

        After that nothing more is sent, and a message that Telegram has already gets the time to
        be noted: else it would go out again at the next start.
        """
        for queue in self._queues.values():
            while len(queue) > 1:
                queue.pop()
        running = list(self._tasks)
        if running:
            await asyncio.wait(running, timeout=grace)
            self._stopping = True
            await asyncio.wait(running, timeout=NOTING_SECONDS)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_through(self, sender_id: str, queue: collections.deque[int]) -> None:
        while queue and self._may_work():
            row = queue[0]
            try:
                await self._see_through(row)
            finally:
                queue.popleft()
                self._taken.discard(row)
        self._taken.difference_update(queue)
        self._queues.pop(sender_id, None)

    async def _see_through(self, row: int) -> None:
        """Handle one update until it is done; errors of ours are tried a few times."""
        for tries in itertools.count(1):
            try:
                waiting = await run_in_threadpool(inbox.load, row)
                if waiting is not None:
                    await self._handle(waiting)
                    await _finish(row)
                self._went_out.pop(row, None)
                return
            except Exception as error:
                # The message of an error can quote what a client wrote: only its kind and place.
                log.error("telegram_failed %s", kind_and_place(error))
                if tries >= TRIES_AFTER_ERROR:
                    await self._apologise(row)
                    return
                await asyncio.sleep(pause(tries))

    async def _apologise(self, row: int) -> None:
        with contextlib.suppress(Exception):  # the database may be what fails
            waiting = await run_in_threadpool(inbox.load, row)
            if waiting is not None:
                sorry = await self._notice(waiting, "failed")
                self._went_out.pop(row, None)
                await self._deliver(dataclasses.replace(waiting, sent=0), sorry)
            await _finish(row)
            self._went_out.pop(row, None)

    async def _handle(self, waiting: Waiting) -> None:
        if _now() - waiting.received_at > GIVEN_UP:
            log.warning("telegram_given_up")
            return
        if waiting.answer is None:
            try:
                answer = await self._answer(waiting)
            except NothingToSayError:
                return
            await run_in_threadpool(inbox.answered, waiting.row, answer)
        else:
            answer = waiting.answer
        await self._deliver(waiting, answer)

    # --- what goes out -----------------------------------------------------------------------

    async def _answer(self, waiting: Waiting) -> list[Part]:
        """What goes out for an update.

        Raises:
            NothingToSayError: nothing does.
        """
        heard = _hear(waiting.content)
        match heard:
            case None:
                raise NothingToSayError
            case InGroup():
                return await self._in_group(waiting)
            case Left():
                await run_in_threadpool(chatlog.over, waiting.sender_id, now=_now())
                raise NothingToSayError
        if not self._limits.allow(waiting.sender_id, now=time.monotonic()):
            if waiting.sender_id in self._slowed:
                raise NothingToSayError
            self._slowed.add(waiting.sender_id)
            return await self._notice(waiting, "too_fast")
        self._slowed.discard(waiting.sender_id)
        return await self._say_to(heard, waiting)

    async def _say_to(
        self, heard: Words | Ordered | Tapped | Edited | Unreadable, waiting: Waiting
    ) -> list[Part]:
        match heard:
            case Words():
                text = clean(await self._last_edition(waiting, heard))
                if not text:
                    return await self._notice(waiting, "empty")
                echo = [rasa.message(heard.echo)] if heard.echo else []
                said = Said(text=text)
                return await self._turn(waiting, f"m{heard.message_id}", said, {}, echo)
            case Ordered():
                said = Said(payload=heard.command.payload, title=f"/{heard.command.name}")
                return await self._turn(waiting, f"m{heard.message_id}", said, heard.origin)
            case Tapped():
                return await self._tapped(waiting, heard)
            case Edited():
                return await self._edited(waiting, heard)
            case Unreadable():
                if await self._more_of_the_same(waiting, heard):
                    raise NothingToSayError
                return await self._notice(waiting, heard.notice)

    async def _turn(
        self,
        waiting: Waiting,
        client_id: str,
        said: Said,
        origin: Mapping[str, str],
        before: Sequence[rasa.Message] = (),
    ) -> list[Part]:
        """Ask the bot until it answers; `before` is said first."""
        metadata = {"channel": "telegram", **origin}
        async with self._company(waiting):
            for tries in itertools.count():
                try:
                    messages = await self._turns.take(waiting.sender_id, client_id, said, metadata)
                    whole = [*before, *messages]
                    return await run_in_threadpool(parts, waiting.sender_id, whole)
                except NotOfferedError:
                    return await self._notice(waiting, "stale_button")
                except BotAwayError:
                    if _now() - waiting.received_at > GIVEN_UP:
                        raise
                    await asyncio.sleep(pause(tries))
        raise AssertionError  # the loop has no other end

    async def _tapped(self, waiting: Waiting, tap: Tapped) -> list[Part]:
        tapped = (waiting.sender_id, tap.message_id, tap.data)
        if self._taps.setdefault(tapped, waiting.row) != waiting.row:
            raise NothingToSayError  # tapped twice in a hurry
        if len(self._taps) > MOST_REMEMBERED:
            self._taps.popitem(last=False)
        try:
            payload = await run_in_threadpool(buttons.payload_of, waiting.sender_id, tap.data)
        except buttons.UnknownButtonError:
            return await self._notice(waiting, "stale_button")
        text = chosen(tap.html, tap.title) if tap.html and tap.title else None
        chat_id = hearing.chat_of(waiting.sender_id)
        self._start(self._replace(chat_id, tap.message_id, text))
        said = Said(payload=payload, title=tap.title or "")
        return await self._turn(waiting, f"t{waiting.content['update_id']}", said, {})

    async def _replace(self, chat_id: int, message_id: int, text: str | None) -> None:
        """Take used buttons away, beside the answer: nobody waits for it, a stop does."""
        for tries in range(TRIES_TO_REPLACE):
            try:
                await self._sender.replace(chat_id, message_id, text)
            except (LaterError, UnsureError):
                await asyncio.sleep(pause(tries))
            except SendError:  # the message or the client is gone
                return
            except Exception as error:
                log.error("telegram_failed %s", kind_and_place(error))
                return
            else:
                return

    async def _edited(self, waiting: Waiting, edited: Edited) -> list[Part]:
        """An earlier message got another text, and its first text was answered."""
        before = await run_in_threadpool(
            chatlog.said_before, waiting.sender_id, f"m{edited.message_id}"
        )
        if before is None or before == clean(edited.text):
            raise NothingToSayError
        change = {"title": texts.notice("edited_change"), "payload": "/correct_answer"}
        message = rasa.message(self._way(waiting.sender_id, "edited"), [change])
        return await run_in_threadpool(parts, waiting.sender_id, [message])

    async def _in_group(self, waiting: Waiting) -> list[Part]:
        """Say once that this is not for groups, and go."""
        chat_id = hearing.chat_of(waiting.sender_id)
        if await run_in_threadpool(inbox.is_first_in_group, chat_id, now=_now()):
            message = rasa.message(texts.notice("group"))
            with contextlib.suppress(SendError):
                for part in await run_in_threadpool(parts, waiting.sender_id, [message]):
                    await self._sender.part(chat_id, part)
        await self._sender.leave(chat_id)
        raise NothingToSayError

    async def _more_of_the_same(self, waiting: Waiting, heard: Unreadable) -> bool:
        """Whether the next thing that waits is just as unreadable: an album, three stickers."""
        return heard in [following async for following in self._following(waiting, 1)]

    async def _last_edition(self, waiting: Waiting, words: Words) -> str:
        """The text of a message, as the client edited it while it waited."""
        text = words.text
        async for following in self._following(waiting, MOST_AHEAD):
            if isinstance(following, Edited) and following.message_id == words.message_id:
                text = following.text
        return text

    async def _following(self, waiting: Waiting, most: int) -> AsyncIterator[Heard]:
        """What waits after this update in the same chat."""
        queue = self._queues.get(waiting.sender_id) or ()
        for row in list(itertools.islice(queue, 1, most + 1)):
            following = await run_in_threadpool(inbox.load, row)
            if following is not None:
                yield _hear(following.content)

    async def _notice(self, waiting: Waiting, key: str) -> list[Part]:
        """A word of this channel, with the buttons of the open question."""
        open_buttons = await run_in_threadpool(chatlog.last_buttons, waiting.sender_id)
        message = rasa.message(self._way(waiting.sender_id, key), open_buttons)
        return await run_in_threadpool(parts, waiting.sender_id, [message])

    def _way(self, sender_id: str, key: str) -> str:
        """The notice, said otherwise than the last time in this chat."""
        if len(self._ways) > MOST_REMEMBERED:
            self._ways.clear()
        self._ways[sender_id] += 1
        return texts.notice(key, self._ways[sender_id] - 1)

    # --- while it lasts ----------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _company(self, waiting: Waiting) -> AsyncIterator[None]:
        """While the bot thinks: "is typing", and after a while a word of patience."""
        task = asyncio.create_task(self._keep_company(waiting))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _keep_company(self, waiting: Waiting) -> None:
        chat_id = hearing.chat_of(waiting.sender_id)
        await asyncio.sleep(TYPING_AFTER)
        started = time.monotonic()
        while (passed := time.monotonic() - started) < TYPING_FOR:
            if passed >= AWAY_AFTER and self._tells(waiting.row):
                message = rasa.message(self._way(waiting.sender_id, "away"))
                for part in await run_in_threadpool(parts, waiting.sender_id, [message]):
                    await self._sender.part(chat_id, part)
            await self._sender.typing(chat_id)
            await asyncio.sleep(TYPING_EVERY)

    def _tells(self, row: int) -> bool:
        """Whether nobody was told yet that the answer takes long."""
        told = row in self._told_away
        self._told_away.add(row)
        return not told

    async def _deliver(self, waiting: Waiting, answer: list[Part]) -> None:
        """Send what is left of an answer, part by part; stops when the client is gone."""
        chat_id = hearing.chat_of(waiting.sender_id)
        # What went out is known here too, for when the database could not be told.
        done = max(waiting.sent, self._went_out.get(waiting.row, 0))
        place = self._sender.place()
        for number, part in enumerate(answer[done:], done):
            try:
                last = number + 1 == len(answer)
                await self._send(chat_id, part, waiting, place=place, silent=not last)
            except GoneError:
                await run_in_threadpool(chatlog.over, waiting.sender_id, now=_now())
                return
            except BadPartError:
                log.error("telegram_part_refused")
            self._went_out[waiting.row] = number + 1
            if number + 1 < len(answer):
                await run_in_threadpool(inbox.sent, waiting.row, number + 1)

    async def _send(
        self, chat_id: int, part: Part, waiting: Waiting, *, place: float, silent: bool
    ) -> None:
        """Send one part until it arrived. After a broken connection it goes out again: twice is
        better than never."""
        for tries in itertools.count():
            if self._stopping or not self._may_work():
                raise asyncio.CancelledError
            try:
                await self._sender.part(chat_id, part, place=place, silent=silent)
                return
            except (LaterError, UnsureError):
                pass  # what Telegram asks to wait is in the sender's pace
            if _now() - waiting.received_at > GIVEN_UP:
                raise GoneError
            await asyncio.sleep(pause(tries))


class NothingToSayError(Exception):
    """There is nothing to say to this update."""


def _hear(content: Mapping[str, Any]) -> Heard:
    try:
        return hearing.hear(telegram.Update.de_json(dict(content)))
    except Exception as error:  # an update of a kind that the library does not know
        log.warning("telegram_unreadable %s", kind_and_place(error))
        return None


async def _finish(row: int) -> None:
    await run_in_threadpool(inbox.finish, row, now=_now())


def _now() -> dtm.datetime:
    return dtm.datetime.now(dtm.timezone.utc)

"""One turn: a client's message in, the bot's messages out; each handled once and in order."""

import asyncio
import collections
import contextlib
import datetime as dtm
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool

from bot.channels import chatlog, rasa, texts
from bot.channels.chatlog import Claim, NotOfferedError, Said
from bot.channels.rasa import BotAwayError, Message, RasaClient

__all__ = ["BotAwayError", "NotOfferedError", "Said", "Turns"]

MAX_CHARACTERS = 2000
AT_ONCE = 24
"""Turns of all channels that Rasa has at the same time: more would only wait for each other there,
and each channel would get the more of it the less it holds back. First come, first served."""
POLL_SECONDS = 0.1
RENEW_SECONDS = 2.0
log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Turns:
    """Hands messages to Rasa, one at a time for each client.

    Args:
        client: the Rasa to speak with.
    """

    def __init__(self, client: RasaClient) -> None:
        self._rasa = client
        self._queues = Queues()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[list[Message]]] = set()
        self._actions_away = False

    async def take(
        self, sender_id: str, client_id: str, said: Said, metadata: Mapping[str, Any]
    ) -> list[Message]:
        """Handle one message, also when its sender hangs up meanwhile.

        Args:
            metadata: goes to Rasa with the message; `channel` names where it came in.

        Returns:
            The bot's messages, the same ones each time that this id comes in.

        Raises:
            BotAwayError: no answer now; the same id can be sent again.
            NotOfferedError: a payload that no button offered; nothing was stored or sent.
        """
        turn = asyncio.create_task(self._take(sender_id, client_id, said, metadata))
        self._running.add(turn)
        turn.add_done_callback(self._running.discard)
        return await asyncio.shield(turn)

    async def _take(
        self, sender_id: str, client_id: str, said: Said, metadata: Mapping[str, Any]
    ) -> list[Message]:
        async with self._queues.turn_of(sender_id):
            claim = await _claim(sender_id, client_id, said, metadata)
            while claim.state == "busy":  # another process, or one that crashed, has the turn
                await asyncio.sleep(POLL_SECONDS)
                claim = await _claim(sender_id, client_id, said, metadata)
            if claim.answer is not None:
                return claim.answer
            try:
                async with _renewed(claim.row):
                    answer = await self._answer(claim, sender_id, client_id, said, metadata)
                for number, message in enumerate(answer, 1):
                    message["id"] = f"{client_id}.{number}"
                await _in_thread(chatlog.complete, claim.row, answer)
            except BaseException:
                with contextlib.suppress(Exception):  # without a release the lease runs out
                    await _in_thread(chatlog.release, claim.row)
                raise
            return answer

    async def _answer(
        self,
        claim: Claim,
        sender_id: str,
        client_id: str,
        said: Said,
        metadata: Mapping[str, Any],
    ) -> list[Message]:
        if len(said.text) > MAX_CHARACTERS:
            buttons = await _in_thread(chatlog.last_buttons, sender_id)
            return [rasa.message(texts.say("too_long"), buttons)]
        answer: list[Message] = []
        metadata = {**metadata, "message_id": client_id}
        async with self._room:
            if claim.again:
                answer = await self._rasa.answered_before(sender_id, client_id)
            if not answer:
                answer = await self._ask(sender_id, said.payload or said.text, metadata)
        if answer:
            return answer
        if not claim.again:
            raise BotAwayError("no messages")
        human = {"title": texts.say("no_answer_human"), "payload": "/talk_to_human"}
        return [rasa.message(texts.say("no_answer"), [human])]

    async def _ask(self, sender_id: str, text: str, metadata: Mapping[str, Any]) -> list[Message]:
        """Let Rasa answer. Without its action server it stays silent, and would note the message
        as handled each time that it comes again: it then gets no message until the server is back.

        Raises:
            BotAwayError: Rasa or its action server is away.
        """
        if self._actions_away and not await self._rasa.actions_answer():
            raise BotAwayError("actions")
        self._actions_away = False
        answer = await self._rasa.say(sender_id, text, metadata)
        if not answer and not await self._rasa.actions_answer():
            self._actions_away = True
            log.warning("actions_away")
            raise BotAwayError("actions")
        return answer


class Queues:
    """A waiting line per key: first come, first served, one at a time."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: collections.Counter[str] = collections.Counter()

    @contextlib.asynccontextmanager
    async def turn_of(self, key: str) -> AsyncIterator[None]:
        """Wait for this key's turn; the next one starts at the end of the block."""
        self._users[key] += 1
        try:
            async with self._locks.setdefault(key, asyncio.Lock()):
                yield
        finally:
            self._users[key] -= 1
            if not self._users[key]:
                del self._users[key], self._locks[key]


@contextlib.asynccontextmanager
async def _renewed(row: int) -> AsyncIterator[None]:
    async def renew() -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            with contextlib.suppress(Exception):  # the next one may succeed
                await _in_thread(chatlog.renew, row, now=_now())

    task = asyncio.create_task(renew())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)  # a late renewal must not follow


async def _claim(sender_id: str, client_id: str, said: Said, metadata: Mapping[str, Any]) -> Claim:
    channel = str(metadata["channel"])
    return await _in_thread(chatlog.claim, sender_id, client_id, said, channel=channel, now=_now())


async def _in_thread(function: Callable[..., _T], *args: Any, **kwargs: Any) -> _T:
    return await run_in_threadpool(function, *args, **kwargs)


def _now() -> dtm.datetime:
    return dtm.datetime.now(dtm.timezone.utc)

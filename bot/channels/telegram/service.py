"""Telegram in the web process: who receives, who answers, from start to stop.

Any process may receive (by webhook); one at a time, which holds the lease, polls and answers. What
comes in goes through the inbox, so it doesn't matter which process that is.
"""

import asyncio
import contextlib
import datetime as dtm
import logging
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import telegram
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import store
from bot.channels.requests import kind_and_place
from bot.channels.telegram import hearing, inbox, webhook
from bot.channels.telegram.connection import UPDATES, Bot, make_bot, retry_after
from bot.channels.telegram.profile import set_profile
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.worker import Worker
from bot.channels.turns import Turns
from bot.settings import settings

LEASE = "telegram"
LEASE_SECONDS = 10.0
RENEW_SECONDS = 3.0
LOOK_SECONDS = 0.3
"""How often the inbox is looked at for what another process put there."""
QUICK_SECONDS = 0.2
"""A poll that comes back sooner with nothing is not repeated at once."""
LONGEST_PAUSE = 30.0
PURGE_SECONDS = 600.0
STOP_SECONDS = 4.0
log = logging.getLogger(__name__)


class Telegram:
    """The channel; without a token in the settings it does nothing.

    Args:
        turns: how to ask the bot.
    """

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._owner = secrets.token_hex(16)
        self._held_until = 0.0
        self._news = asyncio.Event()
        self._confirming: set[asyncio.Task[None]] = set()
        self._bot: Bot | None = None
        self._sender: Sender | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Receives and answers inside this block."""
        if not settings().telegram_token.get_secret_value().strip():
            yield
            return
        self._bot = make_bot()
        self._sender = Sender(self._bot)
        task = asyncio.create_task(self._run(self._bot, self._sender))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, *self._confirming, return_exceptions=True)
            with contextlib.suppress(Exception):  # the database may be gone already
                await run_in_threadpool(store.give_up_lease, LEASE, self._owner)
            await self._bot.disconnect()

    async def endpoint(self, request: Request) -> Response:
        """The webhook; 404 when no webhook is used."""
        if self._sender is None or webhook.url() is None:
            return JSONResponse({"error": "not_found"}, 404)
        return await webhook.take(request, self.receive)

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Put updates in the inbox; when this returns they are safe."""
        kept = [(_sender_of(update), update) for update in updates]
        now = dtm.datetime.now(dtm.timezone.utc)
        await run_in_threadpool(inbox.keep, kept, now=now)
        for update in updates:
            query = (update.get("callback_query") or {}).get("id")
            if query and self._sender is not None:
                task = asyncio.create_task(self._sender.confirm(str(query)))
                self._confirming.add(task)
                task.add_done_callback(self._confirming.discard)
        self._news.set()

    # --- one process at a time ---------------------------------------------------------------

    def _leads(self) -> bool:
        return time.monotonic() < self._held_until

    async def _run(self, bot: Bot, sender: Sender) -> None:
        """Keep trying to get the lease; with it, do the work until it is lost."""
        while True:
            if await self._take_lease():
                work = asyncio.create_task(self._lead(bot, sender))
                try:
                    await self._keep_lease(work)
                finally:
                    work.cancel()
                    await asyncio.gather(work, return_exceptions=True)
            await asyncio.sleep(RENEW_SECONDS)

    async def _keep_lease(self, work: asyncio.Task[None]) -> None:
        """Renew the lease until it is lost or the work ends."""
        while self._leads() and not work.done():
            await asyncio.wait([work], timeout=RENEW_SECONDS)
            await self._take_lease()
        if work.done() and not work.cancelled() and (error := work.exception()):
            log.error("telegram_stopped %s", kind_and_place(error))

    async def _take_lease(self) -> bool:
        asked = time.monotonic()
        now = dtm.datetime.now(dtm.timezone.utc)
        until = now + dtm.timedelta(seconds=LEASE_SECONDS)
        try:
            ours = await run_in_threadpool(
                store.take_lease, LEASE, self._owner, until=until, now=now
            )
        except Exception as error:  # the lease that we have lasts until it runs out
            log.error("telegram_lease_failed %s", kind_and_place(error))
            return self._leads()
        self._held_until = asked + LEASE_SECONDS if ours else 0.0
        return ours

    async def _lead(self, bot: Bot, sender: Sender) -> None:
        worker = Worker(sender, self._turns, self._leads)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._receive_all(bot))
                group.create_task(self._answer_all(worker))
                group.create_task(_purge())
        finally:
            await worker.stop(grace=STOP_SECONDS)

    async def _answer_all(self, worker: Worker) -> None:
        while True:
            self._news.clear()
            try:
                await worker.look()
            except Exception as error:
                log.error("telegram_inbox_failed %s", kind_and_place(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LOOK_SECONDS)

    # --- receiving ---------------------------------------------------------------------------

    async def _receive_all(self, bot: Bot) -> None:
        """Webhook when there is a public address that Telegram takes, else long polling."""
        address = webhook.url()
        if address is not None and not await self._set_webhook(bot, address):
            address = None
        if address is None:
            await _persist("delete_webhook", bot.delete_webhook)
        log.info("telegram_ready way=%s", "polling" if address is None else "webhook")
        async with asyncio.TaskGroup() as group:
            group.create_task(set_profile(bot))
            if address is None:
                group.create_task(self._poll(bot))

    async def _set_webhook(self, bot: Bot, address: str) -> bool:
        async def ask() -> object:
            return await bot.set_webhook(
                address, allowed_updates=list(UPDATES), secret_token=webhook.secret()
            )

        try:
            await _persist("set_webhook", ask)
        except telegram.error.BadRequest:
            log.error("telegram_webhook_refused: LEERWIJZER_PUBLIC_URL; polling instead")
            return False
        return True

    async def _poll(self, bot: Bot) -> None:
        offset: int | None = None
        pauses = _Pauses()
        while True:
            asked = time.monotonic()
            try:
                updates = await bot.raw_updates(offset)
                await self.receive(updates)
            except Exception as error:
                await pauses.after(error)
                continue
            pauses.reset()
            if updates:
                offset = max(int(update["update_id"]) for update in updates) + 1
            elif time.monotonic() - asked < QUICK_SECONDS:
                await asyncio.sleep(QUICK_SECONDS)


class _Pauses:
    """Waits longer after each error in a row, as long as Telegram asks; logs its kind."""

    def __init__(self) -> None:
        self._errors = 0

    def reset(self) -> None:
        self._errors = 0

    async def after(self, error: Exception) -> None:
        pause = min(0.5 * 2.0**self._errors, LONGEST_PAUSE)
        self._errors += 1
        if isinstance(error, telegram.error.RetryAfter):
            pause = retry_after(error)
        elif isinstance(error, telegram.error.InvalidToken):
            log.error("telegram_token_refused: LEERWIJZER_TELEGRAM_TOKEN")
            pause = LONGEST_PAUSE
        elif isinstance(error, telegram.error.Conflict):
            log.error("telegram_polled_elsewhere: is another bot running with this token?")
        else:
            log.warning("telegram_away %s", kind_and_place(error))
        await asyncio.sleep(pause)


async def _persist(what: str, call: Any) -> None:
    """Call until Telegram does it.

    Raises:
        telegram.error.BadRequest: Telegram understood and refuses.
    """
    pauses = _Pauses()
    while True:
        try:
            await call()
            return
        except telegram.error.BadRequest:
            raise
        except telegram.error.TelegramError as error:
            await pauses.after(error)


async def _purge() -> None:
    while True:
        try:
            await run_in_threadpool(inbox.purge, dtm.datetime.now(dtm.timezone.utc))
        except Exception as error:
            log.error("telegram_purge_failed %s", kind_and_place(error))
        await asyncio.sleep(PURGE_SECONDS)


def _sender_of(update: dict[str, Any]) -> str:
    """Whose update it is, without reading it wholly: the chat, or else who did something."""
    for kind in UPDATES:
        content = update.get(kind) or {}
        chat = content.get("chat") or (content.get("message") or {}).get("chat")
        chat = chat or content.get("from")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return hearing.sender_of(chat["id"])
    return hearing.sender_of(0)

"""The bot's connection to Telegram, and how its token stays out of every log and error."""

import asyncio
import datetime as dtm
import functools
import logging
import os
import sys
import traceback
from types import TracebackType
from typing import Any

import telegram
from telegram.request import HTTPXRequest

from bot.settings import settings

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at every time span

LONG_POLL_SECONDS = 25
CONNECTIONS = 16
"""At 30 messages a second enough for answers of half a second each."""
_HIDDEN = "(token)"
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""Kinds of updates that are asked for (Bot API, getUpdates.allowed_updates)."""


class Bot(telegram.Bot):
    """python-telegram-bot's Bot, with the updates as they came: one odd one spoils no other."""

    async def raw_updates(self, offset: int | None) -> list[dict[str, Any]]:
        """What came in from `offset` on; waits for it up to `LONG_POLL_SECONDS`.

        Raises:
            telegram.error.TelegramError: Telegram could not be asked, or refused.
        """
        asked = {
            "offset": offset,
            "timeout": LONG_POLL_SECONDS,
            "allowed_updates": list(UPDATES),
        }
        found = await self._post(
            "getUpdates",
            {name: value for name, value in asked.items() if value is not None},
            read_timeout=LONG_POLL_SECONDS + 10,
        )
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def disconnect(self) -> None:
        """Close the connections, also those of a bot that was never initialized."""
        await asyncio.gather(*(one.shutdown() for one in self._request))


def retry_after(error: telegram.error.RetryAfter) -> float:
    """How long Telegram asks to wait, in seconds."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, dtm.timedelta) else float(pause)


def make_bot() -> Bot:
    """A bot for the settings; hides its token from now on.

    Raises:
        ValueError: there is no token in the settings.
    """
    token = settings().telegram_token.get_secret_value().strip()
    if not token:
        raise ValueError("no token: set LEERWIJZER_TELEGRAM_TOKEN")
    hide(token)
    address = settings().telegram_api.rstrip("/")
    loopback = address.startswith(("http://127.", "http://localhost"))
    return Bot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=_request(CONNECTIONS, loopback=loopback),
        get_updates_request=_request(1, loopback=loopback),
    )


def _request(connections: int, *, loopback: bool) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=5.0,
        read_timeout=15.0,
        write_timeout=10.0,
        pool_timeout=30.0,
        # Loopback needs no proxy, and plain HTTP no certificates.
        httpx_kwargs={"trust_env": False, "verify": False} if loopback else None,
    )


_secrets: set[str] = set()


def hide(token: str) -> None:
    """From now on no log line and no traceback of this process shows the token.

    Addresses of the Bot API hold it, so any library that names an address would tell it. The
    loggers that do so by habit are silenced; what is left goes through a filter.
    """
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    secret = token.partition(":")[2] or token
    if not secret:
        return
    _secrets.update((token, secret))
    _install()


def hidden(text: str) -> str:
    """The text without any token."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return text


@functools.cache
def _install() -> None:
    plain = logging.Formatter.format

    def careful(formatter: logging.Formatter, record: logging.LogRecord) -> str:
        return hidden(plain(formatter, record))

    logging.Formatter.format = careful  # type: ignore[method-assign, assignment]
    sys.excepthook = _print_hidden


def _print_hidden(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    sys.stderr.write(hidden("".join(traceback.format_exception(kind, error, trace))))

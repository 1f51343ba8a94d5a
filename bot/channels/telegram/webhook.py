"""The webhook: where Telegram brings updates when the bot has a public address."""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.requests import RefusedError, json_body, kind_and_place
from bot.settings import settings

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)
MAX_BYTES = 512 * 1024
"""The longest text with all its formatting fits many times over."""
Receive = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
log = logging.getLogger(__name__)


def url() -> str | None:
    """The address that Telegram is told; None when there is no public `https://` address."""
    public = settings().public_url.rstrip("/")
    return f"{public}{PATH}" if public.lower().startswith("https://") else None


def secret() -> str:
    """What Telegram sends with every update, so that nobody else can."""
    token = settings().telegram_token.get_secret_value()
    key = f"telegram-webhook:{settings().signing_key}".encode()
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()


async def take(request: Request, receive: Receive) -> Response:
    """The endpoint: keep the update and say so; Telegram repeats what was not kept.

    403 without the right secret, 503 when it can't be kept now.
    """
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), secret().encode()):
        return JSONResponse({"error": "forbidden"}, 403)
    try:
        update = await json_body(request, max_bytes=MAX_BYTES)
        if not isinstance(update.get("update_id"), int):
            raise RefusedError(400, "bad_request", detail="update_id")
        await receive([update])
    except RefusedError as refused:
        return refused.response()
    except Exception as error:
        log.error("telegram_not_kept %s", kind_and_place(error))
        return JSONResponse({"error": "away"}, 503, {"Retry-After": "3"})
    return JSONResponse({})

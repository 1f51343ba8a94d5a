"""What every door of the web process does with a request: its size, its kind, a clear refusal."""

import json
import time
import traceback
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.channels import texts
from bot.channels.limits import Buckets

MAX_BYTES = 64 * 1024


class RefusedError(Exception):
    """A request that gets an error: its key in `texts.yaml` and its HTTP status."""

    def __init__(self, status: int, key: str, *, retry: bool = False, **more: Any) -> None:
        super().__init__(key)
        self.status = status
        self.body = {"error": key, "text": texts.say(key), "retry": retry, **more}

    def response(self) -> JSONResponse:
        """The answer; with `Retry-After` when trying again helps."""
        headers = {"Retry-After": "3"} if self.body["retry"] else {}
        return JSONResponse(self.body, self.status, headers)


class Guards:
    """How much one client and one address may ask, over all doors together."""

    def __init__(self) -> None:
        self._per_sender = Buckets(capacity=120, per_second=10)
        self._per_address = Buckets(capacity=300, per_second=2)

    def known(self, sender_id: str) -> None:
        """A client goes on.

        Raises:
            RefusedError: too many messages.
        """
        if not self._per_sender.allow(sender_id, now=time.monotonic()):
            raise RefusedError(429, "too_fast", retry=True)

    def new(self, request: Request) -> None:
        """Somebody begins a conversation.

        Raises:
            RefusedError: too many of them from this address.
        """
        address = request.client.host if request.client else ""
        local = address in ("127.0.0.1", "::1")
        if not local and not self._per_address.allow(address, now=time.monotonic()):
            raise RefusedError(429, "too_fast", retry=True)


async def json_body(request: Request, *, max_bytes: int = MAX_BYTES) -> dict[str, Any]:
    """The JSON object in a request.

    Raises:
        RefusedError: it is too big, is not called JSON, or holds something else than an object.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusedError(415, "bad_request", detail="Content-Type: application/json")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > max_bytes:
            raise RefusedError(413, "too_big", detail=f"at most {max_bytes} bytes")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise RefusedError(400, "bad_request", detail="the body is not JSON") from None
    if not isinstance(body, dict):
        raise RefusedError(400, "bad_request", detail="the body is not an object")
    return body


def kind_and_place(error: BaseException) -> str:
    """An error for the log: its message could quote what a client wrote, or a token."""
    trace = traceback.extract_tb(error.__traceback__)
    where = f" at={trace[-1].name}:{trace[-1].lineno}" if trace else ""
    return f"kind={type(error).__name__}{where}"

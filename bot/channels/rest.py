"""Rasa's REST channel on the web port, for programs that speak it; off unless a setting says so.

`POST /webhooks/rest/webhook` {"sender", "message", "metadata"} gives a list of
{"recipient_id", "text", "buttons", "custom"}, as Rasa's own does. The guards are those of the chat
API: size, limits, cleaned text, and a payload only when a button offered it.
"""

import logging
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels import chatlog
from bot.channels.api import leerwinkel_of
from bot.channels.cleaning import clean
from bot.channels.requests import Guards, RefusedError, json_body, kind_and_place
from bot.channels.turns import BotAwayError, NotOfferedError, Said, Turns

PREFIX = "rest-"
_SENDER = re.compile(r"[A-Za-z0-9._:@+-]{1,80}")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,80}")
log = logging.getLogger(__name__)


class RestChannel:
    """The endpoint.

    Args:
        turns: hands messages to Rasa.
        guards: the limits, shared with the chat API.
    """

    def __init__(self, turns: Turns, guards: Guards) -> None:
        self._turns = turns
        self._guards = guards
        self.route = Route("/webhooks/rest/webhook", self.endpoint, methods=["POST"])

    async def endpoint(self, request: Request) -> Response:
        """One message in, the bot's messages out."""
        try:
            return await self._say(request)
        except RefusedError as refused:
            return refused.response()
        except Exception as error:
            log.error("rest_failed %s", kind_and_place(error))
            return RefusedError(503, "away", retry=True).response()

    async def _say(self, request: Request) -> Response:
        body = await json_body(request)
        sender = _text(body, "sender", _SENDER)
        given = body.get("metadata") or {}
        metadata = given if isinstance(given, dict) else {}
        # Whoever speaks REST names the sender: it never leads to a chat of another channel.
        sender_id = f"{PREFIX}{sender}"
        if not await run_in_threadpool(chatlog.is_known, sender_id):
            self._guards.new(request)
        self._guards.known(sender_id)
        client_id = str(uuid.uuid4())
        if "message_id" in metadata:
            client_id = _text(metadata, "message_id", _ID)
        message = body.get("message")
        if not isinstance(message, str):
            raise RefusedError(400, "bad_request", detail="message: text")
        origin = {"channel": "rest", "leerwinkel": leerwinkel_of(metadata)}
        try:
            answer = await self._take(sender_id, client_id, message, origin)
        except BotAwayError:
            raise RefusedError(503, "away", retry=True) from None
        return JSONResponse(_parts(sender, answer))

    async def _take(
        self, sender_id: str, client_id: str, message: str, metadata: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """A payload when a button offered it, else text."""
        payload = message.strip()
        if payload.startswith("/"):
            try:
                return await self._turns.take(sender_id, client_id, Said(payload=payload), metadata)
            except NotOfferedError:
                pass
        text = clean(message)
        if not text:
            raise RefusedError(400, "empty_text")
        return await self._turns.take(sender_id, client_id, Said(text=text), metadata)


def _text(body: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise RefusedError(400, "bad_request", detail=f"{name}: 1 to 80 of A-Z a-z 0-9 . _ : @ + -")
    return value


def _parts(recipient: str, messages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rasa's form: what a message does not have is left out; cards are its `custom` part."""
    parts = []
    for message in messages:
        part: dict[str, Any] = {"recipient_id": recipient}
        part |= {key: message[key] for key in ("text", "buttons") if message.get(key)}
        custom = {key: message[key] for key in ("courses", "appointment") if message.get(key)}
        parts.append(part | ({"custom": custom} if custom else {}))
    return parts

"""The chat API: `POST /api/chat`, `GET /api/chat`, `GET /healthz`."""

import asyncio
import datetime as dtm
import logging
import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import contract, store
from bot.channels import chatlog, dressing, rasa, sessions, texts
from bot.channels.cleaning import clean
from bot.channels.requests import Guards, RefusedError, json_body, kind_and_place
from bot.channels.turns import BotAwayError, NotOfferedError, Said, Turns

FIRST_AGAIN = dtm.timedelta(minutes=30)
"""How long a first message without a session leads to the same conversation again."""
_ID = re.compile(r"[A-Za-z0-9._:-]{1,80}")
log = logging.getLogger(__name__)


class ChatApi:
    """The endpoints, with what they share.

    Args:
        client: the Rasa to speak with.
        turns: hands messages to it.
        guards: the limits.
    """

    def __init__(self, client: rasa.RasaClient, turns: Turns, guards: Guards) -> None:
        self._rasa = client
        self._turns = turns
        self._guards = guards

    async def endpoint(self, request: Request) -> Response:
        """`POST`: say something. `GET`: the whole conversation."""
        try:
            return await (self._say(request) if request.method == "POST" else self._all(request))
        except RefusedError as refused:
            return refused.response()
        except Exception as error:
            log.error("chat_failed %s", kind_and_place(error))
            return RefusedError(503, "away", retry=True).response()

    async def healthz(self, request: Request) -> Response:
        """Which of the database, Rasa and its action server answers; 503 unless all do."""
        database, rasa_answers, actions = await asyncio.gather(
            run_in_threadpool(_database_answers),
            self._rasa.answers(),
            self._rasa.actions_answer(),
        )
        parts = {"database": database, "rasa": rasa_answers, "actions": actions}
        healthy = all(parts.values())
        body = {"status": "ok" if healthy else "down", **parts}
        return JSONResponse(body, 200 if healthy else 503)

    async def _say(self, request: Request) -> Response:
        body = await json_body(request)
        client_id = _client_id(body)
        said = _said(body)
        sender_id = await self._sender(request, body, client_id)
        session = body.get("session") or sessions.token_for(sender_id)
        metadata = {"channel": "widget", "leerwinkel": leerwinkel_of(body)}
        try:
            messages = await self._turns.take(sender_id, client_id, said, metadata)
        except NotOfferedError:
            raise RefusedError(400, "payload_not_offered", session=session) from None
        except BotAwayError:
            sorry = {"id": f"{client_id}.away", **rasa.message(texts.say("away"))}
            raise RefusedError(503, "away", retry=True, session=session, messages=[sorry]) from None
        dressed = await run_in_threadpool(dressing.dress, messages)
        return JSONResponse({"session": session, "messages": dressed})

    async def _all(self, request: Request) -> Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        sender_id = _sender_of(token.strip() if scheme.lower() == "bearer" else "")
        self._guards.known(sender_id)
        messages = await run_in_threadpool(lambda: dressing.dress(chatlog.history(sender_id)))
        return JSONResponse({"session": token.strip(), "messages": messages})

    async def _sender(self, request: Request, body: dict[str, Any], client_id: str) -> str:
        token = body.get("session")
        if token is not None:
            sender_id = _sender_of(token)
            self._guards.known(sender_id)
            return sender_id
        self._guards.new(request)
        return await run_in_threadpool(_first_sender, client_id)


def _client_id(body: dict[str, Any]) -> str:
    given = body.get("id")
    client_id = str(given) if isinstance(given, int) and given is not True else given
    if not isinstance(client_id, str) or not _ID.fullmatch(client_id):
        raise RefusedError(400, "bad_request", detail="id: 1 to 80 of A-Z a-z 0-9 . _ : -")
    return client_id


def _said(body: dict[str, Any]) -> Said:
    text, payload = body.get("text"), body.get("payload")
    if payload is not None:
        if text is not None:
            raise RefusedError(400, "bad_request", detail="text or payload, not both")
        if not isinstance(payload, str):
            raise RefusedError(400, "bad_request", detail="payload: text")
        if not payload:
            raise RefusedError(400, "payload_not_offered")
        return Said(payload=payload)
    if text is not None and not isinstance(text, str):
        raise RefusedError(400, "bad_request", detail="text: text")
    cleaned = clean(text or "")
    if not cleaned:
        raise RefusedError(400, "empty_text")
    return Said(text=cleaned)


def leerwinkel_of(body: Mapping[str, Any]) -> str | None:
    """The Leerwinkel that a client names in `leerwinkel`; None for one that does not exist."""
    code = body.get("leerwinkel")
    return code if isinstance(code, str) and code in contract.labels("leerwinkel") else None


def _sender_of(token: object) -> str:
    try:
        return sessions.sender_of(token if isinstance(token, str) else "")
    except sessions.BadSessionError:
        raise RefusedError(401, "bad_session") from None


def _first_sender(client_id: str) -> str:
    known = sessions.sender_for_first(client_id)
    if known is None:
        return sessions.new_sender()
    sent_at = chatlog.sent_at(known, client_id)
    if sent_at is not None and dtm.datetime.now(dtm.timezone.utc) - sent_at > FIRST_AGAIN:
        return sessions.new_sender()
    return known


def _database_answers() -> bool:
    try:
        with store.session(writes=False) as work:
            work.execute(sa.text("SELECT 1"))
    except sa.exc.SQLAlchemyError:
        return False
    return True

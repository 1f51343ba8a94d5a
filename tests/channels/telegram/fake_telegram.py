"""A small Bot API on loopback: keeps what it was asked, and misbehaves on demand."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.channels.serving import Serving

TOKEN = "4242:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET_PART = TOKEN.partition(":")[2]
JSON_FIELDS = ("reply_markup", "commands", "allowed_updates", "link_preview_options")
LIMITED = ("sendMessage", "editMessageText", "editMessageReplyMarkup")
WAIT_SECONDS = 30.0


class FakeTelegram(Serving):
    """What Telegram does for one bot.

    `troubles` maps a method to responses that come before it works again: (status, body), or None
    to break the connection after the call was done. `held` keeps each message that is sent until it
    is False again; `holding` counts them. Above `limit` messages and edits a second it answers
    429, as Telegram does, and counts that in `refused`; so many may come at once (0: no limit).
    """

    def __init__(self) -> None:
        self.reset()
        routes = [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
        ]
        super().__init__(Starlette(routes=routes))

    def reset(self) -> None:
        """Forget everything and work well again."""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.times: list[float] = []
        self.updates: list[dict[str, Any]] = []
        self.confirmed = 0
        self.troubles: dict[str, list[tuple[int, dict[str, Any]] | None]] = {}
        self.webhook: dict[str, Any] | None = None
        self.kept: dict[str, Any] = {}
        self.delay = 0.0
        self.held = False
        self.holding = 0
        self.limit = 0
        self.refused = 0
        self._room = (0.0, 0.0)
        self._update_ids = itertools.count(1000)
        self._message_ids = itertools.count(1)

    def let_go(self) -> None:
        """Answer what was held."""
        self.held = False

    # --- what people do ------------------------------------------------------------------------

    def update(self, **content: Any) -> dict[str, Any]:
        """Something happens; delivered by the next poll."""
        made = {"update_id": next(self._update_ids), **content}
        self.updates.append(made)
        return made

    def message(self, chat_id: int = 7, kind: str = "private", **content: Any) -> dict[str, Any]:
        """A message, as Telegram writes it."""
        chat = {"id": chat_id, "type": kind}
        chat |= {"first_name": "Amina"} if kind == "private" else {"title": "Klas 2B"}
        return {
            "message_id": next(self._message_ids),
            "date": 1_790_000_000,
            "chat": chat,
            "from": {"id": abs(chat_id), "is_bot": False, "first_name": "Amina"},
            **content,
        }

    def types(self, text: str, chat_id: int = 7, **more: Any) -> dict[str, Any]:
        """Somebody types."""
        return self.update(message=self.message(chat_id, text=text, **more))

    def sends(self, chat_id: int = 7, **content: Any) -> dict[str, Any]:
        """Somebody sends what is no text."""
        return self.update(message=self.message(chat_id, **content))

    def taps(self, message: dict[str, Any], title: str) -> dict[str, Any]:
        """Somebody taps the button with this title under a message of the bot."""
        button = next(
            button
            for row in message["reply_markup"]["inline_keyboard"]
            for button in row
            if title in button["text"]
        )
        return self.taps_data(message, button["callback_data"])

    def taps_data(self, message: dict[str, Any], data: str) -> dict[str, Any]:
        """Somebody sends callback data, made up or not."""
        shown = self.message(int(message["chat_id"]), text=message["text"])
        shown["message_id"] = message["message_id"]
        if "reply_markup" in message:
            shown["reply_markup"] = message["reply_markup"]
        query = {
            "id": f"q{next(self._message_ids)}",
            "from": {"id": int(message["chat_id"]), "is_bot": False, "first_name": "Amina"},
            "message": shown,
            "chat_instance": "1",
            "data": data,
        }
        return self.update(callback_query=query)

    # --- what the bot did ------------------------------------------------------------------------

    def asked(self, method: str) -> list[dict[str, Any]]:
        """The calls of one method, in order."""
        return [call for name, call in list(self.calls) if name == method]

    def texts(self, chat_id: int = 7) -> list[str]:
        """What arrived in a chat."""
        return [c["text"] for c in self.asked("sendMessage") if int(c["chat_id"]) == chat_id]

    def last(self, chat_id: int = 7) -> dict[str, Any]:
        """The newest message in a chat."""
        return [c for c in self.asked("sendMessage") if int(c["chat_id"]) == chat_id][-1]

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not true():
            assert time.monotonic() < deadline, [name for name, _ in self.calls]
            await asyncio.sleep(0.01)

    async def until_texts(self, number: int, chat_id: int = 7) -> list[str]:
        """Wait for so many messages in a chat; what arrived in it."""
        await self.until(lambda: len(self.texts(chat_id)) >= number)
        return self.texts(chat_id)

    # --- the Bot API -----------------------------------------------------------------------------

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return _error(401, "Unauthorized")
        try:
            form = await request.form()
        except ClientDisconnect:  # the bot's patience ended: nothing was asked
            return Response(status_code=400)
        given: dict[str, Any] = {name: str(value) for name, value in form.items()}
        for name in JSON_FIELDS & given.keys():
            given[name] = json.loads(given[name])
        if method == "getUpdates":
            return await self._get_updates(given)
        await asyncio.sleep(self.delay)
        if method == "sendMessage":
            self.holding += 1
            while self.held:
                await asyncio.sleep(0.01)
            self.holding -= 1
        troubles = self.troubles.get(method)
        if troubles and (trouble := troubles.pop(0)) is not None:
            return JSONResponse({"ok": False, **trouble[1]}, trouble[0])
        if method in LIMITED and not self._has_room():
            self.refused += 1
            return _error(429, "Too Many Requests: retry after 1", retry_after=1)
        result = self._do(method, given)
        self.calls.append((method, given))
        self.times.append(time.monotonic())
        return JSONResponse({"ok": True, "result": result})

    def _has_room(self) -> bool:
        """A bucket of `limit` messages, filled again in a second."""
        if not self.limit:
            return True
        now = time.monotonic()
        room, at = self._room
        room = min(self.limit, room + (now - at) * self.limit)
        self._room = (room - 1 if room >= 1 else room), now
        return room >= 1

    def _do(self, method: str, given: dict[str, Any]) -> Any:
        match method:
            case "getMe":
                return {"id": 4242, "is_bot": True, "first_name": "Leerwijzer", "username": "l_bot"}
            case "sendMessage":
                given["message_id"] = next(self._message_ids)
                chat_id = int(given["chat_id"])
                sent = self.message(chat_id, "private" if chat_id > 0 else "group")
                return {**sent, "message_id": given["message_id"], "text": given["text"]}
            case "editMessageText" | "editMessageReplyMarkup":
                return self.message(int(given["chat_id"]), text="edited")
            case "setWebhook":
                self.webhook = given
            case "deleteWebhook":
                self.webhook = None
            case "getMyCommands":
                return self.kept.get("commands", [])
            case "setMyCommands":
                self.kept["commands"] = given["commands"]
            case "getMyDescription":
                return {"description": self.kept.get("description", "")}
            case "setMyDescription":
                self.kept["description"] = given["description"]
            case "getMyShortDescription":
                return {"short_description": self.kept.get("short_description", "")}
            case "setMyShortDescription":
                self.kept["short_description"] = given["short_description"]
        return True

    async def _get_updates(self, given: dict[str, Any]) -> Response:
        troubles = self.troubles.get("getUpdates")
        if troubles and (trouble := troubles.pop(0)) is not None:
            return JSONResponse({"ok": False, **trouble[1]}, trouble[0])
        offset = int(given.get("offset", 0))
        self.confirmed = max(self.confirmed, offset)
        deadline = time.monotonic() + min(float(given.get("timeout", 0)), 0.5)
        while True:
            found = [one for one in self.updates if one["update_id"] >= self.confirmed]
            if found or time.monotonic() > deadline:
                return JSONResponse({"ok": True, "result": found[:100]})
            await asyncio.sleep(0.01)


def _error(status: int, description: str, **parameters: Any) -> Response:
    return JSONResponse({"ok": False, **trouble(status, description, **parameters)[1]}, status)


def trouble(status: int, description: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    """An answer of the Bot API that is an error."""
    body: dict[str, Any] = {"error_code": status, "description": description}
    return status, body | ({"parameters": parameters} if parameters else {})

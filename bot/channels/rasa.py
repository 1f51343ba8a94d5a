"""Rasa's REST channel and HTTP API, as the web process uses them."""

import json
import logging
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from bot.settings import settings

Message = dict[str, Any]
"""{"text", "buttons": [{"title","payload"}], "courses": [...], "appointment": {...} or None}

And where the bot tells it: `progress` (share of the questions that is done, 0 to 1) and `lang`
(language of the text when that isn't Dutch, ISO 639-1).
"""

TIMEOUT_SECONDS = 30.0
MOST_IDLE = 100
"""Connections that are kept for the next turn; a busy hour makes no new ones."""
log = logging.getLogger(__name__)
logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it logs addresses with our token


class BotAwayError(Exception):
    """Rasa does not answer, is too slow or answers nonsense; the message can be sent again."""


class RasaClient:
    """Speaks with one Rasa server.

    Args:
        base_url: address of Rasa, for example `http://127.0.0.1:5005`.
        token: token of its HTTP API.
        timeout: seconds that a turn may take.
        actions_url: address of the action server that this Rasa asks.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        actions_url: str = "http://127.0.0.1:5055",
    ) -> None:
        self._actions_health = f"{actions_url}/health"
        self._http = httpx.AsyncClient(
            base_url=base_url,
            params={"token": token},
            timeout=httpx.Timeout(timeout, connect=3.0),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=MOST_IDLE),
            trust_env=False,  # loopback never goes through a proxy
        )

    @classmethod
    def from_settings(cls) -> Self:
        """The client for the Rasa of the settings, on loopback."""
        return cls(
            f"http://127.0.0.1:{settings().rasa_port}",
            settings().rasa_api_token,
            actions_url=f"http://127.0.0.1:{settings().actions_port}",
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def say(self, sender_id: str, message: str, metadata: Mapping[str, Any]) -> list[Message]:
        """Let the client say something; gives the bot's messages (maybe none).

        Raises:
            BotAwayError: there was no good answer.
        """
        body = {"sender": sender_id, "message": message, "metadata": dict(metadata)}
        answer = await self._call("POST", "/webhooks/rest/webhook", json=body)
        if not isinstance(answer, list):
            raise BotAwayError("webhook: not a list")
        return merge([part for part in answer if isinstance(part, dict)])

    async def answered_before(self, sender_id: str, message_id: str) -> list[Message]:
        """What the bot answered to the message with this id in its metadata; [] when it didn't.

        For a message that is handled again after a crash: Rasa may have finished the turn.

        Raises:
            BotAwayError: Rasa could not be asked.
        """
        tracker = await self._call(
            "GET", f"/conversations/{sender_id}/tracker", params={"include_events": "ALL"}
        )
        events = tracker.get("events") if isinstance(tracker, dict) else None
        parts: list[Mapping[str, Any]] = []
        for event in reversed(events or []):
            if event.get("event") == "bot":
                parts.append(_part_of(event))
            elif event.get("event") == "user":
                if (event.get("metadata") or {}).get("message_id") == message_id:
                    return merge(parts[::-1])
                parts = []
        return []

    async def answers(self) -> bool:
        """Whether Rasa is up with a model loaded (asked within two seconds)."""
        return await self._is_well("/status")

    async def actions_answer(self) -> bool:
        """Whether the action server is up (asked within two seconds)."""
        return await self._is_well(self._actions_health, params={})

    async def _is_well(self, address: str, **options: Any) -> bool:
        try:
            answer = await self._http.get(address, timeout=2.0, **options)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200

    async def _call(self, method: str, path: str, **options: Any) -> Any:
        try:
            response = await self._http.request(method, path, **options)
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, json.JSONDecodeError, UnicodeDecodeError) as error:
            log.warning("rasa_away path=%s reason=%s", path.split("/")[1], type(error).__name__)
            raise BotAwayError from error


def _part_of(event: Mapping[str, Any]) -> dict[str, Any]:
    data = event.get("data") or {}
    return {
        "text": event.get("text"),
        "buttons": data.get("buttons"),
        "custom": data.get("custom"),
    }


def merge(parts: Sequence[Mapping[str, Any]]) -> list[Message]:
    """Messages from Rasa's parts: a custom part belongs to the message before it."""
    messages: list[Message] = []
    for part in parts:
        text, buttons, custom = part.get("text"), part.get("buttons"), part.get("custom")
        if text or buttons:
            messages.append(message(str(text or ""), buttons or []))
        if isinstance(custom, dict) and custom:
            if not messages:
                messages.append(message(""))
            messages[-1]["courses"] += custom.get("courses") or []
            messages[-1]["appointment"] = custom.get("appointment") or messages[-1]["appointment"]
            messages[-1].update({key: custom[key] for key in ("progress", "lang") if key in custom})
    return messages


def message(text: str, buttons: Sequence[Mapping[str, Any]] = ()) -> Message:
    """One message of the bot, still without an id."""
    return {
        "text": text,
        "buttons": [
            {"title": str(button["title"]), "payload": str(button["payload"])}
            for button in buttons
            if button.get("title") and button.get("payload")
        ],
        "courses": [],
        "appointment": None,
    }

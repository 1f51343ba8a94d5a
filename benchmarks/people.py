"""People who hold a whole conversation, each next message when the question has come.

Everybody says the same (`SCRIPT`), so that loads can be compared: on a fake Telegram, with the
widget's own requests, and with the REST channel of a stock bot.
"""

import asyncio
import html
import itertools
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.bots import Bot
from benchmarks.clients import stock_turns
from bot.channels import chatlog
from bot.channels.telegram import hearing, rendering, texts
from tests.channels.telegram.fake_telegram import FakeTelegram

LONGEST_TURN = 300.0
"""Seconds; who waits longer counts as lost and leaves."""
SCRIPT = (
    "dag",
    "ja dat mag",
    "ik wil graag met kinderen werken",
    "een eenvoudig gesprek",
    "lagere school",
    "3600",
    "ja stel maar vragen",
    "ik zoek werk",
)
TELEGRAMS_LIMIT = 30
"""Messages a second over all chats (Bot FAQ); above it the fake Bot API answers 429."""
LOSES = 10
"""Every tenth client of the widget loses an answer on the way and sends the message again."""
LOST_AFTER = 0.02
"""Seconds until the connection of such a message breaks: the bot has it and is busy."""
PAUSES = (1.5, 3.0, 6.0, 12.0, 15.0)
"""Seconds before the widget sends again (`PAUSES` in `widget.js`)."""


def connections() -> httpx.AsyncClient:
    """HTTP for any number of people."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    return httpx.AsyncClient(timeout=LONGEST_TURN, trust_env=False, verify=False, limits=limits)  # noqa: S501 (loopback)


@dataclass
class StockPerson:
    """A client of a stock bot's REST channel."""

    bot: Bot
    http: httpx.AsyncClient = field(repr=False)
    seconds: list[float] = field(default_factory=list)

    async def talk(self) -> None:
        """The conversation; as many turns as ours have."""
        sender = f"bench-{uuid.uuid4().hex}"
        for turn in stock_turns("text", len(SCRIPT)):
            started = time.perf_counter()
            body = {"sender": sender, "message": turn.value}
            (await self.http.post(self.bot.rest, json=body)).raise_for_status()
            self.seconds.append(time.perf_counter() - started)


@dataclass
class WidgetPerson:
    """A client with the widget: its requests, its ids, its second tries.

    Attributes:
        url: the chat API.
        number: the how many-eth client this is.
        seconds: from each message to its answer, second tries and the pauses between included.
        again: how many messages were sent again.
    """

    url: str
    http: httpx.AsyncClient = field(repr=False)
    number: int = 0
    seconds: list[float] = field(default_factory=list)
    again: int = 0
    session: str | None = None
    _answers: list[tuple[str, str, list[Any]]] = field(default_factory=list, repr=False)

    async def talk(self) -> None:
        """The bot speaks first, then the conversation."""
        for at, text in enumerate(SCRIPT):
            loses = self.number % LOSES == 0 and at == 1 + self.number // LOSES % (len(SCRIPT) - 1)
            started = time.perf_counter()
            await self._say({"text": text} if at else {"payload": "/greet"}, loses=loses)
            self.seconds.append(time.perf_counter() - started)

    async def _say(self, said: dict[str, str], *, loses: bool) -> None:
        """One message until it is answered, with the same id each time."""
        name = str(uuid.uuid4())
        body = {"session": self.session, "id": name, "leerwinkel": "genk", **said}
        for tries in itertools.count():
            try:
                patience = LOST_AFTER if loses and not tries else LONGEST_TURN
                answer = await asyncio.wait_for(self.http.post(self.url, json=body), patience)
                if answer.status_code == 200:
                    break
                if answer.status_code != 429 and answer.status_code < 500:
                    raise RuntimeError(f"{answer.status_code} for {said}: {answer.text}")
            except (httpx.HTTPError, TimeoutError):
                if tries > len(PAUSES):
                    raise
            self.again += 1
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
        given = answer.json()
        self.session = given["session"]
        self._answers.append((name, said.get("text", ""), given["messages"]))

    async def whole(self) -> bool:
        """Whether the conversation, as a reload shows it, has each message once and in order,
        each followed by just the answer that this client got."""
        headers = {"Authorization": f"Bearer {self.session}"}
        history = (await self.http.get(self.url, headers=headers)).json()["messages"]
        expected: list[tuple[str, str]] = []
        for name, text, messages in self._answers:
            expected += [(name, text)] if text else []
            expected += [(message["id"], message["text"]) for message in messages]
        answered = all(messages for _, _, messages in self._answers)
        found = [(message["id"], message["text"]) for message in history]
        return answered and len(self._answers) == len(SCRIPT) and found == expected


class Chats(FakeTelegram):
    """The fake Bot API, with people who wait for the question before they go on."""

    def reset(self) -> None:
        super().reset()
        self.limit = TELEGRAMS_LIMIT
        self.questions: dict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self.loop: asyncio.AbstractEventLoop | None = None

    def _do(self, method: str, given: dict[str, Any]) -> Any:
        result = super()._do(method, given)
        if method == "sendMessage" and given.get("reply_markup") and self.loop is not None:
            event = self.questions[int(given["chat_id"])]
            self.loop.call_soon_threadsafe(event.set)
        return result


@dataclass
class TelegramPerson:
    """A chat on Telegram.

    Attributes:
        seconds: from each message to the question that follows; the bot's pace (Telegram's limit
            of 30 messages a second over all chats) is in it.
    """

    chats: Chats = field(repr=False)
    chat_id: int
    seconds: list[float] = field(default_factory=list)

    async def talk(self) -> None:
        """The conversation."""
        self.chats.loop = asyncio.get_running_loop()
        asked = self.chats.questions[self.chat_id]
        for text in SCRIPT:
            asked.clear()
            started = time.perf_counter()
            self.chats.types(text, self.chat_id)
            await asyncio.wait_for(asked.wait(), LONGEST_TURN)
            self.seconds.append(time.perf_counter() - started)

    async def whole(self, bot: Bot, http: httpx.AsyncClient) -> bool:
        """Whether each message reached Rasa once and in order, and just what the bot answered
        arrived in the chat, in that order; a word of patience doesn't count."""
        sender_id = hearing.sender_of(self.chat_id)
        address = bot.tracker.replace("include_events=NONE", "include_events=ALL")
        events = (await http.get(address.format(sender_id))).json()["events"]
        said = [event["text"] for event in events if event["event"] == "user"]
        told, all_there = self._told(sender_id)
        patience = [texts.notice("away", 0), texts.notice("away", 1)]  # after 12 seconds
        got = [text for text in self.chats.texts(self.chat_id) if text not in patience]
        return said == list(SCRIPT) and got == told and all_there

    def _told(self, sender_id: str) -> tuple[list[str], bool]:
        """The bot's answers as they should arrive, turn by turn; and whether what arrived holds
        each text of each answer in its order, however they are joined."""
        turns: list[list[Any]] = [[]]
        for one in chatlog.history(sender_id):
            if one.get("from") == "client":
                turns.append([])
            else:
                turns[-1].append(one)
        told = [part["text"] for turn in turns for part in rendering.parts(sender_id, turn)]
        rest = html.unescape("".join(self.chats.texts(self.chat_id)))
        for one in itertools.chain(*turns):
            pieces = [course["title"] for course in one["courses"]] or [one["text"]]
            for piece in pieces:
                _before, found, rest = rest.partition(piece)
                if not found:
                    return told, False
        return told, True

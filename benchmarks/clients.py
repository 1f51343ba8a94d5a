"""Clients that hold whole, real conversations and time each turn."""

import itertools
import json
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import httpx

from benchmarks.bots import Bot
from bot.channels import sessions

Kind = Literal["text", "tap"]
MOST_TURNS = 60
_AGAIN = 4
"""How often one question may come before the conversation counts as stuck."""


@dataclass(frozen=True)
class Turn:
    """What a client sends: typed text, or the payload of a tapped button."""

    kind: Kind
    value: str


@dataclass
class Client:
    """One client in one conversation.

    Attributes:
        way: `rest` through Rasa's webhook, `web` through our chat API.
        seconds: time of each turn so far, with its kind.
        sent: what was sent so far.
        buttons: payloads offered in the newest answer.
    """

    bot: Bot
    way: Literal["rest", "web"] = "rest"
    sender: str = field(default_factory=lambda: f"bench-{uuid.uuid4().hex}")
    seconds: list[tuple[Kind, float]] = field(default_factory=list)
    sent: list[Turn] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    session: str | None = None
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=120, trust_env=False), repr=False
    )

    def say(self, turn: Turn) -> None:
        """Send one message and time the answer.

        Raises:
            RuntimeError: the bot refused, or answered nothing.
        """
        if self.way == "web":
            address, body = self.bot.web, self._web_body(turn)
        else:
            address, body = self.bot.rest, {"sender": self.sender, "message": turn.value}
        started = time.perf_counter()
        response = self.http.post(address, json=body)
        seconds = time.perf_counter() - started
        answer = response.json()
        if response.status_code != 200:
            raise RuntimeError(f"{response.status_code} for {turn}: {answer}")
        messages = answer["messages"] if self.way == "web" else answer
        if not messages and self.bot.web:  # the stock bot now and then just listens
            raise RuntimeError(f"no answer to {turn}")
        if self.way == "web":
            self.session = answer["session"]
        self.seconds.append((turn.kind, seconds))
        self.sent.append(turn)
        self.buttons = [b["payload"] for message in messages for b in message.get("buttons") or []]

    def _web_body(self, turn: Turn) -> dict[str, Any]:
        said = {"payload" if turn.value.startswith("/") else "text": turn.value}
        return {"session": self.session, "id": str(uuid.uuid4()), **said}

    def slots(self) -> dict[str, Any]:
        """The slots of the conversation, from Rasa's own API (not timed)."""
        sender = sessions.sender_of(self.session) if self.session else self.sender
        response = self.http.get(self.bot.tracker.format(sender))
        response.raise_for_status()
        slots = response.json()["slots"]
        assert isinstance(slots, dict)
        return slots


TYPED: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "consent": ("ja dat mag",),
        "dream": ("ik wil graag met kinderen werken",),
        "dream_themes": ("werken met kinderen",),
        "dutch_level": ("ik kan een eenvoudig gesprek voeren", "een eenvoudig gesprek"),
        "education_level": ("ik heb de lagere school gedaan", "lagere school"),
        "diploma_origin": ("in België",),
        "diploma_recognised": ("ik weet het niet",),
        "postcode": ("ik woon in 3600 Genk", "3600"),
        "more_questions": ("ja", "ja stel maar vragen"),
        "situation": ("ik zoek werk",),
        "barriers": ("geld en opvang voor de kinderen", "dat is alles", "nee"),
        "schedule": ("overdag", "dat is alles", "nee"),
        "strengths": ("ik ben geduldig en ik kan goed luisteren",),
        "age_band": ("ik ben 34 jaar", "34"),
        "readback": ("ja dat klopt", "ja"),
        "wants_appointment": ("nee dank je", "nee"),
        "contact_consent": ("ja dat mag",),
        "name": ("Amina Yilmaz",),
        "phone": ("0470 12 34 56",),
        "email": ("amina@example.com",),
        "referral_source": ("via een vriendin", "vrienden"),
    }
)
"""What the typing client answers to each question; the next one when asked again."""

TAPPED: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "consent": ("yes",),
        "dream": ("/dont_know",),
        "dream_themes": ("people", "childcare"),
        "dutch_level": ("a2",),
        "education_level": ("primary",),
        "postcode": (),
        "more_questions": ("yes",),
        "situation": ("job_seeking",),
        "barriers": ("finance", "childcare", "done"),
        "schedule": ("day", "done"),
        "strengths": ("/skip",),
        "age_band": ("26_34",),
        "readback": ("yes", "/affirm"),
        "wants_appointment": ("no", "/deny"),
        "contact_consent": ("yes",),
        "referral_source": ("word_of_mouth",),
    }
)
"""What the tapping client looks for on the buttons; without a fitting button it types."""


def answer(kind: Kind, asked: str, time_asked: int, buttons: list[str], *, book: bool) -> Turn:
    """The answer to a question.

    Args:
        asked: the field, from `requested_slot`.
        time_asked: 0 the first time this question came.
        book: whether an appointment is wanted at the end.
    """
    if asked == "wants_appointment" and book:
        offered = [b for b in buttons if '"yes"' in b or b == "/affirm"]
        return Turn("tap", offered[0]) if kind == "tap" and offered else Turn("text", "ja graag")
    if asked == "appointment_time":
        return Turn("tap", next(b for b in buttons if "appointment_time" in b))
    if kind == "tap":
        wishes = TAPPED.get(asked, ())
        for wish in wishes[time_asked:] or wishes[-1:]:
            wanted = wish if wish.startswith("/") else json.dumps(wish)
            if found := [b for b in buttons if b == wanted or b.endswith(f"{wanted}}}")]:
                return Turn("tap", found[0])
    typed = TYPED[asked]
    return Turn("text", typed[min(time_asked, len(typed) - 1)])


def our_conversation(client: Client, kind: Kind, *, book: bool) -> Iterator[None]:
    """From "dag" to the end, one step for each turn: every question gets its answer.

    Raises:
        RuntimeError: the conversation doesn't come to its end.
    """
    client.say(Turn("text", "dag"))
    yield
    times: Counter[str] = Counter()
    for _ in range(MOST_TURNS):
        asked = client.slots().get("requested_slot")
        if asked is None:
            if len(client.sent) < 8:
                raise RuntimeError(f"the conversation ended too early: {client.sent}")
            return
        if times[asked] >= _AGAIN:
            raise RuntimeError(f"{asked} was asked {_AGAIN} times: {client.sent}")
        client.say(answer(kind, asked, times[asked], client.buttons, book=book))
        times[asked] += 1
        yield
    raise RuntimeError(f"no end after {MOST_TURNS} turns: {client.sent}")


STOCK: MappingProxyType[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "text": ("hello there", "I am very sad", "no, not really", "are you a bot?", "bye bye"),
        "tap": ("/greet", "/mood_unhappy", "/deny", "/bot_challenge", "/goodbye"),
    }
)


def stock_conversation(bot: Bot, kind: Kind) -> Iterator[list[tuple[Kind, float]]]:
    """Conversations with the stock bot without end, one step for each turn."""
    while True:
        client = Client(bot)
        for value in STOCK[kind]:
            client.say(Turn(kind, value))
            yield client.seconds[-1:]
        client.http.close()


def replay(client: Client, turns: list[Turn]) -> None:
    """Send what another client sent before."""
    for turn in turns:
        client.say(turn)


def stock_turns(kind: Kind, number: int) -> list[Turn]:
    """That many turns with the stock bot, in whole conversations as far as they go."""
    return [Turn(kind, v) for v in itertools.islice(itertools.cycle(STOCK[kind]), number)]

"""A hundred Telegram chats and a hundred widget clients at once, beside a stock Rasa bot.

    python -m benchmarks.channels [telegram|widget|both ...] [--people 100] [--write]

Ours and a stock `rasa init` bot run on one machine; each load of ours comes right after the same
number of clients of the stock bot's REST channel, as many turns each, and all of it twice.
A fake Bot API on loopback stands in for Telegram; it refuses more than 30 messages a second over
all chats, so that many chats wait for that limit as much as for the bot. The widget's clients send
its own requests; every tenth loses an answer on the way and sends the same message again.
"""

import argparse
import asyncio
import datetime as dtm
import functools
import operator
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks import bots
from benchmarks.people import (
    LONGEST_TURN,
    SCRIPT,
    TELEGRAMS_LIMIT,
    Chats,
    StockPerson,
    TelegramPerson,
    WidgetPerson,
    connections,
)
from benchmarks.turn import median, p95
from bot.settings import ROOT, settings
from bot.supervisor import training
from tests.channels.telegram.fake_telegram import TOKEN

PAGE = ROOT / "docs" / "benchmarks-channels.md"
PEOPLE = 100
FIRST_CHAT = 1000
"""Number of the first chat of the measurement."""
ROUNDS = 2
"""Each load comes so often, the bots by turns: what else the machine does hits both."""
TARGET = 1.5
MODES = ("telegram", "widget", "both")
NAMES = {"telegram": "Telegram", "widget": "widget"}


@dataclass(frozen=True)
class Load:
    """One load: seconds of each turn of the stock bot and of ours, by channel."""

    mode: str
    stock: Sequence[float]
    stock_took: float
    ours: dict[str, list[float]]
    took: float
    whole: int
    people: int
    again: int
    messages: int
    refused: int

    def __add__(self, other: "Load") -> "Load":
        """The same load another time, taken together."""
        return Load(
            self.mode,
            [*self.stock, *other.stock],
            self.stock_took + other.stock_took,
            {way: [*seconds, *other.ours[way]] for way, seconds in self.ours.items()},
            self.took + other.took,
            self.whole + other.whole,
            self.people + other.people,
            self.again + other.again,
            self.messages + other.messages,
            self.refused + other.refused,
        )

    @property
    def all_ours(self) -> list[float]:
        """The turns of every channel."""
        return [one for seconds in self.ours.values() for one in seconds]

    @property
    def ratio(self) -> float:
        """Our 95th percentile to that of the stock bot."""
        return p95(self.all_ours) / p95(self.stock)

    @property
    def good(self) -> bool:
        """Whether the target is reached: nothing lost, and not too slow."""
        return self.whole == self.people and self.ratio <= TARGET


@dataclass
class Bench:
    """Both bots, and what talks to them."""

    stock: bots.Bot
    ours: bots.Bot
    chats: Chats
    people: int
    _next_chat: int = field(default=FIRST_CHAT)

    async def load(self, mode: str) -> Load:
        """One load of the stock bot, then the same of ours."""
        ways = ("telegram", "widget") if mode == "both" else (mode,)
        async with connections() as http:
            plain = [StockPerson(self.stock, http) for _ in range(self.people * len(ways))]
            stock_took = await _all(plain)
        before, refused = len(self.chats.asked("sendMessage")), self.chats.refused
        async with connections() as http:
            widgets = [
                WidgetPerson(self.ours.web, http, number)
                for number in range(self.people if "widget" in ways else 0)
            ]
            chats = [self._chat() for _ in range(self.people if "telegram" in ways else 0)]
            took = await _all([*widgets, *chats])
            whole = [await one.whole() for one in widgets]
            whole += [await one.whole(self.ours, http) for one in chats]
        seconds = {
            "telegram": [one for person in chats for one in person.seconds],
            "widget": [one for person in widgets for one in person.seconds],
        }
        return Load(
            mode,
            [one for person in plain for one in person.seconds],
            stock_took,
            {way: seconds[way] for way in ways},
            took,
            sum(whole),
            len(whole),
            sum(person.again for person in widgets),
            len(self.chats.asked("sendMessage")) - before,
            self.chats.refused - refused,
        )

    def _chat(self) -> TelegramPerson:
        self._next_chat += 1
        return TelegramPerson(self.chats, self._next_chat)


async def _all(people: Sequence[StockPerson | WidgetPerson | TelegramPerson]) -> float:
    """Everybody talks at once; who never gets an answer leaves.

    Returns:
        Seconds until the last one is ready.
    """
    started = time.perf_counter()

    async def one(person: StockPerson | WidgetPerson | TelegramPerson) -> None:
        try:
            await person.talk()
        except (TimeoutError, httpx.HTTPError):
            person.seconds.append(LONGEST_TURN)

    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(one(person))
    return time.perf_counter() - started


def measure(modes: Sequence[str], people: int, say: Callable[[str], None]) -> list[Load]:
    """Run it all."""
    asyncio.run(training.ensure(settings(), echo=lambda _line: None))
    chats = Chats()
    chats.start()
    os.environ["LEERWIJZER_TELEGRAM_TOKEN"] = TOKEN
    os.environ["LEERWIJZER_TELEGRAM_API"] = chats.url
    loads = []
    with tempfile.TemporaryDirectory(prefix="leerwijzer-bench-") as name:
        folder = Path(name)
        say("training the stock bot, starting both ...")
        bots.train_stock(folder / "stock")
        with bots.stock(folder / "stock") as stock, bots.ours(folder / "var") as ours:
            warm = Bench(stock, ours, chats, 3, _next_chat=1)
            asyncio.run(warm.load("both"))
            bench = Bench(stock, ours, chats, people)
            for mode in modes:
                say(f"{mode}: {people} at once ...")
                times = [asyncio.run(bench.load(mode)) for _ in range(ROUNDS)]
                loads.append(functools.reduce(operator.add, times))
    chats.stop()
    return loads


def _messages_a_turn(loads: Sequence[Load]) -> float:
    turns = sum(len(load.ours.get("telegram", ())) for load in loads)
    return sum(load.messages for load in loads) / max(turns, 1)


def page(loads: Sequence[Load]) -> str:
    """The results as a Markdown page."""
    lines = [
        "# Benchmarks of the channels",
        "",
        "Written by `make bench BENCH=--write` (`python -m benchmarks.channels --write`).",
        f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}; the clients "
        f"run on it too. Date: {dtm.datetime.now(dtm.timezone.utc).date()}. "
        f"Load of the machine at the end (1 minute): {os.getloadavg()[0]:.1f}.",
        "",
        f"Everybody holds the same conversation of {len(SCRIPT)} turns at the same time and types "
        "on as soon as the next question is there. Right before, as many clients of a stock "
        "`rasa init` bot send as many turns to its REST channel; both "
        f"{ROUNDS} times, by turns. A turn is the time from a message "
        "to its answer (milliseconds).",
        "",
        "| at once | turns | stock median | stock p95 | ours median | ours p95 | ratio of p95 "
        "| turns a second, stock / ours | whole and in order |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for load in loads:
        each = load.people // len(load.ours) // ROUNDS
        name = " and ".join(f"{each} {NAMES[way]}" for way in load.ours)
        cells = [
            name,
            f"{len(load.all_ours)}",
            *(f"{1000 * f(load.stock):.0f}" for f in (median, p95)),
            *(f"{1000 * f(load.all_ours):.0f}" for f in (median, p95)),
            f"**{load.ratio:.2f}**",
            f"{len(load.stock) / load.stock_took:.1f} / {len(load.all_ours) / load.took:.1f}",
            f"{load.whole} of {load.people}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    apart = [
        f"{NAMES[way]} median {1000 * median(seconds):.0f}, p95 {1000 * p95(seconds):.0f}"
        for load in loads
        if len(load.ours) > 1
        for way, seconds in load.ours.items()
    ]
    lines += [
        "",
        f"Target: ratio of p95 at most {TARGET}, and every conversation whole and in order.",
        *([f"Of the two together: {'; '.join(apart)}."] if apart else []),
        "",
        "Telegram: a fake Bot API on loopback, which refuses more than 30 messages a second over "
        "all chats, as Telegram does (429; at most 30 at once). Waiting for that limit counts: a "
        f"hundred chats that write at once wait {PEOPLE / TELEGRAMS_LIMIT:.1f} seconds for a "
        f"message each. Of {sum(x.messages for x in loads)} messages here "
        f"{sum(x.refused for x in loads)} were refused; the bot sent "
        f"{_messages_a_turn(loads):.2f} for each answer. Whole: each message reached Rasa once "
        "and in order, and just what the bot answered arrived in the chat, in that order.",
        "",
        "Widget: its own requests to `POST /api/chat`. Every tenth client loses an answer on the "
        f"way and sends the message again with the same id ({sum(x.again for x in loads)} "
        "messages here, whose pause before the second try counts too). Whole: `GET /api/chat` "
        "gives each message once, in order, each with just the answer that the client got.",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modes", nargs="*", metavar="mode", help=f"of {', '.join(MODES)} (all)")
    parser.add_argument("--people", type=int, default=PEOPLE, help="clients of a channel at once")
    parser.add_argument("--write", action="store_true", help=f"keep the page in {PAGE.name}")
    chosen = parser.parse_args()
    modes = chosen.modes or MODES
    if unknown := set(modes) - set(MODES):
        parser.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(MODES)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that both bots are ended too

    def say(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    loads = measure(modes, chosen.people, say)
    made = page(loads)
    sys.stdout.write(made)
    if chosen.write:
        PAGE.write_text(made, encoding="utf-8")
    missed = [load.mode for load in loads if not load.good]
    if missed:
        say(f"Missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m benchmarks.telegram`: a hundred chats on Telegram at once, beside a stock Rasa bot.

A fake Bot API on loopback stands in for Telegram. Every chat types the same intake; its next
message goes out when the question has arrived. The bot keeps Telegram's limit of 30 messages a
second over all chats, so that many chats wait for that limit as much as for the bot.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from benchmarks import bots
from benchmarks.clients import Client, replay, stock_turns
from benchmarks.turn import median, p95
from bot.settings import settings
from bot.supervisor import training
from tests.channels.telegram.fake_telegram import TOKEN, FakeTelegram

CHATS = 100
FIRST = 1000
"""Number of the first chat of the measurement."""
LONGEST_TURN = 120.0
TARGET = 1.5
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


class Chats(FakeTelegram):
    """The fake Bot API with people who wait for the question before they go on."""

    def reset(self) -> None:
        super().reset()
        self.questions: dict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self.messages = 0
        self.loop: asyncio.AbstractEventLoop | None = None

    def _do(self, method: str, given: dict[str, Any]) -> Any:
        if method == "sendMessage":
            self.messages += 1
            if given.get("reply_markup") and self.loop is not None:
                event = self.questions[int(given["chat_id"])]
                self.loop.call_soon_threadsafe(event.set)
        return super()._do(method, given)


async def talk(chats: Chats, chat_id: int) -> list[float]:
    """One person holds the conversation.

    Returns:
        Seconds from each message to the question that follows.
    """
    seconds = []
    for text in SCRIPT:
        asked = chats.questions[chat_id]
        asked.clear()
        started = time.perf_counter()
        chats.types(text, chat_id)
        await asyncio.wait_for(asked.wait(), LONGEST_TURN)
        seconds.append(time.perf_counter() - started)
    return seconds


async def all_talk(chats: Chats, number: int, first: int) -> list[list[float]]:
    """So many people at once, in chats numbered from `first`; one failure ends it."""
    chats.loop = asyncio.get_running_loop()
    return await asyncio.gather(*(talk(chats, first + n) for n in range(number)))


def in_order(ours: bots.Bot, number: int) -> int:
    """How many chats arrived at Rasa whole and in the order in which they were typed."""
    whole = 0
    address = ours.tracker.replace("include_events=NONE", "include_events=ALL")
    with httpx.Client(timeout=60, trust_env=False) as http:
        for n in range(number):
            events = http.get(address.format(f"telegram-{FIRST + n}")).json()["events"]
            said = [event["text"] for event in events if event["event"] == "user"]
            whole += said == list(SCRIPT)
    return whole


def stock_at_once(stock: bots.Bot, number: int) -> list[float]:
    """The same number of clients of a stock bot, as many turns each, through its REST channel."""
    turns = stock_turns("text", len(SCRIPT))
    together = threading.Barrier(number)

    def run() -> list[float]:
        client = Client(stock)
        together.wait()
        replay(client, turns)
        client.http.close()
        return [seconds for _, seconds in client.seconds]

    with ThreadPoolExecutor(number) as pool:
        running = [pool.submit(run) for _ in range(number)]
        return [seconds for one in running for seconds in one.result()]


def measure(number: int, *, beside_stock: bool, say: Callable[[str], None]) -> str:
    """Run it all.

    Returns:
        The figures as lines of text.

    Raises:
        TimeoutError: an answer was lost.
    """
    asyncio.run(training.ensure(settings(), echo=lambda _line: None))
    chats = Chats()
    chats.start()
    os.environ["LEERWIJZER_TELEGRAM_TOKEN"] = TOKEN
    os.environ["LEERWIJZER_TELEGRAM_API"] = chats.url
    lines = []
    with tempfile.TemporaryDirectory(prefix="leerwijzer-bench-") as name:
        folder = Path(name)
        with bots.ours(folder / "var") as ours:
            say("warming up ...")
            asyncio.run(all_talk(chats, 2, 1))
            alone = asyncio.run(all_talk(chats, 1, 10))
            chats.messages = 0
            say(f"{number} chats at once ...")
            started = time.perf_counter()
            seconds = [s for one in asyncio.run(all_talk(chats, number, FIRST)) for s in one]
            took = time.perf_counter() - started
            whole = in_order(ours, number)
        lines += [
            f"one chat: median {1000 * median(alone[0]):.0f} ms",
            f"{number} chats at once: {len(seconds)} turns in {took:.1f} s, median "
            f"{1000 * median(seconds):.0f} ms, p95 {1000 * p95(seconds):.0f} ms",
            f"messages a second to Telegram: {chats.messages / took:.1f}",
            f"chats answered whole and in order: {whole} of {number}",
        ]
        chats.stop()
        if beside_stock:
            say("training and starting the stock bot ...")
            bots.train_stock(folder / "stock")
            with bots.stock(folder / "stock") as stock:
                stock_at_once(stock, 5)
                say(f"{number} clients of the stock bot at once ...")
                beside = stock_at_once(stock, number)
            lines += [
                f"stock bot, {number} REST clients at once: median {1000 * median(beside):.0f} ms,"
                f" p95 {1000 * p95(beside):.0f} ms",
                f"ratio of p95: {p95(seconds) / p95(beside):.2f} (target: at most {TARGET})",
            ]
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=CHATS, help="people at once")
    parser.add_argument("--alone", action="store_true", help="without the stock bot")
    chosen = parser.parse_args()

    def say(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    figures = measure(chosen.chats, beside_stock=not chosen.alone, say=say)
    sys.stdout.write(f"{figures}\nload of the machine (1 minute): {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    main()

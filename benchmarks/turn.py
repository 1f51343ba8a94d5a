"""`make bench`: our turns, start, training and memory beside a stock Rasa bot.

Both bots run at the same time on the same machine. With one client their turns alternate; with
twenty clients at once the bots take turns by round, so that neither slows the other.
"""

import argparse
import asyncio
import datetime as dtm
import os
import platform
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks import bots
from benchmarks.clients import (
    Client,
    Kind,
    Turn,
    our_conversation,
    replay,
    stock_conversation,
    stock_turns,
)
from bot.settings import ROOT, settings
from bot.supervisor import training

PAGE = ROOT / "docs" / "benchmarks.md"
CLIENTS = 20
KINDS: tuple[Kind, ...] = ("text", "tap")
NAMES = {"text": "free text", "tap": "tapped button"}
TURN_TARGET = 0.8
MEMORY_TARGET_MB = 1400


@dataclass(frozen=True)
class Row:
    """One comparison: seconds of each turn, of the stock bot, of ours, of ours through web."""

    name: str
    stock: Sequence[float]
    rest: Sequence[float]
    web: Sequence[float]


def median(values: Sequence[float]) -> float:
    """Middle value, in seconds."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """95th percentile, in seconds."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def one_client(stock: bots.Bot, ours: bots.Bot, kind: Kind, rounds: int) -> tuple[Row, list[Turn]]:
    """Turns of the three ways, alternating.

    Returns:
        The comparison, and what a client sent in a conversation without an appointment.
    """
    times: dict[str, list[float]] = {"stock": [], "rest": [], "web": []}
    script: list[Turn] = []
    beside = stock_conversation(stock, kind)
    ways: tuple[Literal["rest", "web"], ...] = ("rest", "web")
    for number in range(-1, rounds):  # the first is not counted: everything is cold
        walking = [Client(ours, way) for way in ways]
        book = number % 2 == 1
        steps = {c.way: our_conversation(c, kind, book=book) for c in walking}
        while steps:
            for way, conversation in list(steps.items()):
                if next(conversation, "over") == "over":
                    del steps[way]
            measured = next(beside)
            if number >= 0:
                times["stock"] += [seconds for _, seconds in measured]
        for client in walking:
            if number >= 0:
                times[client.way] += [s for k, s in client.seconds if k == kind]
            if client.way == "rest" and not book:
                script = client.sent
            client.http.close()
    return Row(f"one client, {NAMES[kind]}", times["stock"], times["rest"], times["web"]), script


def at_once(make: Callable[[], Client], turns: list[Turn], kind: Kind) -> list[float]:
    """Twenty clients hold the same conversation at the same time.

    Returns:
        Seconds of each turn of that kind.

    Raises:
        RuntimeError: a client of ours ended elsewhere than the client it repeats.
    """
    together = threading.Barrier(CLIENTS)

    def talk() -> Client:
        client = make()
        together.wait()
        replay(client, turns)
        return client

    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [one.result() for one in [pool.submit(talk) for _ in range(CLIENTS)]]
    for client in clients:
        if client.bot.web and client.slots().get("postcode") != "3600":
            raise RuntimeError("a conversation under load went another way than alone")
        client.http.close()
    return [seconds for client in clients for k, seconds in client.seconds if k == kind]


def many_clients(stock: bots.Bot, ours: bots.Bot, kind: Kind, script: list[Turn]) -> Row:
    """Rounds of the three ways, one after the other, two of each."""
    beside = stock_turns(kind, len(script))
    times: dict[str, list[float]] = {"stock": [], "rest": [], "web": []}
    for _ in range(2):
        times["stock"] += at_once(lambda: Client(stock), beside, kind)
        times["rest"] += at_once(lambda: Client(ours), script, kind)
        times["web"] += at_once(lambda: Client(ours, "web"), script, kind)
    name = f"{CLIENTS} at once, {NAMES[kind]}"
    return Row(name, times["stock"], times["rest"], times["web"])


def run(rounds: int, say: Callable[[str], None]) -> str:
    """Measure everything.

    Returns:
        The page, as Markdown.
    """
    with tempfile.TemporaryDirectory(prefix="leerwijzer-bench-") as name:
        folder = Path(name)
        say("training both bots ...")
        stock_training = bots.train_stock(folder / "stock")
        our_training = train_ours()
        say(f"  stock {stock_training:.0f} s, ours {our_training:.0f} s")
        say("starting both bots ...")
        with bots.stock(folder / "stock") as stock, bots.ours(folder / "var") as ours:
            say(f"  stock {stock.started:.0f} s, ours {ours.started:.0f} s")
            rows: list[Row] = []
            scripts: dict[Kind, list[Turn]] = {}
            for kind in KINDS:
                say(f"one client, {NAMES[kind]} ...")
                row, scripts[kind] = one_client(stock, ours, kind, rounds)
                rows.append(row)
            for kind in KINDS:
                say(f"{CLIENTS} at once, {NAMES[kind]} ...")
                rows.append(many_clients(stock, ours, kind, scripts[kind]))
            memory = stock.memory(), ours.memory()
            starts = stock.started, ours.started
    return page(rows, starts, (stock_training, our_training), memory)


def train_ours() -> float:
    """Train our model from scratch, as a change of code does.

    Returns:
        Seconds of the training.
    """
    started = time.monotonic()
    asyncio.run(training.ensure(settings(), force=True, echo=lambda _line: None))
    return time.monotonic() - started


def page(
    rows: Sequence[Row],
    starts: tuple[float, float],
    trainings: tuple[float, float],
    memory: tuple[dict[str, float], dict[str, float]],
) -> str:
    """The results as a Markdown page."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench BENCH=--write`. A stock `rasa init` bot and Leerwijzer run side by "
        "side on one machine; every figure comes from the same run.",
        f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}; "
        f"Python {platform.python_version()} (app), Rasa 3.6.21 on 3.10. "
        f"Date: {dtm.datetime.now(dtm.timezone.utc).date()}. "
        f"Load of the machine at the end (1 minute): {os.getloadavg()[0]:.1f}.",
        "",
        "## A turn (milliseconds)",
        "",
        "`rest` is Rasa's webhook, as for the stock bot; `web` is `POST /api/chat`, which also",
        "keeps the conversation, so that a message sent twice is handled once. Our turns ask the",
        "next question of a whole intake, look things up and store the answer; the stock's don't.",
        "",
        "| turns | n | stock median | stock p95 | rest median | rest p95 | ratio of medians "
        "| web median | web p95 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = median(row.rest) / median(row.stock)
        cells = [
            row.name,
            f"{len(row.stock)} / {len(row.rest)} / {len(row.web)}",
            *(f"{1000 * f(row.stock):.1f}" for f in (median, p95)),
            *(f"{1000 * f(row.rest):.1f}" for f in (median, p95)),
            f"**{ratio:.2f}**",
            *(f"{1000 * f(row.web):.1f}" for f in (median, p95)),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    total = [sum(sizes.values()) for sizes in memory]
    parts = ", ".join(f"{name} {size:.0f}" for name, size in memory[1].items())
    lines += [
        "",
        f"Target: ratio of medians at most {TURN_TARGET}.",
        "",
        "## Start, training, memory",
        "",
        "| | stock | ours | ratio |",
        "|---|---|---|---|",
        _compared("start until ready (s)", *starts),
        _compared("training (s; ours keeps the vectors of known sentences)", *trainings),
        _compared("memory of all processes after the load (MB, PSS)", *total),
        "",
        f"Ours by process (MB): {parts}. Target: under {MEMORY_TARGET_MB} MB.",
        "The stock bot is one process, without an action server, a web process or a database.",
        "",
    ]
    return "\n".join(lines)


def _compared(name: str, stock: float, ours: float) -> str:
    return f"| {name} | {stock:.0f} | {ours:.0f} | {ours / stock:.2f} |"


def _progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="also write docs/benchmarks.md")
    parser.add_argument("--rounds", type=int, default=4, help="conversations of one client")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that both bots are ended too
    made = run(chosen.rounds, _progress)
    sys.stdout.write(made)
    if chosen.write:
        PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Runs a table of programs together: all of them, or none of them."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.supervisor import ports
from bot.supervisor.child import Child, Lifeline, Program, end, stop_signals
from bot.supervisor.errors import SupervisorError, explain
from bot.supervisor.terminal import say

PATIENCE = 300.0
"""Seconds that the processes get to become ready (a slow disk, a first import)."""
GRACE = 10.0
"""Seconds that processes get to end by themselves."""
_NEWS_SECONDS = 10.0


@dataclass
class _Watch:
    """What happens to one set of programs."""

    lifeline: Lifeline
    stop: asyncio.Event
    hurry: asyncio.Event

    def on_signal(self, _sign: signal.Signals) -> None:
        if self.stop.is_set():
            self.hurry.set()
        self.stop.set()


async def supervise(
    programs: Sequence[Program],
    *,
    ready: str,
    patience: float = PATIENCE,
    grace: float = GRACE,
    echo: Callable[[str], None] = say,
) -> None:
    """Start programs, say when all answer, and stay until a signal asks to stop.

    Args:
        ready: what to say once every program is ready.
        patience: seconds until every program must be ready.
        grace: seconds that they get to end by themselves.

    Raises:
        SupervisorError: a program ended or did not become ready; all others have been ended.
    """
    watch = _Watch(Lifeline(), asyncio.Event(), asyncio.Event())
    children: list[Child] = []
    try:
        with stop_signals(watch.on_signal):
            try:
                for program in programs:
                    children.append(await _start(program, watch.lifeline, _prefixed(program, echo)))
                await _until_stop(children, watch.stop, ready, patience, echo)
            finally:
                if watch.stop.is_set():
                    echo("Alles stopt ...")
                await end(children, grace=grace, hurry=watch.hurry)
    finally:
        watch.lifeline.close()
    echo("Alles is gestopt.")


async def run_one(
    program: Program, *, on_line: Callable[[str], None], grace: float = GRACE
) -> tuple[int | None, list[str]]:
    """Run a program that ends by itself.

    Returns:
        Its exit code and last lines; the code is None when a signal asked to stop.
    """
    watch = _Watch(Lifeline(), asyncio.Event(), asyncio.Event())
    try:
        with stop_signals(watch.on_signal):
            child = await _start(program, watch.lifeline, on_line)
            stopped = asyncio.create_task(watch.stop.wait())
            ended = asyncio.create_task(child.wait())
            try:
                await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await end([child], grace=grace, hurry=watch.hurry)
                stopped.cancel()
            code = await ended
    finally:
        watch.lifeline.close()
    return (None if watch.stop.is_set() else code), list(child.last_lines)


def _prefixed(program: Program, echo: Callable[[str], None]) -> Callable[[str], None]:
    return lambda line: echo(f"{program.name:<8}| {line}")


async def _start(program: Program, lifeline: Lifeline, on_line: Callable[[str], None]) -> Child:
    try:
        return await Child.start(program, lifeline, on_line)
    except FileNotFoundError:
        raise SupervisorError(
            f"De omgeving voor {program.name} ontbreekt. Voer eerst `make setup` uit."
        ) from None


async def _until_stop(
    children: Sequence[Child],
    stop: asyncio.Event,
    ready: str,
    patience: float,
    echo: Callable[[str], None],
) -> None:
    stopped = asyncio.create_task(stop.wait())
    exits = {asyncio.create_task(child.wait()): child for child in children}
    healthy = asyncio.create_task(_until_healthy(children, patience, echo))
    waiting: set[asyncio.Task[Any]] = {stopped, healthy, *exits}
    try:
        while True:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if stopped in done:
                return
            for task, child in exits.items():
                if task in done:
                    raise _died(child)
            if healthy in done:
                healthy.result()
                echo(ready)
    finally:
        stopped.cancel()
        healthy.cancel()
        for task in exits:
            task.cancel()
        await asyncio.gather(stopped, healthy, *exits, return_exceptions=True)


def _died(child: Child) -> SupervisorError:
    name, code = child.program.name, child.code
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return SupervisorError(
                f"{name} is gestopt door {signal.Signals(-code).name}.", child.last_lines
            )
    cause = explain(child.last_lines)
    how = f" {cause}" if cause else ""
    return SupervisorError(f"{name} is gestopt (code {code}).{how}", child.last_lines)


async def _until_healthy(
    children: Sequence[Child], patience: float, echo: Callable[[str], None]
) -> None:
    """Wait until every child answers.

    Raises:
        SupervisorError: one did not answer in time, or says that it cannot work.
    """
    started = time.monotonic()
    waiting = [child for child in children if child.program.health]
    news_at = _NEWS_SECONDS
    while waiting:
        for child in list(waiting):
            status = await ports.status_of(child.program)
            if status == 200:
                waiting.remove(child)
                seconds = time.monotonic() - started
                echo(f"  {child.program.name} is klaar ({seconds:.0f} s)")
        seconds = time.monotonic() - started
        if waiting and seconds > patience:
            late = waiting[0]
            raise SupervisorError(
                f"{late.program.name} antwoordt na {patience:.0f} seconden nog niet.",
                late.last_lines,
            )
        if waiting and seconds > news_at:
            names = ", ".join(child.program.name for child in waiting)
            echo(f"  wacht op {names} ({seconds:.0f} s)")
            news_at += _NEWS_SECONDS
        await asyncio.sleep(0.2)

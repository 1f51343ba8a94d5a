"""A supervisor in a process of its own, and what it left behind."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psutil
import pytest

from bot.settings import ROOT
from tests.supervisor import programs_for_tests

SECONDS = 20


@dataclass
class Running:
    """A supervisor that was started, with the lines that it has shown."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    family: list[psutil.Process] = field(default_factory=list)

    def until(self, *wanted: str) -> None:
        """Read lines until each of the wanted texts was said, in any order."""
        assert self.process.stdout is not None
        missing = set(wanted)
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            missing = {text for text in missing if text not in line}
            if not missing:
                return
        raise AssertionError(f"{missing} was never said: {self.lines}")

    def remember_family(self) -> None:
        """Note every process below the supervisor, to see later whether one is left."""
        self.family = psutil.Process(self.process.pid).children(recursive=True)
        assert self.family

    def rest(self) -> str:
        """Wait until it has ended; all that it said."""
        assert self.process.stdout is not None
        self.lines += self.process.stdout.read().splitlines()
        self.process.wait(SECONDS)
        return "\n".join(self.lines)

    def left(self, seconds: float = SECONDS) -> list[psutil.Process]:
        """Processes of the family that are still there after some time."""
        end = time.monotonic() + seconds
        while True:
            alive = [one for one in self.family if one.is_running()]
            alive = [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
            if not alive or time.monotonic() > end:
                return alive
            time.sleep(0.05)


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """Start a supervisor over programs of `programs_for_tests`; nothing survives the test."""
    started: list[Running] = []

    def starter(*programs: str) -> Running:
        process = subprocess.Popen(
            [sys.executable, "-m", programs_for_tests.HERE, *programs],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(Running(process))
        return started[-1]

    yield starter
    for running in started:
        family = running.family
        if running.process.poll() is None:
            family = psutil.Process(running.process.pid).children(recursive=True)
            running.process.kill()
        for one in family:
            if one.is_running():
                one.kill()
        running.process.wait()
        if running.process.stdout:
            running.process.stdout.close()


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

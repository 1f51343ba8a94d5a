"""One child process: started in a group of its own, its output read line by line, ended whole."""

import asyncio
import collections
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT

LAUNCH = Path(__file__).with_name("launch.py")
KEPT_LINES = 20
_LONGEST_LINE = 4000


@dataclass(frozen=True)
class Program:
    """How a process is started and how it shows that it is ready.

    Attributes:
        name: short name, shown before each of its lines.
        target: `module:function` that the process runs.
        python: interpreter of the environment that the process belongs to.
        environment: variables on top of the supervisor's own.
        host: address that it listens on.
        port: port that it listens on; None for a process that ends by itself.
        port_setting: setting that changes the port.
        health: path that answers 200 when the process is ready; empty: ready when started.
    """

    name: str
    target: str
    arguments: tuple[str, ...] = ()
    python: str = sys.executable
    environment: Mapping[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    port: int | None = None
    port_setting: str = ""
    health: str = ""


class Lifeline:
    """The pipe that tells children when the supervisor is gone; see `launch`."""

    def __init__(self) -> None:
        self.children_end, self._own_end = os.pipe()

    def close(self) -> None:
        os.close(self.children_end)
        os.close(self._own_end)


class Child:
    """A running `Program`."""

    def __init__(
        self,
        program: Program,
        process: asyncio.subprocess.Process,
        on_line: Callable[[str], None],
    ) -> None:
        self.program = program
        self.last_lines: collections.deque[str] = collections.deque(maxlen=KEPT_LINES)
        self._process = process
        self._on_line = on_line
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def start(
        cls, program: Program, lifeline: Lifeline, on_line: Callable[[str], None]
    ) -> "Child":
        """Start a program.

        Args:
            on_line: called with each line of its output, without the line's end.

        Raises:
            OSError: the interpreter does not exist or cannot be started.
        """
        process = await asyncio.create_subprocess_exec(
            program.python,
            str(LAUNCH),
            str(lifeline.children_end),
            program.target,
            *program.arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={
                **os.environ,
                "PYTHONUNBUFFERED": "1",
                "PYTHONPATH": str(ROOT),
                # Compiled files are kept, whatever our own caller wants: without them Rasa
                # takes 15 seconds longer to start, every time.
                "PYTHONDONTWRITEBYTECODE": "",
                **program.environment,
            },
            cwd=ROOT,
            pass_fds=(lifeline.children_end,),
            start_new_session=True,
        )
        return cls(program, process, on_line)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def code(self) -> int | None:
        """Exit code; negative: the signal that ended it; None while it runs."""
        return self._process.returncode

    async def wait(self) -> int:
        """Wait until it has ended and its output is read; gives the exit code."""
        code = await self._process.wait()
        # A grandchild may hold the pipe open: don't wait for it for ever.
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._reader), timeout=1)
        return code

    def send(self, sign: signal.Signals) -> None:
        """Send a signal to the process and everything that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, sign)

    async def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        rest = b""
        while chunk := await stream.read(65536):
            *lines, rest = (rest + chunk).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
            if len(rest) > _LONGEST_LINE:
                lines, rest = [*lines, rest], b""
            for line in lines:
                self._take(line)
        if rest:
            self._take(rest)

    def _take(self, raw: bytes) -> None:
        line = raw[:_LONGEST_LINE].decode(errors="replace").rstrip()
        if line:
            self.last_lines.append(line)
            self._on_line(line)


async def end(children: Sequence[Child], *, grace: float, hurry: asyncio.Event) -> None:
    """End processes and everything that they started.

    Args:
        grace: seconds that they get to end by themselves.
        hurry: when it is set, the rest of the grace is skipped.
    """
    for child in children:
        child.send(signal.SIGTERM)

    async def all_ended() -> None:
        for child in children:
            await child.wait()

    ended = asyncio.create_task(all_ended())
    impatient = asyncio.create_task(hurry.wait())
    await asyncio.wait({ended, impatient}, timeout=grace, return_when=asyncio.FIRST_COMPLETED)
    for child in children:
        child.send(signal.SIGKILL)  # also what it started and left behind
    await ended
    impatient.cancel()


@contextlib.contextmanager
def stop_signals(on_signal: Callable[[signal.Signals], None]) -> Iterator[None]:
    """While inside, Ctrl-C, SIGTERM and a closed terminal call `on_signal` (in the event loop)."""
    loop = asyncio.get_running_loop()
    signs = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for sign in signs:
        loop.add_signal_handler(sign, on_signal, sign)
    try:
        yield
    finally:
        for sign in signs:
            loop.remove_signal_handler(sign)

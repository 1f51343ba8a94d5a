"""Small real programs for the supervisor's tests, and a supervisor to run in a process."""

import asyncio
import http.server
import os
import signal
import subprocess
import sys
import time

import click

from bot.supervisor.child import Program
from bot.supervisor.errors import SupervisorError
from bot.supervisor.supervise import supervise

HERE = "tests.supervisor.programs_for_tests"


class _Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def web() -> None:
    """Answers 200 on the port given, after saying a line."""
    server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), _Healthy)
    _say("web is here")
    server.serve_forever()


def parent() -> None:
    """Starts a process of its own, names it, and sleeps."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    _say(f"grandchild {child.pid}")
    time.sleep(600)


def stubborn() -> None:
    """Does not listen to requests to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _say("stubborn")
    time.sleep(600)


def dying() -> int:
    """Says many lines, then ends with code 3."""
    for number in range(1, 31):
        _say(f"line {number}")
    time.sleep(0.3)
    return 3


def disk_full() -> int:
    """Ends as a program does on a full disk."""
    _say("OSError: [Errno 28] No space left on device")
    return 1


def long_lines() -> None:
    """One line of a million characters without an end, bytes that are no text, and an end."""
    sys.stdout.buffer.write(b"x" * 1_000_000 + b"\xff\xfe\nafter\n")
    sys.stdout.flush()
    time.sleep(600)


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


def a(name: str, *arguments: str, port: int | None = None) -> Program:
    """The program of that name in this file."""
    return Program(
        name=name,
        target=f"{HERE}:{name}",
        arguments=(str(port),) if port else arguments,
        port=port,
        port_setting=f"TEST_{name.upper()}_PORT",
        health="/" if port else "",
    )


def main() -> None:
    """`python -m tests.supervisor.programs_for_tests NAME[:PORT]...`: supervise those programs."""
    table = []
    for argument in sys.argv[1:]:
        name, _, port = argument.partition(":")
        table.append(a(name, port=int(port) if port else None))
    try:
        asyncio.run(supervise(table, ready=f"ready {os.getpid()}", patience=20, grace=2))
    except SupervisorError as error:
        for line in error.lines:
            click.echo(f"last: {line}")
        click.echo(f"error: {error}")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()

"""The two bots that are compared: a stock `rasa init` bot, and ours with all its processes."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bot.settings import ROOT, settings
from bot.supervisor.programs import RASA_PYTHON

START_SECONDS = 300


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Bot:
    """A running bot.

    Attributes:
        rest: address of Rasa's REST webhook.
        tracker: address of the conversations, `{}` stands for the sender.
        started: seconds from start to ready.
        web: address of our chat API; empty for the stock bot.
    """

    process: subprocess.Popen[bytes]
    rest: str
    tracker: str
    started: float
    web: str = ""

    def memory(self) -> dict[str, float]:
        """Megabytes of each process: PSS on Linux (shared pages counted once), else RSS."""
        top = psutil.Process(self.process.pid)
        sizes: dict[str, float] = {}
        for one in [top, *top.children(recursive=True)]:
            full = one.memory_full_info()
            sizes[_name_of(one)] = getattr(full, "pss", full.rss) / 1e6
        return sizes


def _name_of(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    for sign, name in (
        ("rasa_main", "rasa"),
        ("actions_main", "actions"),
        ("bot.cli:main web", "web"),
        ("-m rasa", "rasa"),
    ):
        if sign in words:
            return name
    return "supervisor"


def _quiet_environment() -> dict[str, str]:
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "",
    }


def train_stock(folder: Path) -> float:
    """Make the bot of `rasa init` in a folder and train it.

    Returns:
        Seconds of the training.
    """
    template = next(RASA_PYTHON.parent.parent.glob("lib/python*/site-packages/rasa/cli"))
    shutil.copytree(template / "initial_project", folder, dirs_exist_ok=True)
    started = time.monotonic()
    subprocess.run(
        [RASA_PYTHON, "-W", "ignore", "-m", "rasa", "train", "--force", "--quiet"],
        cwd=folder,
        env=_quiet_environment(),
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.monotonic() - started


@contextlib.contextmanager
def stock(folder: Path) -> Iterator[Bot]:
    """Rasa as it comes, with the trained `rasa init` bot."""
    port = free_port()
    started = time.monotonic()
    process = subprocess.Popen(
        [
            *(str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "run", "--quiet", "--enable-api"),
            *("-i", "127.0.0.1", "-p", str(port)),
        ],
        cwd=folder,
        env=_quiet_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(process, f"{base}/status")
        yield Bot(
            process,
            rest=f"{base}/webhooks/rest/webhook",
            tracker=f"{base}/conversations/{{}}/tracker",
            started=time.monotonic() - started,
        )
    finally:
        process.terminate()
        process.wait(30)


MAKE_VECTORS = "from bot import catalogue; catalogue.warm()"


@contextlib.contextmanager
def ours(var: Path) -> Iterator[Bot]:
    """`leerwijzer serve` with a database of its own that has free slots.

    Args:
        var: folder for the database. The settings of this process are changed to it as well, so
            that sessions can be read.
    """
    ports = {name: free_port() for name in ("WEB", "RASA", "ACTIONS")}
    os.environ.update({f"LEERWIJZER_{name}_PORT": str(port) for name, port in ports.items()})
    os.environ["LEERWIJZER_VAR"] = str(var)
    os.environ["LEERWIJZER_DATABASE_URL"] = ""
    settings.cache_clear()
    command = [sys.executable, "-c", "from bot.cli import main; main()"]
    subprocess.run([*command, "demo-data"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    # Once ever, not at every start: vectors of the courses, else made beside the first turns.
    subprocess.run([sys.executable, "-c", MAKE_VECTORS], cwd=ROOT, check=True)
    started = time.monotonic()
    process = subprocess.Popen(
        [*command, "serve"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    token = settings().rasa_api_token
    base = f"http://127.0.0.1:{ports['RASA']}"
    web = f"http://127.0.0.1:{ports['WEB']}"
    try:
        _wait(process, f"{web}/healthz")
        yield Bot(
            process,
            rest=f"{base}/webhooks/rest/webhook?token={token}",
            tracker=f"{base}/conversations/{{}}/tracker?token={token}&include_events=NONE",
            started=time.monotonic() - started,
            web=f"{web}/api/chat",
        )
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the bot ended with code {process.returncode}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(address, timeout=2, trust_env=False).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the bot did not answer within {START_SECONDS} seconds")

"""The whole product as an operator starts it: `leerwijzer serve` on free ports."""

import base64
import dataclasses
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import uuid
from typing import Any

import httpx
import psutil

ROOT = pathlib.Path(__file__).parents[2]
PARTS = {"rasa": "rasa_main", "actions": "actions_main", "web": "bot.cli:main web"}
START_SECONDS = 240


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclasses.dataclass
class Product:
    """Rasa, actions and web with their own database and settings."""

    var: pathlib.Path
    rasa_port: int = dataclasses.field(default_factory=free_port)
    actions_port: int = dataclasses.field(default_factory=free_port)
    web_port: int = dataclasses.field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "LEERWIJZER_VAR": str(self.var),
            "LEERWIJZER_DATABASE_URL": "",
            "LEERWIJZER_RASA_PORT": str(self.rasa_port),
            "LEERWIJZER_ACTIONS_PORT": str(self.actions_port),
            "LEERWIJZER_WEB_PORT": str(self.web_port),
        }

    def command(self, *arguments: str, said: str | None = None) -> str:
        """Run `leerwijzer` beside the running product."""
        done = subprocess.run(
            [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
            cwd=ROOT, env=self.environment, input=said, text=True, capture_output=True,
            check=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    def start(self) -> None:
        """Start, and wait until the page answers and every process is well."""
        self.var.mkdir(parents=True, exist_ok=True)
        with (self.var / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from bot.cli import main; main()", "serve"],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/healthz", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.5)
        raise RuntimeError("the product did not start:\n" + self.log())

    def log(self) -> str:
        """All that the processes wrote."""
        return (self.var / "serve.log").read_text(encoding="utf-8", errors="replace")

    def part(self, name: str) -> psutil.Process:
        """The process of rasa, actions or web."""
        assert self.process is not None
        for child in psutil.Process(self.process.pid).children(recursive=True):
            if PARTS[name] in " ".join(child.cmdline()):
                return child
        raise LookupError(name)

    def stop(self) -> None:
        """Ctrl-C."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)

    def database(self) -> bytes:
        """All bytes of the database files."""
        return b"".join(p.read_bytes() for p in sorted(self.var.glob("leerwijzer.db*")))


@dataclasses.dataclass
class Client:
    """Somebody at the widget: what was said last, and the buttons under it."""

    product: Product
    session: str | None = None
    messages: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def post(self, body: dict[str, Any]) -> httpx.Response:
        """One call of the chat API, with the session."""
        return httpx.post(
            f"{self.product.url}/api/chat", json={"session": self.session} | body, timeout=60
        )

    def _say(self, what: dict[str, str], message_id: str | None) -> list[dict[str, Any]]:
        answer = self.post({"id": message_id or str(uuid.uuid4()), **what})
        assert answer.status_code == 200, answer.text
        content = answer.json()
        self.session = content["session"]
        self.messages = content["messages"]
        assert self.messages, f"no answer to {what}"
        return self.messages

    def opens(self) -> "Client":
        """Open the widget: the bot speaks first."""
        self._say({"payload": "/greet"}, None)
        return self

    def types(self, text: str, message_id: str | None = None) -> str:
        """Free text; returns all that the bot says."""
        self._say({"text": text}, message_id)
        return self.text

    def taps(self, title: str) -> str:
        """The button with this title."""
        payload = next((b["payload"] for b in self.buttons if title in b["title"]), None)
        assert payload, f"no button {title!r} among {[b['title'] for b in self.buttons]}"
        self._say({"payload": payload}, None)
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [b for message in self.messages for b in message["buttons"]]

    @property
    def courses(self) -> list[dict[str, Any]]:
        return [course for message in self.messages for course in message["courses"]]

    @property
    def appointment(self) -> dict[str, Any] | None:
        return next((m["appointment"] for m in self.messages if m["appointment"]), None)

    @property
    def sender_id(self) -> str:
        """The sender id in the session token (its first part is plain base64)."""
        assert self.session
        coded = self.session.partition(".")[0]
        sender = json.loads(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)))
        assert isinstance(sender, str)
        return sender

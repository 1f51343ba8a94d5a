"""telegram-test-api, a Bot API server that isn't ours, as a process of its own."""

import fcntl
import itertools
import json
import pathlib
import select
import shutil
import subprocess
import time
from typing import Any

import httpx

from tests.channels.serving import free_port

FOLDER = pathlib.Path(__file__).parent
START_SECONDS = 60.0
WAIT_SECONDS = 40.0


def install() -> None:
    """Install what `package-lock.json` names, unless it is there; needs node and npm.

    Raises:
        RuntimeError: node or npm is missing, or the packages can't be installed.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        raise RuntimeError("node and npm are missing: `scripts/setup --dev` installs them")
    wanted = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    modules = FOLDER / "node_modules"
    stamp = modules / ".stamp"
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return
        done = subprocess.run(
            ["npm", "ci"], cwd=FOLDER, capture_output=True, text=True, check=False, timeout=300
        )
        if done.returncode:
            raise RuntimeError(f"npm ci failed:\n{done.stderr[-2000:]}")
        stamp.write_text(wanted, encoding="utf-8")


class Emulator:
    """A running server, with what its users do and see.

    Args:
        token: token of the bot.
        webhook: (public address, local address): where a webhook is called instead.
    """

    def __init__(self, token: str, webhook: tuple[str, str] | None = None) -> None:
        self.port = free_port()
        self.token = token
        self._message_ids = itertools.count(1)
        command = ["node", "start.js", str(self.port)]
        if webhook:
            command.append("=".join(webhook))
        self._process = subprocess.Popen(
            command, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._http = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait(self, word: str = "ready") -> None:
        """Wait until it listens, or until it says that it has a `webhook`."""
        assert self._process.stdout
        ready, _, _ = select.select([self._process.stdout], [], [], START_SECONDS)
        assert ready, f"the emulator is not {word}"
        assert self._process.stdout.readline().decode().strip() == word

    def stop(self) -> None:
        """End it."""
        self._http.close()
        self._process.terminate()
        self._process.wait(15)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream
            stream.close()

    # --- what people do ------------------------------------------------------------------------

    def types(self, text: str, chat_id: int = 1, **more: Any) -> None:
        """Somebody types a text or a command."""
        content: dict[str, Any] = {"text": text, **more}
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
        command = text.startswith("/")
        self._post("/sendCommand" if command else "/sendMessage", self._common(chat_id) | content)

    def sends(self, chat_id: int = 1, **content: Any) -> None:
        """Somebody sends what is no text."""
        self._post("/sendMessage", self._common(chat_id) | content)

    def taps(self, title: str, chat_id: int = 1) -> None:
        """Somebody taps a button under the newest message that has it."""
        for item in reversed(self.sent(chat_id)):
            for row in (item["message"].get("reply_markup") or {}).get("inline_keyboard", ()):
                for button in row:
                    if title in button["text"]:
                        self._tap(item, button["callback_data"], chat_id)
                        return
        raise AssertionError(f"no button {title!r}")

    def _tap(self, item: dict[str, Any], data: str, chat_id: int) -> None:
        shown = self._common(chat_id) | {
            "message_id": item["messageId"],
            "text": item["message"]["text"],
            "reply_markup": item["message"]["reply_markup"],
        }
        self._post("/sendCallback", self._common(chat_id) | {"message": shown, "data": data})

    def _common(self, chat_id: int) -> dict[str, Any]:
        person = {"id": chat_id, "first_name": "Amina", "is_bot": False}
        chat = {"id": chat_id, "first_name": "Amina", "type": "private"}
        date = int(time.time())
        return {"botToken": self.token, "from": person, "chat": chat, "date": date}

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._http.post(path, json=body).raise_for_status().json()

    # --- what they see ---------------------------------------------------------------------------

    def sent(self, chat_id: int = 1) -> list[dict[str, Any]]:
        """The bot's messages in a chat, as they look now, oldest first."""
        history = self._post("/getUpdatesHistory", {"token": self.token})["result"]
        ours = [
            item
            for item in history
            if "chat_id" in (item.get("message") or {})
            and int(item["message"]["chat_id"]) == chat_id
        ]
        return sorted(ours, key=lambda item: item["updateId"])

    def texts(self, chat_id: int = 1) -> list[str]:
        """Their texts."""
        return [item["message"]["text"] for item in self.sent(chat_id)]

    def buttons(self, chat_id: int = 1) -> list[str]:
        """The titles under the newest message."""
        markup = self.sent(chat_id)[-1]["message"].get("reply_markup") or {}
        if isinstance(markup, str):
            markup = json.loads(markup)
        return [button["text"] for row in markup.get("inline_keyboard", ()) for button in row]

    def until_texts(self, number: int, chat_id: int = 1) -> list[str]:
        """Wait for so many messages; their texts."""
        deadline = time.monotonic() + WAIT_SECONDS
        while len(found := self.texts(chat_id)) < number:
            assert time.monotonic() < deadline, found
            time.sleep(0.05)
        return found

    def until_text(self, piece: str, chat_id: int = 1) -> None:
        """Wait until a message, as it looks now, holds this."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not any(piece in text for text in self.texts(chat_id)):
            assert time.monotonic() < deadline, self.texts(chat_id)
            time.sleep(0.05)

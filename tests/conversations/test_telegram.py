"""A conversation on Telegram: trained model, all processes, and a Bot API that isn't ours."""

import contextlib
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.channels.telegram.emulator import Emulator, install
from tests.conversations.running import ROOT, Product, free_port

pytestmark = pytest.mark.model
TOKEN = "77:AAHconversationconversationconversat"
CHAT = 4711
SENDER = f"telegram-{CHAT}"


@contextlib.contextmanager
def web_with_telegram(product: Product, emulator: Emulator) -> Iterator[subprocess.Popen[bytes]]:
    """One more web process beside the running product, with a token."""
    port = free_port()
    environment = product.environment | {
        "LEERWIJZER_WEB_PORT": str(port),
        "LEERWIJZER_TELEGRAM_TOKEN": TOKEN,
        "LEERWIJZER_TELEGRAM_API": emulator.url,
    }
    with (product.var / "telegram.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", "from bot.cli import main; main()", "web"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                with contextlib.suppress(httpx.HTTPError):
                    if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).is_success:
                        break
                time.sleep(0.2)
            yield process
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    install()
    server = Emulator(TOKEN)
    server.wait()
    yield server
    server.stop()


def test_from_start_to_courses_with_a_crash_in_between(
    product: Product, emulator: Emulator
) -> None:
    with web_with_telegram(product, emulator) as process:
        emulator.types("/start gent-vdab", CHAT)
        emulator.until_texts(1, CHAT)
        emulator.taps("Ja, dat mag", CHAT)
        asked = emulator.until_texts(2, CHAT)
        assert "graag" in asked[-1] or "droom" in asked[-1] or "leren" in asked[-1]
        emulator.types("ik wil verpleegster worden", CHAT)
        _until_button(emulator, "Een gewoon gesprek")
        emulator.taps("Een gewoon gesprek", CHAT)
        _until_button(emulator, "Lagere school")
        process.kill()
        process.wait(30)
        emulator.taps("Lagere school", CHAT)  # nobody is there to see it
    with web_with_telegram(product, emulator):
        _until(emulator, "postcode")
        emulator.sends(CHAT, location={"latitude": 50.965, "longitude": 5.5})
        _until(emulator, "3600 Genk")
        arrived = _until(emulator, "✅")
        assert any("<b>1. " in text and "<b>2. " in text for text in arrived)

    with sqlite3.connect(product.var / "leerwijzer.db") as connection:
        kept = connection.execute(
            "SELECT postcode, leerwinkel, referral_source, dutch_level, education_level"
            " FROM intakes WHERE sender_id = ?",
            [SENDER],
        ).fetchone()
    connection.close()
    assert kept == ("3600", "genk", "vdab", "a2", "primary"), "what is said goes before the link"
    log = (product.var / "telegram.log").read_text(encoding="utf-8")
    assert TOKEN.partition(":")[2] not in log
    assert str(CHAT) not in log


def _until_button(emulator: Emulator, title: str) -> None:
    until = time.monotonic() + 40
    while title not in str(emulator.buttons(CHAT)):
        assert time.monotonic() < until, emulator.texts(CHAT)
        time.sleep(0.1)


def _until(emulator: Emulator, word: str) -> list[str]:
    until = time.monotonic() + 40
    while not any(word in text for text in emulator.texts(CHAT)):
        assert time.monotonic() < until, emulator.texts(CHAT)
        time.sleep(0.1)
    return emulator.texts(CHAT)

"""The chat in the terminal, against the web app on a real port."""

import os
import pathlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from click.testing import CliRunner

from bot.channels import terminal
from bot.channels.app import create_app
from bot.channels.cli import chat, web
from bot.cli import main
from tests.channels.fake_rasa import TAP_PRIMARY, FakeRasa
from tests.channels.serving import Serving, free_port


@pytest.fixture
def url(configured: None) -> Iterator[str]:
    server = Serving(create_app())
    server.start()
    yield server.url
    server.stop()


def test_a_conversation_by_numbers_and_by_text(url: str, rasa: FakeRasa) -> None:
    actual = CliRunner().invoke(chat, ["--url", url], input="1\n\n2\n1\nik wil kok worden\n9\n")

    assert actual.exit_code == 0, actual.output
    assert rasa.said() == [
        "/greet",
        "/affirm",
        TAP_PRIMARY,
        "/book_appointment",
        "ik wil kok worden",
        "9",
    ]
    for expected in (
        "  1. Ja, dat mag",
        "  2. Lagere school",
        "* Nederlands voor beginners, in de avond (CVO De Toekomst, Genk)",
        "+ Je wil Nederlands leren",
        "- nog nodig: Een test van een uur",
        "dinsdag 24 november om 10 uur",
        "breng mee: je identiteitskaart",
        "Tot ziens.",
    ):
        assert expected in actual.output


def test_no_web_server_is_said_in_one_sentence() -> None:
    url = f"http://127.0.0.1:{free_port()}"

    actual = CliRunner().invoke(chat, ["--url", url], input="")

    assert actual.exit_code == 1
    assert f"Er komt geen antwoord van {url}." in actual.output


def test_a_bot_that_is_away_is_tried_again(
    url: str, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa.broken = True

    def come_back(seconds: float) -> None:
        rasa.broken = False

    monkeypatch.setattr(terminal.time, "sleep", come_back)

    actual = CliRunner().invoke(chat, ["--url", url], input="")

    assert actual.exit_code == 0
    assert "Ik ben even weg." in actual.output
    assert "Dag. Ik ben Leerwijzer." in actual.output


@pytest.mark.parametrize("name", ["chat", "web"])
def test_the_commands_have_help(name: str) -> None:
    actual = CliRunner().invoke(main, [name, "--help"])

    assert actual.exit_code == 0
    help_text = {"chat": chat.help, "web": web.help}[name]
    assert help_text is not None
    assert help_text.splitlines()[0] in actual.output


def test_the_web_process_starts_alone_and_stops_on_ctrl_c(tmp_path: pathlib.Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "LEERWIJZER_VAR": str(tmp_path),
        "LEERWIJZER_DATABASE_URL": "",
        "LEERWIJZER_RASA_PORT": str(free_port()),
        "LEERWIJZER_ACTIONS_PORT": str(free_port()),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli import main; main()", "web", "--port", str(port)],
        env=environment,
    )
    try:
        answer = wait_for(f"http://127.0.0.1:{port}/healthz")
        assert answer.status_code == 503  # there is no Rasa
        well = {"database": True, "rasa": False, "actions": False}
        assert answer.json() == {"status": "down", **well}
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, -signal.SIGINT)


def wait_for(url: str) -> httpx.Response:
    deadline = time.monotonic() + 90
    while True:
        try:
            return httpx.get(url, trust_env=False)
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.1)

"""The bot against telegram-test-api: polling and webhook."""

from collections.abc import Iterator

import pytest

from bot.channels.app import create_app
from bot.channels.telegram import texts
from bot.settings import settings
from tests.channels.fake_rasa import FakeRasa
from tests.channels.serving import Serving, free_port
from tests.channels.telegram.emulator import Emulator, install
from tests.channels.telegram.fake_telegram import TOKEN

PUBLIC = "https://chat.example.be"


@pytest.fixture(params=["polling", "webhook"])
def way(request: pytest.FixtureRequest) -> str:
    """How updates come in."""
    assert isinstance(request.param, str)
    return request.param


@pytest.fixture
def emulator(way: str, configured: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """The emulator, with the bot connected to it."""
    install()
    port = free_port()
    server = Emulator(TOKEN, (PUBLIC, f"http://127.0.0.1:{port}"))
    server.wait()
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_API", server.url)
    if way == "webhook":
        monkeypatch.setenv("LEERWIJZER_PUBLIC_URL", PUBLIC)
    settings.cache_clear()
    web = Serving(create_app(), port)
    web.start()
    if way == "webhook":
        server.wait("webhook")
    yield server
    web.stop()
    server.stop()


def test_a_conversation_by_buttons_and_text(emulator: Emulator, rasa: FakeRasa) -> None:
    emulator.types("/start genk")
    welcome = emulator.until_texts(1)
    assert welcome[0].startswith("Dag. Ik ben Leerwijzer. Ik ben een robot.\n\nMag ik")
    assert emulator.buttons() == ["Ja, dat mag", "Nee, liever niet"]

    emulator.taps("Ja, dat mag")
    emulator.until_texts(2)
    emulator.taps("Lagere school")
    answer = emulator.until_texts(3)[2]
    assert "<b>1. Nederlands voor beginners" in answer
    assert "<b>2. Samen praten" in answer
    assert answer.endswith("\n\nWil je hierover praten met iemand van de Leerwinkel?")

    emulator.types("dank je")
    assert "dank je" in emulator.until_texts(4)[3]
    assert rasa.received[0]["metadata"]["leerwinkel"] == "genk"
    assert [turn["message"] for turn in rasa.received][-1] == "dank je"


def test_a_used_button_shows_what_was_chosen(emulator: Emulator, rasa: FakeRasa) -> None:
    emulator.types("/start")
    emulator.until_texts(1)
    emulator.taps("Ja, dat mag")

    assert len(emulator.until_texts(2)) == 2
    emulator.until_text("✔️ <b>Ja, dat mag</b>")


def test_quick_messages_are_answered_in_order(emulator: Emulator, rasa: FakeRasa) -> None:
    for number in range(8):
        emulator.types(f"bericht {number}")

    arrived = emulator.until_texts(8)

    assert rasa.said() == [f"bericht {number}" for number in range(8)]
    assert [text.split()[3] for text in arrived] == [str(number) for number in range(8)]


def test_what_is_no_text_and_a_place(emulator: Emulator, rasa: FakeRasa) -> None:
    emulator.sends(voice={"file_id": "f", "file_unique_id": "u", "duration": 3})
    assert emulator.until_texts(1)[0] == texts.notice("voice")
    emulator.sends(location={"latitude": 50.965, "longitude": 5.5})
    assert emulator.until_texts(2)[1].startswith("📍 3600 Genk")

    assert rasa.said() == ["Ik woon in 3600 Genk"]

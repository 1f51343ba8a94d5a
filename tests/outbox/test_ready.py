"""Which channels can send."""

from collections.abc import Iterator

import pytest

from bot import outbox
from bot.settings import settings


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("host", "sender", "ready"),
    [
        ("mail.example.be", "leerwijzer@example.be", True),
        ("", "leerwijzer@example.be", False),
        ("mail.example.be", "", False),
    ],
)
def test_mail_needs_a_server_and_a_sender(
    monkeypatch: pytest.MonkeyPatch, host: str, sender: str, ready: bool
) -> None:
    monkeypatch.setenv("LEERWIJZER_SMTP_HOST", host)
    monkeypatch.setenv("LEERWIJZER_SMTP_FROM", sender)
    assert outbox.can_send("mail") is ready


@pytest.mark.parametrize(("token", "ready"), [("1:a", True), ("", False)])
def test_telegram_needs_a_token(monkeypatch: pytest.MonkeyPatch, token: str, ready: bool) -> None:
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", token)
    assert outbox.can_send("telegram") is ready

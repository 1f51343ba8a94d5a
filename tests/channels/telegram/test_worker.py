"""Limits and switches of the channel."""

import httpx
import pytest

from bot.channels.telegram import inbox, texts
from bot.settings import settings
from tests.channels.fake_rasa import FakeRasa
from tests.channels.telegram.conftest import web_process
from tests.channels.telegram.fake_telegram import FakeTelegram


async def test_somebody_who_floods_is_slowed_once(
    telegram: FakeTelegram, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.worker.BURST", 5)
    for number in range(20):
        telegram.types(f"spam {number}")
    async with web_process():
        await telegram.until(lambda: inbox.waiting() == [] and len(telegram.texts()) >= 6)

    said = [
        text
        for text in telegram.texts()
        if text in (texts.notice("too_fast", 0), texts.notice("too_fast", 1))
    ]
    assert len(said) == 1
    assert len(rasa.said()) < 10


async def test_without_a_token_there_is_no_telegram(
    configured: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", "")
    settings.cache_clear()
    async with web_process() as client:
        assert (await client.post("/telegram/webhook", json={})).status_code == 404


async def test_polling_offers_no_webhook(running: httpx.AsyncClient) -> None:
    assert (await running.post("/telegram/webhook", json={"update_id": 1})).status_code == 404

"""The bot on a fake Telegram and a fake Rasa."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from bot.channels.app import create_app
from bot.settings import settings
from tests.channels.telegram.fake_telegram import TOKEN, FakeTelegram

Running = Callable[[], AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture(scope="session")
def telegram_server() -> Iterator[FakeTelegram]:
    """A running fake Bot API; tests take `telegram`."""
    server = FakeTelegram()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def telegram(
    telegram_server: FakeTelegram, configured: None, monkeypatch: pytest.MonkeyPatch
) -> FakeTelegram:
    """A fake Bot API that has forgotten everything, named in the settings."""
    telegram_server.reset()
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_API", telegram_server.url)
    settings.cache_clear()
    return telegram_server


@contextlib.asynccontextmanager
async def web_process() -> AsyncIterator[httpx.AsyncClient]:
    """A web process, from start to stop; gives a client of its port."""
    app = create_app()
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://chat.example"
        ) as client,
    ):
        yield client


@pytest.fixture
async def running(telegram: FakeTelegram) -> AsyncIterator[httpx.AsyncClient]:
    """The bot runs during the test."""
    async with web_process() as client:
        yield client

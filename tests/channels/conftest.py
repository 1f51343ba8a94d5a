"""A fake Rasa on loopback, a fresh database, and the web app in front of them."""

import pathlib
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from bot import store
from bot.channels.app import create_app
from bot.settings import settings
from tests.channels.fake_rasa import FakeRasa

SITE = "https://www.genk.example"


@pytest.fixture(scope="session")
def rasa_server() -> Iterator[FakeRasa]:
    """A running fake Rasa; tests take `rasa`."""
    server = FakeRasa()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def rasa(rasa_server: FakeRasa) -> FakeRasa:
    """A running fake Rasa that has forgotten everything."""
    rasa_server.reset()
    return rasa_server


@pytest.fixture
def configured(
    rasa: FakeRasa, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Settings for this test alone, with an empty, migrated database."""
    monkeypatch.setenv("LEERWIJZER_VAR", str(tmp_path))
    monkeypatch.setenv("LEERWIJZER_DATABASE_URL", f"sqlite:///{tmp_path / 'chat.db'}")
    monkeypatch.setenv("LEERWIJZER_SECRET", "a secret of this test")
    monkeypatch.setenv("LEERWIJZER_RASA_PORT", str(rasa.port))
    monkeypatch.setenv("LEERWIJZER_ACTIONS_PORT", str(rasa.port))
    monkeypatch.setenv("LEERWIJZER_ALLOWED_SITES", f'["{SITE}"]')
    settings.cache_clear()
    store.Base.metadata.create_all(store.engine())
    yield
    store.engine().dispose()
    settings.cache_clear()


@pytest.fixture
async def web(configured: None) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the web app."""
    app = create_app()
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://chat.example") as client,
    ):
        yield client


class Client:
    """A person with the chat open: keeps the session, makes a new id for each message."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.session: str | None = None

    async def send(self, **body: Any) -> httpx.Response:
        response = await self.http.post(
            "/api/chat", json={"session": self.session, "id": str(uuid.uuid4()), **body}
        )
        self.session = response.json().get("session") or self.session
        return response

    async def history(self) -> httpx.Response:
        return await self.http.get("/api/chat", headers={"Authorization": f"Bearer {self.session}"})


@pytest.fixture
def client(web: httpx.AsyncClient) -> Client:
    """A person that has not said anything yet."""
    return Client(web)

"""The webhook: who may bring updates, and that none is lost."""

from collections.abc import AsyncIterator

import httpx
import pytest
import sqlalchemy as sa

from bot import store
from bot.channels.telegram import WEBHOOK_PATH, inbox, webhook
from bot.settings import settings
from tests.channels.fake_rasa import FakeRasa
from tests.channels.telegram.conftest import web_process
from tests.channels.telegram.fake_telegram import FakeTelegram, trouble


@pytest.fixture
async def web(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """A web process with a public address."""
    monkeypatch.setenv("LEERWIJZER_PUBLIC_URL", "https://chat.example.be/")
    settings.cache_clear()
    async with web_process() as client:
        await telegram.until(lambda: telegram.webhook is not None)
        yield client


async def bring(
    web: httpx.AsyncClient, update: object, secret: str | None = None
) -> httpx.Response:
    given = webhook.secret() if secret is None else secret
    return await web.post(WEBHOOK_PATH, json=update, headers={webhook.SECRET_HEADER: given})


async def test_telegram_is_told_the_address_and_a_secret(
    telegram: FakeTelegram, web: httpx.AsyncClient
) -> None:
    assert telegram.webhook is not None
    assert telegram.webhook["url"] == "https://chat.example.be/telegram/webhook"
    assert telegram.webhook["secret_token"] == webhook.secret()
    assert "callback_query" in telegram.webhook["allowed_updates"]


async def test_an_update_with_the_secret_is_answered_once(
    telegram: FakeTelegram, web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    update = telegram.types("dag")
    for _ in range(2):
        assert (await bring(web, update)).status_code == 200
    await telegram.until_texts(1)
    assert (await bring(web, update)).status_code == 200
    await bring(web, telegram.types("nog iets"))
    await telegram.until_texts(2)

    assert rasa.said() == ["dag", "nog iets"]


@pytest.mark.parametrize("secret", ["", "wrong", "é"])
async def test_a_wrong_or_missing_secret_is_forbidden(
    telegram: FakeTelegram, web: httpx.AsyncClient, secret: str
) -> None:
    update = telegram.types("dag")
    headers = {webhook.SECRET_HEADER.encode(): secret.encode()} if secret else {}

    answer = await web.post(WEBHOOK_PATH, json=update, headers=headers)

    assert answer.status_code == 403
    assert inbox.waiting() == []


async def test_no_get(web: httpx.AsyncClient) -> None:
    assert (await web.get(WEBHOOK_PATH)).status_code in (404, 405)


@pytest.mark.parametrize(
    ("body", "status"), [([], 400), ({}, 400), ({"update_id": "x"}, 400), ("x" * 600_000, 413)]
)
async def test_nonsense_is_refused(web: httpx.AsyncClient, body: object, status: int) -> None:
    assert (await bring(web, body)).status_code == status


async def test_what_cannot_be_kept_is_asked_again(
    telegram: FakeTelegram, web: httpx.AsyncClient
) -> None:
    with store.engine().begin() as connection:
        connection.execute(sa.text("ALTER TABLE telegram_updates RENAME TO gone"))

    answer = await bring(web, telegram.types("dag"))

    assert answer.status_code == 503
    with store.engine().begin() as connection:
        connection.execute(sa.text("ALTER TABLE gone RENAME TO telegram_updates"))


async def test_a_refused_address_falls_back_to_polling(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_PUBLIC_URL", "https://intranet.example")
    settings.cache_clear()
    telegram.troubles["setWebhook"] = [trouble(400, "Bad Request: bad webhook: no address")]
    async with web_process():
        telegram.types("dag")

        assert len(await telegram.until_texts(1)) == 1


async def test_another_process_may_receive(
    telegram: FakeTelegram, web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    """The first process holds the lease and answers what the second one receives."""
    async with web_process() as second:
        await bring(second, telegram.types("dag"))
        await telegram.until_texts(1)

    assert rasa.said() == ["dag"]

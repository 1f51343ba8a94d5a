"""Rasa REST clients on the web port."""

import types
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels.app import create_app
from bot.settings import settings
from tests.channels.fake_rasa import COURSE, TAP_PRIMARY, FakeRasa

PATH = "/webhooks/rest/webhook"


@pytest.fixture
async def web(
    configured: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """A web app with the REST channel on."""
    monkeypatch.setenv("LEERWIJZER_REST_CHANNEL", "true")
    settings.cache_clear()
    app = create_app()
    transport = httpx.ASGITransport(app, client=("203.0.113.9", 1234))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://chat.example") as client,
    ):
        yield client


async def say(web: httpx.AsyncClient, message: Any, **more: Any) -> httpx.Response:
    return await web.post(PATH, json={"sender": "amina", "message": message, **more})


async def test_it_is_off_by_default(configured: None, rasa: FakeRasa) -> None:
    app = create_app()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://chat.example"
    ) as client:
        answer = await say(client, "dag")

    assert answer.status_code in (404, 405)
    assert rasa.received == []


async def test_it_answers_in_rasas_form(web: httpx.AsyncClient, rasa: FakeRasa) -> None:
    welcome = (await say(web, "/greet")).json()
    await say(web, welcome[-1]["buttons"][0]["payload"])
    courses = (await say(web, TAP_PRIMARY)).json()

    assert welcome[0] == {
        "recipient_id": "amina",
        "text": "Dag. Ik ben Leerwijzer. Ik ben een robot.",
    }
    assert courses[0]["custom"]["courses"][0] == COURSE
    assert rasa.said() == ["/greet", "/affirm", TAP_PRIMARY]
    assert rasa.received[0]["sender"] == "rest-amina"
    assert rasa.received[0]["metadata"]["channel"] == "rest"


@pytest.mark.parametrize(
    "message", ["/restart", '/inform{"name": "x"}', " /action_listen", "EXTERNAL: x"]
)
async def test_a_payload_that_no_button_offered_is_text(
    web: httpx.AsyncClient, rasa: FakeRasa, message: str
) -> None:
    assert (await say(web, message)).status_code == 200

    assert not rasa.said()[0].startswith("/")


async def test_a_sender_never_reaches_another_channel(
    web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    await say(web, "dag", sender="telegram-7")

    assert rasa.received[0]["sender"] == "rest-telegram-7"


async def test_the_same_message_id_is_handled_once(web: httpx.AsyncClient, rasa: FakeRasa) -> None:
    given = {"metadata": {"message_id": "m1", "leerwinkel": "genk"}}
    answers = [(await say(web, "dag", **given)).json() for _ in range(2)]

    assert answers[0] == answers[1]
    assert rasa.said() == ["dag"]
    assert rasa.received[0]["metadata"]["leerwinkel"] == "genk"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"message": "dag"}, 400),
        ({"sender": "", "message": "dag"}, 400),
        ({"sender": "a b", "message": "dag"}, 400),
        ({"sender": "amina"}, 400),
        ({"sender": "amina", "message": ["dag"]}, 400),
        ({"sender": "amina", "message": " "}, 400),
        ({"sender": "amina", "message": "dag", "metadata": {"message_id": 7}}, 400),
        ({"sender": "amina", "message": "x" * 70_000}, 413),
        ([], 400),
    ],
)
async def test_nonsense_is_refused(
    web: httpx.AsyncClient, rasa: FakeRasa, body: object, status: int
) -> None:
    answer = await web.post(PATH, json=body)

    assert answer.status_code == status
    assert answer.json()["text"]
    assert rasa.received == []


async def test_other_content_is_refused(web: httpx.AsyncClient) -> None:
    assert (await web.post(PATH, content="sender=a&message=b")).status_code == 415


async def test_it_has_the_limits_of_the_chat_api(
    web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.requests.time", types.SimpleNamespace(monotonic=lambda: 7.0))
    statuses = [(await web.post(PATH, json={"sender": f"s{n}"})).status_code for n in range(302)]

    assert statuses[:300] == [400] * 300
    assert 429 in statuses[300:]


async def test_a_rasa_that_is_away_is_a_503(web: httpx.AsyncClient, rasa: FakeRasa) -> None:
    rasa.broken = True

    answer = await say(web, "dag")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "3"

"""The chat API from outside: what comes back, and what reaches Rasa."""

import asyncio
import datetime as dtm
import json
import types
import uuid
from typing import Any

import httpx
import itsdangerous
import pytest

from bot import store
from bot.channels import chatlog, sessions, turns
from bot.channels.app import create_app
from bot.channels.rasa import RasaClient
from bot.settings import settings
from tests.channels.conftest import SITE, Client
from tests.channels.fake_rasa import APPOINTMENT, COURSE, TAP_PRIMARY, FakeRasa


def texts(response: httpx.Response) -> list[str]:
    return [message["text"] for message in response.json()["messages"]]


# ---- a conversation ----


async def test_an_empty_session_lets_the_bot_speak_first(client: Client, rasa: FakeRasa) -> None:
    actual = await client.send(payload="/greet", leerwinkel="genk")

    assert actual.status_code == 200
    assert texts(actual)[0] == "Dag. Ik ben Leerwijzer. Ik ben een robot."
    assert actual.json()["messages"][1]["buttons"][0] == {
        "title": "Ja, dat mag",
        "payload": "/affirm",
    }
    assert sessions.sender_of(actual.json()["session"]).startswith("web-")
    assert rasa.received[0]["metadata"]["channel"] == "widget"
    assert rasa.received[0]["metadata"]["leerwinkel"] == "genk"


async def test_a_leerwinkel_that_does_not_exist_is_left_out(client: Client, rasa: FakeRasa) -> None:
    await client.send(text="dag", leerwinkel="atlantis")

    assert rasa.received[0]["metadata"]["leerwinkel"] is None


async def test_a_custom_part_belongs_to_the_message_before_it(client: Client) -> None:
    await client.send(payload="/greet")
    await client.send(payload="/affirm")

    actual = (await client.send(payload=TAP_PRIMARY)).json()["messages"]

    assert [len(message["courses"]) for message in actual] == [2, 0]
    assert actual[0]["courses"][0] == COURSE
    booked = await client.send(payload="/book_appointment")
    assert booked.json()["messages"][-1]["appointment"] == APPOINTMENT


async def test_the_conversation_comes_back_after_a_reload(client: Client) -> None:
    greeted = await client.send(payload="/greet")
    tapped = await client.send(payload="/affirm", id="tap-1")
    typed = await client.send(text="lagere school", id="text-1")

    actual = (await client.history()).json()

    assert actual["session"] == client.session
    assert actual["messages"] == [
        *greeted.json()["messages"],
        {"id": "tap-1", "from": "client", "text": "Ja, dat mag"},
        *tapped.json()["messages"],
        {"id": "text-1", "from": "client", "text": "lagere school"},
        *typed.json()["messages"],
    ]


async def test_every_message_has_its_own_id(client: Client) -> None:
    await client.send(payload="/greet")
    await client.send(text="dag")

    ids = [message["id"] for message in (await client.history()).json()["messages"]]

    assert len(ids) == len(set(ids)) == 4


async def test_a_message_wakes_the_conversation_up_for_retention(client: Client) -> None:
    await client.send(text="dag")
    sender = sessions.sender_of(client.session or "")
    with store.session() as work:
        conversation = work.get_one(store.Conversation, sender)
        conversation.over_at = conversation.started_at

    await client.send(text="ben je daar nog")

    with store.session() as work:
        conversation = work.get_one(store.Conversation, sender)
        assert conversation.over_at is None
        assert conversation.last_seen_at > conversation.started_at


# ---- the same id twice ----


async def test_the_same_id_twice_is_handled_once(client: Client, rasa: FakeRasa) -> None:
    await client.send(text="dag")
    first = await client.send(text="ik wil kok worden", id="m-1")
    second = await client.send(text="ik wil kok worden", id="m-1")

    assert first.json() == second.json()
    assert rasa.said() == ["dag", "ik wil kok worden"]


async def test_the_same_id_while_it_is_being_handled_waits_for_that(
    client: Client, rasa: FakeRasa
) -> None:
    await client.send(text="dag")
    rasa.delay = 0.3

    answers = await asyncio.gather(*(client.send(text="kok", id="m-1") for _ in range(5)))

    assert rasa.said() == ["dag", "kok"]
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert answers[0].json()["messages"]


async def test_a_first_message_that_is_repeated_leads_to_one_conversation(
    client: Client, rasa: FakeRasa
) -> None:
    given = {"session": None, "id": str(uuid.uuid4()), "payload": "/greet"}

    first = await client.http.post("/api/chat", json=given)
    second = await client.http.post("/api/chat", json=given)

    assert first.json()["messages"] == second.json()["messages"]
    assert rasa.said() == ["/greet"]
    assert sessions.sender_of(first.json()["session"]) == sessions.sender_of(
        second.json()["session"]
    )


async def test_two_clients_that_both_count_from_one_do_not_meet(
    client: Client, rasa: FakeRasa
) -> None:
    first = await client.http.post("/api/chat", json={"session": None, "id": "1", "text": "a"})
    second = await client.http.post("/api/chat", json={"session": None, "id": "1", "text": "b"})

    assert rasa.said() == ["a", "b"]
    assert sessions.sender_of(first.json()["session"]) != sessions.sender_of(
        second.json()["session"]
    )


async def test_messages_of_one_client_reach_rasa_in_order_and_one_at_a_time(
    client: Client, rasa: FakeRasa
) -> None:
    await client.send(text="dag")
    rasa.delay = 0.05

    sending = []
    for number in range(6):
        sending.append(asyncio.create_task(client.send(text=f"bericht {number}")))
        await asyncio.sleep(0.005)
    await asyncio.gather(*sending)

    assert rasa.said() == ["dag", *(f"bericht {number}" for number in range(6))]
    assert rasa.most_at_once == 1


async def test_clients_do_not_wait_for_each_other(web: httpx.AsyncClient, rasa: FakeRasa) -> None:
    rasa.held = True
    sending = [asyncio.create_task(Client(web).send(text="dag")) for _ in range(4)]
    async with asyncio.timeout(30):
        while rasa.running < 4:
            await asyncio.sleep(0.01)
    rasa.held = False

    answers = await asyncio.gather(*sending)
    assert [answer.status_code for answer in answers] == [200] * 4


async def test_rasa_gets_only_so_many_turns_at_once_and_everybody_an_answer(
    web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.held = True
    sending = [asyncio.create_task(Client(web).send(text="dag")) for _ in range(turns.AT_ONCE + 6)]
    async with asyncio.timeout(30):
        while rasa.running < turns.AT_ONCE:
            await asyncio.sleep(0.01)
    rasa.held = False

    answers = await asyncio.gather(*sending)
    assert all(answer.json()["messages"] for answer in answers)
    assert len(rasa.received) == turns.AT_ONCE + 6
    assert rasa.most_at_once == turns.AT_ONCE


async def test_who_hangs_up_in_the_middle_finds_the_answer_later(
    client: Client, rasa: FakeRasa
) -> None:
    await client.send(text="dag")
    rasa.delay = 0.3
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.send(text="kok", id="m-1"), timeout=0.1)

    actual = await client.send(text="kok", id="m-1")

    assert texts(actual) == ["Je zei: kok (nummer 2)"]
    assert rasa.said() == ["dag", "kok"]


async def test_a_message_whose_process_died_is_handled_when_it_comes_again(
    client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chatlog, "LEASE", dtm.timedelta(seconds=1))
    await client.send(text="dag")
    died = chatlog.claim(
        sessions.sender_of(client.session or ""),
        "m-1",
        chatlog.Said(text="kok"),
        now=dtm.datetime.now(dtm.timezone.utc),
    )

    actual = await client.send(text="kok", id="m-1")

    assert died.state == "mine"
    assert actual.status_code == 200
    assert rasa.said() == ["dag", "kok"]


# ---- Rasa away, slow, and back ----


async def test_a_rasa_that_is_too_slow_counts_as_away(configured: None, rasa: FakeRasa) -> None:
    rasa.delay = 0.5
    app = create_app(RasaClient(rasa.url, "token", timeout=0.1))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://chat") as http,
    ):
        actual = await Client(http).send(text="dag")

    assert actual.status_code == 503
    assert actual.json()["retry"] is True


async def test_a_broken_database_gives_a_friendly_sentence_and_no_traceback(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    await client.send(text="dag")
    store.Base.metadata.drop_all(store.engine())

    actual = await client.send(text="mijn naam is Samira")

    assert actual.status_code == 503
    assert actual.json()["text"].startswith("Ik ben even weg.")
    assert "chat_failed kind=OperationalError" in caplog.text
    assert "Samira" not in caplog.text


async def test_rasa_away_gives_a_friendly_sentence_and_the_id_can_be_sent_again(
    client: Client, rasa: FakeRasa
) -> None:
    await client.send(text="dag")
    rasa.stop()

    away = await client.send(text="ik wil kok worden", id="m-1")

    assert away.status_code == 503
    assert away.json()["retry"] is True
    assert away.json()["messages"][0]["text"].startswith("Ik ben even weg.")
    assert "Retry-After" in away.headers

    rasa.start()
    back = await client.send(text="ik wil kok worden", id="m-1")
    assert back.status_code == 200
    assert texts(back) == ["Je zei: ik wil kok worden (nummer 2)"]
    assert (await client.history()).json()["messages"][-2]["text"] == "ik wil kok worden"


async def test_rasa_away_at_first_contact_still_gives_a_session(
    client: Client, rasa: FakeRasa
) -> None:
    rasa.broken = True
    away = await client.send(payload="/greet", id="m-1")
    rasa.broken = False

    assert away.status_code == 503
    assert texts(await client.send(payload="/greet", id="m-1"))[0].startswith("Dag.")


async def test_a_turn_that_rasa_finished_is_not_handled_again(
    client: Client, rasa: FakeRasa
) -> None:
    await client.send(payload="/greet")
    await client.send(payload="/affirm")
    rasa.lose_answers = True
    lost = await client.send(payload=TAP_PRIMARY, id="m-1")
    rasa.lose_answers = False

    found = await client.send(payload=TAP_PRIMARY, id="m-1")

    assert lost.status_code == 503
    assert [len(message["courses"]) for message in found.json()["messages"]] == [2, 0]
    assert rasa.said() == ["/greet", "/affirm", TAP_PRIMARY]


async def test_silence_of_the_bot_never_becomes_a_dead_end(client: Client, rasa: FakeRasa) -> None:
    await client.send(text="dag")

    first = await client.send(text="zwijg", id="m-1")
    second = await client.send(text="zwijg", id="m-1")

    assert first.status_code == 503
    assert second.status_code == 200
    button = second.json()["messages"][0]["buttons"][0]
    assert (await client.send(payload=button["payload"])).status_code == 200
    assert rasa.said()[-1] == "/talk_to_human"


async def test_healthz_names_what_answers(client: Client, rasa: FakeRasa) -> None:
    well = await client.http.get("/healthz")
    rasa.broken = True
    ill = await client.http.get("/healthz")
    rasa.stop()
    gone = await client.http.get("/healthz")
    rasa.start()

    assert well.status_code == 200
    assert well.json() == {"status": "ok", "database": True, "rasa": True, "actions": True}
    assert ill.status_code == 503
    assert ill.json() == {"status": "down", "database": True, "rasa": False, "actions": True}
    assert gone.status_code == 503
    assert gone.json() == {"status": "down", "database": True, "rasa": False, "actions": False}


async def test_healthz_sees_an_action_server_that_is_away(client: Client, rasa: FakeRasa) -> None:
    rasa.actions_away = True

    ill = await client.http.get("/healthz")

    assert ill.status_code == 503
    assert ill.json() == {"status": "down", "database": True, "rasa": True, "actions": False}


async def test_a_message_waits_while_the_action_server_is_away(
    client: Client, rasa: FakeRasa
) -> None:
    await client.send(payload="/greet")
    rasa.actions_away = True
    away = [await client.send(text="lassen", id="m-1") for _ in range(4)]
    rasa.actions_away = False

    found = await client.send(text="lassen", id="m-1")

    assert [one.status_code for one in away] == [503] * 4
    assert all(one.json()["retry"] for one in away)
    assert "Je bericht is niet verloren" in away[-1].json()["messages"][0]["text"]
    assert found.status_code == 200
    assert found.json()["messages"][0]["text"].startswith("Je zei: lassen")
    assert rasa.said() == ["/greet", "lassen", "lassen"], "no try while it is known to be away"
    assert [one["text"] for one in (await client.history()).json()["messages"]][-2:] == [
        "lassen",
        found.json()["messages"][0]["text"],
    ]


# ---- payloads ----


@pytest.mark.parametrize(
    "payload",
    ["/restart", '/inform{"consent": true}', "/affirm ", "affirm", "", "x" * 5000, "/greet{}"],
)
async def test_a_payload_that_no_button_offered_is_refused(
    client: Client, rasa: FakeRasa, payload: str
) -> None:
    await client.send(payload="/greet")

    actual = await client.send(payload=payload)

    assert actual.status_code == 400
    assert actual.json()["error"] == "payload_not_offered"
    assert rasa.said() == ["/greet"]
    assert (await client.history()).json()["messages"][-1]["buttons"]


async def test_a_payload_offered_to_somebody_else_is_refused(
    web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    other, me = Client(web), Client(web)
    await other.send(payload="/greet")
    await me.send(text="dag")

    actual = await me.send(payload="/affirm")

    assert actual.status_code == 400
    assert rasa.said() == ["/greet", "dag"]


async def test_a_first_message_cannot_be_a_payload_but_for_greet(
    client: Client, rasa: FakeRasa
) -> None:
    assert (await client.send(payload="/affirm")).status_code == 400
    assert rasa.said() == []


async def test_an_older_button_may_still_be_tapped(client: Client) -> None:
    await client.send(payload="/greet")
    await client.send(payload="/affirm")

    assert (await client.send(payload="/deny")).status_code == 200


# ---- bad input ----


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/restart", "restart"),
        ("  /restart", "restart"),
        ("\x00/restart", "restart"),
        ("\u200b/restart", "restart"),
        ("\ufeff//restart", "restart"),
        ("／restart", "restart"),
        ("⁄∕/restart", "restart"),
        ("\u202e/restart", "restart"),
        ("/ / restart", "restart"),
        ('/inform{"consent": true}', "inform"),
        ("<b>kok</b> & <script>alert(1)</script>", "<b>kok</b> & <script>alert(1)</script>"),
        ("👩\u200d🍳 kok worden", "👩\u200d🍳 kok worden"),
        ("ko\x00k \x1b[31mworden\x7f", "kok [31mworden"),
        ("een\r\ntwee\tdrie", "een  twee drie"),
        ("kok\ud83d", "kok"),
        ("أريد أن أتعلم", "أريد أن أتعلم"),
        ("mag 1/2 dag ook", "mag 1/2 dag ook"),
    ],
)
async def test_typed_text_reaches_rasa_as_plain_text(
    client: Client, rasa: FakeRasa, typed: str, expected: str
) -> None:
    actual = await client.http.post(
        "/api/chat",
        content=f'{{"session": null, "id": "m-1", "text": {json.dumps(typed)}}}',
        headers={"Content-Type": "application/json"},
    )

    assert actual.status_code == 200
    assert rasa.said() == [expected]


@pytest.mark.parametrize("typed", ["", "   ", "\n", "\x00\x01", "/", "///", "\u200b", "\ud800"])
async def test_an_empty_text_gets_a_clear_error(client: Client, rasa: FakeRasa, typed: str) -> None:
    actual = await client.http.post(
        "/api/chat",
        content=f'{{"id": "m-1", "text": {json.dumps(typed)}}}',
        headers={"Content-Type": "application/json"},
    )

    assert actual.status_code == 400
    assert actual.json()["error"] == "empty_text"
    assert actual.json()["text"].startswith("Er staat nog niets.")
    assert rasa.said() == []


async def test_a_very_long_text_is_answered_kindly_and_keeps_the_buttons(
    client: Client, rasa: FakeRasa
) -> None:
    await client.send(payload="/greet")

    actual = await client.send(text="ik wil kok worden " * 600)

    assert actual.status_code == 200
    assert texts(actual) == ["Dat is veel tekst. Zeg het kort. 1 of 2 zinnen is genoeg."]
    assert actual.json()["messages"][0]["buttons"][0]["payload"] == "/affirm"
    assert rasa.said() == ["/greet"]


async def test_two_thousand_characters_are_not_too_many(client: Client, rasa: FakeRasa) -> None:
    await client.send(text="a" * 2000)

    assert rasa.said() == ["a" * 2000]


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"dag"', 400),
        (b"\xff\xfe", 400),
        (b"[" * 60_000, 400),
        (b'{"id": "m-1"}', 400),
        (b'{"id": "m-1", "text": 5}', 400),
        (b'{"id": "m-1", "text": null}', 400),
        (b'{"id": "m-1", "text": "a", "payload": "/greet"}', 400),
        (b'{"id": "m-1", "payload": {"a": 1}}', 400),
        (b'{"text": "a"}', 400),
        (b'{"id": "", "text": "a"}', 400),
        (b'{"id": true, "text": "a"}', 400),
        (b'{"id": "a b", "text": "a"}', 400),
        (b'{"id": "' + b"x" * 81 + b'", "text": "a"}', 400),
        (b'{"id": "m-1", "session": 5, "text": "a"}', 401),
        (b'{"id": "m-1", "text": "' + b"x" * 70_000 + b'"}', 413),
    ],
)
async def test_a_wrong_body_gets_a_clear_4xx(
    client: Client, rasa: FakeRasa, raw: bytes, status: int
) -> None:
    actual = await client.http.post(
        "/api/chat", content=raw, headers={"Content-Type": "application/json"}
    )

    assert actual.status_code == status
    assert actual.json()["text"]
    assert actual.json()["retry"] is False
    assert rasa.said() == []


async def test_only_json_is_taken(client: Client) -> None:
    actual = await client.http.post("/api/chat", content=b'{"id": "1", "text": "a"}')

    assert actual.status_code == 415


# ---- sessions ----


@pytest.mark.parametrize("forge", ["", "web-abc", "x.y.z", "{token}x", "x{token}"])
async def test_a_forged_session_is_refused(client: Client, rasa: FakeRasa, forge: str) -> None:
    await client.send(text="dag")
    forged = forge.format(token=client.session)

    said = await client.http.post("/api/chat", json={"session": forged, "id": "1", "text": "a"})
    read = await client.http.get("/api/chat", headers={"Authorization": f"Bearer {forged}"})

    assert said.status_code == read.status_code == 401
    assert rasa.said() == ["dag"]


async def test_a_session_signed_for_another_purpose_is_refused(client: Client) -> None:
    other = itsdangerous.URLSafeTimedSerializer(settings().signing_key, salt="desk")

    actual = await client.http.post(
        "/api/chat", json={"session": other.dumps("web-abc"), "id": "1", "text": "a"}
    )

    assert actual.status_code == 401


async def test_no_session_reads_nothing(client: Client) -> None:
    assert (await client.http.get("/api/chat")).status_code == 401
    basic = await client.http.get("/api/chat", headers={"Authorization": "Basic abc"})
    assert basic.status_code == 401


async def test_each_session_sees_its_own_conversation_only(web: httpx.AsyncClient) -> None:
    one, two = Client(web), Client(web)
    await one.send(text="geheim")
    await two.send(text="dag", id="m-2")

    actual: list[dict[str, Any]] = (await two.history()).json()["messages"]

    assert all("geheim" not in message["text"] for message in actual)


async def test_the_message_id_of_somebody_else_opens_nothing(
    web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    one, two = Client(web), Client(web)
    await one.send(text="geheim", id="m-1")

    actual = await two.send(text="dag", id="m-1")

    assert "geheim" not in actual.text
    assert actual.json()["session"] != one.session
    assert rasa.received[0]["sender"] != rasa.received[1]["sender"]


async def test_a_token_with_the_sender_of_somebody_else_is_refused(
    web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    one, two = Client(web), Client(web)
    await one.send(text="geheim")
    await two.send(text="dag")
    assert one.session
    assert two.session
    stolen = ".".join([one.session.split(".")[0], *two.session.split(".")[1:]])

    said = await web.post("/api/chat", json={"session": stolen, "id": "m-9", "text": "a"})
    read = await web.get("/api/chat", headers={"Authorization": f"Bearer {stolen}"})

    assert said.status_code == read.status_code == 401
    assert rasa.said() == ["geheim", "dag"]


async def test_a_conversation_of_another_channel_cannot_be_read(
    web: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    token = sessions.token_for("telegram-5")

    actual = await web.get("/api/chat", headers={"Authorization": f"Bearer {token}"})

    assert actual.status_code == 401


async def test_pictures_and_hard_words_come_with_the_messages_and_with_the_history(
    client: Client,
) -> None:
    greeted = await client.send(payload="/greet")
    await client.send(text="wat is nt2")

    actual = (await client.history()).json()["messages"]

    assert greeted.json()["messages"][1]["pictures"] == ["yes", "no"]
    assert actual[1]["pictures"] == ["yes", "no"]
    assert actual[-1]["words"][0]["word"] == "nt2"


async def test_too_many_requests_in_one_session_get_429(
    client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.requests.time", types.SimpleNamespace(monotonic=lambda: 7.0))
    await client.send(text="dag", id="m-1")

    answers = await asyncio.gather(*(client.history() for _ in range(150)))

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) == 120
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["retry"] is True


# ---- other websites ----


async def test_an_allowed_site_may_call_the_api(web: httpx.AsyncClient) -> None:
    actual = await web.options(
        "/api/chat",
        headers={
            "Origin": SITE,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )

    assert actual.status_code == 200
    assert actual.headers["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize(
    "origin", ["https://evil.example", SITE + ".evil.example", "http://www.genk.example", "null"]
)
async def test_any_other_site_may_not(web: httpx.AsyncClient, origin: str) -> None:
    asked = await web.options(
        "/api/chat", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    read = await web.get("/api/chat", headers={"Origin": origin})

    assert asked.status_code == 400
    assert "Access-Control-Allow-Origin" not in read.headers
    assert "Access-Control-Allow-Credentials" not in read.headers

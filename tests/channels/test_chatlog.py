"""Who may handle a message: claims, leases, and what a crash leaves behind."""

import datetime as dtm
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import store
from bot.channels import chatlog
from bot.channels.chatlog import LEASE, Claim, NotOfferedError, Said

NOW = dtm.datetime(2026, 11, 22, 10, 0, tzinfo=dtm.timezone.utc)
SECOND = dtm.timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("any_database")


def claim(client_id: str, *, now: dtm.datetime = NOW, said: Said | None = None) -> Claim:
    return chatlog.claim("web-a", client_id, said or Said(text="dag"), now=now)


def test_a_new_message_is_mine_until_it_is_answered() -> None:
    mine = claim("1")

    assert (mine.state, mine.again) == ("mine", False)
    assert claim("1").state == "busy"
    chatlog.complete(mine.row, [{"text": "hallo"}])
    assert claim("1") == Claim("answered", mine.row, [{"text": "hallo"}])


def test_the_next_message_waits_for_the_one_before() -> None:
    mine = claim("1")

    assert claim("2").state == "busy"
    chatlog.complete(mine.row, [])
    assert claim("2").state == "mine"


def test_after_a_crash_the_message_is_handled_again() -> None:
    crashed = claim("1")

    actual = claim("1", now=NOW + LEASE + SECOND)

    assert actual == Claim("mine", crashed.row, again=True)
    assert claim("1", now=NOW + LEASE + SECOND).state == "busy"


def test_a_slow_turn_keeps_its_claim() -> None:
    mine = claim("1")
    chatlog.renew(mine.row, now=NOW + LEASE)

    assert claim("1", now=NOW + LEASE + SECOND).state == "busy"


def test_a_failed_turn_can_be_taken_again_at_once() -> None:
    mine = claim("1")
    chatlog.release(mine.row)

    assert claim("1") == Claim("mine", mine.row, again=True)


def test_another_client_is_not_in_the_way() -> None:
    claim("1")

    assert chatlog.claim("web-b", "1", Said(text="dag"), now=NOW).state == "mine"


def test_a_payload_must_have_been_offered() -> None:
    tap = Said(payload="/affirm")
    with pytest.raises(NotOfferedError):
        claim("1", said=tap)
    assert chatlog.history("web-a") == []

    asked = claim("2")
    buttons = [{"title": "Ja", "payload": "/affirm"}]
    chatlog.complete(asked.row, [{"text": "Mag dat?", "buttons": buttons}])

    assert claim("3", said=tap).state == "mine"
    assert chatlog.history("web-a")[-1] == {"id": "3", "from": "client", "text": "Ja"}


def test_of_many_parallel_writers_one_gets_the_message() -> None:
    with ThreadPoolExecutor(8) as pool:
        states = [done.state for done in pool.map(claim, ["1"] * 16)]

    assert sorted(states) == ["busy"] * 15 + ["mine"]
    with store.session() as work:
        assert work.query(store.ChatMessage).count() == 1


def test_after_a_crash_one_of_many_parallel_writers_takes_over() -> None:
    crashed = claim("1")
    later = NOW + LEASE + SECOND

    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: claim("1", now=later), range(16)))

    assert sorted(done.state for done in claims) == ["busy"] * 15 + ["mine"]
    assert Claim("mine", crashed.row, again=True) in claims


def test_different_messages_of_one_client_are_taken_one_at_a_time() -> None:
    with ThreadPoolExecutor(8) as pool:
        states = [done.state for done in pool.map(claim, [str(number) for number in range(16)])]

    assert sorted(states) == ["busy"] * 15 + ["mine"]


def test_buttons_that_were_offered_are_known_by_their_payload():
    row = claim("1").row
    shown = [{"title": "Ja", "payload": "/affirm"}, {"title": "Nee", "payload": "/deny"}]
    chatlog.complete(row, [{"text": "?", "buttons": shown}])
    chatlog.told("web-a", "bot-1", [{"text": "!", "buttons": [shown[0]]}], now=NOW)

    assert chatlog.offered("web-a") == ["/affirm", "/deny"]
    assert chatlog.offered("web-b") == []


def test_what_the_bot_said_by_itself_is_in_the_history_once():
    for _ in range(2):
        chatlog.told("web-a", "bot-1", [{"text": "Morgen is je afspraak."}], now=NOW)

    assert chatlog.history("web-a") == [{"text": "Morgen is je afspraak."}]


def test_a_channel_that_knows_its_button_needs_no_offer():
    known = claim("1", said=Said(payload="/stop", title="/stop"))

    assert known.state == "mine"
    assert chatlog.history("web-a")[0]["text"] == "/stop"
    assert chatlog.said_before("web-a", "1") is None


def test_a_client_who_left_is_over_until_the_next_message():
    claim("1")
    chatlog.over("web-a", now=NOW)
    with store.session(writes=False) as work:
        assert work.get_one(store.Conversation, "web-a").over_at == NOW
    chatlog.release(1)
    claim("2", now=NOW + SECOND)

    with store.session(writes=False) as work:
        assert work.get_one(store.Conversation, "web-a").over_at is None
    assert chatlog.is_known("web-a")
    assert not chatlog.is_known("web-b")

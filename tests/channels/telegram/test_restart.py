"""Stops, crashes and several processes: nothing lost, nothing twice."""

import asyncio
import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import store
from bot.channels.telegram import hearing, inbox, service, worker
from tests.channels.fake_rasa import TWO, FakeRasa
from tests.channels.telegram.conftest import web_process
from tests.channels.telegram.fake_telegram import FakeTelegram, trouble


async def test_what_came_in_while_it_was_down_is_answered(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    telegram.types("dag")
    telegram.types("ben je daar")
    async with web_process():
        await telegram.until_texts(2)

    assert rasa.said() == ["dag", "ben je daar"]


async def test_an_update_that_waits_survives_a_stop(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    rasa.broken = True
    async with web_process():
        telegram.types("dag")
        await telegram.until(lambda: len(inbox.waiting()) == 1)
    rasa.broken = False
    telegram.updates.clear()
    async with web_process():
        await telegram.until_texts(1)

    assert rasa.said() == ["dag"]


async def test_a_half_sent_answer_goes_on_where_it_was(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    async with web_process():
        telegram.troubles["sendMessage"] = [None, *[trouble(502, "x")] * 50]
        telegram.types(TWO)
        await telegram.until_texts(1)
    telegram.troubles.clear()
    async with web_process():
        arrived = await telegram.until_texts(2)
        await asyncio.sleep(0.2)

    assert len(telegram.texts()) == 2
    assert arrived[0].startswith("<b>1. ")
    assert arrived[1].startswith("Wil je")
    assert rasa.said() == [TWO]


async def test_a_message_on_its_way_at_a_stop_is_not_sent_again(
    telegram: FakeTelegram, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "STOP_SECONDS", 0.01)
    async with web_process():
        telegram.held = True
        telegram.types(TWO)
        await telegram.until(lambda: telegram.holding == 1)
        asyncio.get_running_loop().call_later(0.3, telegram.let_go)
    async with web_process():
        await telegram.until(lambda: inbox.waiting() == [])

    assert [text[:4] for text in telegram.texts()] == ["<b>1", "Wil "]


async def test_a_kill_while_telegram_takes_a_message_sends_it_again(
    telegram: FakeTelegram, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "STOP_SECONDS", 0.01)
    monkeypatch.setattr(worker, "NOTING_SECONDS", 0.01)  # as with `kill -9`: nothing is noted
    async with web_process():
        telegram.held = True
        telegram.types(TWO)
        await telegram.until(lambda: telegram.holding == 1)
    telegram.let_go()
    async with web_process():
        await telegram.until(lambda: inbox.waiting() == [])

    assert [text[:4] for text in telegram.texts()] == ["<b>1", "<b>1", "Wil "], "twice, not never"
    assert rasa.said() == [TWO]


async def test_used_buttons_are_taken_away_before_a_stop(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    async with web_process():
        telegram.types("/start")
        await telegram.until_texts(1)
        telegram.troubles["editMessageText"] = [trouble(502, "Bad Gateway")]
        telegram.taps(telegram.last(), "Ja, dat mag")
        await telegram.until_texts(2)
        assert telegram.asked("editMessageText") == []

    assert telegram.asked("editMessageText")[0]["text"].endswith("✔️ <b>Ja, dat mag</b>")


async def test_a_database_that_fails_right_after_sending_makes_nothing_go_out_twice(
    telegram: FakeTelegram, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = [sa.exc.OperationalError("", None, Exception())]
    note = inbox.sent

    def fail_first(row: int, parts: int) -> None:
        if failing:
            raise failing.pop()
        note(row, parts)

    monkeypatch.setattr(inbox, "sent", fail_first)
    async with web_process():
        telegram.types(TWO)
        await telegram.until(lambda: inbox.waiting() == [] and len(telegram.texts()) > 1)

    assert failing == []
    assert [text[:4] for text in telegram.texts()] == ["<b>1", "Wil "]
    assert rasa.said() == [TWO]


async def test_a_repeated_update_after_a_restart_is_handled_once(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    first = telegram.types("dag")
    async with web_process():
        await telegram.until_texts(1)
        await telegram.until(lambda: inbox.waiting() == [])
    telegram.confirmed = 0
    telegram.updates = [first]
    telegram.types("tweede")
    async with web_process():
        await telegram.until_texts(2)

    assert rasa.said() == ["dag", "tweede"]


async def test_a_button_works_after_a_restart(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    async with web_process():
        telegram.types("/start")
        await telegram.until_texts(1)
    async with web_process():
        telegram.taps(telegram.last(), "Ja, dat mag")
        await telegram.until_texts(2)

    assert rasa.said() == ["/greet", "/affirm"]


async def test_one_of_two_processes_polls_and_answers(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    async with web_process(), web_process():
        for number in range(5):
            telegram.types(f"bericht {number}")
        await telegram.until_texts(5)
        await asyncio.sleep(0.3)

    assert len(telegram.texts()) == 5
    assert len(rasa.said()) == 5


async def test_another_process_takes_over_when_the_first_stops(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    service_renew = service.RENEW_SECONDS
    assert service_renew * 2 < service.LEASE_SECONDS, "one late renewal loses no lease"
    first = web_process()
    await first.__aenter__()
    async with web_process():
        await first.__aexit__(None, None, None)
        telegram.types("dag")
        await telegram.until_texts(1)

    assert rasa.said() == ["dag"]


async def test_without_the_lease_nothing_is_polled(telegram: FakeTelegram) -> None:
    now = dtm.datetime.now(dtm.timezone.utc)  # the web process looks at the real clock
    assert store.take_lease("telegram", "somebody", until=now + dtm.timedelta(hours=1), now=now)
    telegram.types("dag")
    async with web_process():
        await asyncio.sleep(0.5)

    assert telegram.calls == []
    assert inbox.waiting() == []


async def test_a_polling_conflict_is_waited_out(telegram: FakeTelegram) -> None:
    telegram.troubles["getUpdates"] = [trouble(409, "Conflict: terminated by other getUpdates")]
    telegram.types("dag")
    async with web_process():
        assert len(await telegram.until_texts(1)) == 1


def test_a_sender_id_leads_back_to_its_chat() -> None:
    assert hearing.chat_of(hearing.sender_of(-100123)) == -100123

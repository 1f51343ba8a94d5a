"""Messages of the bot's own accord, their errors, the pace, and the token that nobody sees."""

import asyncio
import io
import logging
import subprocess
import sys
import time

import pytest
import telegram as ptb

from bot.channels import chatlog
from bot.channels import telegram as channel
from bot.channels.telegram import connection, sending
from bot.settings import ROOT, settings
from tests.channels.fake_rasa import FakeRasa
from tests.channels.serving import free_port
from tests.channels.telegram.conftest import web_process
from tests.channels.telegram.fake_telegram import SECRET_PART, TOKEN, FakeTelegram, trouble

REMINDER = {
    "text": "Morgen om 10 uur is je afspraak. Kom je?",
    "buttons": [
        {"title": "Ja, ik kom", "payload": "/affirm"},
        {"title": "Ik kan niet komen", "payload": "/cancel_appointment"},
        {"title": "Kaart", "url": "https://example.org/kaart"},
    ],
}


@pytest.mark.parametrize("chat", [7, "7", "telegram-7"])
async def test_a_message_arrives_with_its_buttons(telegram: FakeTelegram, chat: int | str) -> None:
    await channel.send(chat, [REMINDER])

    sent = telegram.last()
    assert sent["text"] == REMINDER["text"]
    titles = [b["text"] for row in sent["reply_markup"]["inline_keyboard"] for b in row]
    assert titles == ["Ja, ik kom", "Ik kan niet komen", "Kaart"]


async def test_a_message_is_in_the_log_of_the_conversation(telegram: FakeTelegram) -> None:
    await channel.send(7, [REMINDER])

    (logged,) = chatlog.history("telegram-7")
    assert logged["text"] == REMINDER["text"]
    assert "/cancel_appointment" in chatlog.offered("telegram-7")


async def test_a_button_of_a_reminder_is_answered(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    await channel.send(7, [REMINDER])
    telegram.taps(telegram.last(), "Ja, ik kom")
    async with web_process():
        await telegram.until_texts(2)

    assert rasa.said() == ["/affirm"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (trouble(403, "Forbidden: bot was blocked by the user"), channel.GoneError),
        (trouble(400, "Bad Request: chat not found"), channel.GoneError),
        (trouble(400, "Bad Request: can't parse entities"), channel.BadPartError),
        (trouble(429, "Too Many Requests", retry_after=7), channel.LaterError),
        (trouble(502, "Bad Gateway"), channel.LaterError),
        (trouble(401, "Unauthorized"), channel.LaterError),
    ],
)
async def test_an_error_says_whether_to_try_again(
    telegram: FakeTelegram,
    given: tuple[int, dict[str, object]],
    expected: type[channel.SendError],
) -> None:
    telegram.troubles["sendMessage"] = [given]

    with pytest.raises(expected) as caught:
        await channel.send(7, [REMINDER])

    assert chatlog.history("telegram-7") == []
    if isinstance(caught.value, channel.LaterError) and given[0] == 429:
        assert caught.value.after == 7


async def test_a_telegram_that_is_not_there_can_be_tried_later(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_API", f"http://127.0.0.1:{free_port()}")
    settings.cache_clear()

    with pytest.raises(channel.LaterError):
        await channel.send(7, [REMINDER])


async def test_half_of_it_is_not_simply_sent_again(telegram: FakeTelegram) -> None:
    telegram.troubles["sendMessage"] = [None, trouble(502, "Bad Gateway")]

    with pytest.raises(channel.UnsureError):
        await channel.send(7, [REMINDER, REMINDER])


async def test_without_a_token_nothing_can_be_sent(
    configured: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", "")
    settings.cache_clear()

    with pytest.raises(ValueError, match="LEERWIJZER_TELEGRAM_TOKEN"):
        await channel.send(7, [REMINDER])


class TestPace:
    async def test_messages_go_out_evenly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock, waits = [100.0], []

        async def sleep(seconds: float) -> None:
            waits.append(round(seconds, 3))
            clock[0] += seconds

        monkeypatch.setattr(sending.asyncio, "sleep", sleep)
        pace = sending.Pace(10, clock=lambda: clock[0])
        for _ in range(4):
            await pace.turn()

        assert waits == [0.1, 0.1, 0.1]

    async def test_nothing_passes_while_telegram_asks_to_wait(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = [100.0]

        async def sleep(seconds: float) -> None:
            clock[0] += seconds

        monkeypatch.setattr(sending.asyncio, "sleep", sleep)
        pace = sending.Pace(10, clock=lambda: clock[0])
        pace.stop(7)
        await pace.turn()

        assert clock[0] == 107.0

    async def test_an_answer_passes_whole_before_who_came_later(self) -> None:
        passed, pace = [], sending.Pace(1000)
        pace.stop(0.02)

        async def answer(name: str, place: float, messages: int) -> None:
            for _ in range(messages):
                await pace.turn(place)
                passed.append(name)

        await asyncio.gather(answer("a", 1.0, 2), answer("c", 3.0, 1), answer("b", 2.0, 3))

        assert "".join(passed) == "aabbbc"

    async def test_what_nobody_waits_for_gives_way_but_not_for_ever(self) -> None:
        passed, pace, clock = [], sending.Pace(1000), time.monotonic()
        pace.stop(0.02)

        async def one(name: str, place: float) -> None:
            await pace.turn(place)
            passed.append(name)

        edit = asyncio.create_task(one("edit", clock + 10.0))
        later = [asyncio.create_task(one(f"{s}", clock + s)) for s in (5, 9.9, 10.1)]
        await asyncio.gather(edit, *later)

        assert passed == ["5", "9.9", "edit", "10.1"]

    async def test_who_stops_waiting_holds_up_nobody(self) -> None:
        pace = sending.Pace(1000)
        pace.stop(0.05)
        first, second = asyncio.create_task(pace.turn()), asyncio.create_task(pace.turn())
        await asyncio.sleep(0)
        first.cancel()

        await asyncio.wait_for(second, 5)
        assert first.cancelled()

    async def test_a_pause_is_not_made_up_for_with_a_burst(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock, waits = [100.0], []

        async def sleep(seconds: float) -> None:
            waits.append(round(seconds, 3))
            clock[0] += seconds

        monkeypatch.setattr(sending.asyncio, "sleep", sleep)
        pace = sending.Pace(10, clock=lambda: clock[0])
        await pace.turn()
        clock[0] += 5
        for _ in range(4):
            await pace.turn()

        assert waits == [0.1, 0.1], "two at once, then evenly again"

    async def test_all_chats_together_keep_telegrams_limit(self, telegram: FakeTelegram) -> None:
        telegram.limit = sending.PER_SECOND
        for chat_id in range(1, 41):
            telegram.types("dag", chat_id)
        async with web_process():
            await telegram.until(lambda: len(telegram.asked("sendMessage")) == 40)

        sent = [
            at
            for (name, _), at in zip(telegram.calls, telegram.times, strict=True)
            if name == "sendMessage"
        ]
        assert sent[-1] - sent[0] > 0.8, "40 messages take more than a second"
        assert telegram.refused == 0


class TestTheTokenIsNeverShown:
    @pytest.fixture
    def seen(self) -> io.StringIO:
        """All that any logger says, from DEBUG on."""
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
        root = logging.getLogger()
        before = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        yield stream
        root.removeHandler(handler)
        root.setLevel(before)

    async def test_not_when_all_goes_well(
        self, telegram: FakeTelegram, seen: io.StringIO, caplog: pytest.LogCaptureFixture
    ) -> None:
        telegram.types("/start")
        async with web_process():
            await telegram.until_texts(1)

        assert SECRET_PART not in seen.getvalue() + caplog.text

    @pytest.mark.parametrize("wrong", ["away", "refused", "broken", "html"])
    async def test_not_when_telegram_fails(
        self,
        telegram: FakeTelegram,
        seen: io.StringIO,
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
        wrong: str,
    ) -> None:
        if wrong == "away":
            address = f"http://127.0.0.1:{free_port()}"
            monkeypatch.setenv("LEERWIJZER_TELEGRAM_API", address)
        elif wrong == "refused":
            monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", TOKEN[:-1] + "x")
        elif wrong == "html":
            monkeypatch.setenv("LEERWIJZER_TELEGRAM_API", f"{telegram.url}/nowhere")
        else:
            telegram.troubles["deleteWebhook"] = [trouble(500, f"at /bot{TOKEN}/x")]
        settings.cache_clear()
        async with web_process():
            deadline = time.monotonic() + 30
            while "telegram_" not in seen.getvalue():
                assert time.monotonic() < deadline
                await sending.asyncio.sleep(0.02)

        assert SECRET_PART[:-1] not in seen.getvalue() + caplog.text

    async def test_not_in_an_error_that_is_raised(
        self, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", TOKEN[:-1] + "x")
        settings.cache_clear()
        with pytest.raises(channel.SendError) as caught:
            await channel.send(7, [REMINDER])

        chain: BaseException | None = caught.value
        while chain is not None:
            assert SECRET_PART[:-1] not in repr(chain)
            chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)

    def test_not_when_somebody_logs_the_address(self, telegram: FakeTelegram) -> None:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger = logging.getLogger("tests.any_library")
        logger.addHandler(handler)
        connection.make_bot()
        try:
            raise ptb.error.NetworkError(f"POST https://api.telegram.org/bot{TOKEN}/getMe")
        except ptb.error.NetworkError:
            logger.exception("failed at %s", f"/bot{TOKEN}/getMe")
        logger.removeHandler(handler)

        assert SECRET_PART not in stream.getvalue()
        assert "/bot(token)/getMe" in stream.getvalue()

    def test_not_in_a_traceback_that_ends_the_process(self) -> None:
        code = (
            "from bot.channels.telegram import connection as c\n"
            f"c.hide({TOKEN!r})\n"
            f"raise RuntimeError('/bot{TOKEN}/getMe')\n"
        )
        ended = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
        )

        assert ended.returncode == 1
        assert "/bot(token)/getMe" in ended.stderr
        assert SECRET_PART not in ended.stderr.replace(f"c.hide({TOKEN!r})", "")

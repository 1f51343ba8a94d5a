"""The bot on Telegram, from an update to what arrives in the chat."""

import asyncio
import re

import httpx
import pytest
import sqlalchemy as sa

from bot import store
from bot.channels import chatlog
from bot.channels.telegram import texts
from tests.channels.fake_rasa import TWO, FakeRasa
from tests.channels.telegram.conftest import web_process
from tests.channels.telegram.fake_telegram import FakeTelegram, trouble


def ways(key: str) -> list[str]:
    return [texts.notice(key, 0), texts.notice(key, 1)]


def waiting_updates() -> int:
    with store.session(writes=False) as work:
        return len(
            work.scalars(
                sa.select(store.TelegramUpdate).where(store.TelegramUpdate.done_at.is_(None))
            ).all()
        )


async def all_taken_on(telegram: FakeTelegram) -> None:
    """Wait until all that came in so far is with the worker, while Rasa holds its turns.

    A voice message of somebody else, who comes after it, is answered without Rasa.
    """
    telegram.sends(99, voice={"file_id": "f", "file_unique_id": "u", "duration": 3})
    await telegram.until_texts(1, chat_id=99)


@pytest.fixture(autouse=True)
def _running(running: httpx.AsyncClient) -> None:
    """The bot runs during every test of this file."""


async def test_start_lets_the_bot_speak_first(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    telegram.types("/start")

    arrived = await telegram.until_texts(1)

    assert arrived[0].startswith("Dag. Ik ben Leerwijzer. Ik ben een robot.\n\nMag ik onthouden")
    assert rasa.said() == ["/greet"]
    assert [row[0]["text"] for row in telegram.last()["reply_markup"]["inline_keyboard"]] == [
        "Ja, dat mag",
        "Nee, liever niet",
    ] or len(telegram.last()["reply_markup"]["inline_keyboard"]) == 1


async def test_a_deep_link_names_leerwinkel_and_referrer(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    telegram.types("/start genk-vdab")
    await telegram.until_texts(1)

    metadata = rasa.received[0]["metadata"]
    assert metadata["channel"] == "telegram"
    assert metadata["leerwinkel"] == "genk"
    assert metadata["referral_source"] == "vdab"


async def test_a_tap_is_confirmed_replaced_and_answered(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    telegram.types("/start")
    await telegram.until_texts(1)
    telegram.taps(telegram.last(), "Ja, dat mag")

    arrived = await telegram.until_texts(2)

    assert arrived[1].startswith("Mooi. Tot waar ging je naar school?")
    assert rasa.said() == ["/greet", "/affirm"]
    assert len(telegram.asked("answerCallbackQuery")) == 1
    await telegram.until(lambda: telegram.asked("editMessageText") != [])
    edited = telegram.asked("editMessageText")[0]
    assert edited["text"].startswith("Dag. Ik ben Leerwijzer."), "the whole message stays"
    assert edited["text"].endswith("✔️ <b>Ja, dat mag</b>")
    assert "reply_markup" not in edited


async def test_an_answer_in_two_messages_makes_one_sound(telegram: FakeTelegram) -> None:
    telegram.types(TWO)
    await telegram.until_texts(2)

    cards, question = telegram.asked("sendMessage")
    assert cards["text"].startswith("<b>1. Nederlands voor")
    assert cards["disable_notification"] == "true"
    assert "disable_notification" not in question


async def test_used_buttons_go_though_the_edit_fails_at_first(
    telegram: FakeTelegram, rasa: FakeRasa
) -> None:
    telegram.types("/start")
    await telegram.until_texts(1)
    telegram.troubles["editMessageText"] = [trouble(502, "Bad Gateway")]
    telegram.taps(telegram.last(), "Ja, dat mag")
    await telegram.until(lambda: telegram.asked("editMessageText") != [])

    assert len(await telegram.until_texts(2)) == 2
    assert rasa.said() == ["/greet", "/affirm"]


async def test_the_same_tap_twice_is_handled_once(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    telegram.types("/start")
    await telegram.until_texts(1)
    asked = telegram.last()
    telegram.taps(asked, "Ja, dat mag")
    telegram.taps(asked, "Ja, dat mag")
    telegram.types("dag")
    await telegram.until_texts(3)

    assert rasa.said() == ["/greet", "/affirm", "dag"]
    await telegram.until(lambda: len(telegram.asked("answerCallbackQuery")) == 2)


async def test_a_made_up_button_gets_a_kind_word(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    telegram.types("/start")
    await telegram.until_texts(1)
    telegram.taps_data(telegram.last(), "p12345678/restart")

    arrived = await telegram.until_texts(2)

    assert arrived[1] in ways("stale_button")
    assert telegram.last()["reply_markup"], "the open question keeps its buttons"
    assert rasa.said() == ["/greet"]
    assert len(telegram.asked("answerCallbackQuery")) == 1


async def test_quick_messages_are_answered_in_order(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    rasa.delay = 0.05
    for number in range(6):
        telegram.types(f"bericht {number}")

    arrived = await telegram.until_texts(6)

    assert rasa.said() == [f"bericht {number}" for number in range(6)]
    assert [int(re.findall(r"bericht (\d)", text)[0]) for text in arrived] == list(range(6))
    assert rasa.most_at_once == 1


async def test_other_chats_do_not_wait(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    rasa.held = True
    for chat_id in (11, 12, 13, 14):
        telegram.types("dag", chat_id)
    await telegram.until(lambda: rasa.running == 4)
    rasa.held = False
    await telegram.until(lambda: all(telegram.texts(c) for c in (11, 12, 13, 14)))


async def test_typing_shows_while_the_bot_thinks(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    rasa.held = True
    telegram.types("dag")
    await telegram.until(lambda: len(telegram.asked("sendChatAction")) == 1)
    rasa.held = False
    await telegram.until_texts(1)

    assert telegram.asked("sendChatAction")[0]["action"] == "typing"
    names = [name for name, _ in telegram.calls]
    assert names.index("sendChatAction") < names.index("sendMessage")


async def test_a_repeated_update_is_handled_once(telegram: FakeTelegram, rasa: FakeRasa) -> None:
    first = telegram.types("dag")
    await telegram.until_texts(1)
    await telegram.until(lambda: waiting_updates() == 0)
    telegram.confirmed = 0
    telegram.updates = [first]
    telegram.types("nog iets")
    await telegram.until_texts(2)

    assert rasa.said() == ["dag", "nog iets"]


async def test_nothing_of_a_client_stays_in_the_inbox(telegram: FakeTelegram) -> None:
    telegram.types("mijn geheim")
    await telegram.until_texts(1)
    await telegram.until(lambda: waiting_updates() == 0)

    with store.session(writes=False) as work:
        row = work.scalars(sa.select(store.TelegramUpdate)).one()
        kept = work.execute(
            sa.text("SELECT CAST(content AS TEXT), CAST(answer AS TEXT) FROM telegram_updates")
        ).one()
    assert row.sender_id is None
    assert set(kept) <= {None, "null"}


async def test_the_conversation_is_in_the_log_with_its_channel(telegram: FakeTelegram) -> None:
    telegram.types("ik wil graag lassen")
    await telegram.until_texts(1)
    await telegram.until(lambda: waiting_updates() == 0)

    history = chatlog.history("telegram-7")
    assert history[0]["text"] == "ik wil graag lassen"
    with store.session(writes=False) as work:
        assert work.get_one(store.Conversation, "telegram-7").channel == "telegram"


class TestCommands:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("/stop", "/stop"),
            ("/privacy", "/ask_privacy"),
            ("/help@leerwijzer_bot", "/ask_capabilities"),
            ("/HELP", "/ask_capabilities"),
        ],
    )
    async def test_a_command_is_what_the_client_means(
        self, telegram: FakeTelegram, rasa: FakeRasa, given: str, expected: str
    ) -> None:
        telegram.types(given)
        await telegram.until_texts(1)

        assert rasa.said() == [expected]

    @pytest.mark.parametrize("given", ["/action_listen", "/restart now", '/inform{"name": "x"}'])
    async def test_any_other_is_plain_text(
        self, telegram: FakeTelegram, rasa: FakeRasa, given: str
    ) -> None:
        telegram.types(given)
        await telegram.until_texts(1)

        assert not rasa.said()[0].startswith("/")

    async def test_the_menu_and_description_are_set_once(self, telegram: FakeTelegram) -> None:
        await telegram.until(lambda: "commands" in telegram.kept)
        names = [command["command"] for command in telegram.kept["commands"]]
        assert {"start", "stop", "privacy", "help"} <= set(names)
        assert telegram.kept["description"] == texts.profile("description")
        telegram.calls.clear()
        async with web_process():
            pass

        assert telegram.asked("setMyCommands") == []


class TestOtherContent:
    @pytest.mark.parametrize(
        ("content", "notice"),
        [
            ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, "voice"),
            (
                {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]},
                "picture",
            ),
            ({"document": {"file_id": "f", "file_unique_id": "u"}}, "document"),
            (
                {
                    "sticker": {
                        "file_id": "f",
                        "file_unique_id": "u",
                        "type": "regular",
                        "width": 9,
                        "height": 9,
                        "is_animated": False,
                        "is_video": False,
                    }
                },
                "sticker",
            ),
            (
                {
                    "video": {
                        "file_id": "f",
                        "file_unique_id": "u",
                        "width": 9,
                        "height": 9,
                        "duration": 3,
                    }
                },
                "video",
            ),
            ({"dice": {"emoji": "🎲", "value": 4}}, "other"),
            ({"location": {"latitude": 48.85, "longitude": 2.35}}, "place_unknown"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    async def test_what_is_no_text_gets_a_sensible_answer(
        self, telegram: FakeTelegram, rasa: FakeRasa, content: dict[str, object], notice: str
    ) -> None:
        telegram.sends(**content)
        arrived = await telegram.until_texts(1)

        assert arrived[0] in ways(notice)
        assert rasa.said() == []

    async def test_the_same_notice_is_not_said_twice_in_a_row(self, telegram: FakeTelegram) -> None:
        for number in (1, 2):
            telegram.sends(voice={"file_id": "f", "file_unique_id": "u", "duration": 3})
            await telegram.until_texts(number)

        first, second = telegram.texts()
        assert first != second

    async def test_an_album_is_answered_once(self, telegram: FakeTelegram, rasa: FakeRasa) -> None:
        rasa.held = True
        telegram.types("kijk")
        for _ in range(4):
            photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
            telegram.sends(photo=[photo], media_group_id="1")
        await all_taken_on(telegram)
        rasa.held = False
        await telegram.until(lambda: waiting_updates() == 0 and len(telegram.texts()) >= 2)

        assert len(telegram.texts()) == 2

    async def test_a_caption_is_what_the_client_says(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
        telegram.sends(photo=[photo], caption="dit wil ik leren")
        await telegram.until_texts(1)

        assert rasa.said() == ["dit wil ik leren"]

    async def test_a_shared_contact_is_a_phone_number(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        telegram.sends(contact={"phone_number": "32470112233", "first_name": "Amina"})
        arrived = await telegram.until_texts(1)

        assert "+32470112233" in arrived[0]
        assert rasa.said() == ["Mijn nummer is +32470112233"]

    async def test_a_shared_place_is_a_municipality(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        telegram.sends(location={"latitude": 50.965, "longitude": 5.5})
        arrived = await telegram.until_texts(1)

        assert arrived[0].startswith("📍 3600 Genk"), "what was read stands above the answer"
        assert "Je zei:" in arrived[0]
        assert rasa.said() == ["Ik woon in 3600 Genk"]

    async def test_what_telegram_itself_notes_gets_no_answer(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        telegram.sends(delete_chat_photo=True)
        telegram.update(poll_answer={"poll_id": "1"})
        telegram.update(message={"nonsense": True})
        telegram.types("dag")
        await telegram.until_texts(1)
        await telegram.until(lambda: waiting_updates() == 0)

        assert len(telegram.texts()) == 1
        assert rasa.said() == ["dag"]

    async def test_an_empty_text_gets_a_kind_word(self, telegram: FakeTelegram) -> None:
        telegram.types("\u200b")
        arrived = await telegram.until_texts(1)

        assert arrived[0] in ways("empty")

    async def test_a_very_long_text_is_answered_shortly(self, telegram: FakeTelegram) -> None:
        telegram.types("lang " * 800)
        arrived = await telegram.until_texts(1)

        assert "veel tekst" in arrived[0]


class TestEdited:
    async def test_an_edited_answer_offers_to_change_it(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        said = telegram.types("3060")
        await telegram.until_texts(1)
        telegram.update(edited_message={**said["message"], "text": "3600", "edit_date": 1})
        arrived = await telegram.until_texts(2)
        assert arrived[1] in ways("edited")
        telegram.taps(telegram.last(), texts.notice("edited_change"))
        await telegram.until_texts(3)

        assert rasa.said() == ["3060", "/correct_answer"]

    async def test_an_edit_without_another_text_is_nothing(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        said = telegram.types("3600")
        await telegram.until_texts(1)
        telegram.update(edited_message={**said["message"], "edit_date": 1})
        telegram.types("dag")
        await telegram.until_texts(2)

        assert rasa.said() == ["3600", "dag"]

    async def test_a_message_that_waits_is_read_as_edited(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        rasa.held = True
        telegram.types("dag")
        await telegram.until(lambda: len(rasa.received) == 1)
        said = telegram.types("ik wil lasen")
        telegram.update(edited_message={**said["message"], "text": "ik wil lassen", "edit_date": 1})
        await all_taken_on(telegram)
        rasa.held = False
        await telegram.until(lambda: waiting_updates() == 0 and len(telegram.texts()) >= 2)

        assert rasa.said() == ["dag", "ik wil lassen"]
        assert len(telegram.texts()) == 2


class TestGroups:
    async def test_a_group_is_told_once_and_left(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        for text in ("dag", "hallo bot", "/start"):
            telegram.update(message=telegram.message(-100200, "supergroup", text=text))
        await telegram.until(lambda: waiting_updates() == 0 and telegram.texts(-100200) != [])

        assert telegram.texts(-100200) == [texts.notice("group")]
        assert telegram.asked("leaveChat")
        assert rasa.said() == []

    async def test_being_added_to_a_group_is_refused(self, telegram: FakeTelegram) -> None:
        user = {"id": 5, "is_bot": False, "first_name": "A"}
        me = {"id": 4242, "is_bot": True, "first_name": "L"}
        telegram.update(
            my_chat_member={
                "chat": {"id": -55, "type": "group", "title": "Klas"},
                "from": user,
                "date": 1_790_000_000,
                "old_chat_member": {"status": "left", "user": me},
                "new_chat_member": {"status": "member", "user": me},
            }
        )
        await telegram.until(lambda: telegram.asked("leaveChat") != [])

        assert telegram.texts(-55) == [texts.notice("group")]

    async def test_who_blocks_the_bot_has_left(self, telegram: FakeTelegram) -> None:
        telegram.types("dag")
        await telegram.until_texts(1)
        user = {"id": 7, "is_bot": False, "first_name": "A"}
        me = {"id": 4242, "is_bot": True, "first_name": "L"}
        telegram.update(
            my_chat_member={
                "chat": {"id": 7, "type": "private", "first_name": "A"},
                "from": user,
                "date": 1_790_000_000,
                "old_chat_member": {"status": "member", "user": me},
                "new_chat_member": {"status": "kicked", "user": me, "until_date": 0},
            }
        )

        def is_over() -> bool:
            with store.session(writes=False) as work:
                return work.get_one(store.Conversation, "telegram-7").over_at is not None

        await telegram.until(is_over)


class TestTrouble:
    async def test_a_client_who_blocked_the_bot_is_not_tried_again(
        self, telegram: FakeTelegram
    ) -> None:
        telegram.troubles["sendMessage"] = [trouble(403, "Forbidden: bot was blocked by the user")]
        telegram.types("/start")
        await telegram.until(lambda: telegram.troubles["sendMessage"] == [])
        await telegram.until(lambda: waiting_updates() == 0)

        assert telegram.texts() == []

    async def test_a_flood_limit_is_waited_out_in_order(self, telegram: FakeTelegram) -> None:
        telegram.troubles["sendMessage"] = [trouble(429, "Too Many Requests", retry_after=1)]
        telegram.types(TWO)
        arrived = await telegram.until_texts(2)

        assert arrived[0].startswith("<b>1. ")
        assert arrived[1].startswith("Wil je hierover")

    @pytest.mark.parametrize("status", [500, 502, 504])
    async def test_a_failing_telegram_loses_nothing(
        self, telegram: FakeTelegram, rasa: FakeRasa, status: int
    ) -> None:
        telegram.troubles["getUpdates"] = [trouble(status, "x")] * 2
        telegram.troubles["sendMessage"] = [trouble(status, "x")] * 2
        telegram.types(TWO)
        arrived = await telegram.until_texts(2)

        assert len(arrived) == 2
        assert rasa.said() == [TWO], "handled once, however often it is sent"

    async def test_a_text_that_telegram_refuses_stops_nothing(self, telegram: FakeTelegram) -> None:
        telegram.troubles["sendMessage"] = [trouble(400, "Bad Request: can't parse entities")]
        telegram.types(TWO)
        arrived = await telegram.until_texts(1)

        assert arrived[0].startswith("Wil je hierover")

    async def test_a_rasa_that_is_away_answers_later(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        rasa.broken = True
        telegram.types("ik wil lassen")
        telegram.types("of schilderen")
        await asyncio.sleep(0.7)
        assert telegram.texts() == []
        rasa.broken = False

        arrived = await telegram.until_texts(2)

        assert "lassen" in arrived[0]
        assert "schilderen" in arrived[1]

    async def test_an_action_server_that_is_away_loses_nothing(
        self, telegram: FakeTelegram, rasa: FakeRasa
    ) -> None:
        rasa.actions_away = True
        telegram.types("ik wil lassen")
        await telegram.until(lambda: rasa.said() == ["ik wil lassen"])
        await asyncio.sleep(0.7)
        assert telegram.texts() == []
        rasa.actions_away = False

        assert "lassen" in (await telegram.until_texts(1))[0]

    async def test_who_waits_long_is_told_once(
        self, telegram: FakeTelegram, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.channels.telegram.worker.AWAY_AFTER", 0.2)
        monkeypatch.setattr("bot.channels.telegram.worker.TYPING_EVERY", 0.1)
        rasa.broken = True
        telegram.types("ik wil lassen")
        arrived = await telegram.until_texts(1)
        await asyncio.sleep(0.5)
        assert arrived[0] in ways("away")
        rasa.broken = False
        arrived = await telegram.until_texts(2)

        assert "lassen" in arrived[1]
        assert len(arrived) == 2

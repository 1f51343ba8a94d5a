"""The benchmark of the channels: its clients lose nothing and see it when something is lost."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from benchmarks import channels, people
from bot.channels.app import create_app
from bot.settings import settings
from tests.channels.conftest import configured, rasa, rasa_server
from tests.channels.fake_rasa import CARDS, FakeRasa
from tests.channels.serving import Serving
from tests.channels.telegram.conftest import web_process
from tests.channels.telegram.fake_telegram import TOKEN

__all__ = ["configured", "rasa", "rasa_server"]


@pytest.fixture
def address(configured: None) -> Iterator[str]:
    """The chat API on a real port."""
    server = Serving(create_app())
    server.start()
    yield f"{server.url}/api/chat"
    server.stop()


async def talk(address: str, number: int) -> people.WidgetPerson:
    async with people.connections() as http:
        person = people.WidgetPerson(address, http, number)
        await person.talk()
        assert await person.whole()
    return person


async def test_a_client_holds_the_whole_conversation(address: str, rasa: FakeRasa) -> None:
    person = await talk(address, number=1)

    assert rasa.said() == ["/greet", *people.SCRIPT[1:]]
    assert len(person.seconds) == len(people.SCRIPT)
    assert person.again == 0


async def test_a_client_who_loses_an_answer_sends_again_and_is_handled_once(
    address: str, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PAUSES", (0.01,))
    rasa.delay = 0.1
    person = await talk(address, number=0)

    assert person.again >= 1
    assert rasa.said() == ["/greet", *people.SCRIPT[1:]]


@pytest.mark.parametrize("change", ["lost", "twice", "order", "unanswered"])
async def test_what_is_lost_doubled_or_out_of_order_is_seen(
    address: str, rasa: FakeRasa, change: str
) -> None:
    async with people.connections() as http:
        person = people.WidgetPerson(address, http, 1)
        await person.talk()
        answers = person._answers
        if change == "lost":
            del answers[3]
        elif change == "twice":
            answers.insert(3, answers[3])
        elif change == "order":
            answers[3], answers[4] = answers[4], answers[3]
        else:
            answers[3][2].clear()

        assert not await person.whole()


@pytest.mark.parametrize("change", ["nothing", "lost", "twice", "order", "shortened"])
async def test_a_chat_on_telegram_sees_what_is_lost_doubled_or_out_of_order(
    rasa: FakeRasa, configured: None, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    chats = people.Chats()
    chats.start()
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_API", chats.url)
    # No two answers are alike: backwards is another order.
    monkeypatch.setattr(people, "SCRIPT", ("weet ik niet", CARDS, "arabisch"))
    settings.cache_clear()
    person = people.TelegramPerson(chats, 7)
    tracker = f"{rasa.url}/conversations/{{}}/tracker?include_events=NONE"
    async with web_process(), people.connections() as http:
        await person.talk()
        if change == "lost":
            chats.calls.remove(("sendMessage", chats.asked("sendMessage")[1]))
        elif change == "twice":
            chats.calls.append(("sendMessage", chats.last()))
        elif change == "order":
            chats.calls.reverse()
        elif change == "shortened":
            chats.last()["text"] = "Wat?"
        whole = await person.whole(SimpleNamespace(tracker=tracker), http)
    chats.stop()

    assert whole is (change == "nothing")
    assert len(person.seconds) == 3


def test_rounds_are_taken_together_and_weighed() -> None:
    stock = [1.0] * 20
    first, second = ({"telegram": [one], "widget": [two]} for one, two in ((1.0, 2.0), (1.2, 1.0)))
    one = channels.Load("both", stock, 4.0, first, 5.0, 2, 2, 1, messages=1, refused=0)
    two = channels.Load("both", stock, 4.0, second, 5.0, 1, 2, 0, messages=2, refused=4)

    both = one + two
    page = channels.page([both])

    assert both.ours == {"telegram": [1.0, 1.2], "widget": [2.0, 1.0]}
    assert both.ratio > channels.TARGET
    assert not both.good
    assert "| 1 Telegram and 1 widget | 4 | 1000 | 1000 |" in page
    assert "| 3 of 4 |" in page
    assert "Of 3 messages here 4 were refused; the bot sent 1.50 for each answer." in page

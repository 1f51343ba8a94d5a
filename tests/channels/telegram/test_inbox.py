"""The inbox: each update once, in order, and gone when it is answered."""

import concurrent.futures
import datetime as dtm
from typing import Any

import sqlalchemy as sa

from bot import store
from bot.channels.telegram import inbox
from bot.intake import retention

NOW = dtm.datetime(2026, 11, 22, 9, 30, tzinfo=dtm.timezone.utc)


def keep(number: int, sender_id: str = "telegram-7", now: dtm.datetime = NOW) -> int:
    content: dict[str, Any] = {"update_id": number, "message": {"text": f"geheim {number}"}}
    return inbox.keep([(sender_id, content)], now=now)


def numbers() -> list[int]:
    found = [inbox.load(row) for row, _ in inbox.waiting()]
    return [one.content["update_id"] for one in found if one]


def test_each_number_is_kept_once_in_the_order_of_coming(any_database: str) -> None:
    assert [keep(number) for number in (5, 3, 5, 9)] == [1, 1, 0, 1]

    assert numbers() == [5, 3, 9]


def test_two_processes_at_once_keep_it_once(any_database: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(keep, [42] * 6))

    assert sum(kept) == 1
    assert numbers() == [42]


def test_what_is_answered_leaves_only_its_number(any_database: str) -> None:
    keep(5)
    ((row, sender_id),) = inbox.waiting()
    inbox.answered(row, [{"text": "geheim antwoord"}])
    inbox.sent(row, 1)
    waiting = inbox.load(row)
    assert waiting is not None
    assert (waiting.answer, waiting.sent) == ([{"text": "geheim antwoord"}], 1)
    inbox.finish(row, now=NOW)

    assert inbox.load(row) is None
    assert inbox.waiting() == []
    assert keep(5) == 0, "its number is still known"
    with store.session(writes=False) as work:
        left = work.execute(
            sa.text("SELECT sender_id, CAST(content AS TEXT), CAST(answer AS TEXT)"
                    " FROM telegram_updates")
        ).one()  # fmt: skip
    assert left == (None, None, None)
    assert sender_id == "telegram-7"


def test_old_numbers_are_forgotten(any_database: str) -> None:
    keep(5)
    keep(6)
    inbox.finish(inbox.waiting()[0][0], now=NOW)
    inbox.purge(NOW + dtm.timedelta(days=1))
    assert keep(5) == 0
    inbox.purge(NOW + dtm.timedelta(days=2, hours=1))
    assert numbers() == [6]
    inbox.purge(NOW + dtm.timedelta(days=4))

    assert numbers() == []


def test_a_group_is_told_once(any_database: str) -> None:
    assert inbox.is_first_in_group(-1001234567890123, now=NOW)
    assert not inbox.is_first_in_group(-1001234567890123, now=NOW)


def test_who_is_wiped_is_wiped_here_too(any_database: str) -> None:
    keep(5)
    keep(6, "telegram-8")
    assert "geheim 5" in str(retention.export("telegram-7"))

    assert retention.wipe("telegram-7")

    assert retention.export("telegram-7") == {}
    assert numbers() == [6]
    assert keep(5) == 0

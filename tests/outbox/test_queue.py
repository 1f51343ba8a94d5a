"""The queue on each kind of database: once for each message, whatever happens to processes."""

import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import outbox, store
from tests.outbox.conftest import NOW, Queue

pytestmark = pytest.mark.usefixtures("any_database")

MINUTE = dtm.timedelta(minutes=1)
NIGHT = dtm.datetime(2026, 11, 23, 21, 0, tzinfo=dtm.timezone.utc)
"""22 o'clock in Brussels."""


def row() -> store.OutgoingMessage:
    with store.session(writes=False) as work:
        return work.scalars(sa.select(store.OutgoingMessage)).one()


def test_a_message_is_claimed_once_and_sent_once(queue: Queue) -> None:
    queue(buttons=[outbox.Button("Ik kom", "/x", "https://x.example")])
    (message,) = outbox.claim("mail", now=NOW)
    assert message.buttons == (outbox.Button("Ik kom", "/x", "https://x.example"),)
    assert outbox.claim("mail", now=NOW) == []
    assert outbox.handing_over(message, now=NOW)
    outbox.sent(message, now=NOW)
    outbox.tidy(NOW + dtm.timedelta(hours=1))

    assert outbox.claim("mail", now=NOW + dtm.timedelta(hours=1)) == []
    assert row().state == "sent"


def test_what_went_out_keeps_neither_text_nor_address(queue: Queue) -> None:
    queue(text="Dag Fatima", calendar="BEGIN:VCALENDAR")
    (message,) = outbox.claim("mail", now=NOW)
    outbox.handing_over(message, now=NOW)
    outbox.sent(message, now=NOW)

    kept = row()
    assert (kept.text, kept.address, kept.subject, kept.calendar) == ("", "", "", None)
    outbox.tidy(NOW + dtm.timedelta(days=31))
    with store.session(writes=False) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(store.OutgoingMessage)) == 0


def test_each_channel_has_its_own_messages(queue: Queue) -> None:
    queue("4711", channel="telegram")
    assert outbox.claim("mail", now=NOW) == []
    assert [m.address for m in outbox.claim("telegram", now=NOW)] == ["4711"]


def test_a_key_is_queued_once(queue: Queue) -> None:
    assert queue(key="reminder:1:0")
    assert not queue(key="reminder:1:0")
    assert outbox.waiting("mail") == 1


def test_a_process_that_dies_before_handing_over_leaves_the_message_to_the_next(
    queue: Queue,
) -> None:
    queue()
    (dead,) = outbox.claim("mail", now=NOW)
    outbox.tidy(NOW + MINUTE)
    assert outbox.claim("mail", now=NOW + MINUTE) == []
    outbox.tidy(NOW + 2 * MINUTE)
    (again,) = outbox.claim("mail", now=NOW + 2 * MINUTE)
    assert again.message_id == dead.message_id

    assert not outbox.handing_over(dead, now=NOW + 2 * MINUTE), "it lives after all, too late"
    outbox.sent(dead, now=NOW + 2 * MINUTE)
    assert row().state == "claimed"


def test_a_process_that_dies_after_handing_over_leaves_an_unknown_outcome(queue: Queue) -> None:
    queue()
    (message,) = outbox.claim("mail", now=NOW)
    outbox.handing_over(message, now=NOW)
    outbox.tidy(NOW + 3 * MINUTE)

    assert outbox.claim("mail", now=NOW + dtm.timedelta(days=1)) == []
    assert row().state == "unknown"


def test_a_lease_that_ran_out_is_not_handed_over(queue: Queue) -> None:
    queue()
    (message,) = outbox.claim("mail", now=NOW)
    assert not outbox.handing_over(message, now=NOW + 3 * MINUTE)


def test_pauses_grow_with_each_failure(queue: Queue) -> None:
    queue()
    now, pauses = NOW, []
    for _ in range(9):
        (message,) = outbox.claim("mail", now=now)
        outbox.try_later(message, now=now, problem="451")
        pauses.append(int((row().next_try_at - now) / MINUTE))
        assert outbox.claim("mail", now=now) == []
        now = row().next_try_at

    assert pauses == [1, 2, 5, 15, 30, 60, 120, 240, 240]
    assert row().problem == "451"


def test_a_refused_message_is_not_tried_again(queue: Queue) -> None:
    queue()
    (message,) = outbox.claim("mail", now=NOW)
    outbox.refused(message, now=NOW, problem="550")
    assert outbox.claim("mail", now=NOW + dtm.timedelta(days=1)) == []
    assert (row().state, row().problem) == ("refused", "550")


def test_what_expired_is_dropped(queue: Queue) -> None:
    queue(expires_at=NOW + MINUTE)
    assert outbox.claim("mail", now=NOW + MINUTE) == []
    outbox.tidy(NOW + MINUTE)
    assert row().state == "dropped"


def test_what_can_wait_does_not_go_out_at_night(queue: Queue) -> None:
    queue(daytime_only=True, now=NIGHT)
    assert outbox.claim("mail", now=NIGHT) == []
    morning = outbox.daytime(NIGHT)
    assert morning == dtm.datetime(2026, 11, 24, 7, 0, tzinfo=dtm.timezone.utc)
    assert len(outbox.claim("mail", now=morning)) == 1


@pytest.mark.parametrize(
    ("hour", "expected"), [(7, False), (8, False), (20, True), (6, True), (23, True), (12, False)]
)
def test_night_is_from_21_to_8_in_brussels(hour: int, expected: bool) -> None:
    assert outbox.is_night(NOW.replace(hour=hour, minute=0)) is expected


def test_withdrawn_messages_are_gone_even_when_claimed(queue: Queue, appointment: int) -> None:
    queue(appointment_id=appointment)
    (message,) = outbox.claim("mail", now=NOW)
    with store.session() as work:
        assert outbox.withdraw(work, appointment, now=NOW) == 1

    assert not outbox.handing_over(message, now=NOW)
    assert row().state == "dropped"
    with store.session() as work:
        work.execute(sa.delete(store.Appointment))
    with store.session(writes=False) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(store.OutgoingMessage)) == 0

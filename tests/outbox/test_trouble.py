"""What people should know of: refused, unsure, stuck, too late; and sending it again."""

import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import outbox, store
from tests.outbox.conftest import NOW, Queue

pytestmark = pytest.mark.usefixtures("any_database")

MINUTE = dtm.timedelta(minutes=1)
NIGHT = dtm.datetime(2026, 11, 23, 21, 0, tzinfo=dtm.timezone.utc)
"""22 o'clock in Brussels."""


def told(now: dtm.datetime = NOW) -> list[str]:
    """The states of what is in trouble."""
    with store.session(writes=False) as work:
        return list(
            work.scalars(sa.select(store.OutgoingMessage.state).where(outbox.in_trouble(now)))
        )


def again(now: dtm.datetime = NOW, address: str | None = None) -> bool:
    with store.session() as work:
        return outbox.again(work, 1, now=now, address=address)


def claimed() -> outbox.Outgoing:
    (message,) = outbox.claim("mail", now=NOW)
    return message


def test_what_went_out_or_just_came_is_no_trouble(queue: Queue) -> None:
    queue()
    assert told(NOW + 15 * MINUTE) == []
    message = claimed()
    outbox.handing_over(message, now=NOW)
    outbox.sent(message, now=NOW)
    assert told(NOW + 60 * MINUTE) == []
    assert not again()


def test_what_waits_long_is_told_but_not_when_it_waits_for_the_morning(queue: Queue) -> None:
    queue(now=NIGHT, daytime_only=True)
    assert told(NIGHT + 60 * MINUTE) == []
    assert told(outbox.daytime(NIGHT) + MINUTE) == ["waiting"]


def test_a_refused_message_goes_out_again_to_the_address_of_now(queue: Queue) -> None:
    queue("wrong@example.com", text="Dag Fatima")
    outbox.refused(claimed(), now=NOW, problem="550")
    assert told() == ["refused"]
    assert again(address="right@example.com")
    assert told() == []
    message = claimed()
    assert (message.address, message.text, message.attempts) == (
        "right@example.com",
        "Dag Fatima",
        0,
    )


def test_an_unsure_message_goes_out_again_only_when_somebody_says_so(queue: Queue) -> None:
    queue()
    message = claimed()
    outbox.handing_over(message, now=NOW)
    outbox.unknown(message, now=NOW, problem="TimeoutError")
    assert told() == ["unknown"]
    assert outbox.claim("mail", now=NOW + 60 * MINUTE) == []
    assert again()
    assert claimed().message_id == message.message_id, "who got it twice can tell"


def test_what_makes_no_sense_any_more_is_wiped_and_not_sent(queue: Queue) -> None:
    queue(expires_at=NOW + 30 * MINUTE)
    outbox.refused(claimed(), now=NOW, problem="550")
    later = NOW + 31 * MINUTE
    assert not again(later)
    outbox.tidy(later)
    with store.session(writes=False) as work:
        row = work.scalars(sa.select(store.OutgoingMessage)).one()
    assert (row.state, row.address, row.text) == ("refused", "", "")
    assert told(later) == []


def test_what_could_not_go_out_in_time_is_told_for_some_days(queue: Queue) -> None:
    queue(expires_at=NOW + MINUTE)
    outbox.tidy(NOW + MINUTE)
    assert told(NOW + 2 * MINUTE) == ["dropped"]
    assert told(NOW + dtm.timedelta(days=4)) == []
    assert not again(NOW + 2 * MINUTE)


def test_messages_about_an_appointment_that_changed_are_nobodys_trouble(
    queue: Queue, appointment: int
) -> None:
    queue(appointment_id=appointment)
    outbox.refused(claimed(), now=NOW, problem="550")
    with store.session() as work:
        assert outbox.unreached(work, [appointment, 99]) == {appointment}
        outbox.withdraw(work, appointment, now=NOW)
        assert outbox.unreached(work, [appointment]) == set()
    assert told() == []

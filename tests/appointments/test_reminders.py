"""Reminders: when they are due, each once, never at night, gone with the appointment."""

import concurrent.futures
import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import appointments, outbox, store
from bot.appointments import reminders
from tests.appointments.conftest import NOW, MakeCounsellor

TUESDAY_TEN = dtm.datetime(2026, 11, 24, 9, 0, tzinfo=dtm.timezone.utc)
"""10 o'clock in Brussels."""
HOUR = dtm.timedelta(hours=1)


def brussels(text: str) -> dtm.datetime:
    return dtm.datetime.fromisoformat(text).replace(tzinfo=outbox.night.LOCAL)


@pytest.mark.parametrize(
    ("kind", "starts", "due"),
    [
        ("reminder_day", "2026-11-24T10:00", "2026-11-23T10:00"),
        ("reminder_day", "2026-11-24T21:30", "2026-11-24T08:00"),  # at night: next morning
        ("reminder_day", "2026-11-24T07:00", "2026-11-23T08:00"),
        ("reminder_day", "2027-03-28T10:00", "2027-03-27T10:00"),  # 23 hours, summer time begins
        ("reminder_day", "2027-10-31T10:00", "2027-10-30T10:00"),  # 25 hours, it ends
        ("reminder_hours", "2026-11-24T14:00", "2026-11-24T12:00"),
        ("reminder_hours", "2026-11-24T09:15", "2026-11-24T08:00"),
        ("reminder_hours", "2026-11-24T08:30", "2026-11-23T20:00"),  # 8 o'clock is too late
    ],
)
def test_when_a_reminder_is_due(kind: str, starts: str, due: str) -> None:
    found = reminders.due_at(kind, brussels(starts).astimezone(dtm.timezone.utc))
    assert found == brussels(due)
    assert not outbox.is_night(found)


@pytest.fixture
def counsellor(any_database: str, make_counsellor: MakeCounsellor) -> int:
    return make_counsellor(hours=((1, 9 * 60, 17 * 60),))


def book(
    counsellor: int,
    start: dtm.datetime = TUESDAY_TEN,
    *,
    sender: str = "web-1",
    email: str | None = "fatima@example.com",
    now: dtm.datetime = NOW - 24 * HOUR,
) -> appointments.Booking:
    slot = appointments.Slot(counsellor, start, start + dtm.timedelta(minutes=45))
    return appointments.book(
        slot,
        sender_id=sender,
        intake_id=None,
        leerwinkel="genk",
        name="Fatima El Amrani",
        phone=None,
        email=email,
        now=now,
    )


def queued() -> list[store.OutgoingMessage]:
    with store.session(writes=False) as work:
        return list(
            work.scalars(
                sa.select(store.OutgoingMessage)
                .where(store.OutgoingMessage.kind.startswith("reminder"))
                .order_by(store.OutgoingMessage.id)
            )
        )


def kinds() -> list[str]:
    return [row.kind for row in queued()]


def test_a_reminder_the_day_before_and_one_two_hours_before(counsellor: int) -> None:
    booking = book(counsellor)
    reminders.plan(TUESDAY_TEN - 25 * HOUR)
    assert kinds() == []
    reminders.plan(TUESDAY_TEN - 24 * HOUR)
    reminders.plan(TUESDAY_TEN - 23 * HOUR)
    assert kinds() == ["reminder_day"]
    reminders.plan(TUESDAY_TEN - 2 * HOUR)
    reminders.plan(TUESDAY_TEN - HOUR)
    assert kinds() == ["reminder_day", "reminder_hours"]

    first = queued()[0]
    assert (first.channel, first.address) == ("mail", "fatima@example.com")
    assert "Morgen is je afspraak: dinsdag 24 november om 10 uur." in first.text
    assert "Fatima" not in first.subject
    link = appointments.link_for(booking)
    assert [(b["title"], b["url"]) for b in first.buttons] == [
        ("Ik kom", f"{link}?doe=kom"),
        ("Een ander moment", f"{link}?doe=verzet"),
        ("Ik kan niet komen", f"{link}?doe=schrap"),
    ]
    assert all(len(b["payload"].encode()) <= 64 for b in first.buttons), "Telegram's limit"


def test_a_client_of_telegram_is_reminded_there(counsellor: int) -> None:
    book(counsellor, sender="telegram-4711", email=None)
    reminders.plan(TUESDAY_TEN - 24 * HOUR)
    assert [(row.channel, row.address) for row in queued()] == [("telegram", "4711")]


def test_who_left_only_a_phone_number_is_not_reminded(counsellor: int) -> None:
    assert not book(counsellor, email=None).reminded
    assert reminders.plan(TUESDAY_TEN - 24 * HOUR) == 0


def test_nothing_is_planned_at_night(counsellor: int) -> None:
    book(counsellor)
    assert reminders.plan(brussels("2026-11-23T22:00")) == 0
    assert reminders.plan(brussels("2026-11-24T07:59")) == 0
    assert reminders.plan(brussels("2026-11-24T08:00")) == 1


def test_after_a_standstill_the_late_reminder_still_goes_while_it_is_true(
    counsellor: int,
) -> None:
    book(counsellor)
    reminders.plan(brussels("2026-11-23T20:59"))
    assert kinds() == ["reminder_day"]


def test_on_the_day_itself_nobody_says_tomorrow(counsellor: int) -> None:
    book(counsellor)
    reminders.plan(brussels("2026-11-24T08:01"))
    assert kinds() == ["reminder_hours"]


def test_who_just_booked_is_not_reminded_of_it(counsellor: int) -> None:
    book(counsellor, now=TUESDAY_TEN - 23 * HOUR - HOUR / 2)
    reminders.plan(TUESDAY_TEN - 23 * HOUR)
    assert kinds() == []


def test_a_cancelled_appointment_is_not_reminded_and_takes_queued_ones_back(
    counsellor: int,
) -> None:
    booking = book(counsellor)
    reminders.plan(TUESDAY_TEN - 24 * HOUR)
    (waiting,) = (
        m for m in outbox.claim("mail", now=TUESDAY_TEN - 24 * HOUR) if m.kind == "reminder_day"
    )
    appointments.cancel(booking.id, now=TUESDAY_TEN - 24 * HOUR)

    assert not outbox.handing_over(waiting, now=TUESDAY_TEN - 24 * HOUR)
    reminders.plan(TUESDAY_TEN - 2 * HOUR)
    assert kinds() == ["reminder_day"]
    assert queued()[0].state == "dropped"


def test_a_moved_appointment_is_reminded_at_its_new_time(counsellor: int) -> None:
    booking = book(counsellor)
    reminders.plan(TUESDAY_TEN - 24 * HOUR)
    week = dtm.timedelta(weeks=1)
    start = TUESDAY_TEN + week
    slot = appointments.Slot(counsellor, start, start + dtm.timedelta(minutes=45))
    appointments.move(booking.id, slot, now=TUESDAY_TEN - 20 * HOUR)
    reminders.plan(TUESDAY_TEN - 2 * HOUR)
    assert [row.state for row in queued()] == ["dropped"]
    reminders.plan(start - 24 * HOUR)

    assert "dinsdag 1 december om 10 uur" in queued()[-1].text


def test_several_processes_plan_each_reminder_once(counsellor: int) -> None:
    for number in range(6):
        book(counsellor, TUESDAY_TEN + number * HOUR, sender=f"web-{number}")
    now = TUESDAY_TEN + 5 * HOUR - 24 * HOUR
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        planned = sum(pool.map(lambda _: reminders.plan(now), range(6)))

    assert planned == 6
    assert len({row.key for row in queued()}) == len(queued()) == 6

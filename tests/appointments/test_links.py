"""Links die when they are used or when the appointment changes."""

import datetime as dtm

import pytest

from bot import appointments
from bot.appointments import DeadLink, Slot
from bot.appointments.links import token_for
from bot.settings import settings
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("database")
TUESDAY = dtm.datetime(2026, 11, 24, 8, 0, tzinfo=dtm.timezone.utc)


def slot(counsellor: int, hour: int = 8) -> Slot:
    start = TUESDAY.replace(hour=hour)
    return Slot(counsellor, start, start + dtm.timedelta(minutes=45))


@pytest.fixture
def booking(make_counsellor: MakeCounsellor) -> appointments.Booking:
    return appointments.book(
        slot(make_counsellor()), sender_id="web-1", intake_id=None, leerwinkel="genk", name="F",
        phone=None, email="f@example.com", now=NOW,
    )  # fmt: skip


def test_a_link_opens_its_appointment(booking: appointments.Booking) -> None:
    link = appointments.link_for(booking)
    start, _, token = link.rpartition("/")
    assert start == f"{settings().link_base}/afspraak"
    assert appointments.opened(token, now=NOW) == (booking, "web-1")


@pytest.mark.parametrize("change", ["move", "cancel", "over", "secret"])
def test_a_link_dies(
    booking: appointments.Booking, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, now = token_for(booking), NOW
    match change:
        case "move":
            moved = appointments.move(booking.id, slot(booking.counsellor_id, 9), now=NOW)
            appointments.move(booking.id, slot(booking.counsellor_id, 8), now=NOW)
            assert moved.sequence == 1
        case "cancel":
            appointments.cancel(booking.id, now=NOW)
        case "over":
            now = booking.ends_at
        case _:
            monkeypatch.setenv("LEERWIJZER_SECRET", "another" * 6)
            settings.cache_clear()

    with pytest.raises(DeadLink):
        appointments.opened(token, now=now)


def test_saying_that_one_comes_leaves_the_link_alive(booking: appointments.Booking) -> None:
    appointments.confirm(booking.id, now=NOW)
    found, _ = appointments.opened(token_for(booking), now=NOW)
    assert found.confirmed


@pytest.mark.parametrize(
    "token", ["", "1", "1-", "1-AAAAAAAAAAAAAAAAAAAAAA", "x-y", "²-a", "99999999999999-a", "1-é"]
)
def test_what_is_no_link_of_ours_is_dead(booking: appointments.Booking, token: str) -> None:
    with pytest.raises(DeadLink):
        appointments.opened(token, now=NOW)


def test_a_link_is_for_one_appointment(booking: appointments.Booking) -> None:
    other = token_for(booking).replace(f"{booking.id}-", f"{booking.id + 1}-")
    with pytest.raises(DeadLink):
        appointments.opened(other, now=NOW)

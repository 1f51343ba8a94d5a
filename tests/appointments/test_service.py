import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import appointments, store
from bot.appointments import NoSuchAppointment, Slot, SlotTaken
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("any_database")

TUESDAY = dtm.datetime(2026, 11, 24, tzinfo=dtm.timezone.utc)
WEEK = dtm.timedelta(weeks=1)


def slot(counsellor: int, hour: int, minute: int = 0, *, day: dtm.datetime = TUESDAY) -> Slot:
    """A slot by the clock of Brussels, in winter."""
    start = day.replace(hour=hour - 1, minute=minute)
    return Slot(counsellor, start, start + dtm.timedelta(minutes=45))


def book(
    wanted: Slot, sender: str = "web-1", *, leerwinkel: str = "genk", now: dtm.datetime = NOW
) -> appointments.Booking:
    return appointments.book(
        wanted,
        sender_id=sender,
        intake_id=None,
        leerwinkel=leerwinkel,
        name="Fatima",
        phone="+32478123456",
        email=None,
        now=now,
    )


def taken() -> set[tuple[int, dtm.datetime]]:
    with store.session(writes=False) as work:
        rows = work.scalars(sa.select(store.OccupiedQuarter)).all()
        return {(row.counsellor_id, row.starts_at) for row in rows}


def starts(**kwargs: object) -> list[str]:
    found = appointments.free_slots("genk", now=NOW, limit=100, **kwargs)  # type: ignore[arg-type]
    return [appointments.local(s.starts_at).strftime("%d/%m %H:%M") for s in found]


def test_free_slots_begin_a_day_ahead_and_end_after_six_weeks(
    make_counsellor: MakeCounsellor,
) -> None:
    make_counsellor(hours=tuple((day, 10 * 60, 10 * 60 + 45) for day in range(7)))
    found = starts()
    assert found[0] == "23/11 10:00"
    assert found[-1] == "02/01 10:00"
    assert "25/12 10:00" not in found
    assert "01/01 10:00" not in found


def test_free_slots_keep_to_after_and_before(make_counsellor: MakeCounsellor) -> None:
    make_counsellor()
    after, before = TUESDAY.replace(hour=9), TUESDAY.replace(hour=10)
    assert starts(after=after, before=before) == [
        f"24/11 {t}" for t in ("10:00", "10:15", "10:30", "10:45")
    ]


def test_free_slots_are_of_active_counsellors_of_that_leerwinkel(
    make_counsellor: MakeCounsellor,
) -> None:
    make_counsellor("Wout", "gent")
    make_counsellor("Ria", active=False)
    assert starts() == []
    assert appointments.free_slots("nergens", now=NOW) == []


def test_three_free_slots_are_spread_over_half_days(make_counsellor: MakeCounsellor) -> None:
    make_counsellor(hours=((1, 540, 720), (1, 780, 960), (3, 540, 720)))
    found = appointments.free_slots("genk", now=NOW)
    said = [appointments.say_time(s.starts_at) for s in found]
    assert said == [
        "dinsdag 24 november om 9 uur",
        "dinsdag 24 november om 13 uur",
        "donderdag 26 november om 9 uur",
    ]


def test_the_counsellor_with_fewer_appointments_is_offered(
    make_counsellor: MakeCounsellor,
) -> None:
    first, second = make_counsellor("An"), make_counsellor("Bo")
    assert {s.counsellor_id for s in appointments.free_slots("genk", now=NOW)} == {first}
    book(slot(first, 9))
    assert {s.counsellor_id for s in appointments.free_slots("genk", now=NOW)} == {second}


def test_a_booking_takes_its_quarters_and_is_no_longer_offered(
    make_counsellor: MakeCounsellor,
) -> None:
    an = make_counsellor()
    booking = book(slot(an, 9, 30))
    assert booking.counsellor_first_name == "An"
    assert booking.status == "booked"
    assert len(taken()) == 3
    assert starts(before=TUESDAY.replace(hour=23)) == [
        f"24/11 {t}" for t in ("10:15", "10:30", "10:45", "11:00", "11:15")
    ]


def test_two_clients_cannot_have_overlapping_slots(make_counsellor: MakeCounsellor) -> None:
    an = make_counsellor()
    book(slot(an, 9))
    with pytest.raises(SlotTaken):
        book(slot(an, 9), "web-2")
    with pytest.raises(SlotTaken):
        book(slot(an, 9, 30), "web-2")
    assert book(slot(an, 9, 45), "web-2").status == "booked"


def test_two_counsellors_can_be_booked_at_the_same_time(make_counsellor: MakeCounsellor) -> None:
    first, second = make_counsellor("An"), make_counsellor("Bo")
    book(slot(first, 9))
    assert book(slot(second, 9), "web-2").counsellor_first_name == "Bo"


def test_the_same_client_booking_again_gets_the_same_booking(
    make_counsellor: MakeCounsellor,
) -> None:
    first, second = make_counsellor("An"), make_counsellor("Bo")
    booking = book(slot(first, 9))
    assert book(slot(first, 9)) == booking
    assert book(slot(second, 9)) == booking
    assert len(taken()) == 3


@pytest.mark.parametrize(
    "wanted",
    [
        (9, 5, {}),  # off the grid
        (8, 0, {}),  # before the counsellor comes
        (11, 30, {}),  # would last beyond the hours
        (9, 0, {"day": TUESDAY - WEEK}),  # in the past
        (9, 0, {"day": TUESDAY + 7 * WEEK}),  # beyond six weeks
    ],
)
def test_what_is_not_offered_cannot_be_booked(
    make_counsellor: MakeCounsellor, wanted: tuple[int, int, dict[str, dtm.datetime]]
) -> None:
    hour, minute, more = wanted
    an = make_counsellor()
    with pytest.raises(SlotTaken):
        book(slot(an, hour, minute, **more))
    assert taken() == set()


def test_another_length_or_another_leerwinkel_cannot_be_booked(
    make_counsellor: MakeCounsellor,
) -> None:
    an = make_counsellor()
    ten_hours = Slot(an, slot(an, 9).starts_at, slot(an, 9).starts_at + dtm.timedelta(hours=10))
    with pytest.raises(SlotTaken):
        book(ten_hours)
    with pytest.raises(SlotTaken):
        book(slot(an, 9), leerwinkel="gent")
    with pytest.raises(SlotTaken):
        book(slot(an + 1, 9))


def test_a_slot_that_was_offered_stays_bookable_for_an_hour(
    make_counsellor: MakeCounsellor,
) -> None:
    an = make_counsellor()
    wanted = slot(an, 9)
    lead = dtm.timedelta(hours=24)
    with pytest.raises(SlotTaken):
        book(wanted, now=wanted.starts_at - lead + dtm.timedelta(minutes=61))
    assert book(wanted, now=wanted.starts_at - lead + dtm.timedelta(minutes=59))


def test_an_unknown_intake_is_an_error_and_not_a_taken_slot(
    make_counsellor: MakeCounsellor,
) -> None:
    an = make_counsellor()
    with pytest.raises(sa.exc.IntegrityError):
        appointments.book(
            slot(an, 9),
            sender_id="web-1",
            intake_id=999,
            leerwinkel="genk",
            name="",
            phone=None,
            email=None,
            now=NOW,
        )
    assert taken() == set()


def test_the_booking_of_a_client_is_the_next_that_is_not_over(
    make_counsellor: MakeCounsellor,
) -> None:
    an = make_counsellor()
    late = book(slot(an, 9, day=TUESDAY + WEEK))
    early = book(slot(an, 9))
    assert appointments.booking_of("web-1", now=NOW) == early
    during = early.starts_at + dtm.timedelta(minutes=30)
    assert appointments.booking_of("web-1", now=during) == early
    assert appointments.booking_of("web-1", now=early.ends_at) == late
    assert appointments.booking_of("web-1", now=late.ends_at) is None
    assert appointments.booking_of("web-2", now=NOW) is None


def test_a_cancelled_appointment_frees_its_time(make_counsellor: MakeCounsellor) -> None:
    an = make_counsellor()
    booking = book(slot(an, 9))
    assert appointments.cancel(booking.id, now=NOW).status == "cancelled"
    assert appointments.cancel(booking.id, now=NOW).status == "cancelled"
    assert taken() == set()
    assert appointments.booking_of("web-1", now=NOW) is None
    assert book(slot(an, 9), "web-2").id != booking.id


def test_a_client_can_book_again_what_they_cancelled(make_counsellor: MakeCounsellor) -> None:
    an = make_counsellor()
    booking = book(slot(an, 9))
    appointments.cancel(booking.id, now=NOW)
    assert book(slot(an, 9)).id != booking.id


def test_moving_frees_the_old_time_and_takes_the_new(make_counsellor: MakeCounsellor) -> None:
    an = make_counsellor()
    booking = book(slot(an, 9))
    moved = appointments.move(booking.id, slot(an, 11), now=NOW)
    assert moved.id == booking.id
    assert moved.starts_at == slot(an, 11).starts_at
    assert {start.hour for _, start in taken()} == {10}
    assert book(slot(an, 9), "web-2").status == "booked"


def test_moving_a_quarter_later_may_overlap_the_old_time(make_counsellor: MakeCounsellor) -> None:
    an = make_counsellor()
    booking = book(slot(an, 9))
    appointments.move(booking.id, slot(an, 9, 15), now=NOW)
    assert sorted(start.minute for _, start in taken()) == [15, 30, 45]


def test_moving_to_another_counsellor_at_the_same_time(make_counsellor: MakeCounsellor) -> None:
    first, second = make_counsellor("An"), make_counsellor("Bo")
    booking = book(slot(first, 9))
    moved = appointments.move(booking.id, slot(second, 9), now=NOW)
    assert moved.counsellor_first_name == "Bo"
    assert {counsellor for counsellor, _ in taken()} == {second}
    assert len(taken()) == 3


def test_moving_to_a_taken_time_leaves_everything_as_it_was(
    make_counsellor: MakeCounsellor,
) -> None:
    an = make_counsellor()
    booking = book(slot(an, 9))
    book(slot(an, 11), "web-2")
    before = taken()
    with pytest.raises(SlotTaken):
        appointments.move(booking.id, slot(an, 11), now=NOW)
    assert taken() == before
    assert appointments.booking_of("web-1", now=NOW) == booking


def test_moving_to_where_it_is_changes_nothing(make_counsellor: MakeCounsellor) -> None:
    an = make_counsellor()
    booking = book(slot(an, 9))
    assert appointments.move(booking.id, slot(an, 9), now=NOW) == booking


def test_what_does_not_exist_or_was_cancelled_cannot_be_moved(
    make_counsellor: MakeCounsellor,
) -> None:
    an = make_counsellor()
    with pytest.raises(NoSuchAppointment):
        appointments.cancel(1, now=NOW)
    booking = book(slot(an, 9))
    appointments.cancel(booking.id, now=NOW)
    with pytest.raises(NoSuchAppointment):
        appointments.move(booking.id, slot(an, 11), now=NOW)


def test_nobody_takes_the_time_between_the_check_and_the_booking(
    make_counsellor: MakeCounsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The primary key alone refuses the second, even if the check saw the slot free."""
    an = make_counsellor()
    book(slot(an, 9))
    monkeypatch.setattr(
        "bot.appointments.service.check_offered", lambda *_, **__: appointments.Rules()
    )
    with pytest.raises(SlotTaken):
        book(slot(an, 9, 30), "web-2")
    assert len(taken()) == 3

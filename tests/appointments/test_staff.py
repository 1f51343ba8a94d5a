"""What counsellors do: book, move, block, note who came."""

import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import appointments, store
from bot.appointments import NoSuchAppointment, NotPossible, Slot, SlotTaken
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("any_database")
TUESDAY = dtm.datetime(2026, 11, 24, tzinfo=dtm.timezone.utc)
QUARTER = dtm.timedelta(minutes=15)


def at(hour: int, minute: int = 0) -> dtm.datetime:
    """By the clock of Brussels, in winter."""
    return TUESDAY.replace(hour=hour - 1, minute=minute)


@pytest.fixture
def an(make_counsellor: MakeCounsellor) -> int:
    return make_counsellor()


def by_phone(an: int, start: dtm.datetime, **more: object) -> appointments.Booking:
    given = {"counsellor_id": an, "starts_at": start, "name": "Ali", "by": an, "now": NOW} | more
    return appointments.book_for_client(**given)  # type: ignore[arg-type]


def by_client(an: int, start: dtm.datetime, sender: str = "web-1") -> appointments.Booking:
    return appointments.book(
        Slot(an, start, start + 3 * QUARTER), sender_id=sender, intake_id=None,
        leerwinkel="genk", name="F", phone=None, email="f@example.com", now=NOW,
    )  # fmt: skip


def kinds() -> list[tuple[str, str]]:
    with store.session(writes=False) as work:
        return [
            (row.channel, row.kind)
            for row in work.scalars(
                sa.select(store.OutgoingMessage).order_by(store.OutgoingMessage.id)
            )
            if row.state == "waiting"
        ]


def test_the_desk_books_outside_hours_and_lead_time(an: int) -> None:
    booking = by_phone(an, NOW + 2 * QUARTER, email="ali@example.com", interpreter="Turks")
    assert (booking.status, booking.interpreter) == ("booked", "Turks")
    assert kinds() == [("mail", "booked")], "the client, and nobody at the desk"


def test_the_desk_never_books_twice(an: int) -> None:
    by_client(an, at(9))
    with pytest.raises(NotPossible, match=r"^An is niet vrij op dinsdag 24 november om 9.30 uur.$"):
        by_phone(an, at(9, 30))
    by_phone(an, at(10))
    with pytest.raises(SlotTaken):
        by_client(an, at(10), "web-2")


def test_the_desk_overrules_what_is_kept_for_a_client(an: int) -> None:
    kept = appointments.propose("genk", sender_id="web-1", now=NOW)
    by_phone(an, kept[0].starts_at)
    with pytest.raises(SlotTaken):
        by_client(an, kept[0].starts_at)


def test_an_appointment_for_an_intake_is_also_the_clients_own(an: int) -> None:
    with store.session() as work:
        work.add(store.Intake(id=3, sender_id="web-7", created_at=NOW, updated_at=NOW))
    booking = by_phone(an, at(9), intake_id=3)
    assert appointments.booking_of("web-7", now=NOW) == booking


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"starts_at": at(9, 5)}, "Kies een kwartier"),
        ({"starts_at": NOW - dtm.timedelta(days=1)}, "al voorbij"),
        ({"ends_at": at(9)}, "einde na het begin"),
        ({"ends_at": at(9) + dtm.timedelta(hours=13)}, "hoogstens 12 uur"),
        ({"name": " "}, "Vul een naam in"),
        ({"form": "carrier pigeon"}, "Kies hoe"),
        ({"counsellor_id": 99}, "geen account"),
        ({"branch_id": 99}, "niet van deze Leerwinkel"),
        ({"intake_id": 99}, "intake bestaat niet"),
    ],
)
def test_what_cannot_be_gets_a_sentence(an: int, change: dict[str, object], says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        by_phone(an, **({"start": at(9)} | change))  # type: ignore[arg-type]
    with store.session(writes=False) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(store.Appointment)) == 0


def test_moving_to_a_colleague_tells_the_client(an: int, make_counsellor: MakeCounsellor) -> None:
    bo = make_counsellor("Bo")
    booking = by_client(an, at(9))
    appointments.confirm(booking.id, now=NOW)
    moved = appointments.move_to(booking.id, counsellor_id=bo, starts_at=at(18), by=an, now=NOW)
    assert (moved.counsellor_first_name, moved.sequence, moved.confirmed) == ("Bo", 1, False)
    assert moved.ends_at - moved.starts_at == 3 * QUARTER
    assert kinds() == [("mail", "staff_new"), ("mail", "moved"), ("mail", "staff_changed")]
    with store.session(writes=False) as work:
        last = work.scalars(
            sa.select(store.OutgoingMessage).order_by(store.OutgoingMessage.id.desc()).limit(1)
        ).one()
    assert last.address == "bo@genk.example", "An did it herself"
    assert by_client(an, at(9), "web-2").status == "booked"


def test_a_client_of_a_chat_channel_hears_it_there(an: int) -> None:
    booking = appointments.book(
        Slot(an, at(9), at(9, 45)), sender_id="telegram-47", intake_id=None,
        leerwinkel="genk", name="F", phone="+32470112233", email=None, now=NOW,
    )  # fmt: skip
    assert kinds() == [("mail", "staff_new")]
    appointments.move_to(booking.id, counsellor_id=an, starts_at=at(14), by=an, now=NOW)
    assert kinds()[-1] == ("telegram", "moved")
    appointments.cancel(booking.id, now=NOW, by=an)
    assert kinds() == [("mail", "staff_new"), ("telegram", "cancelled")]


def test_moving_onto_somebody_else_leaves_it_as_it_was(an: int) -> None:
    first, second = by_client(an, at(9)), by_client(an, at(10), "web-2")
    with pytest.raises(NotPossible):
        appointments.move_to(second.id, counsellor_id=an, starts_at=at(9, 15), by=an, now=NOW)
    assert appointments.booking_by_id(second.id) == second
    with pytest.raises(SlotTaken):
        by_client(an, at(10), "web-3")
    appointments.cancel(first.id, now=NOW)
    with pytest.raises(NoSuchAppointment):
        appointments.move_to(first.id, counsellor_id=an, starts_at=at(11), by=an, now=NOW)


def test_nobody_is_moved_to_another_leerwinkel(an: int, make_counsellor: MakeCounsellor) -> None:
    wout = make_counsellor("Wout", "gent")
    booking = by_client(an, at(9))
    with pytest.raises(NotPossible, match="andere Leerwinkel"):
        appointments.move_to(booking.id, counsellor_id=wout, starts_at=at(9), by=an, now=NOW)


def test_blocked_time_is_not_offered_until_it_is_given_back(an: int) -> None:
    blocked = appointments.block_time(an, at(9), at(11, 15), note="overleg", now=NOW)
    before = TUESDAY.replace(hour=22)
    free = appointments.free_slots("genk", now=NOW, before=before, limit=9)
    assert [s.starts_at for s in free] == [at(11, 15)]
    with pytest.raises(NotPossible):
        by_phone(an, at(10))
    assert appointments.unblock(blocked.id)
    assert not appointments.unblock(blocked.id)
    assert by_phone(an, at(10)).status == "booked"


def test_time_with_an_appointment_cannot_be_blocked(an: int) -> None:
    by_client(an, at(9))
    with pytest.raises(NotPossible, match="An is niet de hele tijd vrij"):
        appointments.block_time(an, at(9, 30), at(10, 30), now=NOW)
    with store.session(writes=False) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(store.BlockedTime)) == 0


def test_who_came_is_noted_once_it_began(an: int) -> None:
    booking = by_client(an, at(9))
    with pytest.raises(NotPossible, match="moet nog beginnen"):
        appointments.set_outcome(booking.id, "came", now=NOW)
    during = booking.starts_at + QUARTER
    assert appointments.set_outcome(booking.id, "no_show", now=during).status == "no_show"
    assert appointments.set_outcome(booking.id, "came", now=during).status == "came"
    assert appointments.set_outcome(booking.id, "booked", now=during).status == "booked"
    with pytest.raises(NotPossible, match="Kies"):
        appointments.set_outcome(booking.id, "late", now=during)
    appointments.cancel(booking.id, now=during)
    with pytest.raises(NotPossible, match="geschrapt"):
        appointments.set_outcome(booking.id, "came", now=during)


def test_the_buffer_is_kept_after_an_appointment_of_the_desk_where_there_is_room(an: int) -> None:
    appointments.set_rules(
        "genk", length_minutes=45, buffer_minutes=30, lead_hours=24, horizon_days=42,
        daily_limit=None, forms=["in_person"],
    )  # fmt: skip
    by_phone(an, at(10, 15))
    by_phone(an, at(9, 30))  # right before it: no room for a buffer
    before = TUESDAY.replace(hour=22)
    free = appointments.free_slots("genk", now=NOW, before=before, limit=9)
    assert [s.starts_at for s in free] == []
    by_phone(an, at(11, 30), ends_at=at(11, 45))


def test_the_agenda_has_all_that_a_calendar_view_shows(
    an: int, make_counsellor: MakeCounsellor
) -> None:
    bo = make_counsellor("Bo", hours=((2, 540, 600),))
    booking = by_client(an, at(9))
    gone = by_client(an, at(10), "web-2")
    appointments.cancel(gone.id, now=NOW)
    appointments.block_time(bo, at(14), at(15), note="overleg", now=NOW)
    appointments.add_closing_days(
        "genk", dtm.date(2026, 11, 27), dtm.date(2026, 11, 27), name="brug"
    )
    found = appointments.agenda(
        "genk", counsellor_ids=[an, bo], first=dtm.date(2026, 11, 23), last=dtm.date(2026, 11, 29)
    )
    assert [a.id for a in found.appointments] == [booking.id]
    assert found.appointments[0].counsellor.first_name == "An"
    assert [(b.counsellor_id, b.note) for b in found.blocked] == [(bo, "overleg")]
    assert [(p.counsellor_id, p.starts_at) for p in found.present] == [
        (an, at(9)),
        (bo, at(9) + dtm.timedelta(days=1)),
    ]
    assert found.days_off == {dtm.date(2026, 11, 27): "brug"}

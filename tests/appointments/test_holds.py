"""A slot that is shown is kept for some minutes."""

import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import appointments, store
from bot.appointments import SlotTaken, holds, upkeep
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("any_database")
LATER = NOW + holds.HELD + dtm.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def an(any_database: str, make_counsellor: MakeCounsellor) -> int:
    return make_counsellor(hours=((1, 540, 720), (3, 540, 720)))


def rows() -> int:
    with store.session(writes=False) as work:
        return work.scalar(sa.select(sa.func.count()).select_from(store.OccupiedQuarter)) or 0


def book(slot: appointments.Slot, sender: str, now: dtm.datetime = NOW) -> appointments.Booking:
    return appointments.book(
        slot, sender_id=sender, intake_id=None, leerwinkel="genk", name="F", phone=None,
        email=None, now=now,
    )  # fmt: skip


def test_what_is_shown_to_one_client_is_not_shown_to_another() -> None:
    mine = appointments.propose("genk", sender_id="a", now=NOW)
    theirs = appointments.propose("genk", sender_id="b", now=NOW)
    assert len(mine) == len(theirs) == 3
    assert not {s.starts_at for s in mine} & {s.starts_at for s in theirs}
    with pytest.raises(SlotTaken):
        book(mine[0], "b")
    assert book(mine[0], "a").status == "booked"


def test_what_is_shown_to_oneself_stays_on_offer_to_oneself() -> None:
    first = appointments.propose("genk", sender_id="a", now=NOW)
    assert appointments.propose("genk", sender_id="a", now=NOW) == first


def test_looking_on_lets_go_what_was_shown_before() -> None:
    first = appointments.propose("genk", sender_id="a", now=NOW)
    appointments.propose("genk", sender_id="a", now=NOW, after=first[-1].ends_at)
    assert appointments.propose("genk", sender_id="b", now=NOW)[0] == first[0]


def test_a_hold_that_ran_out_is_free_at_once() -> None:
    first = appointments.propose("genk", sender_id="a", now=NOW)
    assert appointments.propose("genk", sender_id="b", now=LATER) == first
    assert book(first[0], "b", LATER).status == "booked"
    with pytest.raises(SlotTaken):
        book(first[0], "a", LATER)


def test_booking_lets_go_the_others() -> None:
    first = appointments.propose("genk", sender_id="a", now=NOW)
    book(first[0], "a")
    assert rows() == 3
    assert first[1] in appointments.free_slots("genk", now=NOW, limit=99)


def test_keeping_one_renews_it_and_lets_go_the_others() -> None:
    first = appointments.propose("genk", sender_id="a", now=NOW)
    soon = NOW + dtm.timedelta(minutes=3)
    assert appointments.keep(first[:1], "genk", sender_id="a", now=soon) == first[:1]
    assert rows() == 3
    others = appointments.free_slots("genk", now=LATER, limit=99, sender_id="b")
    assert first[0] not in others
    assert first[1] in others


def test_what_somebody_else_took_meanwhile_is_not_kept() -> None:
    first = appointments.propose("genk", sender_id="a", now=NOW)
    book(first[0], "b", LATER)
    assert appointments.keep(first, "genk", sender_id="a", now=LATER) == first[1:]


def test_all_held_is_not_the_same_as_nothing_free() -> None:
    assert not appointments.all_held("genk", now=NOW)
    for number in range(99):
        if not appointments.propose("genk", sender_id=f"c{number}", now=NOW):
            break
    assert appointments.all_held("genk", now=NOW)
    assert not appointments.all_held("gent", now=NOW)


def test_many_who_only_look_do_not_make_the_agenda_look_full(
    make_counsellor: MakeCounsellor,
) -> None:
    every_day = tuple((day, 9 * 60, 17 * 60) for day in range(5))
    make_counsellor("Bo", hours=every_day)
    for number in range(holds.MOST_HOLDERS):
        assert len(appointments.propose("genk", sender_id=f"c{number}", now=NOW)) == 3
    kept = rows()
    shown = appointments.propose("genk", sender_id="one more", now=NOW)
    assert len(shown) == 3
    assert rows() == kept, "seen, but not kept"
    assert appointments.keep(shown, "genk", sender_id="one more", now=NOW) == shown
    assert book(shown[0], "one more").status == "booked"
    assert appointments.propose("genk", sender_id="c0", now=NOW), "who was there is kept on"


def test_old_holds_are_cleared_away() -> None:
    appointments.propose("genk", sender_id="a", now=NOW)
    upkeep(LATER)
    assert rows() == 9
    upkeep(LATER + holds.KEPT)
    assert rows() == 0

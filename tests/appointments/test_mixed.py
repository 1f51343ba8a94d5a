"""Clients and the desk at once: booking, moving, cancelling, blocking; nothing ever overlaps."""

import collections
import concurrent.futures
import datetime as dtm
import random

import sqlalchemy as sa

from bot import appointments, store
from tests.appointments.conftest import NOW, MakeCounsellor

WORKERS, EACH = 10, 25
HALF_DAYS = tuple((day, 9 * 60, 12 * 60) for day in (1, 2, 3, 4))
LENGTH = dtm.timedelta(minutes=45)
REFUSED = (
    appointments.SlotTaken,
    appointments.NotPossible,
    appointments.NoSuchAppointment,
)


class Person:
    """Does something at random again and again, as a client or at the desk."""

    def __init__(self, number: int, counsellors: list[int], slots: list[appointments.Slot]) -> None:
        self.chance = random.Random(number)
        self.name = f"web-{number}"
        self.counsellors = counsellors
        self.slots = slots
        self.done: collections.Counter[str] = collections.Counter()

    def acts(self) -> collections.Counter[str]:
        for _ in range(EACH):
            act = self.chance.choice((self.books, self.moves, self.cancels, self.looks, self.desk))
            try:
                act()
                self.done[act.__name__] += 1
            except REFUSED:
                self.done["refused"] += 1
        return self.done

    def slot(self) -> appointments.Slot:
        return self.chance.choice(self.slots)

    def mine(self) -> int:
        found = appointments.booking_of(self.name, now=NOW)
        if found is None:
            raise appointments.NoSuchAppointment
        return found.id

    def books(self) -> None:
        appointments.book(
            self.slot(), sender_id=self.name, intake_id=None, leerwinkel="genk", name="F",
            phone=None, email="f@example.com", now=NOW,
        )  # fmt: skip

    def moves(self) -> None:
        appointments.move(self.mine(), self.slot(), now=NOW)

    def cancels(self) -> None:
        appointments.cancel(self.mine(), now=NOW)

    def looks(self) -> None:
        appointments.propose("genk", sender_id=self.name, now=NOW)

    def desk(self) -> None:
        slot = self.slot()
        match self.chance.randrange(3):
            case 0:
                booked = appointments.book_for_client(
                    counsellor_id=slot.counsellor_id, starts_at=slot.starts_at, name="T",
                    by=slot.counsellor_id, now=NOW,
                )  # fmt: skip
                if self.chance.random() < 0.7:
                    appointments.cancel(booked.id, now=NOW, by=slot.counsellor_id)
            case 1:
                appointments.move_to(
                    self.mine(), counsellor_id=slot.counsellor_id, starts_at=slot.starts_at,
                    by=slot.counsellor_id, now=NOW,
                )  # fmt: skip
            case _:
                blocked = appointments.block_time(
                    slot.counsellor_id, slot.starts_at, slot.ends_at, now=NOW
                )
                if self.chance.random() < 0.7:
                    appointments.unblock(blocked.id)


def test_clients_and_the_desk_never_overlap(
    any_database: str, make_counsellor: MakeCounsellor
) -> None:
    counsellors = [make_counsellor(name, hours=HALF_DAYS) for name in ("An", "Bo", "Cas")]
    starts = [
        appointments.moment(day, 9 * 60 + 15 * quarter)
        for day in (dtm.date(2026, 11, 24 + n) for n in range(4))
        for quarter in range(10)
    ]
    slots = [appointments.Slot(who, at, at + LENGTH) for who in counsellors for at in starts]
    people = [Person(number, counsellors, slots) for number in range(WORKERS)]
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        done = sum(pool.map(Person.acts, people), collections.Counter())

    assert done["books"] > 0
    assert done["moves"] > 0
    with store.session(writes=False) as work:
        busy: dict[tuple[int, dtm.datetime], str] = {}
        owned = collections.Counter(
            work.scalars(
                sa.select(store.OccupiedQuarter.appointment_id).where(
                    store.OccupiedQuarter.appointment_id.is_not(None)
                )
            )
        )
        for row in work.scalars(
            sa.select(store.Appointment).where(store.Appointment.status == "booked")
        ):
            assert owned.pop(row.id) == 3
            for quarter in range(3):
                key = (row.counsellor_id, row.starts_at + quarter * dtm.timedelta(minutes=15))
                assert busy.setdefault(key, f"appointment {row.id}") == f"appointment {row.id}"
        assert not owned, "nothing is kept for a cancelled appointment"
        for block in work.scalars(sa.select(store.BlockedTime)):
            for quarter in range(3):
                key = (block.counsellor_id, block.starts_at + quarter * dtm.timedelta(minutes=15))
                assert busy.setdefault(key, f"block {block.id}") == f"block {block.id}"

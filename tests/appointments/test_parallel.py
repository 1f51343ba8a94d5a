"""Fifty writers at the same moment for the last slot, on each kind of database."""

import collections
import datetime as dtm
import json
import pathlib
import subprocess
import sys

import pytest
import sqlalchemy as sa

from bot import appointments, store
from tests.appointments.conftest import NOW, MakeCounsellor

THREADS = 10
"""A process; SQLAlchemy's pool has 15 connections, so each thread gets its own."""
ROOT = pathlib.Path(__file__).parents[2]


def race(slot: appointments.Slot, *, processes: int, many: bool) -> collections.Counter[str]:
    """Lets 10 writers in each process book the slot; with `many` each is another client."""
    given = {
        "now": NOW.isoformat(),
        "start": slot.starts_at.isoformat(),
        "counsellor": slot.counsellor_id,
        "processes": processes,
        "threads": THREADS,
        "many": many,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.appointments.writers", json.dumps(given)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=180,
    )
    return collections.Counter(json.loads(done.stdout))


def count(table: type[store.Base]) -> int:
    with store.session(writes=False) as work:
        return work.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.fixture
def last_slot(any_database: str, make_counsellor: MakeCounsellor) -> appointments.Slot:
    """The only slot there is: 45 minutes on one Tuesday."""
    make_counsellor(hours=((1, 9 * 60, 9 * 60 + 45),))
    before = NOW + dtm.timedelta(days=3)
    (slot,) = appointments.free_slots("genk", now=NOW, before=before, limit=100)
    return slot


def test_of_fifty_clients_one_gets_the_last_slot(last_slot: appointments.Slot) -> None:
    outcome = race(last_slot, processes=5, many=True)
    assert outcome == {"booked": 1, "SlotTaken": 49}
    assert count(store.Appointment) == 1
    assert count(store.OccupiedQuarter) == 3


def test_one_client_who_taps_twenty_times_has_one_booking(last_slot: appointments.Slot) -> None:
    outcome = race(last_slot, processes=2, many=False)
    assert outcome == {"booked": 20}
    assert count(store.Appointment) == 1
    assert count(store.OccupiedQuarter) == 3

"""Fifty clients at once for few slots while a process is killed: the benchmark, in small."""

import pytest

from benchmarks import booking
from bot import appointments
from tests.appointments.conftest import NOW


def test_every_slot_is_booked_once_whatever_happens(any_database: str) -> None:
    outcome = booking.run(attempts=400, slots=40)

    assert outcome.appointments == outcome.distinct_times == 40
    assert outcome.quarters == 3 * 40
    assert outcome.lost == 0
    assert set(outcome.answers) <= {"booked", "taken", "nothing_free"}, outcome.answers
    assert appointments.free_slots("genk", now=NOW, holds_count=False) == []


@pytest.mark.parametrize("stale", [0.0, 1.0])
def test_one_after_the_other_gets_all_there_is(database: None, stale: float) -> None:
    booking.prepare(10)
    slots = booking.all_slots()
    said = [
        booking.attempt(f"c{n}", slots if stale == 0 else [slots[n % 10]], NOW, stale)
        for n in range(12)
    ]
    last = "nothing_free" if stale == 0 else "taken"
    assert said == ["booked"] * 10 + [last] * 2

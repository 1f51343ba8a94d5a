"""Measuring the second readers on writers that they have not learned from."""

import numpy as np
import pytest

from bot.evaluation import left_out
from bot.intake.reading.examples import Example
from bot.intake.reading.reading import Reading

SAID = [
    Example("one", "ik werk in een winkel", "working"),
    Example("one", "ik zoek werk", "job_seeking"),
    Example("two", "ik werk in een fabriek", "working"),
    Example("two", "ik zoek een job", "job_seeking"),
    Example("two", "mijn kat slaapt", "nothing"),
    Example("asides", "goeiedag", "nothing"),
]


def test_each_writer_is_read_by_what_the_others_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    # given writers of whom we note who is known when a model is learned
    known: list[set[str]] = []
    learn = left_out.likely.learn

    def noting(said, vectors, rules):  # type: ignore[no-untyped-def]
        known.append({example.writer for example in said})
        return learn(said, vectors, rules)

    monkeypatch.setattr(left_out.likely, "learn", noting)
    vectors = np.random.default_rng(1).normal(size=(len(SAID), 8)).astype(np.float32)
    # when all are read
    read = left_out.codes_left_out("situation", SAID, vectors)
    # then nobody is read by a model that knows him, and asides are never left out
    assert known == [{"two", "asides"}, {"one", "asides"}]
    assert len(read.rules) == len(read.both) == len(SAID)


def test_what_is_recorded_wrongly_is_told_apart_from_what_is_asked() -> None:
    read = [Reading("working"), Reading(), Reading("neet"), Reading(), Reading(), Reading()]

    found = left_out.outcome("situation", SAID, read)

    assert (found.right.hits, found.wrong.hits, found.right.total) == (3, 1, 6)


def test_a_list_is_right_in_any_order() -> None:
    said = [Example("one", "geld en bus", "finance+mobility"), Example("one", "niks", "none")]

    found = left_out.outcome("barriers", said, [Reading(["mobility", "finance"]), Reading([])])

    assert found.right.hits == 2


def test_names_are_read_by_what_the_others_taught() -> None:
    names = [
        *(Example("one", f"ik heet {name}", name) for name in ("An", "Ali", "Eva")),
        *(Example("two", f"mijn naam is {name}", name) for name in ("Bo", "Tim", "Lea")),
    ]

    read = left_out.names_left_out(names)

    assert [reading.value for reading in read.both] == [example.meant for example in names]

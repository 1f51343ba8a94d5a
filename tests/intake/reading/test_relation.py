"""Times said by way of another one."""

import datetime as dtm

import pytest

from bot import intake

NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)
"""A Sunday, 10 o'clock in Brussels."""
OLD = dtm.datetime(2026, 11, 25, 9, 0, tzinfo=dtm.timezone.utc)
"""Wednesday, 10 o'clock in Brussels."""


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("een uur later", "25T11:00"),
        ("kan het twee uurtjes later", "25T12:00"),
        ("half uur vroeger", "25T09:30"),
        ("een dag later", "26T10:00"),
        ("de dag ervoor", "24T10:00"),
        ("op hetzelfde uur maar een dag later", "26T10:00"),
        ("zelfde uur op donderdag", "26T10:00"),
        ("dezelfde dag maar later", "25T10:01/26T00:00"),
        ("zelfde dag, vroeger", "25T00:00/25T10:00"),
        ("dezelfde dag in de namiddag", "25T12:00/25T18:00"),
        ("iets later", "25T10:01/26T00:00"),
        ("later", "25T10:01/26T00:00"),
    ],
)
def test_a_time_beside_the_old_one(given_text: str, expected: str) -> None:
    found = intake.beside(given_text, OLD, NOW)

    assert found
    edges = [found.begin, *([found.end] if found.end else [])]
    assert "/".join(edge.isoformat()[8:16] for edge in edges) == expected


@pytest.mark.parametrize("given_text", ["zelfde uur volgende week", "een week later", "week erna"])
def test_next_week_is_after_the_old_week(given_text: str) -> None:
    found = intake.beside(given_text, OLD, NOW)

    assert found
    assert found.begin.isoformat() == "2026-12-02T10:00:00"
    assert found.end is None


@pytest.mark.parametrize(
    "given_text",
    [
        "dinsdag om 10 uur",
        "volgende week",
        "donderdag",
        "10 uur",
        "ik bel later nog eens, is dat ok",
    ],
)
def test_a_time_by_itself_is_beside_nothing(given_text: str) -> None:
    assert intake.beside(given_text, OLD, NOW) is None


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("gisteren", True),
        ("gisterenavond", True),
        ("eergisteren om 10 uur", True),
        ("vorige week dinsdag", True),
        ("1 november", True),
        ("20/11", True),
        ("vandaag om 8 uur", True),
        ("vandaag om 15 uur", False),
        ("1 april", False),
        ("dinsdag", False),
        ("smorgens", False),
        ("vorige week kon ik niet maar dinsdag wel", False),
    ],
)
def test_what_is_over(given_text: str, expected: bool) -> None:
    assert intake.is_past(given_text, NOW) is expected


def test_a_part_of_the_day_names_no_day() -> None:
    named = intake.named_time("'s morgens", NOW)

    assert not named.has_day
    assert named.hours == (dtm.timedelta(hours=8), dtm.timedelta(hours=12))

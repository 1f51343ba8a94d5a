import datetime as dtm

import pytest

from bot.appointments import NotPossible
from bot.desk.times import clock_of, day_or, read_day, read_minute, read_moment


@pytest.mark.parametrize("text", ["2026-11-24", "24/11/2026", " 24-11-2026 "])
def test_a_day_is_read_as_browsers_and_people_write_it(text: str) -> None:
    assert read_day(text) == dtm.date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "morgen", "24/11/26", "9999-01-01", "0001-01-01"]
)
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(NotPossible, match="De dag klopt niet"):
        read_day(text)
    assert day_or(text, dtm.date(2026, 1, 1)) == dtm.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "minute"),
    [("9", 540), ("9.30", 570), ("09:30", 570), ("9u30", 570), ("9 uur", 540), ("24:00", 1440)],
)
def test_an_hour_is_read(text: str, minute: int) -> None:
    assert read_minute(text) == minute


@pytest.mark.parametrize("text", ["", "25", "9.60", "24:15", "half tien", "-1", "9.5"])
def test_what_is_no_hour_is_said(text: str) -> None:
    with pytest.raises(NotPossible, match="Het uur klopt niet"):
        read_minute(text)


def test_a_moment_is_the_clock_in_brussels_in_winter_and_summer() -> None:
    assert read_moment("2026-11-24", "9.30").hour == 8
    assert read_moment("2026-07-01", "9.30").hour == 7
    assert clock_of(570) == "09:30"

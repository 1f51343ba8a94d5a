import datetime as dtm

import pytest

from bot.appointments import say_time


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24T09:00+00:00", "dinsdag 24 november om 10 uur"),
        ("2026-11-24T09:30+00:00", "dinsdag 24 november om 10.30 uur"),
        ("2027-07-01T07:15+00:00", "donderdag 1 juli om 9.15 uur"),
        ("2026-12-31T23:30+00:00", "vrijdag 1 januari om 0.30 uur"),
        ("2026-11-24T10:00+01:00", "dinsdag 24 november om 10 uur"),
    ],
)
def test_a_time_is_said_in_dutch_on_the_clock_of_brussels(moment: str, said: str) -> None:
    assert say_time(dtm.datetime.fromisoformat(moment)) == said


def test_a_naive_time_is_refused() -> None:
    naive = dtm.datetime(2026, 11, 24, 10)  # noqa: DTZ001
    with pytest.raises(ValueError, match="naive"):
        say_time(naive)

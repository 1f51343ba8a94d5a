import datetime as dtm

import pytest

from bot.appointments.days_off import day_off


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dtm.date(2026, 12, 25), "Kerstmis"),
        (dtm.date(2027, 3, 29), "Paasmaandag"),
        (dtm.date(2027, 7, 11), "Feest van de Vlaamse Gemeenschap"),
        (dtm.date(2027, 7, 21), "Nationale feestdag"),
        (dtm.date(2026, 11, 11), "Wapenstilstand"),
    ],
)
def test_holidays_have_a_dutch_name(day: dtm.date, name: str) -> None:
    assert day_off(day) == name


def test_an_ordinary_day_is_no_day_off() -> None:
    assert day_off(dtm.date(2026, 11, 24)) is None

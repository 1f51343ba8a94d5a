"""Days without appointments: Belgian public holidays and the day of the Flemish Community."""

import datetime as dtm
import functools

import holidays

EVERY_YEAR: tuple[tuple[int, int, str], ...] = (
    # Day of the Flemish Community: a holiday for Flemish public services, in no Belgian list.
    (7, 11, "Feest van de Vlaamse Gemeenschap"),
)
"""Our own days off, (month, day, name), added to those of the package `holidays`."""


@functools.cache
def _belgium(year: int) -> dict[dtm.date, str]:
    return dict(holidays.country_holidays("BE", years=year, language="nl"))


def day_off(day: dtm.date) -> str | None:
    """The Dutch name of the holiday on this day, or None on an ordinary day."""
    for month, number, name in EVERY_YEAR:
        if (day.month, day.day) == (month, number):
            return name
    return _belgium(day.year).get(day)

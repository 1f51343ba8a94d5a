"""Days and hours as people type them in forms, and as forms show them."""

import datetime as dtm
import re

from bot.appointments import NotPossible, local, moment

FIRST_YEAR, LAST_YEAR = 2000, 2100
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])(?:\s*[:.hu]\s*([0-5][0-9])?)?\s*(?:u|uur)?")


def read_day(text: str) -> dtm.date:
    """A day: 2026-11-24 (what browsers send) or 24/11/2026.

    Raises:
        NotPossible: it is none; a sentence for the form.
    """
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            day = dtm.datetime.strptime(text.strip(), pattern).replace(tzinfo=dtm.timezone.utc)
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day.date()
    raise NotPossible("De dag klopt niet. Schrijf bijvoorbeeld 24/11/2026.")


def read_minute(text: str) -> int:
    """An hour as minutes after midnight: 9:30, 9.30, 9u30 or 9.

    Raises:
        NotPossible: it is none; a sentence for the form.
    """
    found = _CLOCK.fullmatch(text.strip().lower())
    minute = int(found[1]) * 60 + int(found[2] or 0) if found else -1
    if not 0 <= minute <= 24 * 60:
        raise NotPossible("Het uur klopt niet. Schrijf bijvoorbeeld 9.30.")
    return minute


def read_moment(day: str, clock: str) -> dtm.datetime:
    """A moment in Brussels, given as day and hour.

    Raises:
        NotPossible: one of the two is none; a sentence for the form.
    """
    return moment(read_day(day), read_minute(clock))


def day_or(text: str, otherwise: dtm.date) -> dtm.date:
    """A day from an address; what is none becomes `otherwise`."""
    try:
        return read_day(text)
    except NotPossible:
        return otherwise


def clock_of(minute: int) -> str:
    """Minutes after midnight as a form shows them: "09:30"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def clock_at(at: dtm.datetime) -> str:
    """The hour in Brussels as a form shows it."""
    return f"{local(at):%H:%M}"

"""Times as a person says them: Dutch, local time, without the machine's locale."""

import datetime as dtm
import zoneinfo

LOCAL = zoneinfo.ZoneInfo("Europe/Brussels")

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def local(moment: dtm.datetime) -> dtm.datetime:
    """The moment on the clock in Brussels.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime {moment!r}: give it a time zone")
    return moment.astimezone(LOCAL)


def say_day(moment: dtm.datetime) -> str:
    """The day, for example "dinsdag 24 november"."""
    there = local(moment)
    return f"{WEEKDAYS[there.weekday()]} {there.day} {MONTHS[there.month - 1]}"


def say_clock(moment: dtm.datetime) -> str:
    """The hour, for example "10 uur" or "10.30 uur" (never "half elf": learners misread it)."""
    there = local(moment)
    return f"{there.hour}.{there.minute:02} uur" if there.minute else f"{there.hour} uur"


def say_time(starts_at: dtm.datetime) -> str:
    """Day and hour, for example "dinsdag 24 november om 10 uur".

    Raises:
        ValueError: the moment has no time zone.
    """
    return f"{say_day(starts_at)} om {say_clock(starts_at)}"


def say_slot(starts_at: dtm.datetime) -> str:
    """Day and hour on a button, for example "dinsdag 24 november, 10 uur"."""
    return f"{say_day(starts_at)}, {say_clock(starts_at)}"

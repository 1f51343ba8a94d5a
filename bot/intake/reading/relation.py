"""Times that only mean something beside another one: "een uur later", "zelfde uur", "gisteren"."""

import dataclasses
import datetime as dtm
import re

from bot.intake.reading.moment import NamedTime, here, named_time, time_said
from bot.intake.reading.numbers import number
from bot.intake.reading.timewords import PAST

_DAY = dtm.timedelta(days=1)
_HALF_YEAR = dtm.timedelta(days=183)
"""A date further ahead than this, named without a year, was meant in the past."""
_SHORT = 5
"""Words up to which a bare "later" is about the appointment and not about the answer."""
_LATE = r"(?:later|erna|erop|daarna|daarop|nadien|verder|erachter|opschuiven|vooruit)"
_EARLY = r"(?:vroeger|eerder|ervoor|daarvoor|tevoren|voordien)"
_STEPS = tuple(
    (
        re.compile(
            r"(?<!zelfde )\b(?:(?P<count>een half|een|de|\d+|daags|n) )?"
            r"(?P<unit>half uur\w*|halfuur\w*|uur\w*|kwartier\w*|dag\w*|week\w*|weken|daags) "
            rf"(?:te )?{word}\b"
        ),
        sign,
    )
    for word, sign in ((_LATE, 1), (_EARLY, -1))
)
_SAME_DAY = re.compile(r"\b(?:zelfde|dezelfde|diezelfde) dag\b")
_SAME_HOUR = re.compile(r"\b(?:zelfde|hetzelfde|tzelfde) (?:uur|tijd|tijdstip|moment)\b")
_LATER = re.compile(r"\b(?:later|achteraf)\b")
_EARLIER = re.compile(r"\b(?:vroeger|eerder)\b")
_UNITS = (
    ("half", dtm.timedelta(minutes=30)),
    ("kwart", dtm.timedelta(minutes=15)),
    ("uur", dtm.timedelta(hours=1)),
    ("dag", _DAY),
    ("daags", _DAY),
    ("wee", 7 * _DAY),
    ("wek", 7 * _DAY),
)


@dataclasses.dataclass(frozen=True)
class Beside:
    """A time said by way of another one (local, without offset)."""

    begin: dtm.datetime
    end: dtm.datetime | None
    """None: exactly `begin`."""


def is_past(text: str, now: dtm.datetime) -> bool:
    """Whether the text names a time that is over: "gisteren", "vorige week", "1 november".

    Args:
        text: what the client wrote.
        now: the present moment (aware).
    """
    present = here(now)
    named = named_time(text, now)
    if not named.has_day:
        return bool(PAST.search(" ".join(time_said(text))))
    begin, end = named.begin or present, named.end or present
    if named.hours and end - begin <= _DAY:
        end = begin + named.hours[1]
    return end <= present or begin - present > _HALF_YEAR


def beside(text: str, at: dtm.datetime, now: dtm.datetime) -> Beside | None:
    """The time that the text says by way of `at`; None when it doesn't speak of it.

    Args:
        text: what the client wrote: "een uur later", "zelfde uur volgende week".
        at: the moment that it is compared with (aware), as that of the old appointment.
        now: the present moment (aware).
    """
    old = here(at)
    words = time_said(text)
    said = " ".join(words)
    if found := _step(said, old):
        return found
    midnight = old.replace(hour=0, minute=0)
    named = named_time(text, now)
    if _SAME_HOUR.search(said):
        return Beside(_same_hour(old, named), None)
    same_day = _SAME_DAY.search(said)
    bare = len(words) <= _SHORT and not named.has_day and not named.hours
    if not (same_day or bare):
        return None
    if same_day and named.hours:
        return Beside(midnight + named.hours[0], midnight + named.hours[1])
    if _LATER.search(said):
        return Beside(old + dtm.timedelta(minutes=1), midnight + _DAY)
    if _EARLIER.search(said):
        return Beside(midnight, old)
    return Beside(midnight, midnight + _DAY) if same_day else None


def _step(said: str, old: dtm.datetime) -> Beside | None:
    """ "een uur later", "2 dagen vroeger", "de week erna"."""
    for pattern, sign in _STEPS:
        if match := pattern.search(said):
            step = next(size for start, size in _UNITS if match["unit"].startswith(start))
            count = number(match["count"] or "") if match["count"] not in ("een", "de") else 1
            return Beside(old + sign * (count or 1) * step, None)
    return None


def _same_hour(old: dtm.datetime, named: NamedTime) -> dtm.datetime:
    """The old hour on the day that is named: of a week the same weekday, else a week later.

    "Volgende week", said of an appointment in that week, is the week after it.
    """
    if named.begin is None or named.end is None:
        return old + 7 * _DAY
    first = named.begin.replace(hour=old.hour, minute=old.minute)
    if named.end - named.begin <= _DAY:
        return first
    found = first + (old.weekday() - first.weekday()) % 7 * _DAY
    return found + 7 * _DAY if found <= old else found

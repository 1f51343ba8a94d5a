"""Hours of the day: "half drie", "10u30", "na 3 uur", "tussen 9 en 12"."""

import datetime as dtm
import re

from bot.intake.reading.timewords import DAY_OF, MONTHS, Part

Hours = tuple[dtm.timedelta, dtm.timedelta]
"""From and to, as time since local midnight."""
_HOUR = dtm.timedelta(hours=1)
_MORNING = dtm.timedelta(hours=8)
_EVENING = dtm.timedelta(hours=21)
_TO = r"(?:voor|veur|over|na|noa|achter)"
_TIME = (
    rf"(?:half |kwart {_TO} |(?:\d{{1,2}} (?:min\w* )?{_TO} )?(?:half )?)?"
    r"\d{1,2}(?:[:.,]\d{2}| ?[uh] ?\d{2}\b|u\d{2})?"
    r"(?: ?(?:uur|uren|u|h|ur|heures|o'clock))?(?: \d{2}\b)?"
)
_BETWEEN = re.compile(rf"\b(?:tussen|van|vanaf) ({_TIME}) (?:en|tot|t/m|-|a) ({_TIME})")
_BEFORE = ("voor", "tot", "veur", "before", "ten laatste", "uiterlijk")
_EDGE = re.compile(
    r"\b(na|vanaf|van af|later dan|ten vroegste|niet voor|achter|after|from|noa|"
    rf"{'|'.join(_BEFORE)}) ({_TIME})(?![\d/])"
)
_EXACT = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:om|rond|rond den|tegen|tegen den|omstreeks|at|vers|a|ongeveer|rond de|iets na|"
        r"iets voor) "
        rf"({_TIME})(?![\d/])",
        rf"\b((?:\d{{1,2}} (?:min\w* )?{_TO} )?(?:half|kwart {_TO}) \d{{1,2}})\b",
        rf"\b(\d{{1,2}} (?:min\w* )?{_TO} \d{{1,2}})\b",
        r"\b(\d{1,2}(?:[:.,]\d{2}| ?[uh] ?\d{2}\b|u\d{2}))",
        r"\b(\d{1,2} ?(?:uur|uren|u|h|ur)(?: \d{2}\b)?)",
        r"^(\d{1,2})$",
    )
)
# Numbers that are no hours: dates, "over 3 dagen", "de 26ste".
_NO_HOURS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(\d{1,2}) ?(?:/|-) ?(\d{1,2})(?: ?(?:/|-) ?\d{2,4})?\b(?! ?(?:u|uur|h)\b)",
        rf"\b\d{{1,2}}(?:ste|de|e)?(?: van)? (?:{MONTHS})\b",
        r"\b(?:over|binnen|in) (?:een )?\d+ (?:dag\w*|week|weken)\b",
        r"\b\d{1,2}(?:ste|de)\b",
    )
)


def hours(said: str, part: Part | None) -> Hours | None:
    """From and to of the hours named in folded words; an exact hour lasts an hour.

    Args:
        part: the part of the day that was named, which says whether 8 is morning or evening.
    """
    for pattern in _NO_HOURS:
        said = pattern.sub(" ", said)
    return _between(said, part) or _edge(said, part) or _exact(said, part)


def _between(said: str, part: Part | None) -> Hours | None:
    match = _BETWEEN.search(said)
    begin, end = (_clock(match[1], part), _clock(match[2], part)) if match else (None, None)
    if begin is None or end is None:
        return None
    if end <= begin:
        end += 12 * _HOUR
    return (begin, end) if end <= 24 * _HOUR else None


def _edge(said: str, part: Part | None) -> Hours | None:
    match = _EDGE.search(said)
    if not match or re.search(rf"(?:kwart|\d) {match[1]} ", said[: match.end()]):
        return None
    at = _clock(match[2], part)
    if at is None:
        return None
    if match[1] in _BEFORE:
        return (_MORNING, at) if at > _MORNING else None
    late = part[1] * _HOUR if part and part[0] * _HOUR <= at < part[1] * _HOUR else _EVENING
    return (at, late) if late > at else (at, at + _HOUR)


def _exact(said: str, part: Part | None) -> Hours | None:
    found = next((m[1] for p in _EXACT if (m := p.search(said))), None)
    if found is None and re.search(r"\been uur\b", said):
        found = "1 uur"
    if found is None:
        last = re.search(r"(?:^|\s)(\d{1,2})$", said)
        named = any(w in DAY_OF or w in ("morgen", "overmorgen", "vandaag") for w in said.split())
        found = last[1] if last and named else None
    at = _clock(found, part) if found else None
    return (at, at + _HOUR) if at is not None else None


def _clock(said: str, part: Part | None) -> dtm.timedelta | None:
    """One time; hours 1 to 6 are in the afternoon, and with "avond" those up to 11 as well."""
    minutes = 0
    if match := re.search(rf"(?:(\d{{1,2}}) (?:min\w* )?({_TO}) )?half (\d{{1,2}})", said):
        hour, minutes = int(match[3]) - 1, 30
        if match[1]:
            minutes += -int(match[1]) if match[2] in ("voor", "veur") else int(match[1])
    elif match := re.search(rf"kwart ({_TO}) (\d{{1,2}})", said):
        hour, minutes = int(match[2]), 15
        if match[1] in ("voor", "veur"):
            hour, minutes = hour - 1, 45
    elif match := re.search(rf"(\d{{1,2}}) (?:min\w* )?({_TO}) (\d{{1,2}})", said):
        hour, minutes = int(match[3]), int(match[1])
        if match[2] in ("voor", "veur"):
            hour, minutes = hour - 1, 60 - minutes
    elif match := re.search(r"(\d{1,2})(?: ?(?:[:.,]|uur|u|h) ?(\d{2}))?", said):
        hour, minutes = int(match[1]), int(match[2] or 0)
    else:
        return None
    if hour > 23 or minutes > 59:
        return None
    late = part is not None and part[0] >= 12
    early = part is not None and part[1] <= 12
    if (hour < 7 and not early) or (late and hour < 12 and (hour < 8 or part == (18, 21))):
        hour += 12
    return dtm.timedelta(hours=hour, minutes=minutes)

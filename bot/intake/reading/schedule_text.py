"""Words about times, written so that what they mean stands in them."""

import re

from bot.intake.reading.lexicon import tokens
from bot.intake.reading.numbers import digits

_MINUTES = re.compile(r"\b(\d{1,2}) ?(?:[uUhH:]|uur) ?[0-5]\d\b")
_FREE = re.compile(
    r"\b(?:(?:niets|niks) (?:te doen|gepland)|geen werk|ik niet werk\w*|werk ik niet|ik werk niet|"
    r"geen (?:les|school)|niet (?:op|naar) (?:de |het )?(?:werk|school))\b"
)
"""What says that a time is free, though a "not" is in it."""
_HALVES = re.compile(
    r"\b(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zon|za)s?(?: ?-)?((?: ?, ?\w+dag)*) "
    r"(en|of) ((?:maan|dins|woens|donder|vrij|zater|zon)dag)"
    r"(voormiddag|namiddag|avond|ochtend|morgen)\b"
)
""" "maandag- en donderdagavond": the part of the day belongs to both."""
_HOW_OFTEN = re.compile(
    r"\b(?:\d+|een|twee|drie|vier|halve|paar|enkele|hoeveel)(?: \w+)? dag(?:en)?\b"
    r"(?= (?:per|in|op|voor|aan|maximum|max|week)\b|$)|\bdag(?:en)? per (?:week|maand)\b"
)
""" "een dag per week" says no time."""
_IF_NEED_BE = re.compile(
    r"\b(?:liever|liefst) niet(?: ,)? maar als het (?:echt )?moet(?: ,)?"
    r"(?: wel| kan het| gaat het)?"
)
_OTHERWISE = re.compile(r"\bniet anders\b")
_NEED_NOT = re.compile(r"\b(dan|zodat|omdat|want)((?: \w+){0,2}) niet\b(?= (?:buiten|ver|weg)\b)")
""" "dan moet ik niet ver weg": no time is refused."""


def plain_times(text: str) -> list[str]:
    """The words of an answer, with "werk ik niet" as "vrij" and each day with its part."""
    said = " ".join(digits(tokens(_MINUTES.sub(r"\1u", text)), ones=False))
    for pattern, written in _REWRITTEN:
        said = pattern.sub(written, said)
    return said.split()


_ANY_DAY = re.compile(
    r"\b(?:(?:de|welke) )?(?:dag|dagen|tijd|tijden|uur) "
    r"(?:maakt|maken)(?: mij| voor mij)? niet uit\b"
)
_NOT_TOO = re.compile(r"\bniet (?:al )?te (?:laat|vroeg|lang|zwaar)\b(?: ,)?")
""" "niet te laat 's avonds": the evening is no problem."""
_AS_LONG_AS = re.compile(r"\b(?:als|zolang|zo lang) (?:het|dat) (?:maar|toch) (niet )?")
""" "als het maar 's avonds is": then only."""


def _only_or_except(match: re.Match[str]) -> str:
    return "behalve " if match[1] else "liefst "


_REWRITTEN = (
    (_ANY_DAY, "altijd"),
    (_NOT_TOO, ""),
    (_AS_LONG_AS, _only_or_except),
    (_NEED_NOT, r"\1\2"),
    (_IF_NEED_BE, "kan"),
    (_HALVES, r"\1\5 \3 \4\5"),
    (_OTHERWISE, "anders"),
    (_HOW_OFTEN, ""),
    (_FREE, "vrij"),
)

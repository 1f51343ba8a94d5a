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
    return _in_the_dark(_paid_hours(said)).split()


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


_WORK_UNTIL = re.compile(
    r"\b(?:tot|tegen) (?:de )?(1[6-9]|[4-7])(?: ?(?:u|uur|h))?\b"
    r"((?: \w+){0,5}(?: ,)?(?: en| dus)?) (?:daarna|erna|nadien|dan erna)"
    r"(?= (?:vrij|kan|wel|past|ok|oke|goed|is|ben|mag|liefst|heb|gaat|lukt)\b|[ ,.!]*$)"
)
""" "tot 17u in de winkel, dus erna": after work."""
_UNTIL_AND_BEFORE = re.compile(
    r"\b(?:na|vanaf) (?:de schooluren|school|\d+(?: ?(?:u|uur|h))?)\b[^;.]*?\bniet\b[^;.]*?"
    r"[,;] ?(?:ervoor|daarvoor) (?:wel|kan|past|is|ben)\b.*"
)
""" "na de schooluren niet, ervoor wel"."""
_NOPE = re.compile(
    r"\b(?:nope|njet|neje|neen|no go|nogo|(?:is |dat is )?(?:een |ne )?no go|vergeet het|"
    r"geen denken aan|no way)(?= ?(?:[,.;!]|$|maar|enkel|alleen|liever|of))"
)
""" "door de week nope"."""
_AFTER_SPOKEN = re.compile(
    r"\bno (?=(?:de|het|mie|mijn|mijne|men|werk|school|schole|\d+|den)\b)|"
    r"\bachter (?=(?:[4-8]|1[6-9])\b)"
)
""" "no mie werk", "achter vieren": after."""
_MINE = re.compile(r"\b(?:mie|mien|mijne)(?= (?:werk|uren|dienst|shift)\b)")
_IN_THE_DARK = re.compile(
    r"\b(?:als|wanneer|eens|zodra|nadat) het (?:te )?donker (?:is|wordt|valt)?(?: ,)?"
    r"(?: \w+){0,4} niet(?: meer| graag)*(?: \w+){0,2}|"
    r"\bniet(?: \w+){0,4} (?:als|wanneer|eens|zodra) het (?:te )?donker (?:is|wordt|valt)|"
    r"\b(?:kom|rij|rijd|ga|durf)(?: \w+){0,4} niet(?: meer| graag)*(?: \w+){0,2} in het donker"
)
""" "als het donker wordt kom ik niet meer buiten": in the day."""
_PAID_HOURS = re.compile(
    r"\b(?:tijdens|binnen|onder|in) (?:de |mijn )?(?:werkuren|kantooruren|diensturen|werktijd)\b"
)
_MAY_LEAVE = re.compile(r"\b(?:vrij|vrijmaken|vrijaf|mag|mogen|volgen|verlof|toestemming)\b")
""" "mijn werkgever geeft mij tijdens de werkuren vrij"."""
_MON_TO_FRI = re.compile(r"\b(?:ma|di)(?: ?- ?| tot | t m )(?:vr|vrij|za)\b")


def _after_that(match: re.Match[str]) -> str:
    hour = "de uren" if match[1] in ("4", "16") else f"{match[1]}u"
    return f"{match[2]} na {hour}"


def _paid_hours(said: str) -> str:
    return _PAID_HOURS.sub("overdag", said) if _MAY_LEAVE.search(said) else said


def _in_the_dark(said: str) -> str:
    """The evening is refused; alone, it means: in the day."""
    return _IN_THE_DARK.sub("overdag , avond niet", said)


_REWRITTEN = (
    (_MON_TO_FRI, "in de week"),
    (_MINE, "mijn"),
    (_AFTER_SPOKEN, "na "),
    (_WORK_UNTIL, _after_that),
    (_UNTIL_AND_BEFORE, "overdag"),
    (_NOPE, "nee"),
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

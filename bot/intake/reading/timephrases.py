"""Ways of speaking about time, rewritten so that one rule reads them all.

Works on folded words joined by spaces, numbers in digits: "tegen de middag" -> "om 12 uur",
"om 1 uur of 2" -> "rond 2 uur", "moet ik niet werken" -> "vrij".
"""

import re

from bot.intake.reading.timewords import DAY_OF, MONTHS

_DAYS = "|".join(sorted((d for d in DAY_OF if len(d) > 2), key=len, reverse=True))
_BUSY = re.compile(
    r"\b(?:werk|werkt|slaap) (?:ik|k)\b|\bik (?:werk|slaap|(?:heb )?(?:school|les|stage))\b|"
    r"\bmoet ik (?:gaan )?(?:werken|weg)\b|"
    r"\bik moet (?:\w+ )?werken\b|\bheb ik (?:les|school|werk|cursus|stage|lessen|nederlands)\b|"
    r"\bben ik (?:weg|bezet|bezig|op (?:het )?werk|aan het werk)\b|\bdoe (?:ik )?nacht\w*\b|"
    r"\bik (?:doe|heb) (?:de )?nacht\w*\b|\bzit ik (?:op school|in de les|vast)\b"
)
_FREE = re.compile(r"\b(?:vrij|na|vanaf|wel|pas|gedaan|thuis|niet|geen|zonder)\b")
_AT = r"(?:half )?\d{1,2}(?:[:.u]\d{2})?(?: uur)?"
_CANNOT = (
    r" (?:kan|gaat|lukt|past|heb|ben)(?: (?:ik|het|me|mij|dat|ook|echt))*"
    r" (?:niet meer|niet|ni|nie|geen tijd)\b"
)
_REWRITTEN = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        # what is past
        (
            rf"\b(?:vorige?|verleden|afgelopen) (?:week|maand|weekend|{_DAYS})(?: (?:{_DAYS}))?\b",
            " ",
        ),
        # free is what counts
        (
            r"\b(?:moet|hoef) ik (?:dan )?(?:niet|nooit) (?:te )?(?:gaan )?(?:werken|wirken)\b|"
            r"\bwerk ik (?:dan )?(?:nog )?niet\b|\bik werk (?:dan )?niet\b|"
            r"\b(?:heb ik|ik heb)? ?(?:dan )?geen "
            r"(?:werk|les|school|lessen|cursus|stage|shift|dienst)\b|"
            r"\bniet (?:moet |hoef )(?:te )?werken\b|\bniet werken?\b",
            " vrij ",
        ),
        (
            r"\b(?:maar )?(?:niet|nie) (?:te|zo|al te) (?:vroeg|laat|rap|snel|vlug|lang)\b"
            r"(?: op de dag)?",
            " ",
        ),
        (
            r"\bals (?:de )?school (?:gedaan|uit|af) is\b|"
            r"\bals de kinderen (?:van|uit) (?:de )?school (?:komen|zijn)\b",
            "na school",
        ),
        # "na 15 uur kan ik niet": before it
        (rf"\b(?:na|achter|noa) (?P<hour>{_AT}){_CANNOT}", r"voor \g<hour>"),
        (rf"\b(?:voor|veur) (?P<hour>{_AT}){_CANNOT}", r"vanaf \g<hour>"),
        (rf"\b(?:niet|ni|nie) (?:later dan|na) (?P<hour>{_AT})", r"voor \g<hour>"),
        (
            r"\b(?:is|gaat|valt|wordt|ligt)"
            r"(?: (?:me|mij|voor mij|het|wel|wat|nogal|heel|echt|te))* "
            r"(?:moeilijk|lastig|slecht|minder|te vroeg|te laat)\b",
            "kan niet",
        ),
        (r"\bmorgen morgen\b(?! (?:vroeg|om))", "morgen ochtend"),
        (r"\b(?:in de|s) morgen\b(?! (?:vroeg|om))", "ochtend"),
        (r"(\bdeze week\b.*)\bvolgende\b(?! (?:week|maand|[a-z]+dag|keer))", r"\1 volgende week"),
        # hours
        (r"\b(?:ten laatste|uiterlijk|op zijn laatst) (?:om|tegen|rond) ", "uiterlijk "),
        (
            r"\b(?:ten vroegste|vroegst|op zijn vroegst|niet vroeger dan|niet eerder dan) "
            r"(?:om |vanaf |tegen |rond )?(?=\d)",
            "vanaf ",
        ),
        (r"\b(?:een|1) uur of (\d{1,2})\b", r"rond \1 uur"),
        (r"\b(\d{1,2}) ?a ?\d{1,2} ?(?:uur|u)\b", r"\1 uur"),
        (
            r"\b(tussen [\w:.,]+(?: uur)? en|half|kwart (?:voor|over|na)|tot|tegen|omstreeks|rond) "
            r"een\b(?! (?:week|paar|dag|maand|half|kwart|uurtje))",
            r"\1 1",
        ),
        (r"\btussen een en\b", "tussen 1 en"),
        (
            r"\b(na|voor|vanaf|om|tegen|rond) (?:de |den )?(?:een|enen|eenen)(?= ?(?:$|,|\.| uur))",
            r"\1 1",
        ),
        (
            r"\b(na|noa|achter|voor|veur|vanaf|tot|tegen|rond|om) (?:den?|het|t) "
            r"(?=\d{1,2}(?:$|[ :.,]))(?!\d{1,2}(?:ste|de|e)\b)",
            r"\1 ",
        ),
        (r"(?<!\bover )(?<!\bbinnen )\been uur\b(?! lang)", "1 uur"),
        (r"\btegen de(?:n)? (?:middag|noen)\b", "om 12 uur"),
        (r"\b(\d{1,2})(?:[:.](\d{2}))? ?a ?\.? ?m\b\.?", r"om \1:\2 ochtend"),
        (r"\b(\d{1,2})(?:[:.](\d{2}))? ?p ?\.? ?m\b\.?", r"om \1:\2 namiddag"),
        (r"(\d): (ochtend|namiddag)", r"\1 uur \2"),
        # dates
        (rf"\been (?=(?:{MONTHS})\b)", "1 "),
        (r"(?<![\d:.])(2[4-9]|3[01])\.(0?[1-9]|1[0-2])(?![\d])", r"\1/\2"),
        (rf"\b(\d{{1,2}})(?:ste|de)? week (?:van )?(?:de )?(?=(?:{MONTHS})\b)", r"\1de week van "),
    )
)
_DASHED = re.compile(
    r"(?<![\d:.])(?P<day>\d{1,2})-(?P<month>\d{1,2})(?:-(?P<year>\d{2,4}))?(?![\d:]|\s?[uh]\b|\s?uur)"
)
_HOURS_DASHED = re.compile(
    r"(?<![\d/])(\d{1,2}(?:[uh:.]\d{0,2})?)\s?-\s?(?=\d{1,2}\s?(?:[uh]|uur))"
)
_PREFERRED = re.compile(
    r"^(?P<before>.*?)\b(?:liever|liefst|beter|eerder) (?:op |dan |nog )?"
    rf"(?P<rest>(?:{_DAYS})\b.*)$"
)


def written_out(text: str) -> str:
    """Dates and hours with a dash, which tokens would lose: "24-11" -> "24/11"."""
    text = _HOURS_DASHED.sub(r"van \1 tot ", text)
    return _DASHED.sub(lambda m: f"{m['day']}/{m['month']}" if _is_date(m) else m[0], text)


def _is_date(match: re.Match[str]) -> bool:
    day, month = int(match["day"]), int(match["month"])
    return (
        1 <= day <= 31
        and 1 <= month <= 12
        and (day > 12 or month == 12 or bool(match["year"]) or day < 8)
    )


def rewritten(said: str) -> str:
    """The words with the ways of speaking above rewritten."""
    for pattern, written in _REWRITTEN:
        said = pattern.sub(written, said)
    said = _without_busy(re.sub(r" +", " ", said).strip())
    preferred = _PREFERRED.match(said)
    if preferred and re.search(rf"\b(?:{_DAYS})\b", preferred["before"]):
        said = re.sub(rf"\bdan (?:op )?(?:{_DAYS})\b", "", preferred["rest"])
    return said


def is_busy(said: str) -> bool:
    """Whether folded words tell of work or school at some time: "vrijdag werk ik"."""
    return bool(_BUSY.search(said))


def _without_busy(said: str) -> str:
    """ "woensdag werk ik, donderdag kan wel": only the clauses in which somebody is free."""
    clauses = re.split(r"( ?[,.;] ?| maar | want | dus )", said)
    kept = [
        clause
        for at, clause in enumerate(clauses)
        if at % 2 or not (_BUSY.search(clause) and not _FREE.search(clause))
    ]
    return re.sub(r"^[ ,.;]+|(?:^| )(?:maar|want|dus) ?$", "", "".join(kept)).strip()

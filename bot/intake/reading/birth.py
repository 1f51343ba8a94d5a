"""The year of birth in an answer: "12/03/1998", "van 't jaar 80", "'84", "bouwjaar 79"."""

import datetime as dtm
import re
from collections.abc import Iterable

from bot.intake.reading.age_claims import is_of_other

_DATE = re.compile(
    # the number on an identity card, which begins with the date of birth backwards
    r"(?<!\d)(?P<y3>\d\d)\.?(?P<m3>[01]\d)\.?(?P<d3>[0-3]\d)[- ]\d{3}[. -]?\d\d(?!\d)|"
    r"(?<!\d)(?P<d2>[0-3]\d)(?P<m2>[01]\d)(?P<y2>19[3-9]\d|20[0-2]\d)(?!\d)|"
    r"(?<!\d)(?:(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -])?"
    r"(?P<year>(?:19[3-9]\d|20[0-2]\d))(?!\d)"
    r"|(?<!\d)(?P<d>\d{1,2})[/. -](?P<m>\d{1,2})[/. -](?P<y>\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?<![\d/.])(?P<year>19[3-9]\d|20[0-2]\d)(?!\d)")
_MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6,
    "juli": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9, "oktober": 10, "okt": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_NAMED_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_TWO = r"(?:' ?)?(?P<two>\d\d)(?! ?(?:jaar|j\b|jr|\d|%|kind|maand))"
_SHORT = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:geboren|gebore|geboorn|geb|geboortejaar|bouwjaar|bj|jaargang|lichting|born|"
        r"ne en|ne le)\b[^\d]{0,25}?" + _TWO,
        r"\b(?:ben|zijn|zen|zin|een|eentje|ene|geen|die) (?:er )?(?:nog )?(?:een |eentje )?"
        r"(?:van|uit) (?:het |den? )?(?:jaar |bouwjaar )?" + _TWO,
        r"^(?:van|uit|jaar|bouwjaar|van het jaar|uit het jaar|van den? bouwjaar) " + _TWO,
        r"\b(?:in )?(?:' ?)?(?P<two>\d\d) geboren\b",
        r"\b(?:van|uit|in) (?:het )?jaar\b[^\d]{0,40}?" + _TWO,
        rf"\b(?:{'|'.join(_MONTHS)}) (?P<two>3[2-9]|[4-9]\d)\b",
        r"(?:^|\s)'(?P<two>\d\d)(?!\d)",
        r"(?:^|\s)' (?P<two>\d\d)(?! \d)",
    )
)
"""Years of two figures. A number of two figures alone is an age."""
_DECADE = re.compile(
    r"\b(?P<part>begin |eind |midden )?(?:van |in |uit |de )*jaren '? ?(?P<tens>[5-9]0)\b"
)
_PARTS = {"begin": (0, 3), "midden": (4, 6), "eind": (7, 9), "": (0, 9)}
_YEARS_IN_WORDS = re.compile(
    r"\b(?:(?:19|negentienhonderd)(?: en)?|(?P<late>20|tweeduizend)(?: en)?) '?(\d\d?)\b"
    r"(?! ?(?:jaar|kind))"
)
_EVENT = re.compile(
    r"\b(?:sinds|trouwd|getrouwd|gekomen|aangekomen|gewerkt|gestopt|afgestudeerd|diploma|belgie|"
    r"kwam|verhuisd|gevlucht|gescheiden|pensioen|werk|vanaf)\b"
)


def years_in_words(said: str) -> str:
    """ "negentien 80", "tweeduizend en 4" as years."""
    return _YEARS_IN_WORDS.sub(lambda m: f"{20 if m['late'] else 19}{int(m[2]):02}", said)


def ages_of_birth(raw: str, said: str, today: dtm.date) -> list[int]:
    """The age, or the two ages, that follow from a year of birth; none when none is named.

    Args:
        raw: the folded answer as it was typed.
        said: the same in plain words, numbers in digits.
        today: the day of the answer.
    """
    for pattern, text in ((_DATE, raw), (_YEAR, said)):
        for match in pattern.finditer(text):
            if not _of_something_else(text, match) and not _too_late(match, today):
                return _ages(match, text, today)
    if born := _DECADE.search(said):
        low, high = _PARTS[(born["part"] or "").strip()]
        first = today.year - 1900 - int(born["tens"])
        return list(range(first - high, first - low + 1))
    for text in (said, raw):
        for short in _SHORT:
            found = short.search(text)
            if found and not is_of_other(text, found.start("two")):
                return _on(_century(int(found["two"]), today), (None, None), today)
    return []


def _ages(match: re.Match[str], text: str, today: dtm.date) -> list[int]:
    year, month, day = (_part(match, names) for names in _PARTS_OF_DATE)
    year = year if year > 99 else _century(year, today)
    if month:
        return _on(year, (month, day or None), today)
    named = _NAMED_MONTH.search(text)
    return _on(year, (_MONTHS[named[1]] if named else None, None), today)


_PARTS_OF_DATE = (("year", "y", "y2", "y3"), ("month", "m", "m2", "m3"), ("day", "d", "d2", "d3"))


def _part(match: re.Match[str], names: Iterable[str]) -> int:
    """The part of a date that one of the groups holds; 0 without."""
    found = match.groupdict()
    return int(next((found[name] for name in names if found.get(name)), 0))


def _too_late(match: re.Match[str], today: dtm.date) -> bool:
    """Nobody here was born in the last ten years."""
    return _part(match, _PARTS_OF_DATE[0]) > today.year - 10


def _of_something_else(text: str, match: re.Match[str]) -> bool:
    """ "hier sinds 2015", "getrouwd in 1989", "mijn zoon is van 2005": no year of birth."""
    if is_of_other(text, match.start()):
        return True
    before = text[max(0, match.start() - 30) : match.start()]
    told = [event.end() for event in _EVENT.finditer(before)]
    after = re.match(r" (?:ben ik |zijn we )?(?:naar |hier|in |ge|aan)", text[match.end() :])
    if after and _EVENT.search(text[match.end() : match.end() + 30]):
        return True
    return bool(told) and not re.search(r"\b(?:geb|gebor|born)", before[told[-1] :])


def _century(two: int, today: dtm.date) -> int:
    """The year of birth meant with two digits: nobody here is younger than ten."""
    return 2000 + two if two <= today.year % 100 - 10 else 1900 + two


def _on(year: int, month_day: tuple[int | None, int | None], today: dtm.date) -> list[int]:
    month, day = month_day
    age = today.year - year
    if month and 1 <= month <= 12:
        if month == today.month and not day:
            return [age - 1, age]
        return [age if (month, day or 1) <= (today.month, today.day) else age - 1]
    # nearly everybody has had a birthday by November
    return [age] if today.month >= 11 else [age - 1, age]

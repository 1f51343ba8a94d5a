"""Age, from years, a year of birth, a sum, or words such as "bijna dertig".

Two views of an answer are read: `raw`, folded as it was typed (dates, "'84"), and `said`, plain
words with numbers in digits, dialect and the round numbers of English and French included.
"""

import datetime as dtm
import re
from collections.abc import Iterable, Sequence

from bot.intake.reading.age_claims import claimed, counts_else
from bot.intake.reading.age_decades import decade
from bot.intake.reading.age_sums import worked_out
from bot.intake.reading.birth import ages_of_birth, years_in_words
from bot.intake.reading.lexicon import tokens
from bot.intake.reading.numbers import FOREIGN, FOREIGN_ONES, digits, misspelled, number
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.text import fold

_LONGEST = 500
"""Characters of an answer in which an age is looked for."""
_BANDS = ((16, 17), (18, 25), (26, 34), (35, 44), (45, 54))
_UNDER = re.compile(
    r"(?<!net )(?<!juist )(?<!bijna )\b(?:jonger dan|onder de|minder dan|nog geen|"
    r"geen) (?:1[89]|[2-6]\d)\b"
)
"""Only what somebody is not yet."""
_BIRTHDAY = re.compile(r"\b(?P<nth>\w+?)(?:ste|de) verjaardag\b")
_CELEBRATED = frozenset(
    ("vierde", "4de", "gevierd", "gehad", "vorige", "gisteren", "net", "pas", "achter", "voorbij",
     "daarnet", "verleden", "geleden")
)  # fmt: skip
"""With one of these a birthday has been; without it is still to come."""
_NOW_IS = re.compile(r"\b(?:nu|vandaag|momenteel) (?:ben ik|ik ben|ik)(?: \w+)? (?P<age>\d\d)\b")
_NEXT_YEAR = re.compile(
    r"\b(?P<age>\d\d)\b[^\d]*\b(?:jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]* "
    r"(?:word ik |dan )?(?P<next>\d\d)\b"
)
_BY_WORDS = (
    (
        re.compile(
            r"\b(?:(?:op|met|tot|voor|mijn|bijna|naar) pensioen|gepensioneerd|pensioen\w+)\b"
        ),
        "55_plus",
    ),
    (re.compile(r"\b(?:minderjarig|(?:nog geen|onder de|jonger dan) 18)\b"), "16_17"),
    (re.compile(r"\b(?:sinds kort|pas|net|juist) meerderjarig\b"), "18_25"),
)
_NOT_BY_WORDS = re.compile(
    r"\b(?:man|vrouw|vader|moeder|papa|mama|ouders|vent|broer|zus|nog (?:lang|ver|niet)|"
    r"\d\d jaar)\b"
)
"""Of somebody else, or far from it."""


def band(age: int) -> str | None:
    """The code of an age in years; None below 16 and above 110."""
    for low, high in _BANDS:
        if low <= age <= high:
            return f"{low}_{high}"
    return "55_plus" if 55 <= age <= 110 else None


def age_band(text: str, now: dtm.datetime) -> Reading:
    """The age band, on the day of `now`."""
    text = text[:_LONGEST]
    raw, said = fold(text), years_in_words(_said(text))
    if _UNDER.search(said):
        besides = _UNDER.sub(" ; ", said)
        if not re.search(r"\d\d", besides):
            return _in_words(said)
        said = besides
    if (birthday := _BIRTHDAY.search(raw)) and (age := number(birthday["nth"])):
        return _bands([age if _CELEBRATED & {*tokens(text)} else age - 1])
    birthday_soon = _NEXT_YEAR.search(said)
    if birthday_soon and int(birthday_soon["next"]) == int(birthday_soon["age"]) + 1:
        return _bands([int(birthday_soon["age"])])
    if (now_is := _NOW_IS.search(said)) and not counts_else(said[now_is.end() :]):
        return _bands([int(now_is["age"])])
    if apart := re.fullmatch(r"(?:ik ben )?([2-9]) (\d)(?: jaar)?", said):
        return _bands([int("".join(apart.groups()))])
    if re.fullmatch(r"(?:7[6-9]|[89]\d)", said):
        return _bands([int(said), now.year - 1900 - int(said)])
    for ages in (worked_out(said, now.year), ages_of_birth(raw, said, now.date())):
        if ages:
            return _bands(ages)
    vague = decade(said)
    exact = claimed(vague.besides if vague else said)
    if exact and (not vague or exact.is_sure):
        return _bands(exact.ages)
    return _bands(vague.ages) if vague else _in_words(said)


def _bands(ages: Iterable[int]) -> Reading:
    return one_of([code for code in map(band, ages) if code])


def _in_words(said: str) -> Reading:
    """Without a number: "op pensioen", "minderjarig"."""
    found = next((code for pattern, code in _BY_WORDS if pattern.search(said)), None)
    return Reading(found) if found and not _NOT_BY_WORDS.search(said) else NOTHING


def _said(text: str) -> str:
    words = [FOREIGN.get(word, word) for word in _tied(tokens(text))]
    # A zero in front is of a year: "07"
    kept = [f"'{word}" if re.fullmatch(r"0\d", word) else word for word in words]
    said = " ".join(map(_of_years_old, digits(kept, ones=False)))
    return _AND_MORE.sub(r"\1", said)


_AND_MORE = re.compile(r"\b(\d\d)(?:[.,]\d| en (?:een )?half\w*| 1/2)(?!\w)(?! eeuw)")
"""A half year more makes nobody a year older."""
_ENDINGS = (
    ("jarige", ""), ("jarig", ""), ("plussers", " plus"), ("plusser", " plus"), ("plus", " plus"),
    ("ste", ""), ("tje", ""), ("ske", ""), ("jr", " jaar"), ("yo", " jaar"), ("de", ""),
    ("j", " jaar"), ("y", " jaar"), ("e", ""), ("", ""),
)  # fmt: skip


def _of_years_old(word: str) -> str:
    """ "twintigjarige" -> "20", "19j" -> "19 jaar": the ages that hide in other words."""
    if word.isdigit() or len(word) < 3:
        return word
    for ending, written in _ENDINGS:
        stem = word.removesuffix(ending)
        age = number(stem) if stem else None
        if age is None and len(stem) >= 6:
            age = misspelled(stem)
        if (stem != word or not ending) and age is not None and 16 <= age < 100:
            return f"{age}{written}"
    return word


def _tied(words: Sequence[str]) -> list[str]:
    """ "thirty five", "quarante deux": one number."""
    tied: list[str] = []
    for word in words:
        last = FOREIGN.get(tied[-1], "") if tied else ""
        one = FOREIGN_ONES.get(word)
        if one and last.endswith("0") and last.isdigit():
            tied[-1] = str(int(last) + one)
        else:
            tied.append(word)
    return tied

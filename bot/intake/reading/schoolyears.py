"""School told in years, classes or ages: "5 jaar school", "9 klas", "tot mijn twaalf"."""

import re
from collections.abc import Sequence

_YEARS = re.compile(
    r"\b(?P<n>\d{1,2}) (?:jaar|jaren|j|years?|ans|anni|lat|yil)\b"
    r"(?: (?:lang|naar|de|het|in|op|gewone?|maar|klein\w*))* ?(?:school|gestudeerd|onderwijs)"
    r"|\bschool(?: [\w,]+){0,3}? (?P<m>\d{1,2}) (?:jaar|jaren|j|years?)\b(?! (?:oud|was))"
)
_CLASS = re.compile(
    r"\b(?P<n>\d{1,2})(?:de|e|ste|th)? (?:klas|klassen|klasse|class|classe|grade|sinif|graad)\b"
    r"|\bschool (?P<s>\d{1,2})$|\b(?:klas|class|grade|classe|sinif|klasse) (?P<m>\d{1,2})\b"
)
_AGE = re.compile(
    r"\b(?:tot|tem|tot aan|tot en met|gestopt|weg|toen ik|op|met|na)"
    r"(?: (?:op|met|ongeveer|rond|aan|van))?(?: mijn| ons)? "
    r"(?P<n>1\d)(?:de|e)?(?: (?:jaar|jaren|verjaardag|levensjaar))?\b"
    r"(?! (?:leerjaar|klas|studiejaar))"
)
_SCHOOL = re.compile(r"school|studeer|student|leren|gestopt|werk|thuis")
_FROM_TO = re.compile(r"\bvan (?:mijn )?[4-8](?: jaar)? tot (?:mijn )?(?P<n>1\d)\b")


def by_years(words: Sequence[str]) -> list[str]:
    """Levels that follow from years at school, a class or an age; mostly one or none."""
    said = " ".join(words)
    found: list[str | None] = []
    for match in _FROM_TO.finditer(said):
        found.append(_of_age(int(match["n"])))
    if not found and _SCHOOL.search(said):
        found += [_of_age(int(m["n"])) for m in _AGE.finditer(said)]
    if not found:
        found += [_of_class(int(m["n"] or m["m"] or m["s"])) for m in _CLASS.finditer(said)]
    if not found:
        found += [_of_years(int(m["n"] or m["m"])) for m in _YEARS.finditer(said)]
    return [level for level in found if level]


def _of_years(years: int) -> str | None:
    """Years at school in all; three years are too few to choose between none and primary."""
    if years <= 2:
        return "none"
    if 4 <= years <= 6:
        return "primary"
    if 7 <= years <= 11:
        return "lower_secondary"
    return "upper_secondary" if years in (12, 13) else None


def _of_class(number: int) -> str | None:
    """A class abroad, counted from the first year at school; 11 may be the last one or not."""
    if 4 <= number <= 6:
        return "primary"
    if 7 <= number <= 10:
        return "lower_secondary"
    return "upper_secondary" if number in (12, 13) else None


def _of_age(age: int) -> str | None:
    """The age at which school ended; with 18 nobody knows."""
    if 10 <= age <= 12:
        return "primary"
    return "lower_secondary" if 13 <= age <= 17 else None

"""How a name is written: with which capitals, and which words say what is first and family name."""

import re
import unicodedata
from collections.abc import Sequence

from bot.intake.reading.lexicon import word_set
from bot.intake.reading.name_story import is_given
from bot.text import fold

_PARTICLES = word_set("names", "particles")
_SMALL = _PARTICLES - word_set("names", "capital_particles")


def tidy(text: str) -> str:
    """Composed letters, plain quotes, single spaces; capitals and accents stay."""
    return unicodedata.normalize("NFC", " ".join(text.split())).translate(_QUOTES)


_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"'})


def in_dutch(text: str) -> str:
    """ "prénom: Mariama nom: Diallo", when both are said, with the Dutch words."""
    for given, family in _ROLES_ELSEWHERE:
        if given.search(text) and family.search(given.sub("", text)):
            return family.sub("familienaam", given.sub("voornaam", text))
    return text


_ROLES_ELSEWHERE = tuple(
    (
        re.compile(rf"\b(?:{given})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{family})\b", re.IGNORECASE),
    )
    for given, family in (
        ("pr[eé]nom", "nom(?: de famille)?"),
        ("first ?name|given name", "last ?name|surname|family ?name"),
        ("eerste naam", "tweede naam|laatste naam"),
        ("vorname", "nachname|familienname"),
    )
)
"""What a first and a family name are called in other languages."""


def with_capitals(words: Sequence[str]) -> str:
    """The words of a name as one; lower case gets capitals, small words inside it do not.

    Who writes no capitals at all writes "el idrissi" for El Idrissi.
    """
    shouted = all(w == w.upper() for w in words)
    written = [_unshouted(w, alone=not shouted or len(words) == 1) for w in words]
    small_ones = _PARTICLES if any(w != w.lower() for w in words) else _SMALL
    made = []
    for at, word in enumerate(written):
        small = at > 0 and not shouted and (fold(word) in small_ones or word in IN_BETWEEN)
        made.append(word if small or word != word.lower() else _capital(word))
    return " ".join(made)


IN_BETWEEN = ("wa", "ya")
"""Words of Dutch dialect, but between two names ("Ilunga wa Mukendi") particles."""
_INITIALS = 2
"""Up to so many capitals may be initials."""


def _unshouted(word: str, *, alone: bool) -> str:
    """ "JAN" and "iLsE" with one capital; "JP", "D'Hondt" and "McDonald" as they are."""
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 1 and word == word.upper() != word.lower():
        initials = len(letters) <= _INITIALS and not is_given(word) and fold(word) not in _PARTICLES
        return word if initials and alone else _capital(word.lower())
    mixed = word[0].islower() and word != word.lower() and word.isalpha()
    return word.lower() if mixed else word


def _capital(word: str) -> str:
    """ "o'brien-claes" -> "O'Brien-Claes", "al-masri" -> "al-Masri"."""
    head, dash, tail = word.partition("-")
    if dash and head in ("al", "el", "ul"):
        return f"{head}-{_capital(tail)}"
    return re.sub(r"(?:^|(?<=-)|(?<=^[^\W\d_]'))[^\W\d_]", lambda m: m[0].upper(), word)

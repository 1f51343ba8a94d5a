"""Facts that somebody tells without being asked: only what is stated beyond doubt.

A question that was answered this way is not asked again, so a wrong fact costs more here than a
missed one: misspellings are not guessed, and what is said about others or in a question is left.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot import places
from bot.intake.dreams import themes_by_words
from bot.intake.reading.age import band
from bot.intake.reading.contact import email, phone
from bot.intake.reading.education import education_level
from bot.intake.reading.lexicon import Lexicon, is_break, lexicon, tokens
from bot.intake.reading.name import name
from bot.intake.reading.numbers import digits
from bot.intake.reading.origin import diploma_origin
from bot.intake.reading.scope import denied
from bot.intake.reading.spoken import languages
from bot.text import LONGEST, fold

_AGE = re.compile(
    r"(?:\b(?:ik ben|ben|k ben|i am|i'm|im) "
    r"(?:nu |al |ondertussen |pas |nog maar |een \w+ van |vrouw |man )?"
    r"(\d\d)(?: ?(?:jaar|jr|j|years|jaren))?"
    r"(?= ?(?:,|\.|en|maar|$|oud|alleen|ik|wil|heb|met|werk|woon|years|zonder|zoek))"
    r"|\b(\d\d) ?(?:jaar|jr|j) (?:oud|jong)\b|^(\d\d) (?:jaar|jr)\b|\bvan (\d\d) jaar\b"
    r"|\bmijn leeftijd is (\d\d)\b"
    r"|,\s?(\d\d) jaar\s?,)"
)
_SCHOOL_DONE = re.compile(
    r"\b(?:gedaan|gehaald|behaald|afgemaakt|afgewerkt|gestopt|geraakt|gevolgd|"
    r"heb (?:een |mijn |wel |alleen |enkel |al |maar )*"
    r"(?:diploma|bachelor|master|graduaat|a2|a1|\d|lagere|getuigschrift|universitair|hogeschool)|"
    r"diploma van|gestudeerd|school tot|"
    r"nooit naar school|alleen lagere|enkel lagere|afgestudeerd)\b"
)
_WISH = frozenset(
    ["wil", "wou", "zou", "graag", "halen", "behalen", "doen", "worden", "droom", "hoop", "volgen"]
)
_DIPLOMA_ABROAD = re.compile(
    r"\b(?:diploma|bachelor|master|universiteit|hogeschool|studeerde|gestudeerd|afgestudeerd|school)\b[^.!?]{0,25}"
    r"\b(?:van|uit|in|vanuit)\b (?:het |de |mijn |een )?(?P<where>[^\W\d_]+(?: land)?)"
)
_SPEAKS = re.compile(
    r"\b(?:ik|k) (?:spreek|praat|ken|kan)\b|\bmijn (?:moeder)?taal is\b|\bmoedertaal\b|"
    r"\bi speak\b|\bje parle\b"
)
_NAMED = re.compile(r"\b(?:ik heet|mijn naam is|my name is|je m'appelle|ik noem)\s", re.IGNORECASE)
_LIVES = re.compile(
    r"\b(?:ik |wij |we )?(?:woon|wone|wonen|weun)\b|\bpostcode\b|^ik ben (?:\w+ )?van\b|"
    r"\buit\b|\bi live\b"
)
_SENTENCE = re.compile(r"[.!?\n]+")


def volunteered(text: str) -> dict[str, Any]:
    """Field -> value for what a text says for sure, `{}` for most texts.

    `dream_themes` is there when a wish names them; `education_level` only when a level is named
    as reached ("geen diploma" is no level).
    """
    statements = " . ".join(
        part
        for part in re.split(r"(?<=[.!?\n])", text[:LONGEST])
        if not part.rstrip().endswith("?")
    )
    if not statements.strip():
        return {}
    words = digits(tokens(statements), ones=False)
    found = {}
    for field, reader in _READERS.items():
        value = reader(statements, words)
        if value not in (None, [], ""):
            found[field] = value
    return found


def _section(section: str) -> Lexicon:
    return lexicon("volunteered", section, fuzzy=False)


def _about_others(words: Sequence[str]) -> bool:
    return bool(_section("others").find(words))


def _age(_text: str, words: Sequence[str]) -> str | None:
    joined = " ".join(words)
    ages = [next(filter(None, m.groups())) for m in _AGE.finditer(joined)]
    if len(set(ages)) != 1 or re.search(r"\b(?:zoon|dochter|kind) (?:van|is)\b", joined):
        return None
    return band(int(ages[0]))


def _barriers(_text: str, words: Sequence[str]) -> list[str]:
    if _about_others(words):
        return []
    return _section("barriers").codes(words)


def _situation(_text: str, words: Sequence[str]) -> str | None:
    if _about_others(words):
        return None
    hits = _section("situation").find(words)
    lost = denied(words, hits)
    codes = {h.code for h in hits if h not in lost}
    if any(w in ("vroeger", "was", "geweest", "gewerkt", "werkte") for w in words):
        return None
    if codes == {"living_wage", "job_seeking"}:
        return "living_wage"
    return codes.pop() if len(codes) == 1 else None


def _dutch(_text: str, words: Sequence[str]) -> str | None:
    codes = [] if _about_others(words) else _section("dutch_level").codes(words)
    return codes[0] if len(codes) == 1 else None


def _schedule(_text: str, words: Sequence[str]) -> list[str]:
    hits = _section("schedule").find(words)
    lost = denied(words, hits)
    said = {h.code for h in hits if h not in lost}
    return [c for c in ("day", "evening", "weekend", "online") if c in said]


def _themes(_text: str, words: Sequence[str]) -> list[str]:
    if not _section("wish").find(words):
        return []
    # only the clauses from a wish on: "ik werk in de bouw maar wil in de zorg"
    wishes = [h.start for h in _section("wish").find(words)]
    begin = min(_clause_start(words, at) for at in wishes)
    return themes_by_words(words[begin:]) or []


def _clause_start(words: Sequence[str], at: int) -> int:
    for i in range(at, -1, -1):
        if is_break(words[i]) or words[i] in ("maar", "en", "ma"):
            return i + 1
    return 0


def _education(text: str, words: Sequence[str]) -> str | None:
    for sentence in re.split(r"[.!?\n]+|,| maar ", fold(text)):
        said = tokens(sentence)
        if _about_others(said) or not _SCHOOL_DONE.search(" ".join(digits(said))):
            continue
        if any(w in _WISH for w in said):
            continue
        reading = education_level(sentence)
        if reading.value and not (reading.value == "none" and "nooit" not in said):
            return str(reading.value)
    return None


def _origin(text: str, words: Sequence[str]) -> str | None:
    if _about_others(words):
        return None
    match = _DIPLOMA_ABROAD.search(fold(text))
    if not match:
        return None
    reading = diploma_origin(match["where"])
    return reading.value if reading.value == "abroad" or match["where"] == "belgie" else None


def _languages(text: str, words: Sequence[str]) -> list[str] | None:
    if not _SPEAKS.search(fold(text)) or any(w in _WISH | {"leren"} for w in words):
        return None
    value = languages(text).value
    return value if value and value != ["nl"] else None


def _postcode(text: str, _words: Sequence[str]) -> str | None:
    for sentence in re.split(r"[.!?\n,]+| maar | en ", fold(text)):
        if not _LIVES.search(sentence) or re.search(
            r"\b(?:niet|vroeger|geboren|diploma|mijn man)\b", sentence
        ):
            continue
        found = places.mentioned(sentence)
        if len(found) == 1:
            return found[0].postcode
    return None


def _name(text: str, _words: Sequence[str]) -> str | None:
    return name(text).value if _NAMED.search(text) else None


def _phone(text: str, _words: Sequence[str]) -> str | None:
    return phone(text).value if sum(c.isdigit() for c in text) >= 9 else None


def _email(text: str, _words: Sequence[str]) -> str | None:
    return email(text).value if "@" in text else None


_READERS: Mapping[str, Callable[[str, Sequence[str]], Any]] = MappingProxyType(
    {
        "dream_themes": _themes,
        "education_level": _education,
        "diploma_origin": _origin,
        "dutch_level": _dutch,
        "situation": _situation,
        "barriers": _barriers,
        "schedule": _schedule,
        "postcode": _postcode,
        "age_band": _age,
        "languages": _languages,
        "name": _name,
        "phone": _phone,
        "email": _email,
    }
)

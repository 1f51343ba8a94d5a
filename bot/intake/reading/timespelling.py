"""The words of a wish for a time, with days and parts of the day spelled right.

"dndrdg", "vraajdag", "ovrmrgn", "dinsdagnamidag": chat without vowels, dialect, slips. A word
that Dutch knows is left alone.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import rapidfuzz

from bot.intake.reading.lexicon import is_dutch, tokens, vocabulary
from bot.intake.reading.standard import unshortened
from bot.intake.reading.timewords import DAY_OF, MONTH_OF, SHORT_DAYS
from bot.text import fold

_WORD = re.compile(r"\d+[.,:]\d+|[^\W_]+|[,.;:!?\n()+/]|['&@]")
_SHORTEST = 5
"""Letters of a word that is compared letter by letter."""
_LONG = 7
"""Letters from which two slips are forgiven instead of one."""
_DAY_END = re.compile(r"^(\w+?d(?:a|aa|oa|e)?(?:g|ch))(s?\w{3,})$")
_ON_DAYS = re.compile(rf"t?s?({'|'.join(d for d in DAY_OF if d.endswith('dag'))})s?")
_FOLLOWS_MONDAY = frozenset(
    "of en tot vm nm voormiddag namiddag avond middag om na voor vanaf tussen , .".split()  # noqa: SIM905
)


def time_words(text: str) -> list[str]:
    """The words of a text; those of time in their usual spelling, the others in standard Dutch."""
    raw = [
        w
        for word in _WORD.findall(unshortened(fold(text).replace("'s ", "s ")))
        for w in _split(word)
    ]
    result: list[str] = []
    others: list[str] = []
    for at, word in enumerate(raw):
        known = "maar" if word == "ma" and not _is_monday(raw, at) else _known(word)
        if known is None:
            others.append(word)
            continue
        result += [*tokens(" ".join(others)), known]
        others = []
    return result + tokens(" ".join(others))


def _is_monday(words: list[str], at: int) -> bool:
    """Whether "ma" is short for Monday and not dialect for "but"."""
    after = words[at + 1 : at + 2]
    before = words[at - 1] if at else ""
    return (
        len(words) == 1
        or before in ("op", "volgende", "elke", "deze", "of", "en", "liefst")
        or (
            bool(after)
            and (after[0] in _FOLLOWS_MONDAY or after[0][0].isdigit() or after[0] in SHORT_DAYS)
        )
    )


def _split(word: str) -> Iterable[str]:
    """ "dinsdgnamidag" -> "dinsdg", "namidag"."""
    match = _DAY_END.match(word)
    if match and word not in _kept() and (day := _known(match[1])) in DAY_OF:
        rest = match[2].removeprefix("s") if _known(match[2]) is None else match[2]
        if part := _known(rest):
            return (str(day), part)
    return (word,)


@functools.cache
def _kept() -> frozenset[str]:
    return frozenset((*DAY_OF, *MONTH_OF))


@functools.cache
def _usual() -> Mapping[str, str]:
    """How a word of time may be written -> its usual spelling."""
    spelled = vocabulary("times")["spellings"]
    return MappingProxyType(
        {form: usual for usual, forms in spelled.items() for form in (usual, *forms)}
    )


@functools.cache
def _without_vowels() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for usual in vocabulary("times")["spellings"]:
        found.setdefault(_bones(usual), usual)
    return MappingProxyType(found)


def _bones(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"ij|[aeiouy]", "", word))


@functools.lru_cache(maxsize=4096)
def _known(word: str) -> str | None:
    """The usual spelling of a word of time, or None when it is none."""
    if word in _kept():
        return word
    if word in _usual():
        return _usual()[word]
    if match := _ON_DAYS.fullmatch(word):
        return match[1]
    if len(word) < 3 or not word.isalpha() or not word.isascii() or is_dutch(word):
        return None
    vowels = len(re.findall(r"[aeiouy]", word))
    if vowels <= 1 and (usual := _without_vowels().get(_bones(word))):
        return usual
    if len(word) < _SHORTEST:
        return None
    allowed = 2 if len(word) >= _LONG else 1
    near = rapidfuzz.process.extractOne(
        word, list(_usual()), scorer=rapidfuzz.distance.OSA.distance, score_cutoff=allowed
    )
    return (
        _usual()[near[0]] if near and near[0][0] == word[0] and len(near[0]) >= _SHORTEST else None
    )

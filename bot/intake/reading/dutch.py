"""How much Dutch somebody knows, from what they say they can do with it."""

import functools
from collections.abc import Sequence

from bot.intake.reading.clauses import about_others, clauses
from bot.intake.reading.lexicon import Hit, Lexicon, lexicon, tokens, vocabulary, word_set
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.scope import NEGATORS
from bot.intake.reading.yes_no import said_dont_know

_ORDER = ("a0", "a1", "a2", "b1", "b2", "c1")
_CUTS = ("alleen", "enkel", "behalve", "al", "hoewel", "alhoewel", "zolang")
_HARD = word_set("words", "hard")
_SPEECH = frozenset(("a2", "b1", "b2"))
"""Levels told by what somebody can do; a "not" in the clause says that it is too much."""


@functools.cache
def _lexicon() -> Lexicon:
    content = vocabulary("dutch_level")
    codes = {c: phrases for c, phrases in content.items() if c != "torn"}
    return Lexicon({**codes, **content["torn"]})


def dutch_level(text: str) -> Reading:
    """The level of Dutch; options between two neighbours when the words fit both."""
    words = digits(tokens(text), ones=False)
    hits = _own(words, _lexicon().find(words))
    if text.rstrip().endswith("?") or (said_dont_know(text) and len(words) <= 4):
        return NOTHING
    if not hits:
        return Reading("a0") if _only_another_language(words) else NOTHING
    cannot = _too_hard(words, hits)
    can = [h for h in hits if h not in cannot]
    lost = [h.code for h in cannot]
    sure = list(dict.fromkeys(h.code for h in can if " " not in h.code))
    if sure:
        return _weighed(sure, lost)
    torn = next((h.code for h in can), "")
    return Reading(None, tuple(torn.split())) if torn else _below(lost)


def _own(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """Without what is told about the husband or the children ("alles" of theirs aside)."""
    named = {h.code for h in lexicon("languages").find(words)}
    theirs = [c for c in clauses(words) if about_others(words[c[0] : c[1]])]
    return [
        h
        for h in hits
        if h.code == "a0"
        or (
            not any(b <= h.start < e for b, e in theirs)
            # "arabisch is mijn moedertaal"
            and not (h.code == "c1" and named and "nl" not in named)
        )
    ]


def _too_hard(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """What the client can't do: "een brief is moeilijk", "een gesprek lukt nog niet"."""
    taken = {i for h in hits for i in range(h.start, h.end)}
    found = []
    for begin, end in clauses(words, _CUTS):
        against = any(
            i not in taken and (words[i] in NEGATORS or words[i] in _HARD or words[i] == "nee")
            for i in range(begin, end)
        )
        if against and "probleem" not in words[begin:end]:
            found += [h for h in hits if begin <= h.start < end and h.code in _SPEECH]
    return found


def _only_another_language(words: Sequence[str]) -> bool:
    """ "alleen arabisch", "nederlands nee": some other language, and no Dutch."""
    named = {h.code for h in lexicon("languages").find(words)}
    if "nl" in named:
        return len(words) <= 5 and any(w in ("nee", "niet", "geen") for w in words)
    return bool(named) and any(w in ("alleen", "enkel", "only") for w in words)


def _weighed(sure: Sequence[str], lost: Sequence[str]) -> Reading:
    best = max(sure, key=_ORDER.index)
    worst = min(sure, key=_ORDER.index)
    at, low = _ORDER.index(best), _ORDER.index(worst)
    if best == "c1":
        return Reading("c1") if low >= 3 or worst == best else one_of([worst, best])
    if lost and _ORDER.index(min(lost, key=_ORDER.index)) < at:
        return Reading(None, ("a2", "b1")) if best == "b2" else _below(lost)
    if low <= 1 and at >= 3:
        return Reading(None, (worst, best))
    if low <= 1 and at == 2 and (lost or "a2" not in sure[:1]):
        return Reading(worst)
    return Reading(best)


def _below(lost: Sequence[str]) -> Reading:
    """Who says what they can't do is below that."""
    known = [c for c in lost if c in _ORDER]
    if not known:
        return NOTHING
    lowest = _ORDER.index(min(known, key=_ORDER.index))
    if lowest == 2:
        return Reading("a1")
    if lowest == 3:
        return Reading(None, ("a1", "a2"))
    return Reading(None, (_ORDER[lowest - 2], _ORDER[lowest - 1]))

"""How much Dutch somebody knows, from what they say they can do with it."""

from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, Lexicon, is_break, tokens, vocabulary
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.scope import NEGATORS, denied
from bot.intake.reading.yes_no import said_dont_know

_ORDER = ("a0", "a1", "a2", "b1", "b2", "c1")
_LEXICON: list[Lexicon] = []


def _lexicon() -> Lexicon:
    if not _LEXICON:
        content = vocabulary("dutch_level")
        codes = {c: phrases for c, phrases in content.items() if c != "torn"}
        _LEXICON.append(Lexicon({**codes, **content["torn"]}))
    return _LEXICON[0]


def dutch_level(text: str) -> Reading:
    """The level of Dutch; options between two neighbours when the words fit both."""
    words = digits(tokens(text), ones=False)
    hits = _lexicon().find(words)
    if not hits or (said_dont_know(text) and len(words) <= 4):
        return NOTHING
    cannot = denied(words, hits) + _hard(words, hits)
    can = [h for h in hits if h not in cannot]
    lost = [h.code for h in cannot if " " not in h.code]
    if any(h.phrase != "geen" and h.code != "c1" for h in can):
        can = [h for h in can if h.phrase not in ("geen", "gin", "zonder") or h.code != "c1"]
    sure = list(dict.fromkeys(h.code for h in can if " " not in h.code))
    if not sure:
        torn = next((h.code for h in can), "")
        if torn:
            return Reading(None, tuple(torn.split()))
        return _below(lost)
    best = max(sure, key=_ORDER.index)
    if lost and best == "a2" and set(lost) <= {"b1", "b2"}:
        return Reading("a2")
    if lost and _ORDER.index(min(lost, key=_ORDER.index)) <= _ORDER.index(best):
        return _below(lost)
    if {"a0", "a1"} & set(sure) and best in ("b1", "b2", "c1"):
        weak = "a1" if "a1" in sure else "a0"
        return Reading(None, (weak, best))
    if len(sure) > 1 and _ORDER.index(best) - _ORDER.index(min(sure, key=_ORDER.index)) > 2:
        return one_of(sorted(sure, key=_ORDER.index))
    return Reading(best)


def _hard(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """What is "moeilijk": "een brief is moeilijk" says that letters are too much."""
    found = []
    for hit in hits:
        for i in range(hit.end, min(len(words), hit.end + 4)):
            if is_break(words[i]) or words[i] in ("maar", "wel"):
                break
            if words[i] in ("moeilijk", "moeilik", "lastig", "moeilijker", "lukt") and (
                words[i] != "lukt" or any(w in NEGATORS for w in words[i + 1 : i + 3])
            ):
                found.append(hit)
    return found


def _below(lost: Sequence[str]) -> Reading:
    """Who says what they can't do is below that."""
    known = [c for c in lost if c in _ORDER]
    if not known:
        return NOTHING
    lowest = _ORDER.index(min(known, key=_ORDER.index))
    if lowest <= 1:
        return Reading("a0")
    if lowest == 2:
        return Reading("a1")
    if lowest == 3:
        return Reading(None, ("a1", "a2"))
    return Reading(None, (_ORDER[lowest - 2], _ORDER[lowest - 1]))

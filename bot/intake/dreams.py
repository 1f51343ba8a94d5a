"""From a dream in somebody's own words to themes.

Two paths: job words and activities of `vocabulary/themes.yaml` (with misspellings, compounds and
"not"), and, when those find nothing, the meaning of the whole sentence.
"""

import functools
from collections.abc import Sequence

from bot.intake.meaning import themes_by_meaning
from bot.intake.reading.lexicon import (
    Hit,
    Lexicon,
    is_break,
    is_dutch,
    is_word,
    lexicon,
    tokens,
    vocabulary,
    word_set,
)
from bot.intake.reading.scope import denied
from bot.intake.reading.yes_no import said_dont_know

# A theme that only frames another one: "diploma om in de zorg te werken" is about both, but
# "ik heb geen diploma" or "kinderen" as a circumstance is about neither.
_COMPOUND_LENGTH = 8
_HEADS = tuple(sorted(word_set("words", "heads"), key=len, reverse=True))


@functools.cache
def _lexicon() -> Lexicon:
    themes = vocabulary("themes")
    return Lexicon(
        {theme: phrases for theme, phrases in themes.items() if theme != "self_employed"}
    )


@functools.cache
def _own_business() -> Lexicon:
    """Apart from the rest: "eigen restaurant" is about cooking as well."""
    return Lexicon({"self_employed": vocabulary("themes")["self_employed"]})


@functools.cache
def _context() -> Lexicon:
    return lexicon("dreams", fuzzy=False)


def dream_themes(text: str) -> list[str]:
    """The themes in a dream, in the order in which they are named; [] when there are none."""
    words = tokens(text)
    if not words:
        return []
    named = themes_by_words(words)
    if named is not None:
        return named
    if said_dont_know(text) or _context().find(words):
        return []
    return themes_by_meaning(text)


def is_readable(text: str) -> bool:
    """Whether a text holds any word: "sdfghj" does not. Other scripts than ours always do."""
    words = [w for w in tokens(text) if w.isalpha()]
    return any(not w.isascii() or is_word(w) for w in words) or bool(dream_themes(text))


def themes_by_words(words: Sequence[str]) -> list[str] | None:
    """The themes of the job words; None when there is no job word at all."""
    hits = _hits(words)
    if not hits:
        return None
    lost = denied(words, hits)
    kept = [h for h in hits if h not in lost]
    kept = _not_circumstance(words, kept)
    codes = list(dict.fromkeys(h.code for h in kept))
    return _settled(codes, words, kept)


def _hits(words: Sequence[str]) -> list[Hit]:
    found = [*_lexicon().find(words), *_own_business().find(words)]
    covered = {i for h in found for i in range(h.start, h.end)}
    for at, word in enumerate(words):
        if at not in covered and len(word) >= _COMPOUND_LENGTH and word.isalpha():
            found += [Hit(code, at, at + 1, word, exact=False) for code in _compound(word)]
    return sorted(found, key=lambda h: h.start)


@functools.lru_cache(maxsize=4096)
def _compound(word: str) -> tuple[str, ...]:
    """ "bakkersopleiding" -> hospitality_food: the part before a common head decides."""
    for head in _HEADS:
        if word.endswith(head) and len(word) - len(head) >= 3:
            stem = word[: -len(head)]
            for cut in (
                stem,
                stem.removesuffix("s"),
                stem.removesuffix("en"),
                stem.removesuffix("e"),
            ):
                codes = _lexicon().codes([cut]) if len(cut) >= 3 else []
                if codes:
                    return tuple(codes)
    if not is_dutch(word) and not word.endswith(("onderwijs", "school")):
        for size in range(len(word) - 3, 5, -1):
            codes = [h.code for h in _lexicon().find([word[-size:]]) if h.exact]
            if codes:
                return tuple(codes)
    return ()


def _not_circumstance(words: Sequence[str], hits: list[Hit]) -> list[Hit]:
    """Leaves out what was, what others do, and what is only a circumstance."""
    marks = _context().find(words)
    gone = []
    for hit in hits:
        begin, end = _clause(words, hit.start)
        around = [m for m in marks if begin <= m.start < end]
        around = [m for m in around if m.code == "past" or m.end <= hit.start + 1]
        kinds = {m.code for m in around}
        if (
            "past" in kinds
            or "others" in kinds
            or any(
                m.code == "circumstance" and m.start <= hit.start and hit.end <= m.end
                for m in marks
            )
        ):
            gone.append(hit)
    again = any(w in ("terug", "opnieuw", "weer", "verder", "zelfde") for w in words)
    return [h for h in hits if h not in gone] or (hits if again else [])


def _clause(words: Sequence[str], at: int) -> tuple[int, int]:
    ends = [
        i
        for i, w in enumerate(words)
        if is_break(w)
        or w in ("maar", "ma", "nu", "wil", "wou", "zou", "droom", "want", "but", "liever", "graag")
    ]
    return max((i for i in ends if i <= at), default=-1) + 1, min(
        (i for i in ends if i > at), default=len(words)
    )


def _settled(codes: list[str], words: Sequence[str], hits: Sequence[Hit]) -> list[str]:
    """Rules for themes that come along with another one."""
    found = list(codes)
    specific = set(found) - {
        "diploma",
        "basic_skills",
        "higher_education",
        "dutch",
        "self_employed",
    }
    rules = vocabulary("dreams_rules")
    for rule in rules["weaker"]:
        if rule["drop"] in found and set(rule["beside"]) & set(found):
            only = [h.phrase for h in hits if h.code == rule["drop"]]
            if not rule.get("words") or all(p in rule["words"] for p in only):
                found.remove(rule["drop"])
    _ = specific
    return found

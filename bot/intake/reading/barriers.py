"""What makes learning hard: a list, with what somebody says is no problem left out."""

import functools
import itertools
from collections.abc import Sequence

from bot.intake.reading.lexicon import (
    Hit,
    Lexicon,
    is_break,
    lexicon,
    tokens,
    vocabulary,
    word_set,
)
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.yes_no import said_dont_know

_KINDS = ("resource", "burden", "problem")
_NO = frozenset(
    ("geen", "gin", "gn", "gene", "genen", "niet", "ni", "nie", "no", "zonder", "pas", "kein")
)
_FINE = word_set("words", "fine")
_FAMILY = word_set("words", "family")
_TROUBLE = frozenset(("probleem", "problemen", "moeite", "zorgen", "last", "moeilijkheden"))
_NO_PROBLEM = ("geen probleem", "gin probleem", "gn probleem", "geen zorg")
_NOT_FINE = tuple(
    f"{a} {b}"
    for a in ("niet", "ni", "nie")
    for b in ("goed", "zo goed", "in orde", "genoeg", "ok", "oke", "geregeld")
) + tuple(f"{a} {b}" for a in ("gaat", "lukt") for b in ("niet", "ni", "nie"))  # fmt: skip
_DENIED_AFTER = ("is het niet", "probleem niet", "is geen", "niet erg", "groot", "groter")
_TAKES_BACK = (
    *_NO_PROBLEM, "niet erg", "ni erg", "nie erg", "geen ramp", "dat lukt", "dat gaat wel",
    "da gaat wel", "komt in orde", "is geregeld",
)  # fmt: skip
_LOOKED_AFTER = (
    "past op", "passen op", "zorgt voor de kind", "zorgt voor mijn kind", "al groot", "zijn groot",
    "al volwassen", "zijn volwassen", "opvang is geregeld", "heb opvang", "hebben opvang",
    "naar de creche", "gaan naar school", "naar opvang", "naar de opvang", "in de opvang",
    "plaats in de opvang",
)  # fmt: skip


def barriers(text: str) -> Reading:
    """The barriers named, in the order of the text; [] when there are none."""
    words = digits(tokens(text), ones=False)
    hits = _lexicon().find(words)
    found = _named(words, hits)
    if found:
        return Reading(found)
    if lexicon("barriers", "none", fuzzy=False).find(words):
        return Reading([])
    return Reading([]) if hits and not said_dont_know(text) else NOTHING


@functools.cache
def _lexicon() -> Lexicon:
    content = vocabulary("barriers")
    return Lexicon({f"{k} {code}": p for k in _KINDS for code, p in content[k].items()})


def _named(words: Sequence[str], hits: Sequence[Hit]) -> list[str]:
    found: list[str] = []
    last: list[str] = []
    but_for = words.index("behalve") if "behalve" in words else len(words)
    for begin, end in _clauses(words):
        inside = [h for h in hits if begin <= h.start < end]
        if (not inside or inside[0].start > begin + 4) and _takes_back(words[begin:end]):
            found = found[: len(found) - len(last)]
            last = []
            continue
        last = [
            h.code.split()[1]
            for h in inside
            if h.start > but_for or _is_barrier(h, words, begin, end)
        ]
        found += last
    return list(dict.fromkeys(found))


def _clauses(words: Sequence[str]) -> list[tuple[int, int]]:
    """Begin and end of the clauses: cut at punctuation, "maar", "wel" and "en"."""
    cuts = [0]
    for i, word in enumerate(words):
        if is_break(word) or (i and word in ("maar", "ma", "mor", "but", "en", "et")):
            cuts.append(i + 1)
        elif i and word == "wel" and i + 1 < len(words):
            cuts.append(i)
    cuts.append(len(words))
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _is_barrier(hit: Hit, words: Sequence[str], begin: int, end: int) -> bool:
    kind, code = hit.code.split()
    before = list(words[max(begin, hit.start - 3) : hit.start])
    # a clause may go on after the cut: "geld is er, wel"
    after = [w for w in words[hit.end : min(end + 1, hit.end + 5)] if not is_break(w)]
    lacking = any(w in _NO for w in before[-2:]) or "te weinig" in " ".join(before)
    if any(a in _NO and b in _TROUBLE for a, b in itertools.pairwise(before)):
        return False  # "geen problemen met geld"
    if code == "health" and any(w in before for w in _FAMILY):
        return False
    if code == "childcare" and _looked_after(words):
        return False
    if kind == "problem":
        return not lacking or code == "confidence" or "niet" in before[-1:] or "wel" in before
    if kind == "burden":
        return not (lacking and "meer" not in before) and not _fine(after)
    if after == ["wel"] and _no_trouble(words[:begin]):
        return True  # "geld is geen probleem, tijd wel"
    if after == ["niet"] and _troubles(words[:begin]):
        return False
    return _lacks(before, after, lacking=lacking)


def _lacks(before: Sequence[str], after: Sequence[str], *, lacking: bool) -> bool:
    """Whether a resource is lacking: "geen auto", "te weinig tijd", or just "geld"."""
    if lacking or "weinig" in before or "genoeg" in before:
        if lacking and "nodig" in after[:2]:
            return False
        return "probleem" not in after[:1] and not ("genoeg" in before and not lacking)
    trouble = ("probleem", "problemen", "nodig", "moeite", "moeilijk")
    if any(w in before for w in ("heb", "hebben", "wel")) and not any(
        w in trouble for w in (*before, *after)
    ):
        return False
    return not _fine(after)


def _fine(after: Sequence[str]) -> bool:
    """Whether what follows says that all is well: "gaat wel", "is geen probleem"."""
    said = " ".join(after)
    if any(p in said for p in _NO_PROBLEM):
        return True
    if any(p in said for p in _NOT_FINE):
        return False
    return any(p in said for p in _DENIED_AFTER) or any(w in _FINE for w in after[:4])


def _takes_back(clause: Sequence[str]) -> bool:
    """ "... maar dat is geen probleem": what was just named is none."""
    said = " ".join(clause)
    return clause[0] in ("dat", "da", "das", "dit", "maar", "ma", "is", "t", "tis") and any(
        p in said for p in _TAKES_BACK
    )


def _troubles(words: Sequence[str]) -> bool:
    """ "geld is een probleem, taal niet": the "niet" denies the trouble."""
    return any(w in ("probleem", "problemen", "moeilijk", "lastig") for w in words)


def _no_trouble(words: Sequence[str]) -> bool:
    said = " ".join(words)
    return any(p in said for p in (*_NO_PROBLEM, "geen issue", "niet het probleem"))


def _looked_after(words: Sequence[str]) -> bool:
    """Somebody looks after the children already: "mijn moeder past op"."""
    if any(w in words for w in ("niemand", "wie", "wanneer", "soms")):
        return False
    said = " ".join(words)
    return any(p in said for p in _LOOKED_AFTER)

"""Which of several addresses or numbers in an answer is the one to use.

What is said around each tells: "oud", "werkt niet meer" against "nieuw", "liever", "neem de
tweede", "bel die van thuis". Where that leaves two, and one of them is not good, there is none.
"""

import dataclasses
import functools
import itertools
import re
from collections.abc import Sequence

from bot.intake.reading.lexicon import vocabulary

_NEXT = re.compile(r"[;.!?\n]|,(?! *\))|\b(?:maar|mor|moar|ma|mr|en|of|dus|want|nu|mais|but)\b")
"""Where the words about one address end and those about the next begin."""
_BETWEEN_EQUALS = re.compile(r"\s*(?:[,;/|&+-]|,? ?(?:of|en|ou|or|et)\b)[\s,;/|&+-]*")
_PLACES = {"eerste": 0, "1ste": 0, "1e": 0, "1": 0, "bovenste": 0, "tweede": 1, "2de": 1,
           "2e": 1, "2": 1, "twede": 1, "derde": 2, "3de": 2, "laatste": -1, "laatst": -1,
           "leste": -1, "onderste": -1, "andere": 1}  # fmt: skip
_NTH = re.compile(
    rf"\b(?:de|den|die|dien|op|het|da|dat|dees|deze|nr|nummer) (?P<nth>{'|'.join(_PLACES)})\b"
    r"|\b(?P<bare>eerste|tweede|laatste) (?:is|liefst|graag|best|beter|liever|aub)\b"
)
_SURE = 2
"""How much a wish for one of them weighs; that it is old or of somebody else weighs less."""


@dataclasses.dataclass(frozen=True)
class Candidate:
    """An address or number in a text; `value` is None when it can't be read for sure."""

    value: str | None
    start: int
    end: int


def chosen(text: str, candidates: Sequence[Candidate]) -> str | None:
    """The value to use; None when there is none, when it is unclear or when none is good."""
    if len({candidate.value for candidate in candidates}) < 2:
        return _only(text, candidates) if candidates else None
    around = _around(text, candidates)
    last = candidates[-1]
    asked = text[last.end :]
    if (nth := _NTH.search(asked)) and not _says("refused", asked):
        place = _PLACES[nth["nth"] or nth["bare"]]
        return candidates[place].value if place < len(candidates) else None
    if named := _named(asked, candidates, around):
        return named.value
    scores = [_score(before, after) for before, after in around]
    best = [c for c, score in zip(candidates, scores, strict=True) if score == max(scores)]
    if len({c.value for c in best}) == 1:
        return best[0].value
    if max(scores) == 0 and _is_list(text, best):
        return best[0].value
    return None


def _only(text: str, candidates: Sequence[Candidate]) -> str | None:
    before, after = text[: candidates[0].start], text[candidates[-1].end :]
    clause = re.split(r"[;.!?]|\b(?:want|omdat)\b", after)[0]
    gone = _says("gone_before", before[-_NEAR:]) or _says("gone_after", clause[:_NEAR])
    return None if gone else candidates[0].value


_NEAR = 50
"""Characters around an address in which "dat bestaat niet meer" is about it."""


def _around(text: str, candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    """What is said before and after each of them."""
    befores, afters = [text[: candidates[0].start]], []
    for one, other in itertools.pairwise(candidates):
        after, before = _split(text[one.end : other.start])
        afters.append(after)
        befores.append(before)
    return list(zip(befores, [*afters, text[candidates[-1].end :]], strict=True))


def _split(between: str) -> tuple[str, str]:
    if inside := re.match(r"\s*\([^)]*\)?", between):
        return inside[0], between[inside.end() :]
    begins_next = next((m for m in _NEXT.finditer(between) if between[: m.start()].strip()), None)
    if begins_next:
        return between[: begins_next.start()], between[begins_next.start() :]
    return (between, "") if _says("gone_after", between) else ("", between)


def _score(before: str, after: str) -> int:
    starred = before.rstrip().endswith("*")
    wanted = starred or _says("wanted", before) or _says("wanted_after", after)
    others = _says("of_others", before) or _says("of_others", after)
    old = _says("old", before) or _says("old_after", after)
    return _SURE * wanted - others - old


def _named(
    after: str, candidates: Sequence[Candidate], around: Sequence[tuple[str, str]]
) -> Candidate | None:
    """The one that a last request names: "liefst die van thuis", "bel belgie"."""
    asked = next((p for p in _patterns("asked") if p.search(after)), None)
    if not asked:
        return None
    words = set(re.findall(r"[a-z]{4,}", asked.split(after)[-1]))
    told = [
        {*re.findall(r"[a-z]{4,}", f"{before} {c.value}")}
        for c, (before, _) in zip(candidates, around, strict=True)
    ]
    shared = [words & own for own in told]
    only = [
        c
        for i, c in enumerate(candidates)
        if shared[i] - set().union(*(s for j, s in enumerate(told) if j != i))
    ]
    if _says("refused", after) or _says("old_after", asked.split(after)[-1]):
        only = [c for c in candidates if c not in only] if only else []
    return only[0] if len(only) == 1 else None


def _is_list(text: str, candidates: Sequence[Candidate]) -> bool:
    """ "a@b.be of c@d.be": both are good."""
    return all(
        _BETWEEN_EQUALS.fullmatch(text[one.end : other.start])
        or _says("besides", text[one.end : other.start])
        for one, other in itertools.pairwise(candidates)
    )


@functools.cache
def _patterns(section: str) -> Sequence[re.Pattern[str]]:
    found = vocabulary("chosen")[section]
    return [re.compile(rf"(?<![a-z0-9@._-])(?:{pattern})(?![a-z0-9@_-])") for pattern in found]


def _says(section: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _patterns(section))

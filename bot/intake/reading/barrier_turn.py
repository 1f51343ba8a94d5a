"""A turn in what somebody tells of barriers: it was so before, it is so no more, or who knows."""

import re
from collections.abc import Sequence

from bot.intake.reading.barrier_scope import names_no_trouble
from bot.intake.reading.clauses import clauses
from bot.intake.reading.lexicon import Hit, is_break, vocabulary, word_set

_CUTS = ("en", "dus", "alleen", "enkel", "behalve")
_HINDERED = frozenset(("belemmerde", "hinderde", "stoorde", "probleem", "problemen"))
_MAX_LATER = 3
"""Clauses after one about the past in which it may be told that it is over."""
_LOST = re.compile(r"\b(?:gestolen|verkocht|kapot|stuk|kwijt|weg|ingetrokken|afgenomen)\b")
_NO = frozenset(("geen", "niet", "no", "zonder", "kein", "noch", "nooit", "weinig", "te", "niks"))
_LACKING = word_set("words", "lacking") | word_set("words", "hard")
_PAST, _OVER, _STILL, _CONCEDES, _GOES_WELL, _OBSTACLE, _CONCLUDES, _CONTRAST, _WELL = (
    re.compile("|".join(vocabulary("barriers")["turns"][name]))
    for name in (
        "past", "over", "still", "concedes", "goes_well", "obstacle", "concludes", "contrast",
        "well",
    )
)  # fmt: skip


def taken_back(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """The hits that are in the way no more, or never were: "vroeger had ik schrik, nu niet"."""
    spans = clauses(words, _CUTS)
    said = [_said(words, span) for span in spans]
    gone = [h for h in hits if list(words[h.end : h.end + 2]) in (["?", "nee"], ["?", "neen"])]
    for at, (begin, end) in enumerate(spans):
        inside = [h for h in hits if begin <= h.start < end]
        if not inside:
            continue
        later = said[at + 1 : at + 1 + _MAX_LATER]
        neither = "noch" in words[begin:end] and _OBSTACLE.search(said[at])
        conceded = _CONCEDES.search(said[at]) and later and _goes_well(later[0])
        if neither or conceded or (_was_trouble(inside, said[at]) and _is_over(later)):
            gone += inside
        if conceded:
            gone += [h for h in hits if spans[at + 1][0] <= h.start < spans[at + 1][1]]
    return gone


def concluded_none(words: Sequence[str]) -> bool:
    """Whether the last thing said is that nothing is in the way: "dus wat zou mij tegenhouden"."""
    said = [_said(words, span) for span in clauses(words, _CUTS)]
    last = next((s for s in reversed(said) if s), "")
    return bool(_CONCLUDES.search(last))


def unsettled(words: Sequence[str], hits: Sequence[Hit], found: Sequence[str]) -> bool:
    """Whether the text turns and a code of `found` may as well be what goes well: better ask."""
    if not _CONTRAST.search(" ".join(words)):
        return False
    spans = clauses(words, _CUTS)
    return any(
        all(
            _may_be_well(words, spans, h)
            for h in hits
            if h.code.endswith(f" {code}")
        )
        for code in found
    )  # fmt: skip


def _may_be_well(words: Sequence[str], spans: Sequence[tuple[int, int]], hit: Hit) -> bool:
    """Named without a word of trouble, with a turn after it, or well in the clause after it."""
    at = next(i for i, (begin, end) in enumerate(spans) if begin <= hit.start < end)
    clause = _said(words, spans[at])
    after = [_said(words, span) for span in spans[at + 1 :]]
    if after and _LOST.search(after[0]):
        return False  # "ik had een fiets maar die is gestolen"
    turns = any(_CONTRAST.search(said) for said in after)
    opened = bool(_CONTRAST.search(clause.partition(words[hit.start])[0]))
    is_problem = hit.code.startswith("problem") and not names_no_trouble(hit, words)
    names_trouble = is_problem or any(w in _NO or w in _LACKING for w in clause.split())
    if turns and not opened and not names_trouble and hit.code != "burden health":
        return not hit.code.startswith("burden") or bool(_WELL.search(" ".join(after[:1])))
    return bool(after) and _goes_well(after[0]) and bool(_CONTRAST.search(after[0]))


def _said(words: Sequence[str], span: tuple[int, int]) -> str:
    return " ".join(w for w in words[span[0] : span[1]] if not is_break(w) and w != ";")


def _was_trouble(inside: Sequence[Hit], clause: str) -> bool:
    if not _PAST.search(clause):
        return False
    plain = any(not h.code.startswith("resource") for h in inside)
    said = clause.split()
    return plain or any(w in _NO or w in _LACKING or w in _HINDERED for w in said)


def _is_over(later: Sequence[str]) -> bool:
    return any(_OVER.search(said) and not _STILL.search(said) for said in later)


def _goes_well(clause: str) -> bool:
    return bool(_GOES_WELL.search(clause)) and not _STILL.search(clause)

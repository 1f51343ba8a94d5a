"""What a "not" in Dutch reaches: "alles behalve kuisen", "in de bouw wil ik niet"."""

from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, is_break, word_set

NEGATORS = word_set("scope", "negators")
# After these a "not" no longer reaches what follows.
_ENDS = word_set("scope", "ends")
# Between what is named and the "not" after it: "bouw wil ik niet", "kuisen zie ik niet zitten".
_BETWEEN = word_set("scope", "between")
_NOT_A_DENIAL = (
    ("niet", "alleen"),
    ("ni", "alleen"),
    ("nie", "alleen"),
    ("waarom", "niet"),
    ("geen", "probleem"),
    ("no", "problem"),
    ("geen", "idee"),
    ("weet", "niet"),
    ("weet", "nog"),
    ("weet", "ni"),
    ("weet", "nie"),
    ("kweet", "niet"),
    ("kweet", "ni"),
    ("zeker", "niet?"),
)
_GEEN = frozenset(["geen", "gin", "gene", "genen", "gn", "zonder", "kein", "no"])


def denied(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """Those of the hits that a "not" of the text reaches."""
    lost: list[Hit] = []
    for at in _negators(words):
        if any(h.start <= at < h.end for h in hits):
            continue  # the "not" is part of a phrase with a meaning of its own
        end = _reach(words, at)
        after = [h for h in hits if at < h.start < end]
        if after:
            lost += after
            continue
        lost += _before(words, at, hits)
    return list(dict.fromkeys(lost))


def reached(words: Sequence[str]) -> frozenset[int]:
    """The places of the words that a "not" before them reaches."""
    return frozenset(place for at in _negators(words) for place in range(at + 1, _reach(words, at)))


def _negators(words: Sequence[str]) -> list[int]:
    found = []
    for at, word in enumerate(words):
        if word == "dan" and at and words[at - 1] in ("anders", "ander"):
            found.append(at)  # "iets anders dan poetsen"
        if word not in NEGATORS:
            continue
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if (before, word) in _NOT_A_DENIAL or (word, after) in _NOT_A_DENIAL:
            continue
        if before == "het" and at > 1 and words[at - 2] in ("weet", "kweet"):
            continue
        if before == "ik" and at > 1 and words[at - 2] == "weet":
            continue
        found.append(at)
    return found


def _reach(words: Sequence[str], at: int) -> int:
    limit = at + (5 if words[at] in _GEEN else 9)
    for i in range(at + 1, min(len(words), limit)):
        if words[i] in _ENDS and not (words[i] in ("graag", "wel") and i == at + 1):
            return i
        if is_break(words[i]) and not (words[i] == "," and _goes_on(words, i)):
            return i
    return min(len(words), limit)


def _goes_on(words: Sequence[str], comma: int) -> bool:
    """A list after "not": "geen kuisen, koken of strijken" (two words at most between commas)."""
    rest = words[comma + 1 : comma + 4]
    return any(w in ("of", "en", ",") for w in rest) and not any(w in _ENDS for w in rest)


def _before(words: Sequence[str], at: int, hits: Sequence[Hit]) -> list[Hit]:
    near = [h for h in hits if h.end <= at]
    if not near or words[at] in _GEEN or words[at] in ("behalve", "sauf", "except"):
        return []
    last = max(near, key=lambda h: h.end)
    between = words[last.end : at]
    if len(between) > 5 or any(w not in _BETWEEN for w in between):
        return []
    return [
        h for h in near if not any(is_break(w) or w in _ENDS for w in words[h.end : last.start])
    ]

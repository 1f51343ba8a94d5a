"""What makes learning hard: a list, with what somebody says is no problem left out."""

import functools
from collections.abc import Sequence

from bot.intake.reading.barrier_scope import (
    already_there,
    barrier_clauses,
    in_the_way,
    provided,
    something_left,
)
from bot.intake.reading.barrier_story import (
    Told,
    goes_on_with_have,
    has_a_ride,
    in_doubt,
    of_somebody_else,
    settled,
    unlike_others,
)
from bot.intake.reading.barrier_turn import concluded_none, taken_back, unsettled
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
from bot.intake.reading.reading import BESIDE, NOTHING, Reading
from bot.intake.reading.yes_no import said_dont_know

_KINDS = ("resource", "burden", "problem")
_OBJECTS = frozenset(("paperwork", "digital", "foreign_diploma"))
"""Who does not understand these has no trouble with the language for it."""
_PRAISED = frozenset(("goed", "vlot", "alles", "heel", "perfect"))
_FAR = 4
"""Words before the first barrier of a clause that may still take the clause before it back."""

_BETWEEN = frozenset(("en", "ook", "de", "het", "mijn"))
"""Words around what is just named."""
_NEAR_PRICE = 5
"""Words after the enrolment in which its price may be told."""


def barriers(text: str) -> Reading:
    """The barriers named, in the order of the text; [] when there are none."""
    if text.rstrip().endswith("?") and not said_dont_know(text) and _is_question(text):
        return NOTHING
    words = digits(tokens(text), ones=False)
    hits = known_words().find(words)
    named = _without_price(words, hits)
    gone = taken_back(words, named)
    left = [h for h in named if h not in gone]
    found, is_settled = _named(words, left)
    if found is None:
        return BESIDE
    if concluded_none(words):
        return Reading([])
    if found:
        if unsettled(words, left, found):
            return BESIDE
        return Reading(found, final=_just_named(words, left))
    if gone and not left and not something_left(words, named):
        return Reading([])
    if hits and something_left(words, hits):
        return NOTHING
    if is_settled:
        return Reading(found)
    if _just_nothing(words) or lexicon("barriers", "none", fuzzy=False).find(words):
        return Reading([])
    is_fine = hits and already_there(words, hits) and not said_dont_know(text)
    return Reading([]) if is_fine else NOTHING


def _without_price(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """ "inschrijving duur": what costs too much is no trouble with papers."""
    starts = {h.start for h in hits if h.code == "problem finance"}
    return [
        h
        for h in hits
        if not (h.phrase.startswith("inschrijving") or words[h.start].startswith("inschrij"))
        or starts.isdisjoint(range(h.end, h.end + _NEAR_PRICE))
    ]


def _just_nothing(words: Sequence[str]) -> bool:
    """ "nah eigenlijk niks bro": nothing but words of no weight around it."""
    said = [w for w in words if w.isalpha() and w not in word_set("words", "weightless")]
    return bool(said) and all(
        w in ("niks", "niets", "nothing", "nee", "nope", "nop", "geen") for w in said
    )


def _just_named(words: Sequence[str], hits: Sequence[Hit]) -> bool:
    """ "kinderen", "vervoer, taal en opvang": nothing but what is in the way."""
    inside = {at for hit in hits for at in range(hit.start, hit.end)}
    return all(at in inside or is_break(word) or word in _BETWEEN for at, word in enumerate(words))


def _is_question(text: str) -> bool:
    """ "wie past op mijn kinderen?" is none that the bot can answer."""
    first = next(iter(tokens(text)), "")
    return first in (
        "wat",
        "welke",
        "waarom",
        "hoelang",
        "mag",
        "kan",
        "moet",
        "bedoel",
        "is",
        "kunnen",
        "kun",
        "kunt",
        "krijg",
        "hebben",
        "betalen",
        "geven",
    )


@functools.cache
def known_words() -> Lexicon:
    """What the rules know: phrases of a barrier, by how they tell of it."""
    content = vocabulary("barriers")
    return Lexicon(
        {f"{kind} {code}": said for kind in _KINDS for code, said in content[kind].items()}
        | {"_": content["nothing"]["nothing"]}
    )


def _code(hit: Hit) -> str:
    return hit.code.split()[1]


def _named(words: Sequence[str], hits: Sequence[Hit]) -> tuple[list[str] | None, bool]:
    """What is in the way (None: that is in doubt), and whether something named is so no more."""
    found: list[str] = []
    is_settled = only_theirs = False
    before = Told()
    but_for = words.index("behalve") if "behalve" in words else len(words)
    for begin, end in barrier_clauses(words):
        clause = words[begin:end]
        if list(clause) == ["maar"]:
            continue
        inside = [h for h in hits if begin <= h.start < end]
        meant = [h for h in inside if h.start > but_for or in_the_way(h, words, begin, end)]
        if goes_on_with_have(clause, inside, before):
            continue
        own = {_code(h) for h in inside if h.start <= begin + 1} - set(before.codes)
        if (not meant or meant[0].start > begin + _FAR) and not own and settled(clause, before):
            is_settled = is_settled or bool(before.mentioned)
            found = found[: len(found) - len(before.codes)]
        elif not inside and unlike_others(clause, before):
            found += before.mentioned
        elif not inside:
            # "geen auto maar mijn man kan mij brengen"
            left = [c for c in found if not provided(c, clause)]
            is_settled, found = is_settled or len(left) < len(found), left
            if set(before.codes) & set(found) and in_doubt(words, begin, end):
                return None, False
        elif not meant and before.codes == ["mobility"] and has_a_ride(clause):
            found, is_settled = found[:-1], True  # "het is ver maar ik heb een auto"
        elif (
            not meant
            and words[max(0, begin - 1) : begin] == ["maar"]
            and _is_enough(clause, inside, before)
        ):
            found, is_settled = found[: len(found) - len(before.codes)], True
        here = _codes(meant, inside, clause)
        only_theirs = only_theirs or bool(meant and not here)
        found += here
        before = Told(
            clause,
            here,
            [_code(h) for h in inside],
            lacking=bool(meant) and not any(w in _PRAISED for w in clause),
        )
    if only_theirs and not found and not is_settled:
        return None, False
    return list(dict.fromkeys(found)), is_settled


def _is_enough(clause: Sequence[str], inside: Sequence[Hit], before: Told) -> bool:
    """ "geen rijbewijs, maar het openbaar vervoer volstaat"."""
    same = bool(before.codes) and {_code(h) for h in inside} == set(before.codes)
    return same and any(w in word_set("words", "fine") for w in clause)


def _codes(meant: Sequence[Hit], inside: Sequence[Hit], clause: Sequence[str]) -> list[str]:
    """The client's own barriers of a clause."""
    codes = list(dict.fromkeys(_code(h) for h in meant))
    codes = [code for code in codes if not of_somebody_else(code, clause)]
    if _OBJECTS & set(codes) and any(h.phrase in ("begrijp", "versta") for h in inside):
        codes = [code for code in codes if code != "language"]
    if any(h.phrase.startswith("dyslexi") for h in inside):
        codes = [code for code in codes if code != "language"]  # "dyslexie, dus lezen gaat traag"
    if "digital" in codes and clause[-2:] == ["aan", "uit"]:
        codes = [code for code in codes if code != "paperwork"]
    return codes

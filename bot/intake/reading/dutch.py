"""How much Dutch somebody knows, from what they say they can do with it."""

import dataclasses
import functools
from collections.abc import Sequence

from bot.intake.reading.clauses import JOINTS, about_others, clauses
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
from bot.intake.reading.reading import BESIDE, NOTHING, Reading, one_of
from bot.intake.reading.scope import NEGATORS
from bot.intake.reading.yes_no import said_dont_know

_ORDER = ("a0", "a1", "a2", "b1", "b2", "c1")
_CUTS = ("alleen", "enkel", "behalve", "al", "hoewel", "alhoewel", "zolang")
_HARD = word_set("words", "hard")
_SHORT = 4
"""Words up to which "heel mijn leven" needs nothing about speaking beside it."""
_ADJECTIVES = frozenset(("vlaamse", "belgische", "limburgse", "nederlandstalige", "echte vlaming"))
_AFTER_ADJECTIVE = frozenset(("he", "dus", "ja", "en", "maar", "van", "hoor", "ben", "mevrouw"))
_SPOKEN = frozenset(
    ("nederlands", "vlaams", "taal", "spreek", "spreken", "gesproken", "praat", "praten", "gepraat",
     "school", "hier", "belgie", "vlaanderen", "dialect", "geleerd", "gehoord", "les", "lessen")
)  # fmt: skip
_HELPED = word_set("words", "needs_help")
"""Who needs these with something can't do it alone."""
_WISHES = frozenset(("zou", "wou", "wil", "doel", "hoop", "wens"))
_TALK = frozenset(
    ("praten", "spreken", "babbelen", "klappen", "kletsen", "mondeling", "praat", "spreek")
)
_WRITING = frozenset(("schrijven", "schrijf", "schriftelijk", "typen"))
_READING = frozenset(("lezen", "lees"))
_UNDERSTANDING = frozenset(
    ("versta", "verstaan", "begrijp", "begrijpen", "snap", "volg", "passief")
)
_MUCH = frozenset(("alles", "veel", "goed", "meeste"))
_ANSWERING = frozenset(("zeggen", "zeg", "antwoorden", "antwoord", "actief"))
_LITTLE = frozenset(("weinig", "amper", "nauwelijks", "moeilijk", "slecht", "minder"))
_OF_OTHERS = frozenset(("ze", "als", "mensen", "iemand", "dialect", "wanneer", "die", "wie"))
_LOST = frozenset(("vergeten", "verleerd", "kwijt"))
_LONG = 8
"""Words of a sentence from which a contrast in it forbids to guess."""
_ONLY_TALK = _TALK | {
    "gaat",
    "lukt",
    "wel",
    "ja",
    "kan",
    "ik",
    "is",
    "ok",
    "oke",
    "het",
    "al",
    "nog",
}
"""Words of a hit that says no more than that speaking works."""
_LETTERS = frozenset(("schrijven", "lezen", "schrijf", "lees", "geschreven"))
_SPEECH = frozenset(("a2", "b1", "b2"))
"""Levels told by what somebody can do; a "not" in the clause says that it is too much."""


@functools.cache
def known_words() -> Lexicon:
    """Phrases that tell a level, or two neighbours."""
    content = vocabulary("dutch_level")
    codes = {c: phrases for c, phrases in content.items() if c != "torn"}
    return Lexicon({**codes, **content["torn"]})


def dutch_level(text: str) -> Reading:
    """The level of Dutch; options between two neighbours when the words fit both."""
    words = digits(tokens(text), ones=False)
    every = known_words().find(words)
    hits = _own(words, every)
    if "bedoel" in words or "bedoelt" in words or text.rstrip().endswith("?"):
        return NOTHING
    if said_dont_know(text) and len(words) <= 4:
        return NOTHING
    if not hits:
        if _only_another_language(words):
            return Reading("a0")
        return BESIDE if every or _beside(words) or _contrasts(words) else NOTHING
    cannot = _too_hard(words, hits)
    can = [h for h in hits if h not in cannot]
    lost = [h.code for h in cannot]
    can = [h for h in can if h.code != "a0" or not _of_letters(words, h)] or can
    if apart := _differing(words, hits):
        return Reading(None, apart, final=True)
    if _only_passive(words) or _forgotten(words, hits):
        return BESIDE
    sure = list(dict.fromkeys(h.code for h in can if " " not in h.code))
    if len(named := {h.code for h in can if words[h.start] in _ORDER}) > 1:
        # "B1 mondeling en A2 schriftelijk"
        return dataclasses.replace(one_of(sorted(named)), final=True)
    if sure:
        return _weighed(sure, lost)
    torn = next((h.code for h in can), "")
    return Reading(None, tuple(torn.split())) if torn else _below(lost)


def _own(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """Without what is told about the husband or the children ("alles" of theirs aside)."""
    theirs = [c for c in clauses(words) if about_others(words[c[0] : c[1]])]
    return [
        h
        for h in hits
        if h.code == "a0"
        or (
            not _wished(words, h)
            and not any(b <= h.start < e for b, e in theirs)
            and not (h.code == "c1" and (_says_no_level(words, h) or _not_so(words, h)))
        )
    ]


def _wished(words: Sequence[str], hit: Hit) -> bool:
    """ "ik zou graag vloeiend spreken", "ik moet B2 hebben": that is not how it is now."""
    begin = next(b for b, e in clauses(words) if b <= hit.start < e)
    before = words[begin : hit.start]
    named = words[hit.start] in _ORDER
    return not _WISHES.isdisjoint(before) or (named and "moet" in before)


def _differing(words: Sequence[str], hits: Sequence[Hit]) -> tuple[str, ...]:
    """ "praten gaat, schrijven niet": two skills apart, and no more said; then it is asked."""
    if any(w not in _ONLY_TALK | _READING | _WRITING for h in hits for w in words[h.start : h.end]):
        return ()
    said: dict[str, bool] = {}
    for begin, end in clauses(words, ("en",)):
        clause = set(words[begin:end])
        works = clause.isdisjoint(NEGATORS | _HARD | {"nee", "slecht"})
        for skill, of_it in (("talk", _TALK), ("write", _WRITING), ("read", _READING)):
            if clause & of_it:
                said.setdefault(skill, works)
    if said.get("talk") and said.get("write") is False and "read" not in said:
        return ("a2", "b1")
    if said.get("talk") is False and (said.get("write") or said.get("read")):
        return ("a1", "a2")
    return ()


def _contrasts(words: Sequence[str]) -> bool:
    """A sentence that weighs one thing against another: no second reader may guess."""
    return len(words) >= _LONG and not (JOINTS | {"vroeger"}).isdisjoint(words)


def _only_passive(words: Sequence[str]) -> bool:
    """ "ik versta alles maar antwoorden lukt niet": understanding and speaking far apart."""
    understands = silent = False
    for begin, end in clauses(words, ("en",)):
        clause = set(words[begin:end])
        if not clause.isdisjoint(_OF_OTHERS):
            continue
        if clause & _UNDERSTANDING and clause & _MUCH:
            understands = True
        elif clause & (_TALK | _ANSWERING) and clause & (NEGATORS | _HARD | _LITTLE):
            silent = True
    return understands and silent


def _forgotten(words: Sequence[str], hits: Sequence[Hit]) -> bool:
    """ "1.2 gehaald maar veel vergeten": the level on paper is no longer theirs."""
    named = any(words[h.start] in _ORDER or words[h.end - 1][:1].isdigit() for h in hits)
    return named and not _LOST.isdisjoint(words)


def _of_letters(words: Sequence[str], hit: Hit) -> bool:
    """ "... maar schrijven heb ik nooit geleerd": that says nothing about speaking."""
    begin, end = next(c for c in clauses(words) if c[0] <= hit.start < c[1])
    return not _LETTERS.isdisjoint(words[begin:end])


def _not_so(words: Sequence[str], hit: Hit) -> bool:
    """ "niet perfect", "nog niet echt vlekkeloos"."""
    near = list(words[max(0, hit.start - 3) : hit.start])
    return "niet" in near and not any(is_break(w) for w in near[near.index("niet") :])


def _says_no_level(words: Sequence[str], hit: Hit) -> bool:
    """ "arabisch is mijn moedertaal", "ik heb een vlaamse buurvrouw", "heel mijn leven gewerkt"."""
    begin, end = next(c for c in clauses(words) if c[0] <= hit.start < c[1])
    clause = words[begin:end]
    named = {h.code for h in lexicon("languages").find(clause)}
    if named and "nl" not in named:
        return True
    following = words[hit.end : hit.end + 1]
    if hit.phrase in _ADJECTIVES and hit.size == 1 and following:
        word = following[0]
        return not is_break(word) and word not in _AFTER_ADJECTIVE
    if words[hit.end - 1] == "leven" and len(clause) > _SHORT:
        return not any(w in _SPOKEN for w in clause)
    return False


def _beside(words: Sequence[str]) -> bool:
    """ "mijn man is belg", "frans is mijn moedertaal": that says nothing about one's Dutch."""
    if all(about_others(words[begin:end]) for begin, end in clauses(words)):
        return True
    named = {h.code for h in lexicon("languages").find(words)}
    return bool(named) and "nl" not in named and "moedertaal" in words


def _too_hard(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """What the client can't do: "een brief is moeilijk", "een gesprek lukt nog niet"."""
    taken = {i for h in hits for i in range(h.start, h.end)}
    found = []
    for begin, end in clauses(words, _CUTS):
        against = any(
            (i not in taken and (words[i] in NEGATORS or words[i] == "nee"))
            or (i not in taken and words[i] in _HARD and not _without(words, i))
            or (words[i] in _HELPED and not _without(words, i))
            for i in range(begin, end)
        )
        if against and "probleem" not in words[begin:end]:
            found += [h for h in hits if begin <= h.start < end and h.code in _SPEECH]
    return found


def _without(words: Sequence[str], at: int) -> bool:
    """ "zonder moeite", "zonder hulp"."""
    return words[max(0, at - 1) : at] in (["zonder"], ["geen"])


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
    if worst == "a0" and best == "a2":
        return Reading(None, ("a0", "a2"))
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

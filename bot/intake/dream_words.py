"""The job words and activities in a dream, and which of them the dream is about.

Words come from `vocabulary/themes.yaml` (with misspellings, compounds and spelling without
vowels). What is refused, what was once, what others do and where something only happens is left
out: `vocabulary/dreams.yaml` and `vocabulary/dreams_rules.yaml` hold the words for that.
"""

import dataclasses
import enum
import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any

import wordfreq

from bot.intake.reading.lexicon import (
    IGNORED,
    Hit,
    Lexicon,
    is_break,
    is_dutch,
    lexicon,
    tokens,
    vocabulary,
    word_set,
)
from bot.intake.reading.scope import NEGATORS, denied, reached
from bot.text import fold, sound

_COMPOUND_LENGTH = 8
_HEADS = tuple(sorted(word_set("words", "heads"), key=len, reverse=True))
_ARTICLE = re.compile(r"(?<!\w)d'n? ?(?=[aeiouh])")
_SMALL = re.compile(r"(?:neke|etje|tje|pje|je|eke|ske|ke)(?:s|n)?$")
_VOWELS = re.compile("[aeiouy]+")
_DOUBLED = re.compile(r"(.)\1+")
_ME = frozenset(("ik", "mij", "me", "mijzelf", "wij", "we"))
_RARE = 2.3
"""A word at most so common (Zipf) may be a misspelling of another one."""


@dataclasses.dataclass(frozen=True)
class Found:
    """The job words of a text.

    Attributes:
        words: the text as tokens.
        kept: those that the dream may be about.
        dropped: those that were once, what others do, what is only a place.
        refused: those that a "not" reaches.
        wish: the part of the text that says what is wished; the whole text when it is short.
    """

    words: tuple[str, ...]
    kept: tuple[Hit, ...]
    dropped: tuple[Hit, ...]
    refused: tuple[Hit, ...]
    wish: tuple[str, ...]

    @property
    def themes(self) -> list[str]:
        """The themes of the words that count, each once, in the order of the text."""
        return list(dict.fromkeys(h.code for h in self.kept))


def dream_tokens(text: str) -> list[str]:
    """The words of a dream: as everywhere, and "d'ouw mensen" as "de ouw mensen"."""
    return tokens(_ARTICLE.sub("de ", fold(text)))


@functools.lru_cache(maxsize=32)
def _found(words: tuple[str, ...]) -> Found:
    hits = _hits(words)
    refused = [h for h in denied(words, hits) if _is_refused(words, h)]
    kept = _settled(words, _sifted(words, [h for h in hits if h not in refused]))
    dropped = [h for h in hits if h not in kept and h not in refused]
    return Found(words, tuple(kept), tuple(dropped), tuple(refused), _wish(words, kept))


def find(words: Sequence[str]) -> Found:
    """The job words among tokens, and what they are worth."""
    return _found(tuple(words))


@functools.cache
def _lexicon() -> Lexicon:
    themes: dict[str, Any] = {
        theme: phrases
        for theme, phrases in vocabulary("themes").items()
        if theme != "self_employed"
    }
    return Lexicon({**themes, IGNORED: vocabulary("dreams_rules")["ignored"]})


@functools.cache
def _own_business() -> Lexicon:
    """Apart from the rest: "eigen restaurant" is about cooking as well."""
    return Lexicon({"self_employed": vocabulary("themes")["self_employed"]})


@functools.cache
def _context() -> Lexicon:
    return lexicon("dreams", fuzzy=False)


@functools.cache
def _rules(section: str) -> frozenset[str]:
    return word_set("dreams_rules", section)


def says_no_dream(words: Sequence[str]) -> bool:
    """ "geen droom", "eender wat": a text without job words that says that there is none."""
    return any(h.code == "nodream" for h in _context().find(words))


# --- finding words ---------------------------------------------------------------------------


def _hits(words: Sequence[str]) -> list[Hit]:
    found = [h for h in _lexicon().find(words) if _may_be(words, h)]
    covered = {i for h in found for i in range(h.start, h.end)}
    for at, word in enumerate(words):
        if at not in covered and word.isascii() and word.isalpha():
            codes = _compound(word) if len(word) >= _COMPOUND_LENGTH else ()
            found += [Hit(code, at, at + 1, word, exact=False) for code in codes or _derived(word)]
    found += _own_business().find(words)
    found += _opened(words, found)
    return sorted(found, key=lambda h: h.start)


def _may_be(words: Sequence[str], hit: Hit) -> bool:
    """A guess counts only for what is no word itself: "bekwamen" is no way to write "bewaken"."""
    if hit.exact or hit.size > 1 or not hit.phrase:
        return True
    word = words[hit.start]
    if word.endswith(hit.phrase) or hit.phrase == word or sound(hit.phrase) == sound(word):
        return True
    if wordfreq.zipf_frequency(word, "nl") >= _RARE:
        return False
    base = _SMALL.sub("", word)
    if base != word and len(base) >= 3 and (is_dutch(base) or is_dutch(base + "e")):
        return False
    return abs(len(word) - len(hit.phrase)) < 2 or len(word) > _COMPOUND_LENGTH


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
                codes = _codes_of(cut) if len(cut) >= 3 else ()
                if codes:
                    return codes
    if not is_dutch(word) and not word.endswith(("onderwijs", "school")):
        for size in range(len(word) - 3, 5, -1):
            codes = _codes_of(word[-size:])
            if codes:
                return codes
    return ()


def _codes_of(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h.code for h in _lexicon().find([word]) if h.exact))


@functools.lru_cache(maxsize=4096)
def _derived(word: str) -> tuple[str, ...]:
    """ "cafeetje" is "cafe", "mtslaar" is "metselaar": other shapes of one word of the list."""
    if len(word) < 4 or is_dutch(word):
        return ()
    for base in (_SMALL.sub("", word), _SMALL.sub("", word).removesuffix("e"), word[:-1]):
        if base != word and len(base) >= 4 and (codes := _codes_of(base)):
            return codes
    letters = sum(map(len, _VOWELS.findall(word)))
    if letters * 4 > len(word) + 1:
        return ()
    codes_found = {
        code
        for stem, code in _skeletons().get(_skeleton(word), ())
        if stem[0] == word[0] and _inside(word, stem)
    }
    return tuple(codes_found) if len(codes_found) == 1 else ()


@functools.cache
def _skeletons() -> dict[str, list[tuple[str, str]]]:
    """Consonants -> words of four consonants or more."""
    listed: dict[str, list[tuple[str, str]]] = {}
    for code, phrases in vocabulary("themes").items():
        for phrase in phrases:
            stem = phrase.removesuffix("*")
            if not stem.isascii() or not stem.isalpha():
                continue
            for form in (stem, f"{stem}er", f"{stem}ing") if phrase.endswith("*") else (stem,):
                key = _skeleton(form)
                if len(key) >= 4:
                    listed.setdefault(key, []).append((form, code))
    return listed


def _skeleton(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _inside(short: str, long: str) -> bool:
    letters = iter(_DOUBLED.sub(r"\1", long))
    return all(c in letters for c in _DOUBLED.sub(r"\1", short))


def _opened(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """ "een cafeetje opendoen", "open een winkel": a business of one's own beside the trade."""
    made = []
    for at, word in enumerate(words):
        if word not in _rules("opening"):
            continue
        begin, end = clause_of(words, at)
        for hit in hits:
            if hit.code in _rules("no_trade") or not begin <= hit.start < end:
                continue
            noun = words[hit.end - 1]
            if abs(hit.start - at) <= 6 and (
                noun in _rules("businesses") or noun.endswith(tuple(_rules("business_ends")))
            ):
                made.append(Hit("self_employed", at, at + 1, word))
                break
    return made


# --- what counts -----------------------------------------------------------------------------


@functools.lru_cache(maxsize=32)
def _clauses(words: tuple[str, ...]) -> list[tuple[int, int]]:
    cuts = [0]
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else ""
        if is_break(word):
            cuts.append(i + 1)
        elif word == "ik" and after in _rules("ik_verbs") and i - cuts[-1] > 2:
            if words[i - 1] not in _rules("before_ik"):
                cuts.append(i)
        elif (i and word in _rules("joints")) or (
            f"{word} {after}" in _rules("openings")
            or (word == "en" and after in _rules("after_and"))
        ):
            cuts.append(i)
    cuts.append(len(words))
    return [(a, b) for a, b in itertools.pairwise(sorted(set(cuts))) if b > a]


def clause_of(words: Sequence[str], at: int) -> tuple[int, int]:
    """Begin and end of the clause that a token stands in."""
    for begin, end in _clauses(tuple(words)):
        if begin <= at < end:
            return begin, end
    return 0, len(words)


@functools.lru_cache(maxsize=128)
def _kinds(clause: tuple[str, ...]) -> dict[str, int]:
    """What a clause is (`past`, `others`, `wish`, `again` ...) -> its first mark's place."""
    kinds: dict[str, int] = {}
    for mark in _context().find(clause):
        kinds.setdefault(mark.code, mark.start)
    if "wish" in kinds and any(w in ("niet", "geen", "nooit", "anders") for w in clause):
        kinds.setdefault("no", 0)
    return kinds


def _is_refused(words: Sequence[str], hit: Hit) -> bool:
    """Not "ik kan niet lezen", nor what stands in a clause of its own after the "not"."""
    before = words[max(0, hit.start - 5) : hit.start]
    after = words[hit.end : hit.end + 4]
    if hit.code in _rules("skills") and any(w in _rules("able") for w in (*before, *after)):
        return False
    begin, end = clause_of(words, hit.start)
    clause = list(words[begin:end])
    listed = clause[0] in _rules("list") and clause[1:2] not in [[w] for w in _rules("after_and")]
    if begin and not listed and not NEGATORS & set(clause):
        return "wish" not in _kinds(tuple(clause)) and clause[0] not in ("en", "dan", "nu", "maar")
    excused = any(f"{a} {b}" in _rules("no_refusal") for a, b in itertools.pairwise(clause))
    return not excused or bool({"geen", "behalve"} & set(words[begin : hit.start]))


def accepted(words: Sequence[str]) -> list[str]:
    """The words without those that a "not" reaches, but for what somebody lacks or can't do yet."""
    refused = {place for hit in find(words).refused for place in range(hit.start, hit.end)}
    for place in reached(words):
        begin, end = clause_of(words, place)
        if not _rules("able") & set(words[begin:end]):
            refused.add(place)
    for mark in _context().find(words):
        if mark.code == "circumstance":  # "geen rijbewijs"
            refused -= set(range(mark.start, mark.end))
    return [word for place, word in enumerate(words) if place not in refused]


def _sifted(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    marks = [m for m in _context().find(words) if m.code == "circumstance"]
    aside = [
        h
        for h in hits
        if _bygone(words, h) or any(m.start <= h.start and h.end <= m.end for m in marks)
    ]
    kept = [h for h in hits if h not in aside]
    if not kept and aside and _refers_back(words, aside):
        begin, end = clause_of(words, aside[-1].start)
        kept = [h for h in aside if begin <= h.start < end]
    kept = _wished(words, kept, hits)
    return _without_weak(words, _without_places(words, kept))


def is_weak(words: Sequence[str], hit: Hit) -> bool:
    """Whether a job word fits many jobs: "verzorgen", "rijden"."""
    return hit.size == 1 and (words[hit.start] in _rules("weak") or hit.phrase in _rules("weak"))


class Bond(enum.IntEnum):
    """What stands between two job words."""

    NOTHING = 0
    COMMA = 1
    AND = 2
    OR = 3


def _joins(word: str) -> bool:
    return any(word in _rules(section) for section in ("either", "both", "pause"))


def bond(words: Sequence[str], one: Hit, other: Hit) -> Bond:
    """How two job words are joined: "kok of bakker" by `Bond.OR`."""
    first, second = sorted((one, other), key=lambda h: h.start)
    between = words[first.end : second.start]
    for kind, section in ((Bond.OR, "either"), (Bond.AND, "both"), (Bond.COMMA, "pause")):
        if any(w in _rules(section) for w in between):
            return kind
    return Bond.NOTHING


def _without_weak(words: Sequence[str], hits: list[Hit]) -> list[Hit]:
    """ "paarden verzorgen" is about animals only, "koken of verzorgen" is about both."""
    strong = [h for h in hits if not is_weak(words, h)]
    return [
        h
        for h in hits
        if h in strong
        or not any(
            clause_of(words, s.start) == clause_of(words, h.start) and not bond(words, s, h)
            for s in strong
        )
    ]


def _bygone(words: Sequence[str], hit: Hit) -> bool:
    begin, end = clause_of(words, hit.start)
    kinds = _kinds(tuple(words[begin:end]))
    if "said" in kinds and "wish" not in kinds:  # "de juf zegt dat ..."; not "..., zegt ze"
        said = begin + kinds["said"]
        return hit.start > said or said - hit.end < 3
    if "others" in kinds and begin + kinds["others"] <= hit.start and "wish" not in kinds:
        return True
    if "others" in kinds and begin + kinds["others"] <= hit.start:
        return not _ME & set(words[begin : hit.end + 3])  # "mijn zoon wil kok worden"
    if "past" not in kinds:
        return False
    if "wish" in kinds and "no" not in kinds:  # "ik heb altijd kok willen worden"
        return hit.end <= begin + kinds["wish"] and begin + kinds["past"] <= hit.start
    return True


def _refers_back(words: Sequence[str], aside: Sequence[Hit]) -> bool:
    """ "ik was kok in Irak. hier ook graag": what was is the wish as well."""
    last = max(h.end for h in aside)
    clauses = [c for c in _clauses(tuple(words)) if c[1] > last]
    for begin, end in clauses:
        rest = words[max(begin, last) : end]
        kinds = _kinds(tuple(rest))
        if "no" not in kinds and ("again" in kinds or {"back", "wish"} <= set(kinds)):
            return True
    return False


def _without_places(words: Sequence[str], hits: list[Hit]) -> list[Hit]:
    """Leaves out where, for whom and with what: "haar knippen in een rusthuis", not "in een
    rusthuis werken"."""
    gone: list[Hit] = []
    for hit in sorted(hits, key=lambda h: h.start):
        begin, end = clause_of(words, hit.start)
        beside = [
            h
            for h in hits
            if begin <= h.start < end
            and h.code != hit.code
            and h not in gone
            and h.code not in _rules("no_trade")
            and h.end <= hit.start
            and (not _is_setting(words, h) or _leads_to(words, h, hit))
        ]
        if not beside or not _is_setting(words, hit):
            continue
        nearest = max(beside, key=lambda h: h.end)
        between = words[nearest.end : hit.start]
        towards = next((i for i, w in enumerate(between) if w in _rules("towards")), len(between))
        joined = any(_joins(w) for w in between[:towards])
        if not joined or (gone and gone[-1].end >= nearest.end):
            gone.append(hit)
    return [h for h in hits if h not in gone]


def _leads_to(words: Sequence[str], first: Hit, second: Hit) -> bool:
    """ "het onthaal van een ziekenhuis": of two places the second only tells where."""
    between = words[first.end : second.start]
    return any(w in _rules("towards") for w in between) and not any(_joins(w) for w in between)


def _is_setting(words: Sequence[str], hit: Hit) -> bool:
    noun = words[hit.end - 1]
    return noun in _rules("settings") or (
        noun in _rules("whom")
        and any(w in _rules("towards") for w in words[max(0, hit.start - 3) : hit.end])
    )


def _wished(words: Sequence[str], hits: list[Hit], every: Sequence[Hit]) -> list[Hit]:
    """In a story, only what stands in the clauses of the wish, or what these point back to."""
    if len(words) < _STORY or len({h.code for h in every}) < 2:
        return hits
    wishes = _wishes(words)
    within = [h for h in hits if clause_of(words, h.start) in wishes]
    if within:
        return within
    for begin, end in reversed(wishes):
        before = [h for h in every if h.end <= begin]
        if before and "back" in _kinds(tuple(words[begin:end])):
            clause = clause_of(words, max(before, key=lambda h: h.start).start)
            return [h for h in before if clause_of(words, h.start) == clause]
    return hits


def _wishes(words: Sequence[str]) -> list[tuple[int, int]]:
    """The clauses that say a wish."""
    return [
        (begin, end)
        for begin, end in _clauses(tuple(words))
        if "wish" in (kinds := _kinds(tuple(words[begin:end]))) and "no" not in kinds
    ]


_STORY = 16
"""From so many tokens on a text tells more than the dream."""
_SHORTEST = 4
"""A wish of fewer tokens says too little: then the whole text is read."""


def _wish(words: tuple[str, ...], kept: Sequence[Hit]) -> tuple[str, ...]:
    if len(words) < _STORY:
        return words
    chosen = {*_wishes(words), *(clause_of(words, h.start) for h in kept)}
    if not kept:
        clauses = _clauses(words)
        for before, clause in itertools.pairwise(clauses):
            if clause in chosen and "back" in _kinds(words[slice(*clause)]):
                chosen.add(before)
    said = tuple(w for begin, end in sorted(chosen) for w in words[begin:end])
    return said if len(said) >= _SHORTEST else words


def _settled(words: Sequence[str], hits: Iterable[Hit]) -> list[Hit]:
    """Rules for themes that come along with another one."""
    found = list(hits)
    for rule in vocabulary("dreams_rules")["weaker"]:
        codes = {h.code for h in found}
        if rule["drop"] in codes and set(rule["beside"]) & codes:
            only = [
                h.phrase if h.size == 1 else " ".join(words[h.start : h.end])
                for h in found
                if h.code == rule["drop"]
            ]
            if not rule.get("words") or all(p in rule["words"] for p in only):
                found = [h for h in found if h.code != rule["drop"]]
    return found

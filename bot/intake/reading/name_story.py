"""A name inside a sentence that introduces it in no known way: found by its look alone.

Candidates are words with capitals that are no Dutch, and given names that are known
(`vocabulary/given_names.yaml`). Those of somebody else, of places and of the like don't count.
What is left must be one name, or one that holds all others: between two nobody is guessed.
"""

import dataclasses
from collections.abc import Callable, Sequence

from bot.intake.reading.clauses import about_others
from bot.intake.reading.lexicon import is_dutch, tokens, word_set
from bot.text import fold

GIVEN = (
    word_set("given_names", "names") - word_set("names", "stop") - word_set("names", "particles")
)
"""Given names, folded; none that is a word around a name."""
_PARTICLES = word_set("names", "particles")
_LEADS = word_set("names", "leads")
_FOLLOWS = word_set("names", "follows")
_NOT_AFTER = word_set("names", "of_something_else")
_AROUND = _LEADS | _NOT_AFTER | word_set("names", "stop") | word_set("names", "before")
_SOMEBODY_ELSE = word_set("words", "others") | word_set("names", "helpers")
_PAST = frozenset(("vroeger", "was", "heette", "hiet", "noemde"))
_NOW = frozenset(("nu", "weer", "terug", "opnieuw"))
_MANY = 3
"""Words with capitals from which a text may be written so throughout."""
_NEAR = 3
"""Words before a name in which somebody else may be named whose name it is."""


@dataclasses.dataclass(frozen=True)
class _Candidate:
    words: tuple[str, ...]
    led: bool
    known: bool
    inside: bool

    @property
    def counts(self) -> bool:
        """Several words with capitals, or a known or introduced one."""
        return self.led or self.known or (len(self.words) > 1 and self.inside)


Run = Callable[[Sequence[str]], Sequence[str]]
Judge = Callable[[Sequence[str]], bool]


def name_in_story(parts: Sequence[str], run: Run, is_no_name: Judge) -> Sequence[str]:
    """The one name that the parts of a sentence hold; nothing when there are more, or none.

    Args:
        run: The words of a name at the beginning of some words.
        is_no_name: Whether such words are no name: a place, common Dutch words.
    """
    found: list[_Candidate] = []
    for part in parts:
        words = [w.strip("\"'*_:.") if len(w) > 2 else w for w in part.split()]
        if not about_others(tokens(part)):
            found += _with_capitals(words, run, is_no_name)
    if not found:
        for part in parts:
            words = part.split()
            if not about_others(tokens(part)):
                found += _known(words, run, is_no_name)
        found = [c for c in found if c.led]
    return _only(found)


def _only(found: Sequence[_Candidate]) -> Sequence[str]:
    kept = [c for c in found if c.counts]
    led = [c for c in kept if c.led]
    for group in (led, kept):
        names = sorted({c.words for c in group}, key=len, reverse=True)
        if names and all(set(n) <= set(names[0]) for n in names):
            longer = [c.words for c in kept if set(names[0]) < set(c.words)]
            return longer[0] if len(longer) == 1 else names[0]
        if names:
            return ()
    return ()


def _with_capitals(words: Sequence[str], run: Run, is_no_name: Judge) -> list[_Candidate]:
    if _all_have_capitals(words):
        return []
    found, at = [], 0
    while at < len(words):
        if not has_capital(words[at]):
            at += 1
            continue
        taken = _capital_run(run(words[at:]))
        fits = taken and not is_no_name(taken) and (at > 0 or _fits_first(taken))
        if fits and not _is_taken(words, at):
            found.append(_candidate(words, at, taken, inside=at > 0))
        at += max(1, len(taken))
    return found


def _capital_run(words: Sequence[str]) -> Sequence[str]:
    """Up to the first word without a capital that is no particle before one with."""
    kept: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1 : at + 2]
        goes_on = not following or has_capital(following[0]) or fold(following[0]) in _PARTICLES
        if not has_capital(word) and not (fold(word) in _PARTICLES and goes_on):
            break
        kept.append(word)
    while kept and fold(kept[-1]) in _PARTICLES:
        kept.pop()
    return kept


def _fits_first(taken: Sequence[str]) -> bool:
    """A word at the beginning has a capital anyhow: it must be a name that is known."""
    return len(taken) > 1 or is_given(taken[0])


def _known(words: Sequence[str], run: Run, is_no_name: Judge) -> list[_Candidate]:
    found, at = [], 0
    while at < len(words):
        if not is_given(words[at]):
            at += 1
            continue
        begin = at
        while begin and _may_belong(words[begin - 1]):
            begin -= 1
        taken = run(words[begin:])
        fits = len(taken) > at - begin and not is_no_name(taken)
        if fits and not _is_taken(words, begin):
            found.append(_candidate(words, begin, taken, inside=False))
        at = max(at + 1, begin + len(taken))
    return found


def _may_belong(word: str) -> bool:
    """A word before a given name that is none of Dutch: "nguyen thi hoa"."""
    plain = fold(word)
    if plain in _AROUND or not word.isalpha():
        return False
    return is_given(word) or not is_dutch(plain)


def _candidate(words: Sequence[str], at: int, taken: Sequence[str], *, inside: bool) -> _Candidate:
    before = fold(words[at - 1]) if at else ""
    after = " ".join(fold(w) for w in words[at + len(taken) : at + len(taken) + 2])
    led = before in _LEADS or any(f"{after} ".startswith(f"{w} ") for w in _FOLLOWS)
    known = any(is_given(w) for w in taken)
    return _Candidate(tuple(taken), led, known, inside)


def _is_taken(words: Sequence[str], at: int) -> bool:
    """ "in Gent", "mijn dochter Lisa", "naar school met Karim": no name of the client's."""
    before = [fold(w) for w in words[max(0, at - _NEAR) : at]]
    if before[-1:] and before[-1] in _NOT_AFTER:
        return True
    if before[-2:] in (["die", "heet"], ["hij", "heet"], ["zij", "heet"], ["ze", "heet"]):
        return True
    if not _PAST.isdisjoint(fold(w) for w in words[:at]) and _NOW.isdisjoint(before):
        return True
    return not set(before).isdisjoint(_SOMEBODY_ELSE) and "mij" not in before


def is_given(word: str) -> bool:
    """A known given name, "Anne-Sophie" too."""
    plain = fold(word)
    return plain in GIVEN or any(part in GIVEN for part in plain.split("-"))


def has_capital(word: str) -> bool:
    """ "Jan", "McDonald", "D'Hondt", "K.", no "VDAB"."""
    letters = [c for c in word if c.isalpha()]
    return bool(letters) and letters[0].isupper() and (len(letters) == 1 or not word.isupper())


def _all_have_capitals(words: Sequence[str]) -> bool:
    """Whether the writer begins every word with a capital, so that it means nothing."""
    plain = [w for w in words if fold(w) in word_set("names", "stop") and w.isalpha()]
    return len(plain) >= _MANY and all(w[0].isupper() for w in plain)

"""Which words a client may meet: everyday words, words of the glossary, names."""

import dataclasses
import functools
import pathlib
import re
from typing import Literal

import simplemma

from bot import catalogue, places
from bot.language import reading

DATA = pathlib.Path(__file__).parent / "data"
Sort = Literal["everyday", "glossary", "name", "number", "hard"]
_LINKS = ("", "s", "en", "e", "n")


def listed(file: pathlib.Path) -> frozenset[str]:
    """The words of a list: separated by spaces, a line that starts with # is a remark."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_ENDINGS = (
    "'s",
    "s",
    "e",
    "en",
    "er",
    "ere",
    "st",
    "ste",
    "t",
    "tje",
    "je",
    "pje",
    "tjes",
    "jes",
    "pjes",
    "d",
    "de",
    "te",
)


@functools.lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[str, ...]:
    """The word and what it may be a form of: its lemma, and what is left without an ending."""
    lower = word.lower()
    found = [lower, simplemma.lemmatize(lower, lang="nl").replace("_", "").lower()]
    if len(lower) > 2:
        found += _stems(lower)
    for ending in _ENDINGS:
        if lower.endswith(ending) and len(lower) - len(ending) >= 3:
            found += _stems(lower[: -len(ending)])
    if parted := re.match(r"(in|op|af|aan|uit|mee|na|door|terug|weg|over)?ge([a-z]{3,})$", lower):
        before, rest = parted[1] or "", parted[2]
        tails = [rest, *(_stems(rest[:-1]) if rest[-1] in "td" else [])]
        found += [before + tail for tail in tails]
    return tuple(dict.fromkeys(found))


def _stems(stem: str) -> list[str]:
    """How a stem is written alone: bakk -> bak, schol -> school, prijz -> prijs; and its verb."""
    found = [stem]
    if stem[-1] == stem[-2]:
        found.append(stem[:-1])
    elif re.search(r"(^|[^aeiou])[aeou][^aeiouy]$", stem):
        found.append(stem[:-2] + stem[-2] + stem[-2] + stem[-1])
    if stem[-1] in "vz":
        found += [one[:-1] + {"v": "f", "z": "s"}[one[-1]] for one in list(found)]
    if re.search(r"([aeou])\1[^aeiouy]$", stem):
        found.append(stem[:-2] + stem[-1])
    return [*found, *(f"{one}{link}" for one in found for link in ("en", f"{one[-1]}en", "n"))]


@dataclasses.dataclass(frozen=True)
class Lexicon:
    """The everyday words, the terms of the glossary (with all their forms) and the names.

    An everyday word may have an entry in the glossary too; it then counts as everyday.
    """

    everyday: frozenset[str]
    terms: frozenset[str]
    names: frozenset[str]

    def is_everyday(self, word: str) -> bool:
        """Whether the word, or what it is a form of, or both halves of it, are on the list."""
        return any(form in self.everyday for form in forms(word)) or self._compound(word.lower())

    def is_listed(self, word: str) -> bool:
        """Whether the word or its lemma itself is on the list (compounds aren't)."""
        return any(form in self.everyday for form in forms(word)[:2])

    def _compound(self, word: str) -> bool:
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if not any(form in self.everyday for form in forms(right)):
                continue
            for link in _LINKS:
                start = left[: len(left) - len(link)] if left.endswith(link) else ""
                if len(start) >= 3 and (start in self.everyday or f"{start}en" in self.everyday):
                    return True
        return False

    def sorted_words(self, text: str) -> list[tuple[str, Sort]]:
        """Each word of the text with what it is; a term of several words is one of the glossary."""
        tokens = reading.words(text)
        lower = [token.lower() for token in tokens]
        found: list[tuple[str, Sort]] = []
        at = 0
        while at < len(tokens):
            for length in (5, 4, 3, 2):
                if " ".join(lower[at : at + length]) in self.terms and at + length <= len(tokens):
                    found += [(token, "glossary") for token in tokens[at : at + length]]
                    at += length
                    break
            else:
                found.append((tokens[at], self._sort(tokens[at])))
                at += 1
        return found

    def _sort(self, token: str) -> Sort:
        if token[0].isdigit():
            return "number"
        lower = token.lower()
        if lower == "'s" or self.is_listed(token):
            return "everyday"
        if token in self.names:
            return "name"
        if any(form in self.terms for form in forms(token)):
            return "glossary"
        if self.is_everyday(token):
            return "everyday"
        parts = [part for part in re.split(r"['-]", token) if part]
        if len(parts) > 1:
            sorts = {self._sort(part) for part in parts}
            return "hard" if "hard" in sorts else ("glossary" if "glossary" in sorts else "name")
        return "hard"


def _names(known: "catalogue.Catalogue", terms: frozenset[str]) -> frozenset[str]:
    """Words of names of schools, Leerwinkels and places that aren't terms, and our own list."""
    texts = [provider.name for provider in known.providers.values()]
    texts += [f"{one.name} {one.address or ''}" for one in known.leerwinkels.values()]
    found = {word for text in texts for word in reading.words(text) if not word[0].islower()}
    found = {word for word in found | places.names() if word.lower() not in terms}
    return frozenset(found | listed(DATA / "names.txt"))


@functools.cache
def current(folder: pathlib.Path) -> Lexicon:
    """The lexicon that belongs to the catalogue in `folder`."""
    known = catalogue.load(folder)
    terms = frozenset(form.lower() for one in known.glossary for form in (one.word, *one.also))
    return Lexicon(listed(DATA / "everyday.txt"), terms, _names(known, terms))

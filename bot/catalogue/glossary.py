"""Finding the hard word in a question such as "wat is nt2"."""

import functools
import re
import weakref

import rapidfuzz

from bot.catalogue import finding, loading, model
from bot.catalogue.loading import Catalogue

_indexes: "weakref.WeakKeyDictionary[Catalogue, dict[str, model.GlossaryEntry]]" = (
    weakref.WeakKeyDictionary()
)


def _forms(catalogue: Catalogue) -> dict[str, model.GlossaryEntry]:
    found = _indexes.get(catalogue)
    if found is None:
        found = {}
        for entry in catalogue.glossary:
            for form in (entry.word, *entry.also):
                found.setdefault(_key(form), entry)
        _indexes[catalogue] = found
    return found


@functools.lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return " ".join(finding.WORD.findall(finding.fold(text[: finding.LONGEST])))


_ASKS = re.compile(
    r"^(?:(?:sorry|ik begrijp (?:het )?niet|euh?|en|maar|leg uit) )*(?:"
    r"wat (?:betekent|beteken|betekend|wil zeggen|bedoel je met|bedoelt u met|bedoel je)"
    r"|wat (?:is dat|is|zijn)"
    r"|wa (?:betekent|is|is da)|betekenis van|uitleg over|leg uit|wat wil|ik (?:begrijp|ken|snap)"
    r"(?=.* niet$)|woord) (?:het woord |woord |een |n )*(?P<word>.+?)"
    r"(?: (?:eigenlijk|precies|juist|zeggen|niet|betekenen|in het nederlands))*$"
)
_word_indexes: "weakref.WeakKeyDictionary[Catalogue, dict[str, model.GlossaryEntry]]" = (
    weakref.WeakKeyDictionary()
)


def asked_word(text: str, catalogue: Catalogue | None = None) -> model.GlossaryEntry | None:
    """The entry of the one word (or term) whose meaning is asked; None for any other question.

    Unlike `explain` it also knows everyday words ("wat betekent bewaren?"), so the whole rest of
    the question has to be that word: "wat is de prijs" asks for a price, not for a meaning.
    """
    catalogue = catalogue or loading.current()
    found = _word_indexes.get(catalogue)
    if found is None:
        found = dict(_forms(catalogue))
        for entry in catalogue.words:
            for form in (entry.word, *entry.also):
                found.setdefault(_key(form), entry)
        _word_indexes[catalogue] = found
    asked = _ASKS.match(_key(text))
    return found.get(asked["word"]) if asked else None


def explain(text: str, catalogue: Catalogue | None = None) -> model.GlossaryEntry | None:
    """The glossary entry that a word or sentence asks about; None when there is none.

    The longest known word wins ("diploma secundair" before "diploma"); a word with a typo is
    found when it has at least five letters (fewer letters look too much alike).
    """
    forms = _forms(catalogue or loading.current())
    asked = f" {_key(text)} "
    exact = [form for form in forms if f" {form} " in asked]
    if exact:
        return forms[max(exact, key=len)]
    tokens = asked.split()
    best: tuple[float, model.GlossaryEntry] | None = None
    for length in (4, 3, 2, 1):
        for at in range(len(tokens) - length + 1):
            part = " ".join(tokens[at : at + length])
            if len(part) < 5:
                continue
            found = rapidfuzz.process.extractOne(
                part,
                [form for form in forms if abs(len(form) - len(part)) <= 3 and len(form) >= 5],
                scorer=rapidfuzz.fuzz.ratio,
                score_cutoff=80 if len(part) > 6 else 84,
            )
            if found and (best is None or found[1] > best[0]):
                best = (float(found[1]), forms[str(found[0])])
    return best[1] if best else None

"""Finding the hard word in a question such as "wat is nt2"."""

import functools
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

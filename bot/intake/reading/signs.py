"""What an answer shows, for a reader that learns: letters, rows of words, what the rules know.

Every sign has a place, the same in every process. Rarer signs weigh more.
"""

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from bot.embedding import Vectors
from bot.intake.alike import Places, letter_groups, places_of, weighed
from bot.intake.reading import barriers, dutch, education, referral, schedule, situation
from bot.intake.reading.clauses import about_others, fine_clauses
from bot.intake.reading.lexicon import Hit, Lexicon, lexicon, tokens
from bot.intake.reading.reading import Reading
from bot.intake.reading.scope import denied

_KNOWN_WORDS: Mapping[str, Callable[[], Lexicon]] = MappingProxyType(
    {
        "barriers": barriers.known_words,
        "schedule": schedule.known_words,
        "dutch_level": dutch.known_words,
        "situation": situation.known_words,
        "education_level": education.known_words,
        "diploma_origin": functools.partial(lexicon, "countries"),
        "diploma_recognised": functools.partial(lexicon, "diploma_recognised"),
        "referral_source": referral.known_words,
        "consent": functools.partial(lexicon, "common"),
    }
)
"""The phrases that the rules of a field know it by."""
BUCKETS = 1 << 15
"""Places of each kind of sign that is weighed by its rarity."""
WEIGHED = 3
"""Kinds that are weighed so: groups of letters, rows of words, rows with codes."""
SIZE = WEIGHED * BUCKETS + (1 << 10)
"""Places in all; the last ones are for what the rules read."""
_ROWS = (1, 2, 3)
_CODED_ROWS = (1, 2, 3, 4)
_CODED_WEIGHT = 1.2
_RULES_WEIGHT = 0.2
_SHORT = 4
"""Words up to which an answer is short; rules are best on those."""


class Signs(NamedTuple):
    """The places of the signs of one answer, kind by kind."""

    letters: Places
    rows: Places
    coded: Places
    rules: Places

    @property
    def rare(self) -> Places:
        """Those that are weighed by their rarity."""
        return np.concatenate([self.letters, self.rows, self.coded])


def signs(field: str, text: str, rules: Reading) -> Signs:
    """The signs of an answer to the question about a field.

    Args:
        rules: what the rules read: how far that can be trusted is learned too.
    """
    words = tokens(text)
    letters = {g for w in text.lower().split() for g in letter_groups(w, BUCKETS)}
    kinds = [letters, places_of(_rows(words, _ROWS), BUCKETS)]
    kinds.append(places_of(_coded(words, _KNOWN_WORDS[field]()), BUCKETS))
    kinds.append(places_of(_read_by_rules(text, rules), SIZE - WEIGHED * BUCKETS))
    return Signs(*(_placed(places, kind) for kind, places in enumerate(kinds)))


def weights(found: Signs, rarities: Vectors) -> list[tuple[Places, Vectors]]:
    """The places of the signs, kind by kind, and what each weighs."""
    said = np.full(len(found.rules), _RULES_WEIGHT, dtype=np.float32)
    return [
        (found.letters, weighed(found.letters, rarities)),
        (found.rows, weighed(found.rows, rarities)),
        (found.coded, weighed(found.coded, rarities, _CODED_WEIGHT)),
        (found.rules, said),
    ]


def _placed(places: Collection[int], kind: int) -> Places:
    return np.array(sorted(kind * BUCKETS + place for place in places), dtype=np.intp)


def _rows(words: Sequence[str], sizes: Sequence[int]) -> set[str]:
    return {" ".join(words[i : i + n]) for n in sizes for i in range(len(words) - n + 1)}


def _coded(words: Sequence[str], known: Lexicon) -> set[str]:
    """Rows in which known words stand as their code, and how each of those is said."""
    hits = known.find(words)
    if not hits:
        return set()
    standing: list[str | None] = [*words]
    for hit in hits:
        standing[hit.start : hit.end] = [
            f"<{hit.code.replace(' ', '_')}>",
            *[None] * (hit.size - 1),
        ]
    coded = ["^", *(word for word in standing if word is not None), "$"]
    rows = {row for row in _rows(coded, _CODED_ROWS) if "<" in row or " " in row}
    return rows | _manners(words, hits)


def _manners(words: Sequence[str], hits: Sequence[Hit]) -> set[str]:
    """Per known word whether it is denied, somebody else's, and in which clause it stands."""
    lost = denied(words, hits)
    cuts = fine_clauses(words)
    found = set()
    for hit in hits:
        at = next((n for n, (begin, end) in enumerate(cuts) if begin <= hit.start < end), 0)
        begin, end = cuts[at]
        manner = f"{'not' * (hit in lost)} {'theirs' * about_others(words[begin:end])}"
        found |= {f"<{hit.code}> {hit in lost}",
                  f"<{hit.code}> {manner} {at == 0} {at == len(cuts) - 1}"}  # fmt: skip
    return found


def _read_by_rules(text: str, rules: Reading) -> set[str]:
    value = rules.value if isinstance(rules.value, list) else [rules.value]
    length = "short" if len(text.split()) <= _SHORT else "long"
    said = [f"{code}" for code in value] or ["empty"]
    said += [f"or {code}" for code in rules.options] + ["final"] * rules.final
    return {*said, *(f"{length} {one}" for one in said)}

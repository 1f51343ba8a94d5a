"""Words of texts, and which courses hold a word that looks like one that was asked.

Rare words weigh more. Words with a typo, an ending more or less, or a compound with the same head
count for a part. Everything is looked up, nothing is scanned but the words with the same letter.
"""

import bisect
import functools
import math
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import rapidfuzz
import wordfreq

LONGEST = 300
"""Characters of a question that are looked at."""
MOST_ASKED = 12
"""Words of a question that are looked at."""
STRICTLY = 90
"""Ratio from which a word with another first letter may be a misspelling."""
CLOSE = 12
"""Known words that may stand for one misspelled word."""
COMMON, RARE = 6.0, 3.5
"""How common a word is (Zipf) that says nothing, and one that says as much as any."""
WORD = re.compile(r"[^\W_]+")
_LICENCE = re.compile(r"(?<!geen )(?<!heb )(?<!een )\brijbewijs(?: (?P<kind>b|ce?|d)\b)?(?! en )")
_DRIVES = {None: "rijles", "b": "rijles", "c": "vrachtwagen", "ce": "vrachtwagen", "d": "bus"}
"""What each driving licence is for, as the courses say it."""


def fold(text: str) -> str:
    """Lower case, without accents."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """The words of a text, folded; the `s` of 's avonds falls away."""
    return [word for word in WORD.findall(fold(text[:LONGEST])) if len(word) > 1]


def _asked(text: str) -> str:
    """A question with what a driving licence in it is for: its letter is too short for a word."""
    return _LICENCE.sub(lambda found: f"{found[0]} {_DRIVES[found['kind']]}", fold(text[:LONGEST]))


def _tells(word: str) -> float:
    """How much a word that no course holds says of a wish: "graag" nothing, "imker" much."""
    common = wordfreq.zipf_frequency(word, "nl")
    return min(max((COMMON - common) / (COMMON - RARE), 0.0), 1.0)


class WordIndex:
    """The words of many courses, by the place of the course in the list."""

    def __init__(
        self,
        fields: Iterable[Iterable[tuple[str, float]]],
        ignored: frozenset[str],
        about: Any = None,
    ) -> None:
        """
        Args:
            fields: for each course its texts, each with a weight of 0..1.
            ignored: words that say nothing.
            about: for each course a number of what it is about: a course that a hundred schools
                give makes its words no less rare. None: every course is about something else.
        """
        self.ignored = ignored
        split = functools.lru_cache(maxsize=100_000)(self._split)
        gathered: dict[str, tuple[list[int], list[float]]] = {}
        count = 0
        for number, texts in enumerate(fields):
            count = number + 1
            best: dict[str, float] = {}
            for text, weight in texts:
                for word in split(text):
                    if weight > best.get(word, 0.0):
                        best[word] = weight
            for word, weight in best.items():
                numbers, weights = gathered.setdefault(word, ([], []))
                numbers.append(number)
                weights.append(weight)
        self.count = count
        subjects = np.arange(count) if about is None else np.asarray(about)
        self._share = 1.0 / np.bincount(subjects)[subjects] if count else np.zeros(0)
        self._subjects = float(self._share.sum())
        self._held: Mapping[str, tuple[Any, Any]] = {
            word: (np.array(numbers, dtype=np.int32), np.array(weights))
            for word, (numbers, weights) in gathered.items()
        }
        self._sorted = sorted(self._held)
        self._backwards = sorted(word[::-1] for word in self._held)
        self._by_letter: dict[str, list[str]] = {}
        for word in self._sorted:
            self._by_letter.setdefault(word[0], []).append(word)
        # One advice asks for the same words and texts several times.
        self._lock = threading.Lock()
        self._close = functools.lru_cache(maxsize=2048)(self._closest)
        self._as_long = functools.lru_cache(maxsize=512)(self._words_as_long)
        self._scores = functools.lru_cache(maxsize=16)(self._scored)

    def _split(self, text: str) -> tuple[str, ...]:
        return tuple(word for word in words(text) if word not in self.ignored)

    def scores(self, text: str) -> Any:
        """A score of 0..1 for each course: how much of the text its words cover."""
        return self._of(text)[0]

    def strongest(self, text: str) -> Any:
        """0..1 for each course: how well it holds the one word of the text that says most of it.

        1 is the very word, in its title, and in no other course.
        """
        return self._of(text)[1]

    def _of(self, text: str) -> tuple[Any, Any]:
        asked = tuple(dict.fromkeys(w for w in words(_asked(text)) if w not in self.ignored))
        with self._lock:
            return self._scores(asked[:MOST_ASKED])

    def _scored(self, asked: tuple[str, ...]) -> tuple[Any, Any]:
        result, found, strongest = np.zeros((3, self.count))
        most = math.log(1 + self._subjects)
        total = 0.0
        for word in asked:
            held = [(*self._held[known], close) for known, close in self._close(word)]
            if held:
                rows = np.unique(np.concatenate([numbers for numbers, _, _ in held]))
                for numbers, weights, close in held:
                    found[numbers] = np.maximum(found[numbers], close * weights)
                rarity = math.log(1 + self._subjects / float(self._share[rows].sum()))
                result[rows] += rarity * found[rows]
                strongest[rows] = np.maximum(strongest[rows], rarity / most * found[rows])
                found[rows] = 0.0
            else:
                rarity = most * _tells(word)
            total += rarity
        if total:
            result /= total
        result.flags.writeable = strongest.flags.writeable = False
        return result, strongest

    def _closest(self, word: str) -> list[tuple[str, float]]:
        if len(word) < 4:
            return [(word, 1.0)] if word in self._held else []
        found = self._misspelled(word)
        if word in self._held:
            found[word] = 1.0
        seen = {word}
        for known in self._starting_with(word):
            if known not in seen:
                # "dokters" is near to "dokter"; a "doktersassistent" is somebody else.
                close = 0.85 if len(known) <= len(word) + 3 else 0.6
                found[known] = max(found.get(known, 0.0), close)
                seen.add(known)
        for end in range(4, len(word)):
            known = word[:end]
            if known in self._held:
                found[known] = max(found.get(known, 0.0), 0.85)
                seen.add(known)
        for start in range(1, len(word) - 5):  # a compound: the head decides
            known = word[start:]
            if known in self._held and known not in seen:
                found[known] = max(found.get(known, 0.0), 0.8)
        if len(word) >= 5:
            for known in self._ending_with(word):
                if known not in seen and len(known) >= len(word) + 3:
                    found[known] = max(found.get(known, 0.0), 0.7)
        return list(found.items())

    def _misspelled(self, word: str) -> dict[str, float]:
        # People rarely miss the first letter: "wassen" is not "lassen".
        loosely = 78 if len(word) > 5 else 84
        loose = rapidfuzz.process.extract(
            word,
            self._as_long(len(word), loosely, word[0]),
            scorer=rapidfuzz.fuzz.ratio,
            score_cutoff=loosely,
            limit=CLOSE,
        )
        strict = rapidfuzz.process.extract(
            word,
            self._as_long(len(word), STRICTLY),
            scorer=rapidfuzz.fuzz.ratio,
            score_cutoff=STRICTLY,
            limit=CLOSE,
        )
        best = sorted({known: ratio for known, ratio, _ in (*loose, *strict)}.items(),
                      key=lambda one: -one[1])[:CLOSE]  # fmt: skip
        return {str(known): 0.9 * ratio / 100 for known, ratio in best}

    def _words_as_long(self, length: int, ratio: int, letter: str = "") -> list[str]:
        """Words whose length allows this ratio: the same letters are counted in both words."""
        known = self._by_letter.get(letter, []) if letter else self._sorted
        return [w for w in known if 200 * min(length, len(w)) >= ratio * (length + len(w))]

    def _starting_with(self, start: str) -> list[str]:
        first = bisect.bisect_left(self._sorted, start)
        last = bisect.bisect_left(self._sorted, start + "\U0010ffff")
        return self._sorted[first:last]

    def _ending_with(self, end: str) -> list[str]:
        start = end[::-1]
        first = bisect.bisect_left(self._backwards, start)
        last = bisect.bisect_left(self._backwards, start + "\U0010ffff")
        return [word[::-1] for word in self._backwards[first:last]]

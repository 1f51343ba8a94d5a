"""Finding courses by free text: words with typos, and meaning.

Words are compared with every word of the catalogue (rapidfuzz, rare words weigh more); meaning
comes from embeddings (`vectors`), whose scores are only used as a ranking.
"""

import dataclasses
import functools
import hashlib
import math
import re
import unicodedata
import weakref
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import rapidfuzz
import wordfreq

from bot import places
from bot.catalogue import match, model, vectors
from bot.catalogue.loading import Catalogue, current
from bot.catalogue.person import Person, person

LONGEST = 300
"""Characters of a question that are looked at."""
MEANINGS = 5
"""So many courses nearest in meaning count when the words alone say too little."""
SAYS_IT_ALL = 0.9
SAYS_LITTLE = 0.35
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, without accents."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """The words of a text, folded; the `s` of 's avonds falls away."""
    return [word for word in WORD.findall(fold(text[:LONGEST])) if len(word) > 1]


class Index:
    """The words and vectors of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.ignored = {word for text in catalogue.phrases.search_ignore for word in words(text)}
        self._at = {course.id: index for index, course in enumerate(catalogue.courses)}
        self.texts = [_text(course) for course in catalogue.courses]
        weights: dict[str, dict[int, float]] = {}
        for index, course in enumerate(catalogue.courses):
            for text, weight in _fields(course, catalogue):
                for word in words(text):
                    if word not in self.ignored:
                        known = weights.setdefault(word, {})
                        known[index] = max(known.get(index, 0.0), weight)
        self._weights = weights
        self._vocabulary = list(weights)
        self._count = len(catalogue.courses)
        # One advice asks for the same words several times.
        self._close = functools.lru_cache(maxsize=512)(self._closest)

    def by_words(self, text: str) -> Any:
        """A score of 0..1 for each course: how much of the text its words cover."""
        result = np.zeros(self._count)
        asked = [word for word in dict.fromkeys(words(text)) if word not in self.ignored][:12]
        if not asked:
            return result
        total = 0.0
        for word in asked:
            found = np.zeros(self._count)
            for known, close in self._close(word):
                for index, weight in self._weights[known].items():
                    found[index] = max(found[index], close * weight)
            holders = int(np.count_nonzero(found))
            rarity = math.log(1 + self._count / holders) if holders else math.log(1 + self._count)
            total += rarity
            result += rarity * found
        return result / total

    def _closest(self, word: str) -> list[tuple[str, float]]:
        if len(word) < 4:
            return [(word, 1.0)] if word in self._weights else []
        found = {
            str(known): 0.9 * ratio / 100
            for known, ratio, _ in rapidfuzz.process.extract(
                word,
                self._vocabulary,
                scorer=rapidfuzz.fuzz.ratio,
                score_cutoff=78 if len(word) > 5 else 84,
                limit=12,
            )
            # People rarely miss the first letter: "wassen" is not "lassen".
            if known[0] == word[0] or ratio >= 90
        }
        for known in self._vocabulary:
            if known == word:
                found[known] = 1.0
            elif len(known) >= 4 and (known.startswith(word) or word.startswith(known)):
                # "dokters" is near to "dokter"; a "doktersassistent" is somebody else.
                close = 0.85 if len(known) <= len(word) + 3 else 0.6
                found[known] = max(found.get(known, 0.0), close)
            elif len(known) >= 6 and word.endswith(known):  # a compound: the head decides
                found[known] = max(found.get(known, 0.0), 0.8)
            elif len(word) >= 5 and known.endswith(word) and len(known) >= len(word) + 3:
                found[known] = max(found.get(known, 0.0), 0.7)
        return list(found.items())

    def by_meaning(self, text: str) -> Any:
        """A score of 0..1 for each course; only the order means something."""
        passages = vectors.passages(self.texts)
        if passages is None or not text.strip():
            return np.zeros(self._count)
        scores = passages @ vectors.query(fold(text[:LONGEST]))
        spread = float(scores.std())
        if spread == 0.0:
            return np.zeros(self._count)
        return np.clip((scores - scores.mean()) / spread / 3.0, 0.0, 1.0)

    def both(self, text: str) -> tuple[Any, Any]:
        """By words and by meaning; when the words say it all, the meaning is not worked out."""
        by_words = self.by_words(text)
        if float(by_words.max(initial=0.0)) >= SAYS_IT_ALL:
            return by_words, np.zeros(self._count)
        return by_words, self.by_meaning(text)

    def named(self, text: str, course: model.Course) -> bool:
        """Whether words of the text stand in the course."""
        return float(self.by_words(text)[self._at[course.id]]) >= SAYS_LITTLE

    def relevance(self, text: str) -> dict[str, float]:
        """Course id -> 0..1: how well the course answers the text."""
        by_words, by_meaning = self.both(text)
        mixed = 0.65 * by_words + 0.35 * by_meaning
        if float(by_words.max(initial=0.0)) < SAYS_LITTLE:  # another language, other words
            mixed = 0.3 * by_words + 0.7 * by_meaning**2
        return {course_id: float(mixed[index]) for course_id, index in self._at.items()}


def _fields(course: model.Course, catalogue: Catalogue) -> Iterable[tuple[str, float]]:
    yield course.title, 1.0
    for text in course.words:
        # One word of several says less: "dierenarts helpen" is not "dierenarts".
        yield text, 1.0 if " " not in text else 0.75
    for text in course.gives.occupations:
        yield text, 1.0
    yield course.summary, 0.5
    yield catalogue.provider_name(course), 0.7
    yield course.type, 0.5
    for code, texts in catalogue.phrases.search_type.items():
        if code == course.type:
            for text in texts:
                yield text, 0.7


def _text(course: model.Course) -> str:
    parts = dict.fromkeys([course.title, *course.words[:6], *course.gives.occupations[:3]])
    return fold(", ".join(parts))


_indexes: "weakref.WeakKeyDictionary[Catalogue, Index]" = weakref.WeakKeyDictionary()


def index(catalogue: Catalogue) -> Index:
    """The index of this catalogue, made once."""
    found = _indexes.get(catalogue)
    if found is None:
        found = _indexes[catalogue] = Index(catalogue)
    return found


def warm(catalogue: Catalogue | None = None) -> None:
    """Load the embeddings and make all vectors, so that the first question is as quick."""
    index(catalogue or current()).by_meaning("warm")
    _sayable("warm")


def warm_in_background(catalogue: Catalogue | None = None) -> None:
    """The same in a thread; until it is done, words alone decide."""
    vectors.in_background(index(catalogue or current()).texts)


@dataclasses.dataclass(frozen=True)
class Question:
    """A search text taken apart."""

    text: str
    schedule: frozenset[str]
    postcodes: tuple[str, ...]


def understand(text: str, catalogue: Catalogue) -> Question:
    """Take place and hours out of a search text; the rest is what to search for."""
    rest = f" {' '.join(words(text))} "
    schedule = set()
    for code, forms in catalogue.phrases.search_schedule.items():
        for form in sorted(forms, key=len, reverse=True):
            pattern = f" {' '.join(words(form))} "
            if pattern in rest:
                schedule.add(code)
                rest = rest.replace(pattern, " ")
    found = places.mentioned(text) or _bare_places(rest, catalogue)
    for place in found:
        for name in (place.name, place.municipality):
            rest = rest.replace(f" {' '.join(words(name))} ", " ")
        rest = rest.replace(f" {place.postcode} ", " ")
    return Question(rest.strip(), frozenset(schedule), tuple(place.postcode for place in found))


def _bare_places(rest: str, catalogue: Catalogue) -> list[places.Place]:
    """A place named without "in": its very name."""
    ignored = index(catalogue).ignored
    for word in rest.split():
        if len(word) < 4 or word in ignored:
            continue
        for place in places.find(word):
            if word in (fold(place.name), fold(place.municipality), place.postcode):
                return [place]
    return []


def _sayable(text: str) -> bool:
    """Whether the text holds a real word (any script but ours counts as one)."""
    return any(
        not word.isascii() or wordfreq.zipf_frequency(word, language) >= 2.0
        for word in words(text)
        for language in ("nl", "en", "fr")
    )


@dataclasses.dataclass(frozen=True)
class Hit:
    """A course that answers a search, and how well."""

    course: model.Course
    score: float
    km: float = 0.0


def asking(text: str, record: Mapping[str, Any], catalogue: Catalogue) -> Person:
    """Who asks: the record, with the place and the hours that the text names."""
    question = understand(text, catalogue)
    who = person(record)
    return dataclasses.replace(
        who,
        postcode=question.postcodes[0] if question.postcodes else who.postcode,
        schedule=question.schedule or who.schedule,
    )


def search(
    text: str, record: Mapping[str, Any], catalogue: Catalogue, *, limit: int = 3
) -> list[Hit]:
    """Courses that answer the text, best first; [] when nothing fits.

    A place or hours in the text count before those of the record.
    """
    question = understand(text, catalogue)
    who = asking(text, record, catalogue)
    wanted = index(catalogue)
    hits = []
    subject = any(word not in wanted.ignored for word in words(question.text))
    if subject:
        by_words, by_meaning = wanted.both(question.text)
        best = float(by_words.max(initial=0.0))
        nearest_meaning = float(np.sort(by_meaning)[-MEANINGS:][0]) if len(by_meaning) else 0.0
        if best == 0.0 and not _sayable(question.text):
            return []
    elif not (question.postcodes or question.schedule):
        return []
    for number, course in enumerate(catalogue.courses):
        relevance = 0.0
        if subject:
            relevance = 0.65 * float(by_words[number]) + 0.35 * float(by_meaning[number])
            # Words that are in the catalogue decide; without them only the nearest meanings count.
            if best >= 0.5 and by_words[number] < 0.5 * best:
                continue
            if best < 0.5 and by_meaning[number] < max(nearest_meaning, 0.01):
                continue
        given = match.fit(course, who, catalogue)
        total = (
            2.0 * relevance
            + 0.3 * match.reach_score(course, given, who)
            + 0.4 * match.schedule_score(course, given, who)
            - (0.4 if given.impossible else 0.0)
            - 0.1 * len(given.learnable)
        )
        at_home = course.everywhere or course.online
        hits.append(Hit(course, total, 0.0 if at_home else given.km or 0.0))
    near = [hit for hit in hits if hit.km <= match.TOO_FAR_KM]
    hits = near or hits
    hits.sort(key=lambda hit: (-round(hit.score, 2), rotation(hit.course.id, text)))
    return hits[:limit]


def rotation(course_id: str, seed: str) -> int:
    """A number that orders equal courses: fair over seeds, never by name."""
    digest = hashlib.blake2b(f"{seed}\0{course_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")

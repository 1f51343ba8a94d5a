"""Finding courses by free text: words with typos, and meaning.

Words are looked up with their misspellings (`wordindex`); meaning comes from embeddings
(`vectors`), whose scores are only used as a ranking.
"""

import dataclasses
import functools
import hashlib
import math
import weakref
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import wordfreq

from bot import embedding, places
from bot.catalogue import columns, match, model, vectors
from bot.catalogue.loading import Catalogue, current
from bot.catalogue.person import Person, person
from bot.catalogue.wordindex import LONGEST, WORD, WordIndex, fold, words

__all__ = ["LONGEST", "WORD", "Hit", "Index", "asking", "fold", "index", "part", "search", "words"]

MEANINGS = 5
"""So many courses nearest in meaning count when the words alone say too little."""
SAYS_IT_ALL = 0.5
"""So much of a text that words cover, the meaning adds nothing to; it costs 10 to 30 ms."""
USUAL = 600
"""Courses of a catalogue of a usual size; the real one has about 400."""
SAYS_ENOUGH = 0.4
"""The same, in a larger catalogue, for a short text whose theme is clear. In a usual one the time
is there, and meaning chooses the goal of a path a little better (`docs/evaluation-notes.md`)."""
SHORT = 5
"""Words of a short text that tell something. Longer ones say more than their theme: "lasser ...
mijn stiel doorgeven aan jongeren" needs its meaning."""
SAYS_LITTLE = 0.35
TELLS = 0.5
"""How rare a word must be (`WordIndex.strongest`) to count by itself."""
MOST_HITS = 300
"""Courses that a search looks at closely; the others are farther away or say less."""


class Index:
    """The words and the meaning of every course of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.ignored = frozenset(
            word for text in catalogue.phrases.search_ignore for word in words(text)
        )
        self.numbers = {course.id: number for number, course in enumerate(catalogue.courses)}
        texts: dict[str, int] = {}
        self.text_numbers = np.array(
            [texts.setdefault(_text(course), len(texts)) for course in catalogue.courses],
            dtype=np.int32,
        )
        self.texts = list(texts)
        """What courses are about, each text once: many courses are about the same."""
        self._matrix: Any = None
        # One advice asks for the same texts several times.
        self._meaning = functools.lru_cache(maxsize=8)(self._meanings)
        self._mix = functools.lru_cache(maxsize=8)(self._mixed)
        self._words = WordIndex(
            (_fields(course, catalogue) for course in catalogue.courses),
            self.ignored,
            self.text_numbers,
        )
        self._count = len(catalogue.courses)
        self._nothing = np.zeros(self._count)
        self._nothing.flags.writeable = False
        self._times = np.bincount(self.text_numbers, minlength=len(texts)).astype(np.float64)

    def by_words(self, text: str) -> Any:
        """A score of 0..1 for each course: how much of the text its words cover."""
        return self._words.scores(text)

    def by_meaning(self, text: str) -> Any:
        """A score of 0..1 for each course; only the order means something."""
        if self._vectors() is None or not text.strip():
            return self._nothing
        return self._meaning(_wished(text))

    def _vectors(self) -> Any:
        if self._matrix is None:
            self._matrix = vectors.passages(self.texts)
        return self._matrix

    def _meanings(self, text: str) -> Any:
        # No matrix product: the threads of the library behind it wait for each other (8 ms for 1).
        scores = np.einsum("ij,j->i", self._matrix, embedding.query(text))
        count = self._count
        mean = float(scores @ self._times) / count
        spread = math.sqrt(max(float(scores**2 @ self._times) / count - mean**2, 0.0))
        if spread < 1e-6:
            return self._nothing
        found = np.take(np.clip((scores - mean) / spread / 3.0, 0.0, 1.0), self.text_numbers)
        found.flags.writeable = False
        return found

    def both(self, text: str, whole: str = "") -> tuple[Any, Any]:
        """By words and by meaning; when the words say it all, the meaning is not worked out.

        Args:
            whole: what the text is a part of: its meaning counts, a vector of each part would
                cost more than it tells.
        """
        by_words = self.by_words(text)
        most = float(by_words.max(initial=0.0))
        if most >= SAYS_IT_ALL or (most >= SAYS_ENOUGH and self._is_plain(whole or text)):
            return by_words, self._nothing
        return by_words, self.by_meaning(whole or text)

    def _is_plain(self, text: str) -> bool:
        """Whether a short text without a typo or a foreign word is read by its words alone."""
        if self._count <= USUAL:
            return False
        from bot.intake import is_clear, is_word  # their word lists take a while to read

        telling = {word for word in words(text) if word not in self.ignored}
        return len(telling) <= SHORT and all(map(is_word, telling)) and is_clear(text)

    def named(self, text: str, course: model.Course) -> bool:
        """Whether words of the text stand in the course."""
        return float(self.by_words(text)[self.numbers[course.id]]) >= SAYS_LITTLE

    def mixed(self, text: str, whole: str = "") -> Any:
        """0..1 for each course: how well it answers the text, which may be part of a whole."""
        known = self._vectors() is not None  # while they are made in the background: not yet
        return self._mix(text, whole or text, known)

    def _mixed(self, text: str, whole: str, known: bool) -> Any:
        by_words, by_meaning = self.both(text, whole)
        # Words that say little: another language, or other words.
        little = float(by_words.max(initial=0.0)) < SAYS_LITTLE
        found = (0.3 if little else 0.65) * by_words
        # A word that few courses hold names them, whatever else a long dream tells.
        telling = self._words.strongest(text) - TELLS
        found += 0.35 * np.maximum(telling, 0.0) / (1.0 - TELLS)
        if by_meaning is not self._nothing:
            found += 0.7 * by_meaning**2 if little else 0.35 * by_meaning
        np.minimum(found, 1.0, out=found)
        found.flags.writeable = False
        return found

    def relevance(self, text: str, whole: str = "") -> dict[str, float]:
        """Course id -> 0..1: how well the course answers the text, which may be part of a whole."""
        return dict(zip(self.numbers, self.mixed(text, whole).tolist(), strict=True))


class Part(Index):
    """The index of some courses of a large catalogue: the scores are those of the whole."""

    def __init__(self, whole: Index, catalogue: Catalogue, numbers: Any) -> None:
        self._whole = whole
        self._rows = numbers
        self.ignored = whole.ignored
        self.texts = []
        self.numbers = {course.id: number for number, course in enumerate(catalogue.courses)}

    def by_words(self, text: str) -> Any:
        return self._whole.by_words(text)[self._rows]

    def by_meaning(self, text: str) -> Any:
        return self._whole.by_meaning(text)[self._rows]

    def both(self, text: str, whole: str = "") -> tuple[Any, Any]:
        by_words, by_meaning = self._whole.both(text, whole)
        return by_words[self._rows], by_meaning[self._rows]

    def mixed(self, text: str, whole: str = "") -> Any:
        return self._whole.mixed(text, whole)[self._rows]


def part(catalogue: Catalogue, numbers: Any) -> Catalogue:
    """The same catalogue with only some of its courses, by their place in the list."""
    chosen = tuple(catalogue.courses[number] for number in numbers)
    smaller = dataclasses.replace(catalogue, courses=chosen)
    _indexes[smaller] = Part(index(catalogue), smaller, np.asarray(numbers))
    return smaller


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
    parts = dict.fromkeys([_placeless(course), *course.words[:6], *course.gives.occupations[:3]])
    return fold(", ".join(parts))


def _placeless(course: model.Course) -> str:
    """The title without "in Gent": where a course is says nothing of what it is about."""
    if " in " not in course.title:
        return course.title
    for code in course.places:
        place = places.place(code)
        for name in (place.municipality, place.name) if place else ():
            if course.title.endswith(f" in {name}"):
                return course.title.removesuffix(f" in {name}")
    return course.title


_indexes: "weakref.WeakKeyDictionary[Catalogue, Index]" = weakref.WeakKeyDictionary()


def index(catalogue: Catalogue) -> Index:
    """The index of this catalogue, made once."""
    found = _indexes.get(catalogue)
    if found is None:
        found = _indexes[catalogue] = Index(catalogue)
    return found


def warm(catalogue: Catalogue | None = None) -> None:
    """Load the embeddings and make all vectors, so that the first question is as quick."""
    catalogue = catalogue or current()
    index(catalogue).by_meaning("warm")
    columns.of(catalogue)
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


def _wished(text: str) -> str:
    from bot.intake import wish_text  # its word lists take a while to read

    return wish_text(text)


@functools.lru_cache(maxsize=256)
def accepted(text: str) -> str:
    """A dream without what it refuses."""
    from bot.intake import accepted_text  # its word lists take a while to read

    return accepted_text(text)


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
    relevance = np.zeros(len(catalogue.courses))
    answers = np.ones(len(catalogue.courses), dtype=bool)
    if subject:
        relevance = 0.65 * by_words + 0.35 * by_meaning
        # Words that are in the catalogue decide; without them only the nearest meanings count.
        answers = (
            by_words >= 0.5 * best if best >= 0.5 else by_meaning >= max(nearest_meaning, 0.01)
        )
    for number in _promising(catalogue, who, relevance, answers):
        course = catalogue.courses[number]
        given = match.fit(course, who, catalogue)
        total = (
            2.0 * float(relevance[number])
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


def _promising(catalogue: Catalogue, who: Person, relevance: Any, answers: Any) -> Any:
    """Where the courses stand that may be the best: all of them, unless there are very many."""
    numbers = np.flatnonzero(answers)
    if len(numbers) <= MOST_HITS:
        return numbers
    facts = columns.of(catalogue)
    worth = (
        2.0 * relevance[numbers]
        + 0.3 * facts.reach(who, numbers)
        + 0.4 * facts.schedule(who, numbers)
        - 0.4 * ~facts.open(who, numbers)
    )
    return numbers[np.argpartition(-worth, MOST_HITS)[:MOST_HITS]]


def rotation(course_id: str, seed: str) -> int:
    """A number that orders equal courses: fair over seeds, never by name."""
    digest = hashlib.blake2b(f"{seed}\0{course_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")

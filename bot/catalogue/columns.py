"""What courses ask and give as columns of numbers, to compare thousands of them with a person.

This only decides which courses are looked at closely (`shortlist`, `finding`); the rules that
clients get are those of `match` and `path`. Where a column can't tell, it says yes.
"""

import functools
import weakref
from typing import Any

import numpy as np

from bot import places
from bot.catalogue import match, model
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import DUTCH, EDUCATION, Person

_NOT_ASKED = -1
FAR_AWAY = 999.0


class Columns:
    """One row for each course, in the order of the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        courses = catalogue.courses
        asks = [course.asks for course in courses]

        def levels(values: list[str | None], order: tuple[str, ...]) -> Any:
            at: dict[str | None, int] = {code: place for place, code in enumerate(order)}
            at[None] = _NOT_ASKED
            return np.array([at[value] for value in values], dtype=np.int8)

        self.education = levels([one.education for one in asks], EDUCATION)
        self.education_at_most = levels([one.education_at_most for one in asks], EDUCATION)
        self.dutch = np.array(
            [match.needed_dutch(course, catalogue)[0] for course in courses], dtype=np.int8
        )
        self.dutch_at_most = levels([one.dutch_at_most for one in asks], DUTCH)
        self.age = np.array([one.age or 0 for one in asks], dtype=np.int16)
        self.age_at_most = np.array([one.age_at_most or 999 for one in asks], dtype=np.int16)
        self.no_diploma = np.array([one.no_diploma for one in asks], dtype=bool)
        self.foreign_diploma = np.array([one.foreign_diploma for one in asks], dtype=bool)
        self.certificates = np.array([bool(one.certificates) for one in asks], dtype=bool)
        self.gives_education = levels([course.gives.education for course in courses], EDUCATION)
        self.gives_dutch = levels([course.gives.dutch for course in courses], DUTCH)
        self.everywhere = np.array([course.everywhere for course in courses], dtype=bool)
        self.online = np.array([course.online for course in courses], dtype=bool)
        self.lessons = np.array([course.lessons for course in courses], dtype=bool)
        self.for_undecided = np.array([course.for_undecided for course in courses], dtype=bool)
        kinds = sorted({course.type for course in courses})
        self.type = np.array([kinds.index(course.type) for course in courses], dtype=np.int8)
        self.recognises = np.array([course.type == "evc" for course in courses], dtype=bool)
        self._hours = {
            code: np.array([code in course.schedule for course in courses], dtype=bool)
            for code in ("day", "evening", "weekend", "online")
        }
        self._no_hours = np.array([not course.schedule for course in courses], dtype=bool)
        situations = [frozenset(map(str, one.situation)) for one in asks]
        self._for_situation = {
            name: np.array([not one or name in one for one in situations], dtype=bool)
            for name in {name for one in situations for name in one}
        }
        self._any_situation = np.array([not one for one in situations], dtype=bool)
        self._postcodes = sorted({code for course in courses for code in course.places})
        at = {code: place for place, code in enumerate(self._postcodes)}
        nowhere = len(self._postcodes)
        lists = [[at[code] for code in course.places] or [nowhere] for course in courses]
        self._starts = np.cumsum([0, *(len(one) for one in lists[:-1])]).astype(np.int64)
        self._places = np.array([one for places_ in lists for one in places_], dtype=np.int32)
        self._by_theme: dict[str, tuple[Any, Any]] = {}
        for theme in {theme for course in courses for theme in course.themes}:
            rows = [n for n, course in enumerate(courses) if theme in course.themes]
            main = [courses[n].themes[0] == theme for n in rows]
            self._by_theme[theme] = (np.array(rows, dtype=np.int32), np.array(main, dtype=bool))
        self.kilometres = functools.lru_cache(maxsize=64)(self._kilometres)
        self.steps = _Steps(catalogue, self)
        self.is_step = np.zeros(len(courses), dtype=bool)
        self.is_step[self.steps.rows] = True

    def theme(self, name: str) -> tuple[Any, Any]:
        """The rows of a theme, and for which of them it is the main one."""
        return self._by_theme.get(name, (np.zeros(0, np.int32), np.zeros(0, bool)))

    def _kilometres(self, postcode: str) -> Any:
        """Distance of each course to a postcode; far away when it has no place."""
        table = [places.distance_km(postcode, code) for code in self._postcodes]
        known = np.array([*(FAR_AWAY if km is None else km for km in table), FAR_AWAY])
        return np.minimum.reduceat(known[self._places], self._starts)

    def reach(self, who: Person, rows: Any) -> Any:
        """How near each course is, as `match.reach_score` counts it."""
        if who.postcode is None or places.place(who.postcode) is None:
            return np.where(self.everywhere[rows] | self.online[rows], 0.5, 0.0)
        km = self.kilometres(who.postcode)[rows]
        harder = 1.6 if "mobility" in who.barriers else 1.0
        steps = [10.0, 25.0, match.FAR_KM, match.TOO_FAR_KM]
        # Within a band the nearer one goes first, but only just.
        score = np.array([1.0, 0.4, 0.1, -1.0, -2.5])[np.digitize(km, steps, right=True)]
        score = np.where(km == FAR_AWAY, 0.0, score * harder - np.minimum(km, 100.0) / 1000)
        home = 0.5 * harder if "online" in who.schedule or harder > 1.0 else 0.3
        score = np.where(self.everywhere[rows], np.maximum(score, 0.5), score)
        return np.where(self.online[rows], np.maximum(score, home), score)

    def schedule(self, who: Person, rows: Any) -> Any:
        """How the hours suit, as `match.schedule_score` counts it."""
        if not who.schedule:
            return np.zeros(len(rows))
        suits = np.zeros(len(rows), dtype=bool)
        for code in who.schedule:
            if code in self._hours:
                suits |= self._hours[code][rows]
        score = np.where(suits, 0.6, np.where(self._no_hours[rows], -0.2, -0.6))
        return np.where(self.lessons[rows], score, 0.0)

    def open(self, who: Person, rows: Any) -> Any:
        """Where nothing stands in the way that no course changes (age, situation, ...)."""
        right = np.ones(len(rows), dtype=bool)
        if who.has_diploma:
            right &= ~self.no_diploma[rows]
        if who.dutch is not None:
            most = self.dutch_at_most[rows]
            right &= (most == _NOT_ASKED) | (most >= who.dutch)
        if who.education is not None:
            most = self.education_at_most[rows]
            right &= (most == _NOT_ASKED) | (most >= who.education)
        if who.ages is not None:
            right &= (self.age[rows] <= who.ages[1]) & (self.age_at_most[rows] >= who.ages[0])
        if who.to_recognise is False:
            right &= ~self.foreign_diploma[rows]
        if who.situation is not None:
            right &= self._for_situation.get(who.situation, self._any_situation)[rows]
        return right

    def ready(self, who: Person, rows: Any) -> Any:
        """Where somebody can start without another course first, as far as is known."""
        right = ~self.certificates[rows]
        if who.education is not None:
            right &= self.education[rows] <= who.education
        if who.dutch is not None:
            right &= self.dutch[rows] <= who.dutch
        return right


class _Steps:
    """Courses that bring somebody further, grouped by what they ask and give."""

    def __init__(self, catalogue: Catalogue, facts: Columns) -> None:
        asked = {
            name
            for course in catalogue.courses
            for name in (*course.asks.certificates, *course.gives.education_with)
        }
        groups: dict[object, list[int]] = {}
        for number, course in enumerate(catalogue.courses):
            gives = course.gives
            useful = asked.intersection(gives.certificates)
            if gives.education or gives.dutch or useful:
                groups.setdefault(_kind(course, catalogue, frozenset(useful)), []).append(number)
        lists = list(groups.values())
        self.rows = np.array([n for one in lists for n in one], dtype=np.int32)
        self.starts = np.cumsum([0, *(len(one) for one in lists[:-1])]).astype(np.int64)
        self.sizes = np.array([len(one) for one in lists], dtype=np.int64)
        self.useful = np.array(
            [bool(asked.intersection(catalogue.courses[n].gives.certificates)) for n in self.rows],
            dtype=bool,
        )

    def best(self, worth: Any, keep: Any) -> Any:
        """The row of the best course of each group, of those to keep."""
        if not len(self.rows):
            return self.rows
        worth = np.where(keep, worth, -np.inf)
        top = np.repeat(np.maximum.reduceat(worth, self.starts), self.sizes)
        chosen = np.flatnonzero((worth == top) & np.isfinite(worth))
        group = np.searchsorted(self.starts, chosen, side="right")
        _, first = np.unique(group, return_index=True)
        return self.rows[chosen[first]]


def _kind(course: model.Course, catalogue: Catalogue, useful: frozenset[str]) -> object:
    asks, gives = course.asks, course.gives
    return (
        course.type,
        catalogue.providers[course.provider].kind == "ligo",
        asks.education,
        asks.education_at_most,
        asks.dutch_at_most,
        match.needed_dutch(course, catalogue)[0],
        frozenset(asks.certificates),
        gives.education,
        frozenset(gives.education_with),
        gives.dutch,
        useful,
    )


_made: "weakref.WeakKeyDictionary[Catalogue, Columns]" = weakref.WeakKeyDictionary()


def of(catalogue: Catalogue) -> Columns:
    """The columns of this catalogue, made once."""
    found = _made.get(catalogue)
    if found is None:
        found = _made[catalogue] = Columns(catalogue)
    return found

"""The way from where a person stands to a course: a search over what courses ask and give.

A state is (education, Dutch, certificates). A course may follow when everything it asks is met
by the person or by an earlier course; what nobody knows does not block, it is asked later.
"""

import dataclasses
import functools
import heapq
import itertools
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.catalogue import match, model
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import DUTCH, EDUCATION, UPPER_SECONDARY, Person

MOST_STEPS = 6


class State(NamedTuple):  # a search makes hundreds: a frozen dataclass takes three times as long
    """Levels and certificates that somebody has at one point of a path."""

    education: int | None
    dutch: int | None
    certificates: frozenset[str] = frozenset()

    def covers(self, other: "State") -> bool:
        """At least as far as the other one in everything."""
        if self.education is not None and (
            other.education is None or self.education < other.education
        ):
            return False
        if self.dutch is not None and (other.dutch is None or self.dutch < other.dutch):
            return False
        return self.certificates >= other.certificates


def _least(level: int | None) -> int:
    return 99 if level is None else level


def start(who: Person) -> State:
    """Where somebody stands now."""
    return State(who.education, who.dutch, who.certificates)


@dataclasses.dataclass(frozen=True, slots=True)
class Needs:
    """What a course asks of the things that other courses give; many courses ask the same.

    Levels are places in `EDUCATION` and `DUTCH`; None: not asked.
    """

    education: int | None
    education_at_most: int | None
    dutch: int
    dutch_at_most: int | None
    no_diploma: bool
    certificates: frozenset[str]

    def met(self, state: State, who: Person) -> bool:
        """Whether the levels and certificates of this state will do, as far as is known."""
        education, dutch = state.education, state.dutch
        if education is not None:
            if self.education is not None and education < self.education:
                return False
            gained = who.education is None or education > who.education
            if self.no_diploma and gained and education >= UPPER_SECONDARY:
                return False
            if self.education_at_most is not None and education > self.education_at_most:
                return False
        if dutch is not None:
            if dutch < self.dutch:
                return False
            if self.dutch_at_most is not None and dutch > self.dutch_at_most:
                return False
        return self.certificates <= state.certificates


def needs(course: model.Course, catalogue: Catalogue) -> Needs:
    """What a course asks of the things that other courses give."""
    asks = course.asks
    return _needs(
        asks.education,
        asks.education_at_most,
        match.needed_dutch(course, catalogue)[0],
        asks.dutch_at_most,
        asks.no_diploma,
        tuple(asks.certificates),
    )


@functools.lru_cache(maxsize=4096)
def _needs(
    education: str | None,
    education_at_most: str | None,
    dutch: int,
    dutch_at_most: str | None,
    no_diploma: bool,
    certificates: tuple[str, ...],
) -> Needs:
    return Needs(
        education=None if education is None else EDUCATION.index(education),
        education_at_most=None if education_at_most is None else EDUCATION.index(education_at_most),
        dutch=dutch,
        dutch_at_most=None if dutch_at_most is None else DUTCH.index(dutch_at_most),
        no_diploma=no_diploma,
        certificates=frozenset(certificates),
    )


def meets(course: model.Course, state: State, who: Person, catalogue: Catalogue) -> bool:
    """Whether the course can follow in this state, as far as is known."""
    return needs(course, catalogue).met(state, who) and fixed_met(course, who)


def fixed_met(course: model.Course, who: Person) -> bool:
    """Whether the things that no course changes (age, situation, ...) do not stand in the way."""
    asks = course.asks
    if asks.no_diploma and who.has_diploma:
        return False
    most = asks.dutch_at_most
    if most is not None and who.dutch is not None and who.dutch > DUTCH.index(most):
        return False
    highest = asks.education_at_most
    known = highest is not None and who.education is not None
    if known and _least(who.education) > EDUCATION.index(str(highest)):
        return False
    if who.ages is not None:
        if asks.age is not None and who.ages[1] < asks.age:
            return False
        if asks.age_at_most is not None and who.ages[0] > asks.age_at_most:
            return False
    if asks.foreign_diploma and (
        who.to_recognise is False
        or (asks.education and _least(who.education) < EDUCATION.index(asks.education))
    ):
        return False
    return not asks.situation or who.situation is None or who.situation in asks.situation


class Gain(NamedTuple):
    """What a course adds to a state; levels are places in `EDUCATION` and `DUTCH`."""

    education: int | None
    education_with: frozenset[str]
    dutch: int | None
    certificates: frozenset[str]

    def after(self, state: State) -> State:
        """The state once the course is finished; the same one when it adds nothing."""
        education, dutch, certificates = state
        if self.education is not None and self.education_with <= certificates:
            education = self.education if education is None else max(education, self.education)
        if self.dutch is not None:
            dutch = self.dutch if dutch is None else max(dutch, self.dutch)
        if not self.certificates <= certificates:
            certificates = certificates | self.certificates
        return State(education, dutch, certificates)


def gain(course: model.Course) -> Gain:
    """What somebody has more once the course is finished."""
    gives = course.gives
    return Gain(
        None if gives.education is None else EDUCATION.index(gives.education),
        frozenset(gives.education_with),
        None if gives.dutch is None else DUTCH.index(gives.dutch),
        frozenset(gives.certificates),
    )


def after(course: model.Course, state: State) -> State:
    """The state once the course is finished."""
    return gain(course).after(state)


def _brings(gives: model.Gives, state: State) -> bool:
    """Whether a level is given that somebody in this state does not have (or may not have)."""
    education, dutch = state.education, state.dutch
    if gives.education is not None and (
        education is None or EDUCATION.index(gives.education) > education
    ):
        return True
    return gives.dutch is not None and (dutch is None or DUTCH.index(gives.dutch) > dutch)


def easiest_first(
    steps: Sequence[model.Course],
    who: Person,
    catalogue: Catalogue,
    effort: Callable[[model.Course], float],
) -> list[model.Course]:
    """The same steps, the last one last, with what can be done now and easily in front.

    Where steps don't wait for each other, as recognition and lessons of Dutch, the search finds
    any order.
    """
    if not steps:
        return []
    rest, goal, ordered = list(steps[:-1]), steps[-1], []
    state = start(who)
    while rest:
        open_now = [course for course in rest if meets(course, state, who, catalogue)]
        if not open_now:
            return list(steps)
        chosen = min(open_now, key=effort)
        rest.remove(chosen)
        ordered.append(chosen)
        state = after(chosen, state)
    return [*ordered, goal] if meets(goal, state, who, catalogue) else list(steps)


@dataclasses.dataclass(frozen=True)
class Route:
    """The courses before a course, in order, and what that costs in effort."""

    cost: float
    before: tuple[model.Course, ...]


class Routes:
    """The easiest way to every course, for one person."""

    def __init__(
        self,
        who: Person,
        catalogue: Catalogue,
        *,
        effort: Callable[[model.Course], float] = lambda course: 1.0,
    ) -> None:
        self._who = who
        self._catalogue = catalogue
        self._effort = effort
        self._open = [
            (course, needs(course, catalogue))
            for course in catalogue.courses
            if fixed_met(course, who)
        ]
        self._routes = self._search()

    def to(self, course: model.Course) -> Route | None:
        """The easiest way to this course; None when there is none."""
        return self._routes.get(course.id)

    def _steps(self, asked: frozenset[str]) -> list["_Step"]:
        """Courses that bring somebody further, the easiest of each kind."""
        best: dict[object, _Step] = {}
        begin = start(self._who)
        for course, asks in self._open:
            gives = course.gives
            if gives is model.NO_GIVES:  # most courses; comparing models costs more
                continue
            useful = asked.intersection(gives.certificates)
            if not (_brings(gives, begin) or useful - begin.certificates):
                continue
            with_ = frozenset(gives.education_with)
            kind = (asks, gives.education, with_, gives.dutch, useful)
            effort = self._effort(course)
            if kind not in best or effort < best[kind].effort:
                best[kind] = _Step(effort, asks, gain(course)._replace(certificates=useful), course)
        return list(best.values())

    def _search(self) -> dict[str, Route]:
        asked = frozenset(
            name
            for course, asks in self._open
            for name in (*asks.certificates, *course.gives.education_with)
        )
        steps = self._steps(asked)
        begin = start(self._who)
        waiting: dict[Needs, list[str]] = {}
        for course, asks in self._open:
            waiting.setdefault(asks, []).append(course.id)
        routes: dict[str, Route] = {}
        order = itertools.count()
        queue: list[tuple[float, int, State, tuple[model.Course, ...]]] = [
            (0.0, next(order), begin._replace(certificates=begin.certificates & asked), ())
        ]
        settled: list[State] = []
        cheapest: dict[State, float] = {}
        while queue and waiting:
            cost, _, state, before = heapq.heappop(queue)
            if any(other.covers(state) for other in settled):
                continue
            settled.append(state)
            for asks in [asks for asks in waiting if asks.met(state, self._who)]:
                route = Route(cost, before)
                routes.update(dict.fromkeys(waiting.pop(asks), route))
            if len(before) >= MOST_STEPS:
                continue
            for effort, asks, gained, course in steps:
                if not asks.met(state, self._who):
                    continue
                reached = gained.after(state)
                if reached == state:
                    continue
                total = cost + effort
                if cheapest.get(reached, math.inf) <= total:
                    continue
                if not any(other.covers(reached) for other in settled):
                    cheapest[reached] = total
                    heapq.heappush(queue, (total, next(order), reached, (*before, course)))
        return routes


class _Step(NamedTuple):
    effort: float
    asks: Needs
    gain: Gain
    course: model.Course

"""How a course fits a person: what is missing, what nobody knows, how near it is, and a rank.

A rank is never shown: what is shown are the reasons behind it.
"""

import dataclasses
import functools
import typing
from collections.abc import Mapping

from bot import places
from bot.catalogue import model
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import DUTCH, EDUCATION, HIGHER, RECOGNISED, UPPER_SECONDARY, Person

FAR_KM = 40.0
"""Beyond this distance (as the crow flies) the client is told that it is far."""
TOO_FAR_KM = 60.0
HOPELESS_KM = 100.0
NEAR_KM = 5.0

Kind = typing.Literal[
    "dutch", "dutch_at_most", "education", "no_diploma", "age", "situation", "certificate",
    "schedule", "distance", "usual_dutch", "foreign_diploma", "experience", "licence", "other",
    "place", "education_at_most", "age_at_most", "from_abroad",
]  # fmt: skip

NOT_BY_LEARNING: frozenset[str] = frozenset(
    {
        "dutch_at_most", "no_diploma", "age", "situation", "education_at_most", "age_at_most",
        "from_abroad",
    }
)  # fmt: skip
"""Conditions that no course of a path can meet."""


class Condition(typing.NamedTuple):
    """One thing a course asks; `value` is the level, age or name."""

    kind: Kind
    value: str = ""


SOON = Condition("age", "18")
"""Too young, but for so short a time that it is worth telling."""


@dataclasses.dataclass(frozen=True)
class Fit:
    """What stands between a person and a course."""

    missing: tuple[Condition, ...]
    unknown: tuple[Condition, ...]
    km: float | None
    """Distance to the nearest place; None when it or the client's place is not known."""
    schedule: str | None
    """The schedule code that suits both; None when none is known to."""

    @property
    def impossible(self) -> bool:
        """Neither a course nor a little patience makes this right (situation, too good for it)."""
        return any(
            condition.kind in NOT_BY_LEARNING and condition != SOON for condition in self.missing
        )

    @property
    def learnable(self) -> tuple[Condition, ...]:
        """What is missing and can be learned first."""
        kinds = ("dutch", "education", "certificate")
        return tuple(condition for condition in self.missing if condition.kind in kinds)


@functools.lru_cache(maxsize=65536)
def _distance(a: str, b: str) -> float | None:
    return places.distance_km(a, b)


def nearest_km(course: model.Course, postcode: str | None) -> float | None:
    """Kilometres from the postcode to the nearest place of the course, if both are known."""
    if postcode is None:
        return None
    found = [km for place in course.places if (km := _distance(postcode, place)) is not None]
    return min(found, default=None)


def needed_dutch(course: model.Course, catalogue: Catalogue) -> tuple[int, bool]:
    """The Dutch a course asks (place in `DUTCH`), and whether the course itself says so."""
    if course.asks.dutch is not None:
        return DUTCH.index(course.asks.dutch), True
    usual = catalogue.usual.dutch.get(course.type)
    return (DUTCH.index(usual), False) if usual else (0, False)


def fit(course: model.Course, who: Person, catalogue: Catalogue) -> Fit:
    """Compare what a course asks with what is known; unknown counts as neither yes nor no."""
    missing: list[Condition] = []
    unknown: list[Condition] = []
    asks = course.asks
    _dutch(course, who, catalogue, missing, unknown)
    if asks.education is not None:
        level = EDUCATION.index(asks.education)
        if who.education is None:
            if level > 0:
                unknown.append(Condition("education", asks.education))
        elif who.education < level:
            missing.append(Condition("education", asks.education))
        elif who.foreign and level >= UPPER_SECONDARY and not asks.foreign_diploma:
            unknown.append(Condition("foreign_diploma"))
    most = asks.education_at_most
    if most is not None and who.education is not None and who.education > EDUCATION.index(most):
        missing.append(Condition("education_at_most", most))
    if asks.no_diploma and who.has_diploma is not False:
        (missing if who.has_diploma else unknown).append(Condition("no_diploma"))
    if asks.foreign_diploma and who.to_recognise is not True:
        (unknown if who.to_recognise is None else missing).append(Condition("from_abroad"))
    elif asks.foreign_diploma and any(condition.kind == "education" for condition in missing):
        missing.append(Condition("from_abroad"))  # a diploma of here does not mend it
    _age(asks, who, missing, unknown)
    if asks.situation and who.situation not in asks.situation:
        kind = unknown if who.situation is None else missing
        kind.append(Condition("situation", asks.situation[0]))
    missing += [
        Condition("certificate", name) for name in asks.certificates if name not in who.certificates
    ]
    if asks.experience:
        unknown.append(Condition("experience", asks.experience))
    if asks.driving_licence:
        unknown.append(Condition("licence"))
    unknown += [Condition("other", text) for text in asks.other]
    km, schedule = _reach(course, who, missing, unknown)
    return Fit(tuple(missing), tuple(unknown), km, schedule)


def _age(asks: model.Asks, who: Person, missing: list[Condition], unknown: list[Condition]) -> None:
    if asks.age is not None:
        if who.ages is None:
            if asks.age > 18:
                unknown.append(Condition("age", str(asks.age)))
        elif who.ages[1] < asks.age:
            missing.append(Condition("age", str(asks.age)))
        elif who.ages[0] < asks.age:
            unknown.append(Condition("age", str(asks.age)))
    most = asks.age_at_most
    if most is not None and (who.ages is None or who.ages[1] > most):
        too_old = who.ages is not None and who.ages[0] > most
        (missing if too_old else unknown).append(Condition("age_at_most", str(most)))


def _dutch(
    course: model.Course,
    who: Person,
    catalogue: Catalogue,
    missing: list[Condition],
    unknown: list[Condition],
) -> None:
    level, said = needed_dutch(course, catalogue)
    if level and (who.dutch is None or who.dutch < level):
        if not said:
            unknown.append(Condition("usual_dutch", DUTCH[level]))
        elif who.dutch is None:
            unknown.append(Condition("dutch", DUTCH[level]))
        else:
            missing.append(Condition("dutch", DUTCH[level]))
    most = course.asks.dutch_at_most
    if most is not None and who.dutch is None:
        unknown.append(Condition("dutch_at_most", most))
    elif most is not None and who.dutch is not None and who.dutch > DUTCH.index(most):
        missing.append(Condition("dutch_at_most", most))


def _reach(
    course: model.Course, who: Person, missing: list[Condition], unknown: list[Condition]
) -> tuple[float | None, str | None]:
    at_home = course.online
    km = nearest_km(course, who.postcode)
    if course.places and not course.everywhere and not at_home:
        if who.postcode is None:
            unknown.append(Condition("place"))
        elif km is not None and km > FAR_KM:
            missing.append(Condition("distance", str(round(km))))
    schedule = next((code for code in course.schedule if code in who.schedule), None)
    if who.schedule and schedule is None and course.lessons:
        if course.schedule:
            missing.append(Condition("schedule", course.schedule[0]))
        else:
            unknown.append(Condition("schedule"))
    return km, schedule


@dataclasses.dataclass(frozen=True, eq=False)
class Scored:
    """A course with the parts of its rank (higher is better)."""

    course: model.Course
    fit: Fit
    theme: float
    dream: float
    entry: float
    reach: float
    schedule: float
    level: float

    @property
    def distance(self) -> float:
        """Kilometres to travel; 0 when it can be followed at home or in many places."""
        at_home = self.course.online
        return 0.0 if at_home or self.course.everywhere else self.fit.km or 0.0

    @property
    def total(self) -> float:
        return self.theme + self.dream + self.entry + self.reach + self.schedule + self.level


def theme_score(course: model.Course, themes: typing.Sequence[str]) -> float:
    """3 for the main theme of the dream, less for a course that only touches it."""
    return _theme_score(tuple(course.themes), tuple(themes))


@functools.lru_cache(maxsize=16384)  # asked several times of each course in one advice
def _theme_score(about: tuple[str, ...], themes: tuple[str, ...]) -> float:
    inside = sum(theme in themes for theme in about)
    if not inside:
        return 0.0
    best = 0.0
    for rank, theme in enumerate(themes):
        if theme in about:
            best = max(best, (3.0 if theme == about[0] else 2.5) - 0.4 * rank)
    outside = len(about) - inside
    return max(best - 0.15 * outside + 0.5 * (inside - 1), 0.1) if best else 0.0


def entry_score(given: Fit, steps: int | None, *, experienced: bool = False) -> float:
    """How soon the course can start; `steps` is the number of courses before it, None: never."""
    if given.impossible:
        return -4.0
    if steps is None:
        return -1.5
    experience = any(condition.kind == "experience" for condition in given.unknown)
    less = (-0.6 if experienced else 0.8) if experience else 0.0
    if steps == 0:
        return (1.6 if given.unknown else 2.0) - less
    return {1: 1.2, 2: 0.8, 3: 0.3}.get(steps, 0.0) - less


def reach_score(course: model.Course, given: Fit, who: Person) -> float:
    """How near the course is; distance weighs more for who has no transport."""
    at_home = course.online
    harder = 1.6 if "mobility" in who.barriers else 1.0
    score = 0.0
    if given.km is not None:
        if given.km <= 10:
            score = 1.0
        elif given.km <= 25:
            score = 0.4
        elif given.km <= FAR_KM:
            score = 0.1
        else:
            score = -1.0 if given.km <= TOO_FAR_KM else -2.5
        score *= harder
    if course.everywhere:
        score = max(score, 0.5)
    if at_home:
        score = max(score, _online_score(course, who, harder))
    return score


def _online_score(course: model.Course, who: Person, harder: float) -> float:
    """Lessons on a screen suit who asks for them or can't travel, not who fears the computer."""
    if not course.lessons:
        return 0.5 * harder
    score = 0.5 * harder if "online" in who.schedule or harder > 1.0 else 0.3
    return score - (0.8 if "digital" in who.barriers else 0.0)


def level_score(course: model.Course, who: Person, catalogue: Catalogue) -> float:
    """What suits the school somebody had: slow lessons after little, quick ones after much
    (facts F002-F004), nobody sent back to a level that they have, a foreign diploma used."""
    asks, gives = course.asks, course.gives
    score = 0.0
    if who.education is not None and course.type in ("nt2", "basic_education"):
        score += _pace(course, who.education, catalogue)
    given = gives.education
    if given is not None and who.has_diploma is False and EDUCATION.index(given) == UPPER_SECONDARY:
        score += 0.3  # most clients have no secondary diploma: one that comes along counts
    if course.type == "bachelor" and who.has_diploma is False:
        score -= 0.4  # a graduaat is nearer for who has no secondary diploma
    if asks.no_diploma and who.schooled:
        score -= 1.5  # not back to secondary school with a diploma from elsewhere
    if who.education == HIGHER and course.type in ("hbo5", "bachelor") and not who.foreign:
        score += 0.7 if asks.education == "higher" else 0.2
    if who.education == HIGHER and who.foreign:
        score -= 0.5 if course.type in ("vocational", "vdab", "evc") else 0.0
        score -= 0.4 if course.type in ("hbo5", "bachelor") else 0.0  # all over again
        score -= 0.8 if asks.education == "higher" and not _by_recognition(course) else 0.0
    if who.foreign and _by_recognition(course):
        score += 1.3 if who.education == HIGHER else 0.3
    if _by_recognition(course) and who.to_recognise is None:
        score -= 2.0
    if course.self_study:
        score -= 1.0 if who.schooled else 1.5
    taught = gives.dutch
    if (
        course.type == "nt2"
        and who.dutch is not None
        and taught is not None
        and DUTCH.index(taught) <= who.dutch
    ):
        score -= 3.0
    return score


def _by_recognition(course: model.Course) -> bool:
    """Whether a course recognises a diploma from abroad, or is open once that is done."""
    return course.asks.foreign_diploma or RECOGNISED in course.asks.certificates


def _pace(course: model.Course, education: int, catalogue: Catalogue) -> float:
    little = education <= EDUCATION.index("primary")
    much = education >= UPPER_SECONDARY
    slow = catalogue.providers[course.provider].kind == "ligo"
    score = 0.0
    if slow:
        score += 0.8 if little else (-0.8 if much else 0.0)
    else:
        score += 0.3 if much else (-0.4 if little else 0.0)
    if course.asks.education_at_most is not None and course.type == "nt2":
        score += 0.4 if education == 0 else 0.0
    if course.type == "basic_education" and education == HIGHER:
        score -= 1.5
    return score


def schedule_score(course: model.Course, given: Fit, who: Person) -> float:
    """A little for hours that suit, a little less for hours that do not."""
    if not who.schedule or not course.lessons:
        return 0.0
    if not course.schedule:
        return -0.2
    return 0.6 if given.schedule else -0.6


def score(
    course: model.Course,
    who: Person,
    catalogue: Catalogue,
    *,
    theme: float,
    dream: Mapping[str, float],
    steps: int | None,
    experienced: bool = False,
) -> Scored:
    """The rank of one course; `dream` holds 0..1 for each course id, `theme` 0 to about 3."""
    given = fit(course, who, catalogue)
    return Scored(
        course=course,
        fit=given,
        theme=theme,
        dream=3.0 * dream.get(course.id, 0.0),
        entry=entry_score(given, steps, experienced=experienced),
        reach=reach_score(course, given, who),
        schedule=schedule_score(course, given, who),
        level=level_score(course, who, catalogue),
    )

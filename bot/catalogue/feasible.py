"""Whether anybody can ever start a course: alone, or after other courses of the catalogue.

The judge is the code that makes paths (`path`), asked for people of every kind; so this check
can't drift away from what clients get.
"""

import dataclasses
import itertools
import typing
from collections.abc import Iterator

from bot.catalogue import match, model, path
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import DUTCH, EDUCATION, HIGHER, RECOGNISED, UPPER_SECONDARY, Person

_AGES = ((16, 17), (18, 25), (26, 34), (35, 44), (45, 54), (55, 120))


@dataclasses.dataclass(frozen=True)
class Closed:
    """A course that nobody can start."""

    course: model.Course
    waits_for: tuple[str, ...] = ()
    """Courses that can't start either and give what this one asks: they only lead to each other."""
    clash: str = ""
    """The two things it asks that nobody can be at once; empty: nobody, for another reason."""


def closed(catalogue: Catalogue) -> list[Closed]:
    """Every course that no person can start, not even after other courses."""
    found: list[Closed] = []
    open_to_somebody: dict[str, bool] = {}
    waiting: list[model.Course] = []
    for course in catalogue.courses:
        asked = f"{course.asks!r} {course.type}" if course.asks.model_fields_set else course.type
        if asked not in open_to_somebody:
            open_to_somebody[asked] = any(_can(course, who, catalogue) for who in people(course))
        if open_to_somebody[asked]:
            waiting.append(course)
        else:
            found.append(Closed(course, clash=_clash(course, catalogue)))
    held = {RECOGNISED}
    while True:
        opened = [course for course in waiting if held.issuperset(course.asks.certificates)]
        held.update(name for course in opened for name in course.gives.certificates)
        waiting = [course for course in waiting if not held.issuperset(course.asks.certificates)]
        if not opened:
            break
    for course in waiting:
        lacking = set(course.asks.certificates) - held
        givers = tuple(
            other.id
            for other in waiting
            if other is not course and lacking & set(other.gives.certificates)
        )
        found.append(Closed(course, waits_for=givers))
    return found


def people(course: model.Course) -> Iterator[Person]:
    """People of every kind that a course tells apart, best schooled first."""
    situation = next(iter(course.asks.situation), None)
    ages = _AGES if course.asks.age or course.asks.age_at_most else (_AGES[2],)
    levels = itertools.product(
        reversed(range(len(EDUCATION))), reversed(range(len(DUTCH))), (False, True), ages
    )
    for education, dutch, abroad, years in levels:
        foreign = abroad and education >= UPPER_SECONDARY
        yield Person(
            education=education,
            dutch=dutch,
            foreign=foreign,
            ages=years,
            situation=situation,
            schedule=frozenset(),
            barriers=frozenset(),
            postcode=None,
            certificates=frozenset({RECOGNISED} if education == HIGHER and abroad else ()),
            abroad=abroad,
        )


def _can(course: model.Course, who: Person, catalogue: Catalogue) -> bool:
    """Whether this person can start, once every certificate it asks is there."""
    start = path.start(who)
    held = start.certificates | set(course.asks.certificates)
    return path.meets(course, start._replace(certificates=held), who, catalogue)


def _clash(course: model.Course, catalogue: Catalogue) -> str:
    asks = course.asks
    level, said = match.needed_dutch(course, catalogue)
    pairs: tuple[tuple[bool, str], ...] = (
        (_above(asks.education, asks.education_at_most, model.Education),
         "education en education_at_most"),
        (_above(DUTCH[level], asks.dutch_at_most, model.Dutch),
         "dutch en dutch_at_most" if said
         else f"dutch_at_most en het gewone niveau van '{course.type}' (usual.yaml)"),
        (bool(asks.age and asks.age_at_most and asks.age > asks.age_at_most),
         "age en age_at_most"),
        (bool(asks.foreign_diploma and asks.education_at_most
              and EDUCATION.index(asks.education_at_most) < UPPER_SECONDARY),
         "foreign_diploma en education_at_most"),
    )  # fmt: skip
    return next((text for clashes, text in pairs if clashes), "")


def _above(least: str | None, most: str | None, levels: typing.Any) -> bool:
    order = typing.get_args(levels)
    return least is not None and most is not None and order.index(least) > order.index(most)

"""The advice: two or three courses with reasons, the path to the dream, and what helps.

No dream is refused: a far dream becomes a path with a first step. No school is favoured: equal
courses change places from day to day and from person to person.
"""

import dataclasses
import datetime as dtm
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from bot.catalogue import finding, match, model, path, wording
from bot.catalogue import support as supports
from bot.catalogue.loading import Catalogue, current
from bot.catalogue.person import DUTCH, UPPER_SECONDARY, Person, person

log = logging.getLogger(__name__)

MOST_COURSES = 3
KIND_MARGIN = 3.0
"""So much lower may another kind of course rank and still be shown for the choice it gives."""
GOAL_MARGIN = 0.5
"""Courses so close to the best are as much the dream as the best one."""
PERSONAL = frozenset({"consent", "name", "phone", "email"})
"""Fields that never steer the advice."""
OLD_AFTER = dtm.timedelta(days=365)


@dataclasses.dataclass(frozen=True)
class CourseMatch:
    """A course with short Dutch phrases: why, what is missing, what nobody knows."""

    course: model.Course
    reasons: list[str]
    missing: list[str]
    unknown: list[str]
    provider: str
    check: bool
    """The facts are old or not verified: the client is told to ask the school."""
    place: str = ""
    """Name of the nearest place, or where else it can be followed."""

    def card(self) -> dict[str, Any]:
        """The course as a channel shows it."""
        course = self.course
        return {
            "id": course.id,
            "title": course.title,
            "provider": self.provider,
            "place": self.place,
            "type": course.type,
            "reasons": self.reasons,
            "missing": self.missing,
            "check": self.check,
            "source": course.source,
            "checked_on": course.checked_on.isoformat(),
        }


@dataclasses.dataclass(frozen=True)
class Step:
    """One step of the path, counted from 1."""

    step: int
    course_id: str
    title: str
    type: str
    why: str


@dataclasses.dataclass(frozen=True)
class Advice:
    """What a client with this record is shown, best first."""

    themes: list[str]
    courses: list[CourseMatch]
    path: list[Step]
    support: list[model.Measure]

    def to_json(self) -> dict[str, Any]:
        """What `leerwijzer match` writes."""
        return {
            "themes": self.themes,
            "courses": [
                {
                    "id": found.course.id,
                    "title": found.course.title,
                    "type": found.course.type,
                    "provider": found.provider,
                    "reasons": found.reasons,
                    "missing": found.missing,
                    "unknown": found.unknown,
                    "check": found.check,
                }
                for found in self.courses
            ],
            "path": [dataclasses.asdict(step) for step in self.path],
            "support": [
                {"id": measure.id, "title": measure.title, "topic": measure.topic}
                for measure in self.support
            ],
        }


def to_check(entry: model.Sourced, today: dtm.date) -> bool:
    """Whether the facts of an entry are not verified, or too old to rely on."""
    if not entry.verified or today - entry.checked_on > OLD_AFTER:
        return True
    return entry.source_date is not None and int(entry.source_date[:4]) < today.year - 1


def advise(
    record: Mapping[str, Any],
    catalogue: Catalogue | None = None,
    *,
    today: dtm.date | None = None,
) -> Advice:
    """Advice for an intake record (contract fields, any subset).

    Args:
        record: the fields that are known; what is missing is neither taken as yes nor as no.
        catalogue: the catalogue in force when not given.
        today: the day that counts for prices, ageing and the rotation of equal courses.
    """
    catalogue = catalogue or current()
    today = today or dtm.datetime.now(tz=dtm.timezone.utc).date()
    who = person(record)
    themes = _themes(record)
    offered = any(match.theme_score(course, themes) for course in catalogue.courses)
    general = not (themes and offered)
    wanted = _general_themes(who) if general else themes
    dream = _dream_relevance(record, catalogue) if themes else {}
    seed = _seed(record, today)
    routes = path.Routes(who, catalogue, effort=_effort(who, catalogue, wanted, seed))
    offer = _offer(catalogue, wanted, general=general)
    ranked = _ranked(offer, catalogue, who, wanted, dream, routes, seed)
    steps, goal = _path(
        ranked,
        routes,
        who,
        catalogue,
        dream,
        seed,
        said=str(record.get("dream") or "") if dream else "",
    )
    picked = _with_goal(_pick(ranked), steps, ranked) if dream else _pick(ranked)
    picked = _with_first_step(picked, steps, who, catalogue, wanted, routes)
    phrases = wording.Wording(catalogue, who)
    return Advice(
        themes=themes,
        courses=[
            _told_course(
                found,
                phrases,
                catalogue,
                today,
                themes=themes,
                general=not themes,
                first_step=(len(steps) > 1 or (general and bool(themes)))
                and steps[0] == found.course,
            )
            for found in picked
        ],
        path=_told(steps, who, phrases, general=not themes, reaches_dream=goal and not general),
        support=supports.support(record, catalogue),
    )


def search(
    text: str,
    record: Mapping[str, Any] | None = None,
    limit: int = 3,
    *,
    catalogue: Catalogue | None = None,
    today: dtm.date | None = None,
) -> list[CourseMatch]:
    """Courses for a free text ("avondlessen lassen in Genk"), best first; [] when none fits.

    A place or hours in the text count before those of the record.
    """
    catalogue = catalogue or current()
    today = today or dtm.datetime.now(tz=dtm.timezone.utc).date()
    found = finding.search(text, record or {}, catalogue, limit=limit)
    who = finding.asking(text, record or {}, catalogue)
    phrases = wording.Wording(catalogue, who)
    return [
        _told_course(
            match.score(hit.course, who, catalogue, themes=(), dream={}, steps=0),
            phrases,
            catalogue,
            today,
        )
        for hit in found
    ]


def match_course(
    course_id: str,
    record: Mapping[str, Any],
    catalogue: Catalogue | None = None,
    *,
    today: dtm.date | None = None,
) -> CourseMatch:
    """How one course fits a record.

    Raises:
        KeyError: there is no such course.
    """
    catalogue = catalogue or current()
    today = today or dtm.datetime.now(tz=dtm.timezone.utc).date()
    who, themes = person(record), _themes(record)
    course = catalogue.by_id[course_id]
    scored = match.score(course, who, catalogue, themes=themes, dream={}, steps=0)
    phrases = wording.Wording(catalogue, who)
    return _told_course(scored, phrases, catalogue, today, themes=themes)


def _told_course(
    found: match.Scored,
    phrases: "wording.Wording",
    catalogue: Catalogue,
    today: dtm.date,
    *,
    themes: Sequence[str] = (),
    general: bool = False,
    first_step: bool = False,
) -> CourseMatch:
    return CourseMatch(
        course=found.course,
        reasons=phrases.reasons(found, themes=themes, general=general, first_step=first_step),
        missing=phrases.missing(found.fit),
        unknown=phrases.unknown(found.fit),
        provider=catalogue.provider_name(found.course),
        check=to_check(found.course, today),
        place=phrases.place(found.course),
    )


def _themes(record: Mapping[str, Any]) -> list[str]:
    given = [str(theme) for theme in record.get("dream_themes") or ()]
    if given or not str(record.get("dream") or "").strip():
        return given
    from bot.intake import dream_themes

    return list(dream_themes(str(record["dream"])))


def _general_themes(who: Person) -> list[str]:
    """First steps for who has no dream (yet): language, basics, a diploma, further study."""
    themes = []
    if who.dutch is not None and who.dutch <= DUTCH.index("a2"):
        themes.append("dutch")
    if who.education is not None and who.education < UPPER_SECONDARY:
        if who.education <= 1:
            themes.append("basic_skills")
        themes.append("diploma")
    if not themes and who.education is not None:
        themes = ["higher_education", "ict", "care"]
    return themes or ["diploma", "dutch", "basic_skills"]


def _dream_relevance(record: Mapping[str, Any], catalogue: Catalogue) -> dict[str, float]:
    dream = str(record.get("dream") or "").strip()
    return finding.index(catalogue).relevance(dream) if dream else {}


def _seed(record: Mapping[str, Any], today: dtm.date) -> str:
    kept = {field: value for field, value in record.items() if field not in PERSONAL}
    return json.dumps([kept, today.isoformat()], sort_keys=True, default=str)


def _effort(who: Person, catalogue: Catalogue, themes: Sequence[str], seed: str) -> Any:
    """How hard a course is as a step of a path; every step costs about 1."""

    def effort(course: model.Course) -> float:
        given = match.fit(course, who, catalogue)
        cost = 1.0
        cost -= 0.2 * match.reach_score(course, given, who)
        cost -= 0.2 * match.schedule_score(course, given, who)
        cost -= 0.3 * match.level_score(course, who, catalogue)
        cost -= 0.1 * match.theme_score(course, themes)
        if course.asks.experience or course.type == "evc":
            cost += 1.0
        if catalogue.providers[course.provider].kind == "government":
            cost += 0.8  # exams without lessons: hard for who had little school
        # A step that may turn out not to be open is worse than one that surely is.
        doubts = ("situation", "education", "foreign_diploma", "age", "other", "no_diploma")
        cost += 0.4 * sum(condition.kind in doubts for condition in given.unknown)
        noise = finding.rotation(course.id, seed) % 1000 / 1000
        return max(cost, 0.3) + 0.02 * noise

    return effort


def _offer(catalogue: Catalogue, themes: Sequence[str], *, general: bool) -> list[model.Course]:
    """Courses of the themes; for general first steps only those that are about nothing else."""
    found = [course for course in catalogue.courses if match.theme_score(course, themes)]
    plain = [course for course in found if set(course.themes) <= set(themes)]
    return plain if general and plain else found


def _ranked(
    offer: Sequence[model.Course],
    catalogue: Catalogue,
    who: Person,
    themes: Sequence[str],
    dream: Mapping[str, float],
    routes: path.Routes,
    seed: str,
) -> list[match.Scored]:
    found = []
    for course in offer:
        route = routes.to(course)
        steps = len(route.before) if route else None
        found.append(match.score(course, who, catalogue, themes=themes, dream=dream, steps=steps))
    possible = _near([one for one in found if not one.fit.impossible])
    # Equal to a quarter of a point is equal: then the day decides, never the alphabet.
    return sorted(
        possible or found,
        key=lambda one: (-round(one.total * 4), finding.rotation(one.course.id, seed)),
    )


def _near(found: list[match.Scored]) -> list[match.Scored]:
    """Without what is much too far, as long as something else is left to choose."""
    for limit, enough in ((match.TOO_FAR_KM, 2), (match.HOPELESS_KM, 1)):
        near = [one for one in found if one.distance <= limit]
        if len(near) >= enough:
            return near
    return found


def _pick(ranked: Sequence[match.Scored]) -> list[match.Scored]:
    """The best three, with at least two kinds of route and more than one school if there are."""
    if not ranked:
        return []
    picked = [ranked[0]]
    floor = ranked[0].total - KIND_MARGIN - 1.0
    while len(picked) < MOST_COURSES:
        rest = [one for one in ranked if one not in picked and one.total >= floor]
        if not rest:
            break
        picked.append(max(rest, key=lambda one: _worth(one, picked)))
    if len({one.course.type for one in picked}) == 1:
        other = next((one for one in ranked if one.course.type != picked[0].course.type), None)
        if other is not None:
            picked = [*picked[: MOST_COURSES - 1], other]
    return sorted(picked, key=ranked.index)


def _worth(one: match.Scored, picked: Sequence[match.Scored]) -> float:
    same_type = sum(one.course.type == other.course.type for other in picked)
    same_school = sum(one.course.provider == other.course.provider for other in picked)
    same_title = sum(finding.fold(one.course.title) == finding.fold(o.course.title) for o in picked)
    return one.total - 0.8 * same_type - 0.5 * same_school - 0.6 * same_title


def _with_goal(
    picked: list[match.Scored], steps: Sequence[model.Course], ranked: Sequence[match.Scored]
) -> list[match.Scored]:
    """The course at the end of the path is shown too, in second place if need be."""
    goal = next((one for one in ranked if steps and one.course == steps[-1]), None)
    if goal is None or goal in picked:
        return picked
    return [*picked[:1], goal, *picked[1 : MOST_COURSES - 1]]


def _with_first_step(
    picked: list[match.Scored],
    steps: Sequence[model.Course],
    who: Person,
    catalogue: Catalogue,
    themes: Sequence[str],
    routes: path.Routes,
) -> list[match.Scored]:
    """When nothing can start now, the last of three is the first step of the path."""
    if not steps or any(_can_start(one, routes) for one in picked):
        return picked
    first = steps[0]
    if any(one.course == first for one in picked):
        return picked
    added = match.score(first, who, catalogue, themes=themes, dream={}, steps=0)
    return [*picked[: MOST_COURSES - 1], added]


def _can_start(one: match.Scored, routes: path.Routes) -> bool:
    route = routes.to(one.course)
    return route is not None and not route.before


def _path(
    ranked: Sequence[match.Scored],
    routes: path.Routes,
    who: Person,
    catalogue: Catalogue,
    dream: Mapping[str, float],
    seed: str,
    *,
    said: str,
) -> tuple[list[model.Course], bool]:
    """The courses of the path, and whether it ends at the dream (or only nearest to it)."""
    if ranked:
        worth = {one.course.id: _goal_worth(one, dream) for one in ranked}
        top = max(worth.values())
        reachable = [(route, one) for one in ranked if (route := routes.to(one.course))]
        # Of what is as much the dream, the easiest; else whatever is nearest to the dream.
        for margin in (GOAL_MARGIN, 1.0, 2.0):
            near = [pair for pair in reachable if worth[pair[1].course.id] >= top - margin]
            if near:
                route, one = min(near, key=lambda pair: pair[0].cost - worth[pair[1].course.id])
                known = not said or finding.index(catalogue).named(said, one.course)
                return [*route.before, one.course], margin == GOAL_MARGIN and known
    helpful = [
        course
        for course in catalogue.courses
        if (course.gives.dutch or course.gives.education)
        and (route := routes.to(course)) is not None
        and not route.before
        and path.after(course, path.start(who)) != path.start(who)
    ]
    effort = _effort(who, catalogue, (), seed)
    first = min(helpful, key=effort, default=None)
    return ([first] if first else []), False


def _goal_worth(one: match.Scored, dream: Mapping[str, float]) -> float:
    """How much a course is the dream itself: its words first, then place and hours."""
    worth = (
        one.theme
        + 4.0 * dream.get(one.course.id, 0.0)
        + 0.4 * (one.reach + one.schedule)
        + one.level
    )
    worth -= 0.5 * sum(condition.kind == "situation" for condition in one.fit.unknown)
    if dream:
        return worth
    return worth + one.entry - (2.0 if one.course.type == "evc" else 0.0)


def _told(
    steps: Sequence[model.Course],
    who: Person,
    phrases: "wording.Wording",
    *,
    general: bool,
    reaches_dream: bool,
) -> list[Step]:
    told = []
    state = path.start(who)
    for number, course in enumerate(steps, start=1):
        reached = path.after(course, state)
        why = phrases.step(
            course,
            state,
            reached,
            last=number == len(steps),
            general=general,
            reaches_dream=reaches_dream,
        )
        told.append(Step(number, course.id, course.title, course.type, why))
        state = reached
    return told

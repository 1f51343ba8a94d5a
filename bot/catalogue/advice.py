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

from bot.catalogue import choosing, finding, match, model, path, shortlist, wording
from bot.catalogue import support as supports
from bot.catalogue.loading import Catalogue, current
from bot.catalogue.person import Person, person

log = logging.getLogger(__name__)

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
            "source": "" if course.general_knowledge else course.source,
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
    provider: str = ""
    far_km: int | None = None
    """Kilometres to it when that is far; None: near, at home, in many places, or not known."""

    def to_json(self) -> dict[str, Any]:
        """What `leerwijzer match` writes."""
        names = ("step", "course_id", "title", "type", "why")
        return {name: getattr(self, name) for name in names}


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
            "path": [step.to_json() for step in self.path],
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
    catalogue = shortlist.of(record, catalogue)
    wanted = choosing.wish(record, who, catalogue)
    seed = _seed(record, today)
    routes = path.Routes(who, catalogue, effort=choosing.effort(who, catalogue, wanted, seed))
    ranked = choosing.ranked(catalogue, who, wanted, routes, seed)
    steps, goal = choosing.way(ranked, routes, who, catalogue, wanted, seed)
    picked = choosing.pick(ranked, wanted)
    picked = choosing.with_path(picked, steps, ranked, who, catalogue, wanted)
    picked = choosing.with_recognition(picked, steps, who, catalogue, wanted)
    phrases = wording.Wording(catalogue, who)
    themes = list(wanted.themes)
    return Advice(
        themes=themes,
        courses=[
            _told_course(
                found,
                phrases,
                catalogue,
                today,
                themes=wanted.wanted if themes and not wanted.general else themes,
                general=not themes,
                first_step=found.course in steps[:1]
                and (len(steps) > 1 or (wanted.general and bool(themes))),
            )
            for found in picked
        ],
        path=_told(
            steps,
            who,
            phrases,
            catalogue,
            general=not themes,
            reaches_dream=goal and not wanted.general,
        ),
        support=supports.support(
            {**record, "dream_themes": themes},
            catalogue,
            types={found.course.type for found in picked} | {step.type for step in steps},
        ),
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
            match.score(hit.course, who, catalogue, theme=0.0, dream={}, steps=0),
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
    who = person(record)
    themes = [str(theme) for theme in record.get("dream_themes") or ()]
    course = catalogue.by_id[course_id]
    scored = match.score(
        course, who, catalogue, theme=match.theme_score(course, themes), dream={}, steps=0
    )
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


def _seed(record: Mapping[str, Any], today: dtm.date) -> str:
    kept = {field: value for field, value in record.items() if field not in PERSONAL}
    return json.dumps([kept, today.isoformat()], sort_keys=True, default=str)


def _told(
    steps: Sequence[model.Course],
    who: Person,
    phrases: "wording.Wording",
    catalogue: Catalogue,
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
        far = next(
            (c.value for c in match.fit(course, who, catalogue).missing if c.kind == "distance"),
            None,
        )
        told.append(
            Step(
                step=number,
                course_id=course.id,
                title=course.title,
                type=course.type,
                why=why,
                provider=catalogue.provider_name(course),
                far_km=int(far) if far else None,
            )
        )
        state = reached
    return told

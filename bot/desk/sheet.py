"""The intake as a counsellor reads it: the summary in four areas, and all the rest around it."""

import dataclasses
import datetime as dtm
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from bot import intake as intakes
from bot import store
from bot.desk import edits, guidance
from bot.desk.interpreter import Interpreter, interpreter_for
from bot.desk.wording import (
    MARKS,
    STAGES,
    say_course_type,
    say_form,
    say_leerwinkel,
    say_topic,
    say_when,
)
from bot.intake.summary import Area as SummaryArea
from bot.intake.summary import Line as SummaryLine
from bot.text import sentence

CONTACT = ("phone", "email", "postcode")
"""Fields in the block "contact" (the name is the page's title)."""
NOTEWORTHY = dtm.timedelta(minutes=1)
"""A change is mentioned when it comes so long after the agreement (or the start)."""
DETAILED = ("personal_barriers", "learning_opportunities")
"""Areas where the page shows what the client saw in full, instead of the summary's one line."""


@dataclasses.dataclass(frozen=True)
class Line:
    """One answer with the mark that says where it comes from."""

    label: str
    text: str
    mark: str
    mark_text: str
    href: str = ""


@dataclasses.dataclass(frozen=True)
class Course:
    """A course that the client saw."""

    title: str
    provider: str
    type: str
    reasons: Sequence[str]
    missing: Sequence[str]
    liked: bool


@dataclasses.dataclass(frozen=True)
class Step:
    """A step of the path that the client saw."""

    title: str
    type: str
    why: str


@dataclasses.dataclass(frozen=True)
class Told:
    """What the client was told about one topic, mostly a barrier."""

    topic: str
    titles: Sequence[str]


@dataclasses.dataclass(frozen=True)
class Area:
    """One of the four areas of the summary."""

    key: str
    title: str
    lines: Sequence[Line]
    told: Sequence[Told] = ()
    untold: Sequence[Told] = ()
    """What helps too, but the client has not read yet."""
    courses: Sequence[Course] = ()
    path: Sequence[Step] = ()


@dataclasses.dataclass(frozen=True)
class Meeting:
    """An appointment of this client."""

    id: int
    when: str
    counsellor: str
    status: str
    form: str
    confirmed: bool


@dataclasses.dataclass(frozen=True)
class Sheet:
    """Everything on the page; without agreement there are no areas and no lines."""

    id: int
    name: str
    leerwinkel: str
    started: str
    changed: str
    agreed: str
    contact: Sequence[Line]
    about: Sequence[Line]
    areas: Sequence[Area]
    meetings: Sequence[Meeting]
    interpreter: Interpreter | None
    stage: str
    stage_version: int
    """To refuse a change that was chosen on an older page."""
    stages: Mapping[str, str]
    since: str
    """When it came to this stage; empty when nobody set one."""
    tags: Sequence[str]
    notes: Sequence[guidance.Note]
    outcomes: Sequence[guidance.Outcome]
    history: Sequence[guidance.Change]
    choices: Sequence[str]
    """Titles of courses that the client saw, liked ones first, to note one as chosen."""


def load(
    work: Session, intake: store.Intake, counsellor: store.Counsellor, *, now: dtm.datetime
) -> Sheet:
    """The page of this intake, for this counsellor, who may see it."""
    values = edits.values_of(work, intake)
    agreed = intake.agreed_at is not None
    appointments = work.scalars(
        sa.select(store.Appointment)
        .where(store.Appointment.intake_id == intake.id)
        .options(selectinload(store.Appointment.counsellor))
        .order_by(store.Appointment.starts_at.desc())
    ).all()
    summary = intakes.summary(values, intake.status, intake.shown)
    about = [_line(line) for line in summary.about.lines if line.field not in (*CONTACT, "name")]
    changed = intake.updated_at - (intake.agreed_at or intake.created_at) >= NOTEWORTHY
    return Sheet(
        id=intake.id,
        name=values["name"] or "Zonder naam",
        leerwinkel=say_leerwinkel(intake.leerwinkel),
        started=say_when(intake.created_at, now),
        changed=say_when(intake.updated_at, now) if changed else "",
        agreed=say_when(intake.agreed_at, now) if intake.agreed_at else "",
        contact=[_line(line) for line in summary.about.lines if line.field in CONTACT],
        about=about if agreed else [],
        areas=[_area(area, intake.shown) for area in summary.areas] if agreed else [],
        meetings=[
            Meeting(
                one.id,
                say_when(one.starts_at, now),
                one.counsellor.first_name,
                one.status,
                say_form(one.form),
                one.confirmed_at is not None,
            )
            for one in appointments
        ],
        interpreter=interpreter_for(intake, [one for one in appointments if one.ends_at > now]),
        stage=intake.stage,
        stage_version=guidance.stage_version(work, intake.id),
        stages=STAGES,
        since=say_when(intake.stage_at, now) if intake.stage_at else "",
        tags=guidance.tags(work, intake.id),
        notes=guidance.notes(work, intake.id, counsellor, now),
        outcomes=guidance.outcomes(work, intake.id),
        history=guidance.history(work, intake.id, now) if agreed else [],
        choices=[
            course.title for course in sorted(_courses(intake.shown), key=lambda c: not c.liked)
        ]
        if agreed
        else [],
    )


def _area(area: SummaryArea, shown: Mapping[str, Any]) -> Area:
    detailed = area.key in DETAILED
    return Area(
        key=area.key,
        title=area.title,
        lines=[_line(line) for line in area.lines if not (detailed and line.field == "shown")],
        told=_told(shown, "support") if area.key == "personal_barriers" else (),
        untold=_told(shown, "support_left") if area.key == "personal_barriers" else (),
        courses=_courses(shown) if area.key == "learning_opportunities" else (),
        path=_path(shown) if area.key == "learning_opportunities" else (),
    )


def _line(line: SummaryLine) -> Line:
    scheme = {"phone": "tel:", "email": "mailto:"}.get(line.field)
    href = scheme + urllib.parse.quote(line.text, safe="+@") if scheme and line.text else ""
    return Line(line.label, line.text, line.mark, MARKS[line.mark], href)


def _told(shown: Mapping[str, Any], kept: str) -> list[Told]:
    titles: dict[str, list[str]] = {}
    for measure in shown.get(kept, []):
        titles.setdefault(say_topic(measure["topic"]), []).append(measure["title"])
    return [Told(topic, known) for topic, known in titles.items()]


def _courses(shown: Mapping[str, Any]) -> list[Course]:
    liked = shown.get("liked", [])
    return [
        Course(
            title=course["title"],
            provider=course["provider"],
            type=say_course_type(course["type"]),
            reasons=[sentence(reason) for reason in course["reasons"]],
            missing=course["missing"],
            liked=course["id"] in liked,
        )
        for course in shown.get("courses", [])
    ]


def _path(shown: Mapping[str, Any]) -> list[Step]:
    steps = sorted(shown.get("path", []), key=lambda step: int(step["step"]))
    return [Step(step["title"], say_course_type(step["type"]), step["why"]) for step in steps]

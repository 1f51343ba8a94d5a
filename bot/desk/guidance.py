"""What counsellors add to an intake: notes, tags, the stage, and what became of the client."""

import dataclasses
import datetime as dtm
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import contract, store
from bot.appointments import local
from bot.desk.edits import say_value
from bot.desk.wording import STAGES, say_when
from bot.intake.summary import LABELS

LONGEST_NOTE, LONGEST_TAG, LONGEST_TITLE = 4000, 40, 200
MOST_TAGS = 10
FIRST_YEAR = 2000
DATES = ("chosen_on", "started_on", "stopped_on", "qualified_on")


class Problem(ValueError):  # noqa: N818 (it is a sentence, not a crash)
    """What was filled in cannot be; the message is a Dutch sentence for the form."""


class Stale(Problem):
    """Somebody changed it since the form was shown; the message says who, when and what."""


@dataclasses.dataclass(frozen=True)
class Note:
    """A note as the page shows it; `own`: whoever looks wrote it and may remove it."""

    id: int
    who: str
    when: str
    text: str
    own: bool


@dataclasses.dataclass(frozen=True)
class Outcome:
    """A course that a client chose, with its dates as a form shows them (ISO, or empty)."""

    id: int
    course: str
    provider: str
    chosen_on: str
    started_on: str
    stopped_on: str
    qualified_on: str
    qualification: str
    said: str
    """All of it in one line."""


@dataclasses.dataclass(frozen=True)
class Change:
    """A line of the history."""

    when: str
    who: str
    label: str
    before: str
    after: str


def notes(
    work: Session, intake_id: int, counsellor: store.Counsellor, now: dtm.datetime
) -> list[Note]:
    """The notes, newest first."""
    found = work.scalars(
        sa.select(store.IntakeNote)
        .where(store.IntakeNote.intake_id == intake_id)
        .order_by(store.IntakeNote.id.desc())
        .options(sa.orm.selectinload(store.IntakeNote.counsellor))
    )
    return [
        Note(
            one.id,
            one.counsellor.first_name,
            say_when(one.at, now),
            one.text,
            one.counsellor_id == counsellor.id,
        )
        for one in found
    ]


def add_note(
    work: Session, intake_id: int, counsellor: store.Counsellor, text: str, *, now: dtm.datetime
) -> None:
    """Writes a note.

    Raises:
        Problem: it is empty or too long.
    """
    text = text.strip()
    if not text:
        raise Problem("Schrijf eerst een notitie.")
    if len(text) > LONGEST_NOTE:
        raise Problem(f"De notitie is te lang. Neem hoogstens {LONGEST_NOTE} tekens.")
    work.add(store.IntakeNote(intake_id=intake_id, counsellor_id=counsellor.id, at=now, text=text))


def remove_note(
    work: Session, intake_id: int, note_id: int | None, counsellor: store.Counsellor
) -> bool:
    """Removes one's own note; False when there is none."""
    found = work.get(store.IntakeNote, note_id) if note_id else None
    if found is None or found.intake_id != intake_id or found.counsellor_id != counsellor.id:
        return False
    work.delete(found)
    return True


def tags(work: Session, intake_id: int) -> list[str]:
    """The tags of an intake, in order of the alphabet."""
    return list(
        work.scalars(
            sa.select(store.IntakeTag.tag)
            .where(store.IntakeTag.intake_id == intake_id)
            .order_by(store.IntakeTag.tag)
        )
    )


def say_tags(found: Sequence[str]) -> str:
    """Tags in one line, as the form has them."""
    return ", ".join(found)


def set_tags(work: Session, intake_id: int, text: str, *, before: str) -> None:
    """Puts the tags of a text (with commas between them) in the place of those that were there.

    Args:
        work: the transaction.
        intake_id: whose.
        text: the tags from now on.
        before: the tags that the form was filled in on, as `say_tags` gives them.

    Raises:
        Stale: others are there by now.
        Problem: too many, or one is too long.
    """
    there = say_tags(tags(work, intake_id))
    if there != before:
        raise Stale(
            f"Intussen veranderde iemand de labels. Nu staat er: {there or 'niets'}. "
            "Kijk ze na en bewaar opnieuw."
        )
    wanted = dict.fromkeys(
        tag for part in text.split(",") if (tag := " ".join(part.split()).casefold())
    )
    if len(wanted) > MOST_TAGS:
        raise Problem(f"Dat zijn te veel labels. Neem er hoogstens {MOST_TAGS}.")
    if too_long := [tag for tag in wanted if len(tag) > LONGEST_TAG]:
        raise Problem(f"Het label “{too_long[0][:20]}…” is te lang. Zet komma’s tussen labels.")
    work.execute(sa.delete(store.IntakeTag).where(store.IntakeTag.intake_id == intake_id))
    work.add_all(store.IntakeTag(intake_id=intake_id, tag=tag) for tag in wanted)


def set_stage(
    work: Session,
    intake: store.Intake,
    stage: str,
    counsellor: store.Counsellor,
    *,
    version: int | None,
    now: dtm.datetime,
) -> bool:
    """Moves an intake to a stage, with a line in its history; False when it was there already.

    Args:
        work: the transaction.
        intake: the client's.
        stage: a code of `STAGES`.
        counsellor: who sets it.
        version: `stage_version` of the page on which it was chosen.
        now: the present moment.

    Raises:
        Stale: somebody set another one since.
        Problem: there is no such stage.
    """
    if stage not in STAGES:
        raise Problem("Kies een stand uit de lijst.")
    work.refresh(intake, with_for_update=True)
    if stage != intake.stage and version != stage_version(work, intake.id):
        raise Stale(_say_stale(work, intake.id, stage, version or 0, now))
    if stage == intake.stage:
        return False
    work.add(
        store.IntakeChange(
            intake_id=intake.id,
            at=now,
            counsellor_id=counsellor.id,
            field="stage",
            before=intake.stage,
            after=stage,
        )
    )
    intake.stage, intake.stage_at = stage, now
    return True


def stage_version(work: Session, intake_id: int) -> int:
    """The number of the last change of the stage; 0 when there was none."""
    found = sa.select(sa.func.max(store.IntakeChange.id)).where(
        store.IntakeChange.intake_id == intake_id, store.IntakeChange.field == "stage"
    )
    return work.scalar(found) or 0


def _say_stale(work: Session, intake_id: int, wanted: str, version: int, now: dtm.datetime) -> str:
    found = work.execute(
        sa.select(store.IntakeChange, store.Counsellor.first_name)
        .outerjoin(store.Counsellor, store.Counsellor.id == store.IntakeChange.counsellor_id)
        .where(
            store.IntakeChange.intake_id == intake_id,
            store.IntakeChange.field == "stage",
            store.IntakeChange.id > version,
        )
        .order_by(store.IntakeChange.id)
    )
    steps = [
        f"{name or 'Iemand'} zette de stand op “{STAGES[str(row.after)]}”, {say_when(row.at, now)}."
        for row, name in found
    ]
    return " ".join(
        [
            "Je stand is nog niet bewaard.",
            *steps,
            f"Jij koos “{STAGES[wanted]}”. Klopt dat nog? Bewaar dan opnieuw.",
        ]
    )


def outcomes(work: Session, intake_id: int) -> list[Outcome]:
    """The courses that the client chose, the first one first."""
    found = work.scalars(
        sa.select(store.CourseOutcome)
        .where(store.CourseOutcome.intake_id == intake_id)
        .order_by(store.CourseOutcome.id)
    )
    return [_outcome(one) for one in found]


def keep_outcome(
    work: Session,
    intake: store.Intake,
    outcome_id: int | None,
    given: Mapping[str, str],
    counsellor: store.Counsellor,
    *,
    now: dtm.datetime,
) -> None:
    """Adds a course that the client chose (`outcome_id` None), or changes one.

    Args:
        work: the transaction.
        intake: the client's.
        outcome_id: which one to change.
        given: course, provider, qualification, and dates (ISO or empty).
        counsellor: who notes it.
        now: the present moment.

    Raises:
        Problem: no course, or dates that cannot be.
    """
    course = " ".join(given["course"].split())
    if not course:
        raise Problem("Vul de opleiding in.")
    if max(len(course), len(given["provider"]), len(given["qualification"])) > LONGEST_TITLE:
        raise Problem(f"Een tekst is te lang. Neem hoogstens {LONGEST_TITLE} tekens.")
    dates = {name: _date(given[name], now) for name in DATES}
    _check_order(dates)
    if outcome_id is None:
        row = store.CourseOutcome(intake_id=intake.id)
        work.add(row)
    else:
        found = work.get(store.CourseOutcome, outcome_id)
        if found is None or found.intake_id != intake.id:
            raise Problem("Deze opleiding is intussen weg.")
        row = found
    shown = {str(one.get("title")): one for one in intake.shown.get("courses", ())}
    row.course = course
    row.course_id = shown[course].get("id") if course in shown else None
    row.provider = " ".join(given["provider"].split()) or (
        str(shown[course].get("provider") or "") if course in shown else ""
    )
    row.qualification = " ".join(given["qualification"].split())
    for name, day in dates.items():
        setattr(row, name, day)
    row.changed_by, row.changed_at = counsellor.id, now


def remove_outcome(work: Session, intake_id: int, outcome_id: int | None) -> bool:
    """Removes a course that was noted by mistake; False when there is none."""
    found = work.get(store.CourseOutcome, outcome_id) if outcome_id else None
    if found is None or found.intake_id != intake_id:
        return False
    work.delete(found)
    return True


def history(work: Session, intake_id: int, now: dtm.datetime) -> list[Change]:
    """What was changed at the desk, newest first."""
    found = work.execute(
        sa.select(store.IntakeChange, store.Counsellor.first_name)
        .outerjoin(store.Counsellor, store.Counsellor.id == store.IntakeChange.counsellor_id)
        .where(store.IntakeChange.intake_id == intake_id)
        .order_by(store.IntakeChange.id.desc())
        .limit(200)
    )
    return [
        Change(
            when=say_when(row.at, now),
            who=name or "de cliënt",
            label=LABELS.get(row.field, "Stand"),
            before=_say(row.field, row.before),
            after=_say(row.field, row.after),
        )
        for row, name in found
    ]


def _say(field: str, value: object) -> str:
    if field in contract.fields():
        return say_value(field, value)
    return STAGES.get(str(value), str(value))


def _date(text: str, now: dtm.datetime) -> dtm.date | None:
    text = text.strip()
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            day = dtm.datetime.strptime(text, pattern).replace(tzinfo=dtm.timezone.utc).date()
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= local(now).year + 5:
            return day
    raise Problem(f"De datum “{text[:20]}” klopt niet. Schrijf bijvoorbeeld 24/11/2026.")


def _check_order(dates: Mapping[str, dtm.date | None]) -> None:
    start = dates["started_on"]
    for name in ("stopped_on", "qualified_on"):
        end = dates[name]
        if start and end and end < start:
            raise Problem("Het einde ligt voor de start. Kijk de datums na.")


def _outcome(row: store.CourseOutcome) -> Outcome:
    dates = {name: (day.isoformat() if (day := getattr(row, name)) else "") for name in DATES}
    steps: Sequence[tuple[str, dtm.date | None]] = (
        ("gekozen op", row.chosen_on),
        ("gestart op", row.started_on),
        ("gestopt op", row.stopped_on),
        ("klaar op", row.qualified_on),
    )
    said = [f"{word} {day:%d/%m/%Y}" for word, day in steps if day]
    if row.qualification:
        said.append(f"behaald: {row.qualification}")
    return Outcome(
        id=row.id,
        course=row.course,
        provider=row.provider,
        qualification=row.qualification,
        said=", ".join(said) or "gekozen",
        **dates,
    )

"""What the inbox shows: appointments of today and later, and intakes, of one's own Leerwinkel."""

import dataclasses
import datetime as dtm
import itertools
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments import local, say_day
from bot.appointments.say import LOCAL, say_clock
from bot.desk import rights
from bot.desk.wording import say_leerwinkel, say_themes, say_when

PAGE = 20
"""Intakes on a page."""
MOST_APPOINTMENTS = 100
MOST_BUSY = 10
EXCERPT = 90
"""Characters of a dream in a list."""


@dataclasses.dataclass(frozen=True)
class AppointmentRow:
    """One appointment in the list."""

    clock: str
    name: str
    counsellor: str
    leerwinkel: str
    contact: str
    intake_id: int | None
    cancelled: bool
    own: bool


@dataclasses.dataclass(frozen=True)
class Day:
    """The appointments of one day, in order of time."""

    title: str
    rows: Sequence[AppointmentRow]


@dataclasses.dataclass(frozen=True)
class IntakeRow:
    """One intake in the list."""

    id: int
    name: str
    dream: str
    themes: str
    when: str
    leerwinkel: str
    unread: bool
    changed: bool
    appointment: str


@dataclasses.dataclass(frozen=True)
class Inbox:
    """Everything on the page."""

    today: Sequence[AppointmentRow]
    coming: Sequence[Day]
    intakes: Sequence[IntakeRow]
    unread: int
    total: int
    busy: Sequence[IntakeRow]
    busy_total: int
    page: int
    pages: int


def is_unread(intake: store.Intake) -> bool:
    """Whether nobody has read the intake as it is now."""
    return intake.read_at is None or intake.read_at < intake.updated_at


def load(work: Session, counsellor: store.Counsellor, *, now: dtm.datetime, page: int = 1) -> Inbox:
    """The inbox of this counsellor; a page beyond the last gives the last.

    Only intakes with consent are shown, and what the client said only after the client agreed
    with the summary.
    """
    appointments = _appointments(work, counsellor, now)
    today = local(now).date()
    days = [
        (day, [_appointment_row(a, counsellor) for a in group])
        for day, group in itertools.groupby(
            appointments, key=lambda appointment: local(appointment.starts_at).date()
        )
    ]
    mine = sa.and_(
        rights.scope(counsellor, store.Intake.leerwinkel), store.Intake.consent.is_(True)
    )
    agreed = sa.and_(mine, store.Intake.agreed_at.is_not(None))
    busy = sa.and_(mine, store.Intake.agreed_at.is_(None))
    unread = sa.or_(store.Intake.read_at.is_(None), store.Intake.read_at < store.Intake.updated_at)
    total = _count(work, agreed)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    intakes = work.scalars(
        sa.select(store.Intake)
        .where(agreed)
        .order_by(
            sa.case((unread, 0), else_=1), store.Intake.updated_at.desc(), store.Intake.id.desc()
        )
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    unfinished = work.scalars(
        sa.select(store.Intake)
        .where(busy)
        .order_by(store.Intake.updated_at.desc(), store.Intake.id.desc())
        .limit(MOST_BUSY)
    ).all()
    booked = _next_appointments(work, [i.id for i in (*intakes, *unfinished)], now)
    return Inbox(
        today=next((rows for day, rows in days if day == today), []),
        coming=[Day(_day_title(day, today), rows) for day, rows in days if day > today],
        intakes=[_intake_row(i, booked.get(i.id), now) for i in intakes],
        unread=_count(work, sa.and_(agreed, unread)),
        total=total,
        busy=[_intake_row(i, booked.get(i.id), now) for i in unfinished],
        busy_total=_count(work, busy),
        page=page,
        pages=pages,
    )


def _count(work: Session, condition: sa.ColumnElement[bool]) -> int:
    return work.scalar(sa.select(sa.func.count()).select_from(store.Intake).where(condition)) or 0


def _appointments(
    work: Session, counsellor: store.Counsellor, now: dtm.datetime
) -> Sequence[store.Appointment]:
    midnight = dtm.datetime.combine(local(now).date(), dtm.time.min, tzinfo=LOCAL)
    return work.scalars(
        sa.select(store.Appointment)
        .where(
            rights.scope(counsellor, store.Appointment.leerwinkel),
            store.Appointment.starts_at >= midnight,
        )
        .order_by(store.Appointment.starts_at, store.Appointment.id)
        .limit(MOST_APPOINTMENTS)
    ).all()


def _next_appointments(
    work: Session, intake_ids: Sequence[int], now: dtm.datetime
) -> dict[int, store.Appointment]:
    found = work.scalars(
        sa.select(store.Appointment)
        .where(
            store.Appointment.intake_id.in_(intake_ids),
            store.Appointment.status == "booked",
            store.Appointment.ends_at > now,
        )
        .order_by(store.Appointment.starts_at.desc())
    )
    return {a.intake_id: a for a in found if a.intake_id is not None}


def _day_title(day: dtm.date, today: dtm.date) -> str:
    said = say_day(dtm.datetime.combine(day, dtm.time(12), tzinfo=LOCAL))
    return f"morgen, {said}" if (day - today).days == 1 else said


def _appointment_row(
    appointment: store.Appointment, counsellor: store.Counsellor
) -> AppointmentRow:
    return AppointmentRow(
        clock=say_clock(appointment.starts_at),
        name=appointment.name or "Zonder naam",
        counsellor=appointment.counsellor.first_name,
        leerwinkel=say_leerwinkel(appointment.leerwinkel),
        contact=appointment.phone or appointment.email or "",
        intake_id=appointment.intake_id,
        cancelled=appointment.status == "cancelled",
        own=appointment.counsellor_id == counsellor.id,
    )


def _intake_row(
    intake: store.Intake, appointment: store.Appointment | None, now: dtm.datetime
) -> IntakeRow:
    agreed = intake.agreed_at is not None
    return IntakeRow(
        id=intake.id,
        name=intake.name or (appointment.name if appointment else "") or "Zonder naam",
        dream=_excerpt(intake.dream or "") if agreed else "",
        themes=say_themes(intake.dream_themes) if agreed else "",
        when=say_when(intake.updated_at, now),
        leerwinkel=say_leerwinkel(intake.leerwinkel),
        unread=is_unread(intake),
        changed=intake.read_at is not None and is_unread(intake),
        appointment=say_when(appointment.starts_at, now) if appointment else "",
    )


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= EXCERPT:
        return text
    cut = text[: EXCERPT - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"

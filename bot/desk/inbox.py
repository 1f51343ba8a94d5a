"""What the inbox shows: appointments of today and later, what waits, and the intakes, filtered."""

import dataclasses
import datetime as dtm
import itertools
import urllib.parse
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from bot import contract, outbox, store
from bot.appointments import local, moment, say_clock, say_day
from bot.appointments.say import LOCAL
from bot.desk import rights
from bot.desk.contact import call_for, email_of, name_of, phone_of
from bot.desk.interpreter import Interpreter, interpreter_for
from bot.desk.wording import STAGES, say_leerwinkel, say_themes, say_when
from bot.text import fold

PAGE = 20
"""Intakes on a page."""
DAYS_AHEAD = 7
MOST_APPOINTMENTS = 40
MOST_BUSY = 10
MOST_WAITING = 10
MOST_FOUND = 20
"""Appointments that a search shows."""
PATIENCE = dtm.timedelta(days=3)
"""An intake that is new for longer, without an appointment to come, waits too long."""
EXCERPT = 90
"""Characters of a dream in a list."""
LONGEST_SEARCH = 80
PART_OF_A_PHONE = 4
"""Digits from which a number that is searched may be part of a phone number, and not only that
of an intake."""


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What somebody asks to see of the intakes; empty values ask for all."""

    search: str = ""
    stage: str = ""
    theme: str = ""
    tag: str = ""
    unread: bool = False
    page: int = 1

    @property
    def filters(self) -> bool:
        """Whether this is less than everything."""
        return bool(self.search or self.stage or self.theme or self.tag or self.unread)

    def address(self, page: int = 1) -> str:
        """The same question as the end of an address, for another page."""
        values = {
            "zoek": self.search,
            "stand": self.stage,
            "thema": self.theme,
            "label": self.tag,
            "ongelezen": "1" if self.unread else "",
            "pagina": str(page) if page > 1 else "",
        }
        said = urllib.parse.urlencode({key: value for key, value in values.items() if value})
        return f"?{said}" if said else ""


def wanted_from(query: Any) -> Wanted:
    """The question in an address; what makes no sense is left out."""
    page = query.get("pagina", "1")
    return Wanted(
        search=" ".join(query.get("zoek", "").split())[:LONGEST_SEARCH],
        stage=stage if (stage := query.get("stand", "")) in STAGES else "",
        theme=theme if (theme := query.get("thema", "")) in contract.labels("themes") else "",
        tag=query.get("label", "").strip()[:40],
        unread=query.get("ongelezen", "") == "1",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


@dataclasses.dataclass(frozen=True)
class AppointmentRow:
    """One appointment in the list."""

    id: int
    clock: str
    day: str
    name: str
    counsellor: str
    leerwinkel: str
    contact: str
    intake_id: int | None
    status: str
    form: str
    begun: bool
    own: bool
    interpreter: Interpreter | None
    confirmed: bool
    call: str
    """What to do when no reminder reaches this client, and the talk is near."""


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
    stage: str
    interpreter: Interpreter | None
    tags: Sequence[str] = ()
    days: int = 0
    """Since the client agreed."""


@dataclasses.dataclass(frozen=True)
class Inbox:
    """Everything on the page."""

    today: Sequence[AppointmentRow]
    coming: Sequence[Day]
    waiting: Sequence[IntakeRow]
    waiting_total: int
    intakes: Sequence[IntakeRow]
    unread: int
    total: int
    found: int
    """Intakes that answer the question; the same as `total` without filters."""
    found_appointments: Sequence[AppointmentRow]
    busy: Sequence[IntakeRow]
    busy_total: int
    tags: Sequence[str]
    wanted: Wanted
    page: int
    pages: int


_UNREAD = sa.or_(store.Intake.read_at.is_(None), store.Intake.read_at < store.Intake.updated_at)


def is_unread(intake: store.Intake) -> bool:
    """Whether nobody has read the intake as it is now."""
    return intake.read_at is None or intake.read_at < intake.updated_at


def places_with_unread(work: Session) -> set[str]:
    """The Leerwinkels that have something to read."""
    found = work.scalars(
        sa.select(store.Intake.leerwinkel)
        .where(store.Intake.consent.is_(True), store.Intake.agreed_at.is_not(None), _UNREAD)
        .distinct()
    )
    return {code for code in found if code}


def _mine(counsellor: store.Counsellor) -> sa.ColumnElement[bool]:
    return sa.and_(
        rights.scope(counsellor, store.Intake.leerwinkel), store.Intake.consent.is_(True)
    )


def load(
    work: Session, counsellor: store.Counsellor, *, now: dtm.datetime, wanted: Wanted | None = None
) -> Inbox:
    """The inbox of this counsellor; a page beyond the last gives the last.

    Only intakes with consent are shown, and what the client said only after the client agreed
    with the summary.
    """
    wanted = wanted or Wanted()
    mine = _mine(counsellor)
    agreed = sa.and_(mine, store.Intake.agreed_at.is_not(None))
    unread, total, busy_total = _totals(work, mine)
    answer = sa.and_(agreed, *_conditions(wanted))
    page = max(1, wanted.page)
    intakes, found = _newest(work, answer, PAGE, (page - 1) * PAGE)
    if not intakes and page > 1:  # a page beyond the last
        found = _count(work, answer)
        page = max(1, -(-found // PAGE))
        intakes, found = _newest(work, answer, PAGE, (page - 1) * PAGE)
    pages = max(1, -(-found // PAGE))
    waiting_for, waiting_total = _waiting(work, mine, now)
    busy = sa.and_(mine, store.Intake.agreed_at.is_(None))
    unfinished = _newest(work, busy, MOST_BUSY)[0] if busy_total else []
    shown = {one.id: one for one in (*intakes, *waiting_for, *unfinished)}
    booked = _next_appointments(work, list(shown), now)
    tags = _tags_of(work, list(shown))
    rows = {
        number: _intake_row(one, booked.get(number), tags.get(number, ()), now)
        for number, one in shown.items()
    }
    appointments = _appointments(work, counsellor, now)
    unreached = outbox.unreached(work, [one.id for one in appointments])
    today = local(now).date()
    days = [
        (day, [_appointment_row(a, counsellor, now, unreached) for a in group])
        for day, group in itertools.groupby(
            appointments, key=lambda appointment: local(appointment.starts_at).date()
        )
    ]
    return Inbox(
        today=next((some for day, some in days if day == today), []),
        coming=[Day(_day_title(day, today), some) for day, some in days if day > today],
        waiting=[rows[one.id] for one in waiting_for],
        waiting_total=waiting_total,
        intakes=[rows[one.id] for one in intakes],
        unread=unread,
        total=total,
        found=found,
        found_appointments=_found_appointments(work, counsellor, wanted, now),
        busy=[rows[one.id] for one in unfinished],
        busy_total=busy_total,
        tags=_known_tags(work, counsellor),
        wanted=wanted,
        page=page,
        pages=pages,
    )


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.unread:
        conditions.append(_UNREAD)
    if wanted.stage:
        conditions.append(store.Intake.stage == wanted.stage)
    if wanted.theme:
        themes = sa.cast(store.Intake.dream_themes, sa.Text)
        conditions.append(themes.contains(f'"{wanted.theme}"', autoescape=True))
    if wanted.tag:
        tagged = sa.select(store.IntakeTag.intake_id).where(store.IntakeTag.tag == wanted.tag)
        conditions.append(store.Intake.id.in_(tagged))
    if wanted.search:
        number = wanted.search.removeprefix("#")
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        by_number = store.Intake.id == int(number) if is_number else sa.false()
        by_text = [store.Intake.search.contains(word, autoescape=True) for word in _words(wanted)]
        if is_number and (len(number) < PART_OF_A_PHONE or number != wanted.search):
            conditions.append(by_number)
        else:
            conditions.append(sa.or_(sa.and_(*by_text), by_number))
    return conditions


def _words(wanted: Wanted) -> list[str]:
    """The words to search for; a phone number as it was typed counts as one word."""
    text = fold(wanted.search)
    plain = "".join(c for c in text if c not in " ./-")
    if plain.removeprefix("+").isdigit():
        return [plain.removeprefix("00")]
    return text.split()


def _totals(work: Session, mine: sa.ColumnElement[bool]) -> tuple[int, int, int]:
    """Unread, agreed, and busy intakes, counted in one pass over an index."""
    agreed = store.Intake.agreed_at.is_not(None)
    counted = work.execute(
        sa.select(
            sa.func.sum(sa.case((sa.and_(agreed, _UNREAD), 1), else_=0)),
            sa.func.sum(sa.case((agreed, 1), else_=0)),
            sa.func.sum(sa.case((agreed, 0), else_=1)),
        ).where(mine)
    ).one()
    return counted[0] or 0, counted[1] or 0, counted[2] or 0


def _count(work: Session, condition: sa.ColumnElement[bool]) -> int:
    return work.scalar(sa.select(sa.func.count()).select_from(store.Intake).where(condition)) or 0


def _newest(
    work: Session, condition: sa.ColumnElement[bool], limit: int, offset: int = 0
) -> tuple[Sequence[store.Intake], int]:
    """A page and how many there are in all: unread first, then by the last change.

    Counts and sorts in one pass over numbers only, which an index holds.
    """
    found = work.execute(
        sa.select(store.Intake.id, sa.func.count().over())
        .where(condition)
        .order_by(
            sa.case((_UNREAD, 0), else_=1),
            store.Intake.updated_at.desc(),
            store.Intake.id.desc(),
        )
        .limit(limit)
        .offset(offset)
    ).all()
    return _by_ids(work, [row[0] for row in found]), found[0][1] if found else 0


def _by_ids(work: Session, ids: Sequence[int]) -> list[store.Intake]:
    found = {
        one.id: one for one in work.scalars(sa.select(store.Intake).where(store.Intake.id.in_(ids)))
    }
    return [found[number] for number in ids]


def _waiting(
    work: Session, mine: sa.ColumnElement[bool], now: dtm.datetime
) -> tuple[Sequence[store.Intake], int]:
    """The intakes that wait longest for a first contact, and how many there are."""
    booked = sa.exists().where(
        store.Appointment.intake_id == store.Intake.id,
        store.Appointment.status == "booked",
        store.Appointment.ends_at > now,
    )
    late = sa.and_(
        mine,
        store.Intake.stage == "new",
        store.Intake.agreed_at < now - PATIENCE,
        sa.not_(booked),
    )
    ids = list(
        work.scalars(
            sa.select(store.Intake.id)
            .where(late)
            .order_by(store.Intake.agreed_at, store.Intake.id)
            .limit(MOST_WAITING)
        )
    )
    total = len(ids) if len(ids) < MOST_WAITING else _count(work, late)
    return _by_ids(work, ids), total


def _appointments(
    work: Session, counsellor: store.Counsellor, now: dtm.datetime
) -> Sequence[store.Appointment]:
    today = local(now).date()
    return work.scalars(
        sa.select(store.Appointment)
        .where(
            rights.scope(counsellor, store.Appointment.leerwinkel),
            store.Appointment.starts_at >= moment(today, 0),
            store.Appointment.starts_at < moment(today + dtm.timedelta(days=DAYS_AHEAD), 0),
        )
        .options(selectinload(store.Appointment.intake), selectinload(store.Appointment.counsellor))
        .order_by(store.Appointment.starts_at, store.Appointment.id)
        .limit(MOST_APPOINTMENTS)
    ).all()


def _found_appointments(
    work: Session, counsellor: store.Counsellor, wanted: Wanted, now: dtm.datetime
) -> Sequence[AppointmentRow]:
    """Appointments without an intake that a search finds: of who gave no consent to more."""
    if not wanted.search:
        return []
    words = [
        sa.or_(
            sa.func.lower(store.Appointment.name).contains(word, autoescape=True),
            store.Appointment.phone.contains(word.lstrip("0"), autoescape=True),
            sa.func.lower(store.Appointment.email).contains(word, autoescape=True),
        )
        for word in _words(wanted)
    ]
    found = work.scalars(
        sa.select(store.Appointment)
        .where(
            rights.scope(counsellor, store.Appointment.leerwinkel),
            store.Appointment.intake_id.is_(None),
            *words,
        )
        .options(selectinload(store.Appointment.intake), selectinload(store.Appointment.counsellor))
        .order_by(store.Appointment.starts_at.desc())
        .limit(MOST_FOUND)
    )
    return [_appointment_row(one, counsellor, now) for one in found]


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


def _tags_of(work: Session, intake_ids: Sequence[int]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = {}
    for number, tag in work.execute(
        sa.select(store.IntakeTag.intake_id, store.IntakeTag.tag)
        .where(store.IntakeTag.intake_id.in_(intake_ids))
        .order_by(store.IntakeTag.tag)
    ):
        tags.setdefault(number, []).append(tag)
    return tags


def _known_tags(work: Session, counsellor: store.Counsellor) -> list[str]:
    """The tags that are in use here, to choose from."""
    query = sa.select(store.IntakeTag.tag).distinct()
    if not rights.sees_all(counsellor):
        query = query.join(store.Intake, store.Intake.id == store.IntakeTag.intake_id).where(
            store.Intake.leerwinkel == counsellor.leerwinkel
        )
    return list(work.scalars(query.order_by(store.IntakeTag.tag).limit(100)))


def _day_title(day: dtm.date, today: dtm.date) -> str:
    said = say_day(dtm.datetime.combine(day, dtm.time(12), tzinfo=LOCAL))
    return f"morgen, {said}" if (day - today).days == 1 else said


def _appointment_row(
    appointment: store.Appointment,
    counsellor: store.Counsellor,
    now: dtm.datetime,
    unreached: Collection[int] = (),
) -> AppointmentRow:
    return AppointmentRow(
        id=appointment.id,
        clock=say_clock(appointment.starts_at),
        day=say_day(appointment.starts_at),
        name=name_of(appointment),
        counsellor=appointment.counsellor.first_name,
        leerwinkel=say_leerwinkel(appointment.leerwinkel),
        contact=phone_of(appointment) or email_of(appointment),
        intake_id=appointment.intake_id,
        status=appointment.status,
        form=appointment.form,
        begun=appointment.starts_at <= now,
        own=appointment.counsellor_id == counsellor.id,
        interpreter=interpreter_for(appointment.intake, [appointment]),
        confirmed=appointment.confirmed_at is not None,
        call=call_for(appointment, now=now, unreached=unreached),
    )


def _intake_row(
    intake: store.Intake,
    appointment: store.Appointment | None,
    tags: Sequence[str],
    now: dtm.datetime,
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
        stage="" if intake.stage == "new" else STAGES[intake.stage],
        interpreter=interpreter_for(intake, [appointment] if appointment else []),
        tags=tags,
        days=(local(now).date() - local(intake.agreed_at).date()).days if intake.agreed_at else 0,
    )


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= EXCERPT:
        return text
    cut = text[: EXCERPT - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"

"""What counsellors do at the desk. They may book outside hours and rules, never double.

Who may do what is the desk's to check. Sentences of `NotPossible` can be shown as they are.
"""

import dataclasses
import datetime as dtm
import secrets
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments import checks, doubts, notices, occupancy
from bot.appointments.blocking import Blocked, blocked_from
from bot.appointments.bookings import Booking, booking_from, locked, reach
from bot.appointments.errors import NoSuchAppointment, NotPossible, SlotTaken
from bot.appointments.intervals import Interval
from bot.appointments.plans import days_off_in, plans_in
from bot.appointments.rules import FORMS, rules_in
from bot.appointments.service import (
    MAX_EMAIL,
    MAX_INTERPRETER,
    MAX_NAME,
    MAX_PHONE,
    put_at,
    slot_of,
)
from bot.appointments.slots import Slot, moment, present, quarters

OUTCOMES = ("booked", "came", "no_show")


@dataclasses.dataclass(frozen=True)
class Present:
    """A stretch of time in which a counsellor receives at a place."""

    counsellor_id: int
    starts_at: dtm.datetime
    ends_at: dtm.datetime
    branch_id: int | None


@dataclasses.dataclass(frozen=True)
class Agenda:
    """What a calendar view shows of some counsellors between two moments."""

    appointments: Sequence[store.Appointment]
    """With `counsellor`, `branch` and `intake` loaded; cancelled ones are left out."""
    blocked: Sequence[Blocked]
    present: Sequence[Present]
    days_off: dict[dtm.date, str]
    """Local days on which the main office receives nobody, with the reason in Dutch."""


def agenda(
    leerwinkel: str,
    *,
    counsellor_ids: Collection[int],
    first: dtm.date,
    last: dtm.date,
) -> Agenda:
    """The agenda of these counsellors of a Leerwinkel on the local days `first` to `last`."""
    start, end = moment(first, 0), moment(last, 24 * 60)
    with store.session(writes=False) as work:
        counsellors = work.scalars(
            sa.select(store.Counsellor).where(store.Counsellor.id.in_(counsellor_ids))
        ).all()
        appointments = work.scalars(
            sa.select(store.Appointment)
            .where(
                store.Appointment.counsellor_id.in_(counsellor_ids),
                store.Appointment.status != "cancelled",
                store.Appointment.starts_at < end,
                store.Appointment.ends_at > start,
            )
            .options(
                sa.orm.selectinload(store.Appointment.counsellor),
                sa.orm.selectinload(store.Appointment.branch),
                sa.orm.selectinload(store.Appointment.intake),
            )
            .order_by(store.Appointment.starts_at, store.Appointment.counsellor_id)
        ).all()
        blocked = work.scalars(
            sa.select(store.BlockedTime)
            .where(
                store.BlockedTime.counsellor_id.in_(counsellor_ids),
                store.BlockedTime.starts_at < end,
                store.BlockedTime.ends_at > start,
            )
            .order_by(store.BlockedTime.starts_at, store.BlockedTime.counsellor_id)
        ).all()
        hours = [
            Present(who, piece.start, piece.end, place)
            for who, plans in plans_in(work, counsellors, first, last).items()
            for place, plan in plans.items()
            for piece in present(plan, first, last)
        ]
        off = days_off_in(work, leerwinkel, first, last)
        return Agenda(appointments, [blocked_from(row) for row in blocked], hours, off)


def book_for_client(
    *,
    counsellor_id: int,
    starts_at: dtm.datetime,
    name: str,
    by: int,
    now: dtm.datetime,
    ends_at: dtm.datetime | None = None,
    branch_id: int | None = None,
    form: str = "in_person",
    phone: str | None = None,
    email: str | None = None,
    interpreter: str | None = None,
    referral_source: str | None = None,
    intake_id: int | None = None,
    confirmed: str | None = None,
) -> Booking:
    """Books for somebody who called or came by; the client gets a mail when there is an address.

    Args:
        counsellor_id: who receives the client; an active one.
        starts_at: aware, on a quarter of an hour, not in the past, at most a year ahead.
        name: the client's.
        by: the counsellor who books.
        now: the present moment.
        ends_at: None: as long as the rules say.
        branch_id: None: the main office.
        form: in_person | phone | video.
        phone: E.164, or None.
        email: or None.
        interpreter: language for which an interpreter is needed, or None.
        referral_source: code of the contract, or None.
        intake_id: the client's intake: then the appointment is also the client's in the chat.
        confirmed: key of the doubts that the counsellor confirmed, "" for none yet; None: nobody
            is there to ask.

    Raises:
        NotPossible: what was asked cannot be, or the time is taken; a sentence for the form.
        Doubtful: the moment or the contact is odd, and that was not confirmed.
    """
    if form not in FORMS:
        raise NotPossible("Kies hoe het gesprek gaat: hier, met telefoon of met video.")
    if not name.strip():
        raise NotPossible("Vul een naam in.")
    with store.session() as work:
        counsellor = checks.counsellor_in(work, counsellor_id)
        rules = rules_in(work, counsellor.leerwinkel)
        slot = Slot(counsellor_id, starts_at, ends_at or starts_at + rules.length, branch_id)
        checks.check_time(slot.starts_at, slot.ends_at, now=now)
        checks.check_branch(work, branch_id, counsellor.leerwinkel)
        intake = work.get(store.Intake, intake_id) if intake_id is not None else None
        if intake_id is not None and intake is None:
            raise NotPossible("Deze intake bestaat niet meer.")
        appointment = store.Appointment(
            leerwinkel=counsellor.leerwinkel,
            counsellor_id=counsellor_id,
            branch_id=branch_id,
            intake_id=intake_id,
            sender_id=intake.sender_id if intake else f"desk-{secrets.token_hex(8)}",
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            status="booked",
            name=name.strip()[:MAX_NAME],
            phone=phone[:MAX_PHONE] if phone else None,
            email=email[:MAX_EMAIL] if email else None,
            form=form,
            interpreter=interpreter[:MAX_INTERPRETER] if interpreter else None,
            referral_source=referral_source,
            booked_by=by,
            created_at=now,
            changed_at=now,
        )
        work.add(appointment)
        work.flush()
        starts = _starts(work, slot, rules.buffer, None, now)
        try:
            occupancy.take(
                work,
                counsellor_id,
                starts,
                appointment_id=appointment.id,
                overrule_holds=True,
                now=now,
            )
        except SlotTaken:
            raise NotPossible(checks.say_taken(slot, counsellor)) from None
        contact = doubts.contact_doubts(
            counsellor,
            form,
            phone=phone or (intake.phone if intake else None),
            email=email,
            chat=reach(appointment)[0] != "mail",
        )
        doubts.check(work, counsellor, slot, confirmed=confirmed, now=now, contact=contact)
        notices.booked(work, appointment, now=now)
        return booking_from(appointment)


def move_to(
    appointment_id: int,
    *,
    counsellor_id: int,
    starts_at: dtm.datetime,
    by: int,
    now: dtm.datetime,
    ends_at: dtm.datetime | None = None,
    branch_id: int | None = None,
    confirmed: str | None = None,
) -> Booking:
    """Moves an appointment to any free time of a counsellor of the same Leerwinkel.

    Args:
        appointment_id: its number.
        counsellor_id: who receives the client from now on.
        starts_at: aware, on a quarter of an hour, not in the past, at most a year ahead.
        by: the counsellor who moves it.
        now: the present moment.
        ends_at: None: it stays as long as it was.
        branch_id: None: the main office.
        confirmed: as for `book_for_client`.

    Raises:
        NotPossible: the time is taken, or cannot be; a sentence for the form.
        Doubtful: the new moment is odd, and that was not confirmed.
        NoSuchAppointment: there is none with this number, or it was cancelled.
    """
    with store.session() as work:
        appointment = locked(work, appointment_id)
        if appointment.status != "booked":
            raise NoSuchAppointment(f"appointment {appointment_id} is not to be moved")
        counsellor = checks.counsellor_in(work, counsellor_id)
        if counsellor.leerwinkel != appointment.leerwinkel:
            raise NotPossible("Deze collega werkt bij een andere Leerwinkel.")
        length = appointment.ends_at - appointment.starts_at
        slot = Slot(counsellor_id, starts_at, ends_at or starts_at + length, branch_id)
        checks.check_time(slot.starts_at, slot.ends_at, now=now)
        checks.check_branch(work, branch_id, counsellor.leerwinkel)
        if slot == slot_of(appointment):
            return booking_from(appointment)
        before = appointment.counsellor_id
        buffer = rules_in(work, counsellor.leerwinkel).buffer
        starts = _starts(work, slot, buffer, appointment.id, now)
        try:
            put_at(work, appointment, slot, starts, now=now, overrule_holds=True)
        except SlotTaken:
            raise NotPossible(checks.say_taken(slot, counsellor)) from None
        doubts.check(work, counsellor, slot, confirmed=confirmed, now=now)
        notices.moved(work, appointment, now=now, by=by, before=before)
        return booking_from(appointment)


def set_outcome(appointment_id: int, outcome: str, *, now: dtm.datetime) -> Booking:
    """Notes whether the client came; once it began, and as often as somebody was mistaken.

    Args:
        appointment_id: its number.
        outcome: came | no_show | booked (not noted yet).
        now: the present moment.

    Raises:
        NotPossible: it has not begun, or was cancelled; a sentence for the form.
        NoSuchAppointment: there is none with this number.
    """
    if outcome not in OUTCOMES:
        raise NotPossible("Kies: kwam, of kwam niet.")
    with store.session() as work:
        appointment = locked(work, appointment_id)
        if appointment.status == "cancelled":
            raise NotPossible("Deze afspraak is geschrapt.")
        if outcome != "booked" and now < appointment.starts_at:
            raise NotPossible("De afspraak moet nog beginnen.")
        appointment.status = outcome
        return booking_from(appointment)


def _starts(
    work: Session, slot: Slot, buffer: dtm.timedelta, own: int | None, now: dtm.datetime
) -> list[dtm.datetime]:
    """The slot's quarters, and those of its buffer as far as they are free."""
    pause = Interval(slot.ends_at, slot.ends_at + buffer)
    taken = occupancy.taken_in(
        work, [slot.counsellor_id], pause.start, pause.end, now=now, besides=own, holds_count=False
    )[slot.counsellor_id]
    busy = {piece.start for piece in taken}
    return [start for start in quarters(slot, buffer) if start < slot.ends_at or start not in busy]

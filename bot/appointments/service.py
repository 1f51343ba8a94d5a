"""What clients do: book, look up, move, cancel, say that they come. Each is one transaction.

The messages about it are queued in the same transaction, so that neither exists without the other.
"""

import datetime as dtm

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import outbox, store
from bot.appointments import holds, notices, occupancy
from bot.appointments.bookings import Booking, booking_from, locked
from bot.appointments.errors import NoSuchAppointment, SlotTaken
from bot.appointments.offer import check_daily_limit, check_offered
from bot.appointments.rules import FORMS
from bot.appointments.slots import Slot, quarters

MAX_NAME, MAX_PHONE, MAX_EMAIL, MAX_INTERPRETER = 200, 40, 254, 80


def book(
    slot: Slot,
    *,
    sender_id: str,
    intake_id: int | None,
    leerwinkel: str,
    name: str,
    phone: str | None,
    email: str | None,
    now: dtm.datetime,
    form: str = "in_person",
    interpreter: str | None = None,
    referral_source: str | None = None,
) -> Booking:
    """Books the slot. The same sender booking the same time again gets the same booking.

    Args:
        slot: as `free_slots` or `propose` gave it.
        sender_id: the client's conversation.
        intake_id: the stored intake, with consent.
        leerwinkel: code of the contract.
        name: as the client gave it.
        phone: E.164, or None.
        email: or None.
        now: the present moment.
        form: in_person | phone | video.
        interpreter: language for which an interpreter is needed; empty: none is wanted.
        referral_source: code of the contract.

    Raises:
        SlotTaken: somebody else has it, or it is not (any more) on offer at this Leerwinkel.
    """
    assert form in FORMS
    try:
        # Looking needs no write lock: whoever comes too late hears it without waiting for others.
        with store.session(writes=False) as work:
            if again := _same(work, sender_id, leerwinkel, slot.starts_at):
                return booking_from(again)
            rules = check_offered(work, slot, leerwinkel, now=now, holder=sender_id)
        with store.session() as work:
            if again := _same(work, sender_id, leerwinkel, slot.starts_at):
                return booking_from(again)
            check_daily_limit(work, slot, rules)
            appointment = store.Appointment(
                leerwinkel=leerwinkel,
                counsellor_id=slot.counsellor_id,
                branch_id=slot.branch_id,
                intake_id=intake_id,
                sender_id=sender_id,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                status="booked",
                name=name[:MAX_NAME],
                phone=phone[:MAX_PHONE] if phone else None,
                email=email[:MAX_EMAIL] if email else None,
                form=form,
                interpreter=None if interpreter is None else interpreter[:MAX_INTERPRETER],
                referral_source=referral_source,
                created_at=now,
                changed_at=now,
            )
            work.add(appointment)
            work.flush()
            occupancy.take(
                work,
                slot.counsellor_id,
                quarters(slot, rules.buffer),
                appointment_id=appointment.id,
                holder=sender_id,
                now=now,
            )
            holds.release(work, sender_id)
            notices.booked(work, appointment, now=now)
            return booking_from(appointment)
    except SlotTaken:
        # A second tap of the same person may have come in between: that is no conflict.
        with store.session(writes=False) as work:
            if again := _same(work, sender_id, leerwinkel, slot.starts_at):
                return booking_from(again)
        raise


def booking_of(sender_id: str, *, now: dtm.datetime) -> Booking | None:
    """The sender's next appointment that is not over, or None."""
    with store.session(writes=False) as work:
        appointment = work.scalars(
            _coming(sender_id, now).order_by(store.Appointment.starts_at).limit(1)
        ).first()
        return booking_from(appointment) if appointment else None


def booking_by_id(appointment_id: int) -> Booking:
    """The appointment with this number, whatever became of it.

    Raises:
        NoSuchAppointment: there is none.
    """
    with store.session(writes=False) as work:
        appointment = work.get(store.Appointment, appointment_id)
        if appointment is None:
            raise NoSuchAppointment(f"there is no appointment {appointment_id}")
        return booking_from(appointment)


def cancel(appointment_id: int, *, now: dtm.datetime, by: int | None = None) -> Booking:
    """Cancels the appointment and frees its time; doing it twice is no mistake.

    Args:
        appointment_id: its number.
        now: the present moment.
        by: the counsellor who cancels it at the desk; None: the client.

    Raises:
        NoSuchAppointment: there is none with this number.
    """
    with store.session() as work:
        appointment = locked(work, appointment_id)
        if appointment.status == "booked":
            occupancy.give_back(work, appointment.id)
            appointment.status = "cancelled"
            appointment.changed_at = now
            appointment.sequence += 1
            outbox.withdraw(work, appointment.id, now=now)
            notices.cancelled(work, appointment, now=now, by=by)
        return booking_from(appointment)


def move(appointment_id: int, slot: Slot, *, now: dtm.datetime) -> Booking:
    """Puts the appointment at another time that is on offer: takes and frees in one transaction.

    The new time may overlap the old one. When it is taken the appointment stays as it was.

    Raises:
        SlotTaken: somebody else has it, or it is not on offer.
        NoSuchAppointment: there is none with this number, or it was cancelled.
    """
    with store.session() as work:
        appointment = locked(work, appointment_id)
        if appointment.status != "booked":
            raise NoSuchAppointment(f"appointment {appointment_id} was cancelled")
        if slot == slot_of(appointment):
            return booking_from(appointment)
        rules = check_offered(
            work,
            slot,
            appointment.leerwinkel,
            now=now,
            holder=appointment.sender_id,
            moving=appointment.id,
        )
        check_daily_limit(work, slot, rules, besides=appointment.id)
        before = appointment.counsellor_id
        put_at(work, appointment, slot, quarters(slot, rules.buffer), now=now)
        holds.release(work, appointment.sender_id)
        notices.moved(work, appointment, now=now, by=None, before=before)
        return booking_from(appointment)


def put_at(
    work: Session,
    appointment: store.Appointment,
    slot: Slot,
    starts: list[dtm.datetime],
    *,
    now: dtm.datetime,
    overrule_holds: bool = False,
) -> None:
    """Takes the quarters that `starts` names for the appointment, frees the others, notes it.

    Raises:
        SlotTaken: one of them belongs to somebody else; the unit of work has to be given up.
    """
    # First take, then free: two people who swap places can then never wait for each other.
    wanted = {(slot.counsellor_id, start) for start in starts}
    fresh = wanted.difference(occupancy.of_appointment(work, appointment.id))
    occupancy.take(
        work,
        slot.counsellor_id,
        [start for _, start in fresh],
        appointment_id=appointment.id,
        holder=appointment.sender_id,
        overrule_holds=overrule_holds,
        now=now,
    )
    occupancy.give_back(work, appointment.id, keep=wanted)
    appointment.counsellor_id = slot.counsellor_id
    appointment.branch_id = slot.branch_id
    appointment.starts_at = slot.starts_at
    appointment.ends_at = slot.ends_at
    appointment.changed_at = now
    appointment.confirmed_at = None
    appointment.sequence += 1
    work.flush()
    work.refresh(appointment, ["counsellor", "branch"])
    outbox.withdraw(work, appointment.id, now=now)


def confirm(appointment_id: int, *, now: dtm.datetime) -> Booking:
    """The client says "ik kom"; the desk shows it. Saying it twice is no mistake.

    Raises:
        NoSuchAppointment: there is none with this number, or it was cancelled.
    """
    with store.session() as work:
        appointment = locked(work, appointment_id)
        if appointment.status != "booked":
            raise NoSuchAppointment(f"appointment {appointment_id} was cancelled")
        appointment.confirmed_at = appointment.confirmed_at or now
        return booking_from(appointment)


def update_contact(
    sender_id: str, *, name: str, phone: str | None, email: str | None, now: dtm.datetime
) -> int:
    """Contact data that changed after booking reaches the appointments that are still to come.

    A new e-mail address gets the confirmation with the calendar file.

    Returns:
        How many appointments changed.
    """
    with store.session() as work:
        changed = 0
        for appointment in work.scalars(_coming(sender_id, now).with_for_update()):
            before = (appointment.name, appointment.phone, appointment.email)
            appointment.name = name[:MAX_NAME] or appointment.name
            appointment.phone = phone[:MAX_PHONE] if phone else None
            appointment.email = email[:MAX_EMAIL] if email else None
            if (appointment.name, appointment.phone, appointment.email) == before:
                continue
            changed += 1
            if appointment.email != before[2]:
                outbox.withdraw(work, appointment.id, now=now)
                notices.booked(work, appointment, now=now, again=True)
        return changed


def _coming(sender_id: str, now: dtm.datetime) -> sa.Select[store.Appointment]:
    return sa.select(store.Appointment).where(
        store.Appointment.sender_id == sender_id,
        store.Appointment.status == "booked",
        store.Appointment.ends_at > now,
    )


def slot_of(appointment: store.Appointment) -> Slot:
    """The time and place that the appointment has now."""
    return Slot(
        appointment.counsellor_id,
        appointment.starts_at,
        appointment.ends_at,
        appointment.branch_id,
    )


def _same(
    work: Session, sender_id: str, leerwinkel: str, starts_at: dtm.datetime
) -> store.Appointment | None:
    """The booked appointment that this sender already has at this time, whoever counsels."""
    return work.scalars(
        sa.select(store.Appointment).where(
            store.Appointment.sender_id == sender_id,
            store.Appointment.leerwinkel == leerwinkel,
            store.Appointment.starts_at == starts_at,
            store.Appointment.status == "booked",
        )
    ).first()

"""Booking against the database. What makes double booking impossible is a primary key.

Every change is one transaction. Each quarter of an hour of an appointment is a row of
`OccupiedQuarter` with (counsellor, start) as primary key: of any number of writers at the same
moment the database lets one through, and the others get `SlotTaken`.
"""

import dataclasses
import datetime as dtm
from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments.errors import NoSuchAppointment, SlotTaken
from bot.appointments.intervals import Interval
from bot.appointments.slots import (
    GRID,
    HORIZON,
    LEAD,
    LENGTH,
    Slot,
    WeeklyHours,
    one_per_start,
    open_slots,
    quarters,
    spread,
)

GRACE = dtm.timedelta(hours=1)
"""A slot that was offered stays bookable for this long after the lead time has passed it."""
MAX_NAME, MAX_PHONE, MAX_EMAIL = 200, 40, 254


@dataclasses.dataclass(frozen=True)
class Booking:
    """An appointment as a client may see it; times aware, in UTC; status booked | cancelled."""

    id: int
    leerwinkel: str
    counsellor_first_name: str
    starts_at: dtm.datetime
    ends_at: dtm.datetime
    status: str


def free_slots(
    leerwinkel: str,
    *,
    now: dtm.datetime,
    after: dtm.datetime | None = None,
    before: dtm.datetime | None = None,
    limit: int = 3,
) -> list[Slot]:
    """Free slots of a Leerwinkel: one per start time, spread over half days, fair to counsellors.

    Args:
        leerwinkel: code of the contract; an unknown one has no slots.
        now: the present moment; the first slot lies a day ahead, the last within six weeks.
        after: only slots that start at this moment or later.
        before: only slots that start before this moment.
        limit: at most so many.
    """
    earliest, latest = now + LEAD, now + HORIZON
    if after is not None:
        earliest = max(earliest, after)
    if before is not None:
        latest = min(latest, before)
    with store.session(writes=False) as work:
        ids = work.scalars(
            sa.select(store.Counsellor.id).where(
                store.Counsellor.leerwinkel == leerwinkel, store.Counsellor.active
            )
        ).all()
        slots = _open_slots(work, ids, earliest, latest)
        load = _load(work, ids, now)
    return spread(one_per_start(slots, load), limit)


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
) -> Booking:
    """Books the slot. The same sender booking the same time again gets the same booking.

    Raises:
        SlotTaken: somebody else has it, or it is not (any more) on offer at this Leerwinkel.
    """
    try:
        # Looking needs no write lock: whoever comes too late hears it without waiting for others.
        with store.session(writes=False) as work:
            if again := _same(work, sender_id, leerwinkel, slot.starts_at):
                return _booking(again)
            _check_offered(work, slot, leerwinkel, now)
        with store.session() as work:
            if again := _same(work, sender_id, leerwinkel, slot.starts_at):
                return _booking(again)
            appointment = store.Appointment(
                leerwinkel=leerwinkel,
                counsellor_id=slot.counsellor_id,
                intake_id=intake_id,
                sender_id=sender_id,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                status="booked",
                name=name[:MAX_NAME],
                phone=phone[:MAX_PHONE] if phone else None,
                email=email[:MAX_EMAIL] if email else None,
                created_at=now,
                changed_at=now,
            )
            work.add(appointment)
            work.flush()
            _occupy(work, appointment.id, slot.counsellor_id, quarters(slot))
            return _booking(appointment)
    except SlotTaken:
        # A second tap of the same person may have come in between: that is no conflict.
        with store.session(writes=False) as work:
            if again := _same(work, sender_id, leerwinkel, slot.starts_at):
                return _booking(again)
        raise


def booking_of(sender_id: str, *, now: dtm.datetime) -> Booking | None:
    """The sender's next appointment that is not over, or None."""
    with store.session(writes=False) as work:
        appointment = work.scalars(
            sa.select(store.Appointment)
            .where(
                store.Appointment.sender_id == sender_id,
                store.Appointment.status == "booked",
                store.Appointment.ends_at > now,
            )
            .order_by(store.Appointment.starts_at)
            .limit(1)
        ).first()
        return _booking(appointment) if appointment else None


def cancel(appointment_id: int, *, now: dtm.datetime) -> Booking:
    """Cancels the appointment and frees its time; doing it twice is no mistake.

    Raises:
        NoSuchAppointment: there is none with this number.
    """
    with store.session() as work:
        appointment = _locked(work, appointment_id)
        if appointment.status == "booked":
            _free(work, appointment.id)
            appointment.status = "cancelled"
            appointment.changed_at = now
        return _booking(appointment)


def move(appointment_id: int, slot: Slot, *, now: dtm.datetime) -> Booking:
    """Puts the appointment at another time: frees and takes in one transaction.

    The new time may overlap the old one. When it is taken the appointment stays as it was.

    Raises:
        SlotTaken: somebody else has it, or it is not on offer.
        NoSuchAppointment: there is none with this number, or it was cancelled.
    """
    with store.session() as work:
        appointment = _locked(work, appointment_id)
        if appointment.status != "booked":
            raise NoSuchAppointment(f"appointment {appointment_id} was cancelled")
        old = Slot(appointment.counsellor_id, appointment.starts_at, appointment.ends_at)
        if slot == old:
            return _booking(appointment)
        _check_offered(work, slot, appointment.leerwinkel, now, moving=old)
        # First take, then free: two people who swap places can then never wait for each other.
        kept = set(quarters(old)) if slot.counsellor_id == old.counsellor_id else set()
        fresh = [start for start in quarters(slot) if start not in kept]
        _occupy(work, appointment.id, slot.counsellor_id, fresh)
        _free(work, appointment.id, keep=slot)
        appointment.counsellor_id = slot.counsellor_id
        appointment.starts_at = slot.starts_at
        appointment.ends_at = slot.ends_at
        appointment.changed_at = now
        work.flush()
        work.refresh(appointment, ["counsellor"])
        return _booking(appointment)


def _booking(appointment: store.Appointment) -> Booking:
    return Booking(
        id=appointment.id,
        leerwinkel=appointment.leerwinkel,
        counsellor_first_name=appointment.counsellor.first_name,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        status=appointment.status,
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


def _locked(work: Session, appointment_id: int) -> store.Appointment:
    appointment = work.get(store.Appointment, appointment_id, with_for_update=True)
    if appointment is None:
        raise NoSuchAppointment(f"there is no appointment {appointment_id}")
    return appointment


def _check_offered(
    work: Session, slot: Slot, leerwinkel: str, now: dtm.datetime, *, moving: Slot | None = None
) -> None:
    """Refuses whatever we would not offer, so that nobody books at night or for ten hours."""
    there = work.scalars(
        sa.select(store.Counsellor.id).where(
            store.Counsellor.id == slot.counsellor_id,
            store.Counsellor.leerwinkel == leerwinkel,
            store.Counsellor.active,
        )
    ).first()
    if there is None or slot.ends_at - slot.starts_at != LENGTH:
        raise SlotTaken(f"no such slot at {leerwinkel}: {slot}")
    earliest, latest = now + LEAD - GRACE, now + HORIZON
    if not earliest <= slot.starts_at < latest:
        raise SlotTaken(f"too soon or too far ahead: {slot}")
    offered = _open_slots(
        work, [there], slot.starts_at, slot.starts_at + dtm.timedelta(seconds=1), moving=moving
    )
    if not any(other.starts_at == slot.starts_at for other in offered):
        raise SlotTaken(f"taken or not on offer: {slot}")


def _open_slots(
    work: Session,
    counsellor_ids: Collection[int],
    earliest: dtm.datetime,
    latest: dtm.datetime,
    *,
    moving: Slot | None = None,
) -> list[Slot]:
    hours: dict[int, list[WeeklyHours]] = defaultdict(list)
    for row in work.scalars(
        sa.select(store.Availability).where(store.Availability.counsellor_id.in_(counsellor_ids))
    ):
        hours[row.counsellor_id].append(WeeklyHours(row.weekday, row.from_minute, row.to_minute))
    taken: dict[int, list[Interval]] = defaultdict(list)
    for counsellor_id, starts_at in work.execute(
        sa.select(store.OccupiedQuarter.counsellor_id, store.OccupiedQuarter.starts_at).where(
            store.OccupiedQuarter.counsellor_id.in_(counsellor_ids),
            store.OccupiedQuarter.starts_at > earliest - LENGTH,
            store.OccupiedQuarter.starts_at < latest + LENGTH,
        )
    ):
        own = moving is not None and moving.counsellor_id == counsellor_id
        if not (own and moving and moving.starts_at <= starts_at < moving.ends_at):
            taken[counsellor_id].append(Interval(starts_at, starts_at + GRID))
    return [
        Slot(counsellor_id, piece.start, piece.end)
        for counsellor_id in counsellor_ids
        for piece in open_slots(
            hours[counsellor_id], taken[counsellor_id], earliest=earliest, latest=latest
        )
    ]


def _load(work: Session, counsellor_ids: Collection[int], now: dtm.datetime) -> dict[int, int]:
    rows = work.execute(
        sa.select(store.Appointment.counsellor_id, sa.func.count())
        .where(
            store.Appointment.counsellor_id.in_(counsellor_ids),
            store.Appointment.status == "booked",
            store.Appointment.ends_at > now,
        )
        .group_by(store.Appointment.counsellor_id)
    )
    return {row[0]: row[1] for row in rows}


def _occupy(
    work: Session, appointment_id: int, counsellor_id: int, starts: Collection[dtm.datetime]
) -> None:
    """Takes the quarters in order of time, so that overlapping writers can not block each other.

    Raises:
        SlotTaken: one of them belongs to another appointment; the transaction is then lost.
    """
    try:
        for starts_at in sorted(starts):
            work.execute(
                sa.insert(store.OccupiedQuarter).values(
                    counsellor_id=counsellor_id, starts_at=starts_at, appointment_id=appointment_id
                )
            )
    except sa.exc.IntegrityError as error:
        raise SlotTaken("somebody was faster") from error


def _free(work: Session, appointment_id: int, *, keep: Slot | None = None) -> None:
    """Gives back the appointment's quarters, but for those of the slot to keep."""
    gone = sa.delete(store.OccupiedQuarter).where(
        store.OccupiedQuarter.appointment_id == appointment_id
    )
    if keep is not None:
        gone = gone.where(
            sa.not_(
                sa.and_(
                    store.OccupiedQuarter.counsellor_id == keep.counsellor_id,
                    store.OccupiedQuarter.starts_at.in_(quarters(keep)),
                )
            )
        )
    work.execute(gone)

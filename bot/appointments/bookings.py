"""An appointment as others see it, and how it is found."""

import dataclasses
import datetime as dtm

from sqlalchemy.orm import Session

from bot import outbox, store
from bot.appointments.errors import NoSuchAppointment
from bot.appointments.where import place_of

TELEGRAM = "telegram-"
"""Start of the sender ids whose messages go to the chat channel of that name."""


@dataclasses.dataclass(frozen=True)
class Booking:
    """An appointment as a client may see it; times aware, in UTC."""

    id: int
    leerwinkel: str
    counsellor_first_name: str
    starts_at: dtm.datetime
    ends_at: dtm.datetime
    status: str
    """booked | cancelled | came | no_show."""
    counsellor_id: int
    branch_id: int | None
    form: str
    """in_person | phone | video."""
    place: str
    address: str | None
    map_url: str | None
    video_url: str | None
    bring: tuple[str, ...]
    interpreter: str | None
    """Language for which an interpreter comes; empty: none wanted, None: not asked."""
    confirmed: bool
    """The client said "ik kom" to this time."""
    sequence: int
    phone: str | None
    email: str | None
    reminded: bool
    """Whether there is a way to remind the client."""


def booking_from(appointment: store.Appointment) -> Booking:
    """What others may see of the row."""
    place = place_of(appointment.leerwinkel, appointment.branch)
    return Booking(
        id=appointment.id,
        leerwinkel=appointment.leerwinkel,
        counsellor_first_name=appointment.counsellor.first_name,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        status=appointment.status,
        counsellor_id=appointment.counsellor_id,
        branch_id=appointment.branch_id,
        form=appointment.form,
        place=place.name,
        address=place.address,
        map_url=place.map_url,
        video_url=appointment.counsellor.video_url,
        bring=place.bring,
        interpreter=appointment.interpreter,
        confirmed=appointment.confirmed_at is not None,
        sequence=appointment.sequence,
        phone=appointment.phone,
        email=appointment.email,
        reminded=bool(reach(appointment)[1]),
    )


def locked(work: Session, appointment_id: int) -> store.Appointment:
    """The row, kept from other writers until the unit of work ends.

    Raises:
        NoSuchAppointment: there is none with this number.
    """
    appointment = work.get(store.Appointment, appointment_id, with_for_update=True)
    if appointment is None:
        raise NoSuchAppointment(f"there is no appointment {appointment_id}")
    return appointment


def can_remind(appointment: store.Appointment) -> bool:
    """Whether messages about it reach the client: there is an address, and a way to send."""
    channel, address = reach(appointment)
    return bool(address) and outbox.can_send(channel)


def reach(appointment: store.Appointment) -> tuple[str, str]:
    """The channel for reminders and the address in it; ("mail", "") when there is none."""
    if appointment.sender_id.startswith(TELEGRAM):
        return "telegram", appointment.sender_id.removeprefix(TELEGRAM)
    return "mail", appointment.email or ""

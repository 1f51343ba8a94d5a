"""Signed links with which a client changes one appointment without logging in.

The signature is made over the state of the appointment: its number, how often it changed, its
status and its time. Moving or cancelling changes the state, and every link made before is dead.
"""

import base64
import datetime as dtm
import hashlib
import hmac

from bot import store
from bot.appointments.bookings import Booking, booking_from
from bot.appointments.errors import AppointmentError
from bot.settings import settings

PATH = "/afspraak"
LARGEST = 2**31 - 1


class DeadLink(AppointmentError):  # noqa: N818
    """The link was used, the appointment changed or is over, or the link was never ours."""


def link_for(appointment: store.Appointment | Booking) -> str:
    """The address of the page for this appointment as it is now."""
    return f"{settings().link_base}{PATH}/{token_for(appointment)}"


def token_for(appointment: store.Appointment | Booking) -> str:
    """What names and proves the appointment in the link."""
    state = (
        f"appointment:{appointment.id}:{appointment.sequence}:{appointment.status}:"
        f"{appointment.starts_at.astimezone(dtm.timezone.utc).isoformat()}"
    )
    return f"{appointment.id}-{signature(state)}"


def opened(token: str, *, now: dtm.datetime) -> tuple[Booking, str]:
    """The appointment that a link is for, and the client's sender id.

    Raises:
        DeadLink: see the class.
    """
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdecimal()) or int(number) > LARGEST:
        raise DeadLink("not a link")
    with store.session(writes=False) as work:
        appointment = work.get(store.Appointment, int(number))
        if appointment is None or not hmac.compare_digest(
            token_for(appointment).encode(), token.encode()
        ):
            raise DeadLink("changed, or never ours")
        if appointment.status != "booked" or appointment.ends_at <= now:
            raise DeadLink("over")
        return booking_from(appointment), appointment.sender_id


def signature(what: str) -> str:
    """16 bytes of a keyed hash over a text, for an address."""
    key = f"link:{settings().signing_key}".encode()
    digest = hmac.digest(key, what.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")

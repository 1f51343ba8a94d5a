"""Who an appointment is with, as the desk says it; what changed later stands in the intake."""

import datetime as dtm
from collections.abc import Collection

from bot import appointments, store


def name_of(appointment: store.Appointment) -> str:
    """The client's name."""
    intake = appointment.intake
    return (intake.name if intake else "") or appointment.name or "Zonder naam"


def phone_of(appointment: store.Appointment) -> str:
    """The phone number; empty when there is none."""
    intake = appointment.intake
    return (intake.phone if intake else "") or appointment.phone or ""


def email_of(appointment: store.Appointment) -> str:
    """The e-mail address; empty when there is none."""
    intake = appointment.intake
    return (intake.email if intake else "") or appointment.email or ""


def call_for(
    appointment: store.Appointment, *, now: dtm.datetime, unreached: Collection[int]
) -> str:
    """What to do when the talk is near and no reminder reaches the client; else empty.

    Args:
        appointment: with its intake.
        now: the present moment.
        unreached: appointments of which a message was refused (`outbox.unreached`).
    """
    if not appointments.to_call(appointment, now=now, unreached=unreached):
        return ""
    return "bel even" if phone_of(appointment) else "geen telefoon"

"""Reminders: the day before and two hours before, by day only, each once.

Nothing is planned ahead: which reminders are due follows from the appointments themselves, so a
restart misses none and a move or a cancellation needs no clearing up. The key in the queue (kind,
appointment, sequence) lets one process of several put each in.
"""

import datetime as dtm
from collections.abc import Mapping
from types import MappingProxyType

import sqlalchemy as sa

from bot import outbox, store
from bot.appointments import notices
from bot.appointments.bookings import reach
from bot.appointments.say import LOCAL, local

DAY = dtm.timedelta(days=1)
HOURS = dtm.timedelta(hours=2)
BEFORE: Mapping[str, dtm.timedelta] = MappingProxyType(
    {"reminder_day": DAY, "reminder_hours": HOURS}
)
STILL_USEFUL = dtm.timedelta(hours=1)
"""A reminder that would come at night comes at 8 o'clock if that is so long before; else at 20."""


def due_at(kind: str, starts_at: dtm.datetime) -> dtm.datetime:
    """When a reminder is to go out: never from 21 to 8 o'clock in Brussels."""
    there = local(starts_at)
    # On the clock, not on the stopwatch: "the day before" is the same hour, also when the clock
    # is changed in between.
    wanted = (
        dtm.datetime.combine(there.date() - DAY, there.time(), tzinfo=LOCAL)
        if kind == "reminder_day"
        else starts_at - BEFORE[kind]
    ).astimezone(dtm.timezone.utc)
    if not outbox.is_night(wanted):
        return wanted
    morning = outbox.daytime(wanted)
    if morning <= starts_at - STILL_USEFUL:
        return morning
    evening = dtm.datetime.combine(local(morning).date() - DAY, dtm.time(20), tzinfo=LOCAL)
    return evening.astimezone(dtm.timezone.utc)


def useful_until(kind: str, starts_at: dtm.datetime) -> dtm.datetime:
    """From when on a reminder that could not go out makes no sense any more.

    "Morgen" is wrong on the day itself.
    """
    if kind == "reminder_hours":
        return starts_at
    midnight = dtm.datetime.combine(local(starts_at).date(), dtm.time.min, tzinfo=LOCAL)
    return midnight.astimezone(dtm.timezone.utc)


def plan(now: dtm.datetime) -> int:
    """Puts the reminders that are due in the queue; how many. At night it does nothing.

    An appointment that was made or moved after the moment of a reminder gets none of that kind:
    the client has just read it.
    """
    if outbox.is_night(now):
        return 0
    coming = sa.select(store.Appointment.id).where(
        store.Appointment.status == "booked",
        store.Appointment.starts_at > now,
        store.Appointment.starts_at < now + 2 * DAY,
    )
    known = sa.select(store.OutgoingMessage.key).where(
        store.OutgoingMessage.kind.in_(BEFORE), store.OutgoingMessage.key.is_not(None)
    )
    with store.session(writes=False) as work:
        there = set(work.scalars(known))
        due = [
            (appointment.id, kind)
            for appointment in work.scalars(
                sa.select(store.Appointment).where(store.Appointment.id.in_(coming))
            )
            for kind in BEFORE
            if _is_due(appointment, kind, now) and _key(appointment, kind) not in there
        ]
    planned = 0
    for appointment_id, kind in due:
        with store.session() as work:
            appointment = work.get(store.Appointment, appointment_id, with_for_update=True)
            if (
                appointment is not None
                and appointment.status == "booked"
                and _is_due(appointment, kind, now)
            ):
                planned += notices.remind(
                    work,
                    appointment,
                    kind,
                    now=now,
                    expires_at=useful_until(kind, appointment.starts_at),
                )
    return planned


def _is_due(appointment: store.Appointment, kind: str, now: dtm.datetime) -> bool:
    due = due_at(kind, appointment.starts_at)
    return (
        due <= now < useful_until(kind, appointment.starts_at)
        and appointment.changed_at < due
        and bool(reach(appointment)[1])
    )


def _key(appointment: store.Appointment, kind: str) -> str:
    return f"{kind}:{appointment.id}:{appointment.sequence}"

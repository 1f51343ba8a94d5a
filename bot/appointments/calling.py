"""Whom somebody should call: the talk is near, and no reminder reaches the client."""

import datetime as dtm
from collections.abc import Collection

from bot import store
from bot.appointments.bookings import can_remind
from bot.appointments.days_off import day_off
from bot.appointments.say import local

SATURDAY = 5


def next_working_day(day: dtm.date) -> dtm.date:
    """The first day after this one that is no weekend and no holiday."""
    day += dtm.timedelta(days=1)
    while day.weekday() >= SATURDAY or day_off(day):
        day += dtm.timedelta(days=1)
    return day


def to_call(
    appointment: store.Appointment, *, now: dtm.datetime, unreached: Collection[int] = ()
) -> bool:
    """Whether somebody should call this client about the appointment.

    Args:
        appointment: any.
        now: the present moment.
        unreached: numbers of appointments of which a message was refused.

    Returns:
        True when it is today or until the next working day, nobody knows whether the client
        comes, and no reminder can be sent, or messages about it do not arrive.
    """
    if appointment.status != "booked" or appointment.confirmed_at or appointment.starts_at <= now:
        return False
    if local(appointment.starts_at).date() > next_working_day(local(now).date()):
        return False
    return not can_remind(appointment) or appointment.id in unreached

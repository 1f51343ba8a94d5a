"""Appointments: free slots, booking, moving, cancelling, hours and rules, calendars, reminders.

Knows nothing of HTTP, Telegram or Rasa. What others may use is named here; the modules below it
are this package's own affair.
"""

from bot.appointments.blocking import Blocked, block_days, block_time, same_run, unblock
from bot.appointments.bookings import Booking, can_remind, reach
from bot.appointments.calendar import feed, feed_token, feed_url, set_feed
from bot.appointments.calling import to_call
from bot.appointments.errors import (
    AppointmentError,
    Doubtful,
    NoSuchAppointment,
    NotPossible,
    SlotTaken,
)
from bot.appointments.links import DeadLink, link_for, opened
from bot.appointments.offer import all_held, free_days, free_slots, keep, let_go, propose
from bot.appointments.opening import (
    add_branch,
    add_closing_days,
    add_exception,
    branches,
    change_branch,
    closing_days,
    exceptions,
    opening_hours,
    remove_closing_days,
    remove_exception,
    set_opening_hours,
    set_personal,
    set_weekly_hours,
    weekly_hours,
)
from bot.appointments.rules import FORMS, Rules, rules_of, set_rules
from bot.appointments.say import local, say_clock, say_day, say_slot, say_time
from bot.appointments.service import (
    book,
    booking_by_id,
    booking_of,
    cancel,
    confirm,
    move,
    update_contact,
)
from bot.appointments.slots import DayHours, Slot, WeeklyHours, moment
from bot.appointments.staff import (
    Agenda,
    Present,
    agenda,
    book_for_client,
    move_to,
    set_outcome,
)
from bot.appointments.touched import appointments_between, in_absences, on_closing_days
from bot.appointments.upkeep import upkeep

__all__ = [
    "FORMS",
    "Agenda",
    "AppointmentError",
    "Blocked",
    "Booking",
    "DayHours",
    "DeadLink",
    "Doubtful",
    "NoSuchAppointment",
    "NotPossible",
    "Present",
    "Rules",
    "Slot",
    "SlotTaken",
    "WeeklyHours",
    "add_branch",
    "add_closing_days",
    "add_exception",
    "agenda",
    "all_held",
    "appointments_between",
    "block_days",
    "block_time",
    "book",
    "book_for_client",
    "booking_by_id",
    "booking_of",
    "branches",
    "can_remind",
    "cancel",
    "change_branch",
    "closing_days",
    "confirm",
    "exceptions",
    "feed",
    "feed_token",
    "feed_url",
    "free_days",
    "free_slots",
    "in_absences",
    "keep",
    "let_go",
    "link_for",
    "local",
    "moment",
    "move",
    "move_to",
    "on_closing_days",
    "opened",
    "opening_hours",
    "propose",
    "reach",
    "remove_closing_days",
    "remove_exception",
    "rules_of",
    "same_run",
    "say_clock",
    "say_day",
    "say_slot",
    "say_time",
    "set_feed",
    "set_opening_hours",
    "set_outcome",
    "set_personal",
    "set_rules",
    "set_weekly_hours",
    "to_call",
    "unblock",
    "update_contact",
    "upkeep",
    "weekly_hours",
]

"""Appointments: free slots, booking, moving, cancelling. Knows nothing of HTTP, Telegram or Rasa.

What others may use is named here; the modules below it are this package's own affair.
"""

from bot.appointments.errors import AppointmentError, NoSuchAppointment, SlotTaken
from bot.appointments.say import local, say_day, say_time
from bot.appointments.service import (
    Booking,
    book,
    booking_of,
    cancel,
    free_slots,
    move,
)
from bot.appointments.slots import Slot

__all__ = [
    "AppointmentError",
    "Booking",
    "NoSuchAppointment",
    "Slot",
    "SlotTaken",
    "book",
    "booking_of",
    "cancel",
    "free_slots",
    "local",
    "move",
    "say_day",
    "say_time",
]

"""What holds for whatever the desk puts in an agenda; the errors are sentences for the form."""

import datetime as dtm

from sqlalchemy.orm import Session

from bot import store
from bot.appointments.errors import NotPossible
from bot.appointments.rules import GRID
from bot.appointments.say import local, say_time
from bot.appointments.slots import Slot

LONGEST = dtm.timedelta(hours=12)
"""Of an appointment or a blocked time; longer absences are exceptions to the hours."""
FARTHEST = dtm.timedelta(days=366)
"""How far ahead something can be put in an agenda: farther is a mistake in the year."""


def counsellor_in(work: Session, counsellor_id: int) -> store.Counsellor:
    """The counsellor, when there is an account that is open.

    Raises:
        NotPossible: there is none.
    """
    found = work.get(store.Counsellor, counsellor_id)
    if found is None or not found.active:
        raise NotPossible("Deze begeleider heeft geen account meer.")
    return found


def check_time(starts_at: dtm.datetime, ends_at: dtm.datetime, *, now: dtm.datetime) -> None:
    """Whether something may start and end at these moments.

    Raises:
        NotPossible: no quarters of an hour, too long, over, or more than a year ahead.
    """
    for edge in (starts_at, ends_at):
        there = local(edge)
        if there.minute % 15 or there.second or there.microsecond:
            raise NotPossible("Kies een kwartier: 9.00, 9.15, 9.30 of 9.45 uur.")
    if not GRID <= ends_at - starts_at <= LONGEST:
        raise NotPossible("Kies een einde na het begin, hoogstens 12 uur later.")
    if ends_at <= now:
        raise NotPossible("Dit moment is al voorbij.")
    if starts_at > now + FARTHEST:
        raise NotPossible("Dit is meer dan een jaar ver. Kijk de dag en het jaar na.")


def check_branch(work: Session, branch_id: int | None, leerwinkel: str) -> None:
    """Whether the place, when one is named, belongs to the Leerwinkel.

    Raises:
        NotPossible: it does not.
    """
    if branch_id is None:
        return
    branch = work.get(store.Branch, branch_id)
    if branch is None or branch.leerwinkel != leerwinkel:
        raise NotPossible("Deze plaats is niet van deze Leerwinkel.")


def say_taken(slot: Slot, counsellor: store.Counsellor) -> str:
    """That the counsellor has something else at that time."""
    return f"{counsellor.first_name} is niet vrij op {say_time(slot.starts_at)}."

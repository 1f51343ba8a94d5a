"""What a counsellor should look at twice before a talk is put somewhere.

The desk may book at odd moments on purpose (an evening talk), so none of this forbids anything:
whoever books is asked once, with these sentences, and may say that it is meant.
"""

import datetime as dtm
import hashlib
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments.errors import Doubtful
from bot.appointments.intervals import Interval, without
from bot.appointments.plans import days_off_in
from bot.appointments.say import local, say_day
from bot.appointments.slots import (
    DayHours,
    Slot,
    WeeklyHours,
    days_to_intervals,
    week_to_intervals,
)

EARLIEST_HOUR, LATEST_HOUR = 8, 19
"""Local hours between which a talk is ordinary for somebody without hours of their own."""
SATURDAY = 5


def check(
    work: Session,
    counsellor: store.Counsellor,
    slot: Slot,
    *,
    confirmed: str | None,
    now: dtm.datetime,
    contact: Sequence[str] = (),
) -> None:
    """Asks once about what is odd.

    Args:
        work: the transaction of the booking.
        counsellor: who receives the client.
        slot: when and where.
        confirmed: the key of the doubts that were confirmed; None: nobody is there to ask.
        now: the present moment.
        contact: what `contact_doubts` found.

    Raises:
        Doubtful: something is odd, and it was not confirmed for this moment.
    """
    if confirmed is None:
        return
    reasons = (*moment_doubts(work, counsellor, slot, now=now), *contact)
    if not reasons:
        return
    key = hashlib.sha256(repr((slot, reasons)).encode()).hexdigest()[:16]
    if confirmed != key:
        raise Doubtful(reasons, key)


def contact_doubts(
    counsellor: store.Counsellor, form: str, *, phone: str | None, email: str | None, chat: bool
) -> list[str]:
    """What lacks to have the talk in this form, as Dutch sentences.

    Args:
        counsellor: who receives the client.
        form: in_person | phone | video.
        phone: the client's number, or None.
        email: the client's address, or None.
        chat: whether a message reaches the client in a chat.
    """
    found = []
    if form == "phone" and not phone:
        found.append("Het gesprek gaat met de telefoon, maar er is geen nummer.")
    if form == "video" and not email and not chat:
        found.append("Het gesprek gaat met video, maar er is geen e-mailadres voor de link.")
    if form == "video" and not counsellor.video_url:
        found.append(f"{counsellor.first_name} heeft nog geen videokamer. Stuur zelf een link.")
    return found


def moment_doubts(
    work: Session, counsellor: store.Counsellor, slot: Slot, *, now: dtm.datetime
) -> list[str]:
    """What is odd about this moment for this counsellor at this place, as Dutch sentences."""
    first, last = local(slot.starts_at).date(), local(slot.ends_at).date()
    day, name = say_day(slot.starts_at), counsellor.first_name
    found = []
    if slot.starts_at <= now:
        found.append("Dit moment is al begonnen.")
    off = days_off_in(work, counsellor.leerwinkel, first, first, place=slot.branch_id).get(first)
    if off:
        found.append(f"Op {day} is er niemand: {off}.")
    exceptions = work.scalars(
        sa.select(store.HoursException).where(
            store.HoursException.counsellor_id == counsellor.id,
            store.HoursException.first_day <= last,
            store.HoursException.last_day >= first,
        )
    ).all()
    for row in exceptions:
        if not row.extra and _left(slot, [_days(row)], first, last) != [_span(slot)]:
            found.append(f"{name} is dan weg{f': {row.note}' if row.note else ''}.")
    extra = [_days(row) for row in exceptions if row.extra and row.branch_id == slot.branch_id]
    if not _left(slot, extra, first, last):
        return found
    return found + _outside_hours(work, counsellor, slot, extra)


def _outside_hours(
    work: Session, counsellor: store.Counsellor, slot: Slot, extra: Sequence[DayHours]
) -> list[str]:
    first, last = local(slot.starts_at).date(), local(slot.ends_at).date()
    name, found = counsellor.first_name, []
    opening = [
        WeeklyHours(row.weekday, row.from_minute, row.to_minute)
        for row in work.scalars(
            sa.select(store.OpeningHours).where(
                store.OpeningHours.leerwinkel == counsellor.leerwinkel,
                store.OpeningHours.branch_id.is_not_distinct_from(slot.branch_id),
            )
        )
    ]
    left = _left(slot, extra, first, last)
    if opening and without(left, week_to_intervals(opening, first, last)):
        found.append("De Leerwinkel is dan niet open.")
    own = [
        WeeklyHours(row.weekday, row.from_minute, row.to_minute, row.branch_id)
        for row in work.scalars(
            sa.select(store.Availability).where(store.Availability.counsellor_id == counsellor.id)
        )
    ]
    here = [one for one in own if one.branch_id == slot.branch_id]
    elsewhere = [one for one in own if one.branch_id != slot.branch_id]
    if own and without(left, week_to_intervals(here, first, last)):
        if without([_span(slot)], week_to_intervals(elsewhere, first, last)) != [_span(slot)]:
            found.append(f"{name} werkt dan op een andere plaats.")
        else:
            found.append(f"Dit valt buiten de uren van {name}.")
    if not own and not opening and _uncommon(slot):
        found.append("Dit is in het weekend, of erg vroeg of laat.")
    return found


def _uncommon(slot: Slot) -> bool:
    start, end = local(slot.starts_at), local(slot.ends_at)
    latest = start.replace(hour=LATEST_HOUR, minute=0)
    return start.weekday() >= SATURDAY or start.hour < EARLIEST_HOUR or end > latest


def _span(slot: Slot) -> Interval:
    return Interval(slot.starts_at, slot.ends_at)


def _left(slot: Slot, hours: Sequence[DayHours], first: dtm.date, last: dtm.date) -> list[Interval]:
    """What of the slot lies outside these hours."""
    return without([_span(slot)], days_to_intervals(hours, first, last))


def _days(row: store.HoursException) -> DayHours:
    return DayHours(row.first_day, row.last_day, row.from_minute, row.to_minute)

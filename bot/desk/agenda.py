"""The agenda as columns: the days of a week for one counsellor, or one day for several."""

import dataclasses
import datetime as dtm
from collections.abc import Mapping, Sequence

from bot import appointments, outbox, store
from bot.appointments import local, moment, say_clock, say_day
from bot.desk.contact import call_for, name_of
from bot.desk.interpreter import Interpreter, interpreter_for
from bot.desk.times import clock_at
from bot.desk.wording import say_form

FIRST_HOUR, LAST_HOUR = 8, 18
"""Shown in any case; more when something lies outside."""
WEEKDAYS = 5
"""Monday to Friday are shown; Saturday and Sunday when there is something on them."""
QUARTER = dtm.timedelta(minutes=15)


@dataclasses.dataclass(frozen=True)
class Item:
    """An appointment, blocked time or free time, with its place in the column in quarters."""

    kind: str
    """appointment | blocked | free."""
    id: int
    starts: str
    ends: str
    clock: str
    """The start as a form takes it."""
    row: int
    rows: int
    text: str
    form: str = ""
    status: str = ""
    confirmed: bool = False
    call: str = ""
    """What to do when no reminder reaches this client, and the talk is near."""
    interpreter: Interpreter | None = None


@dataclasses.dataclass(frozen=True)
class Column:
    """One day of one counsellor."""

    title: str
    day: dtm.date
    counsellor_id: int
    today: bool
    off: str
    """Why nobody is received on this day; empty on an ordinary day."""
    items: Sequence[Item]


@dataclasses.dataclass(frozen=True)
class View:
    """The columns, and the hours beside them."""

    columns: Sequence[Column]
    hours: Sequence[tuple[int, str]]
    """(row, what to read) of each full hour."""
    rows: int


def week(counsellor: store.Counsellor, monday: dtm.date, *, now: dtm.datetime) -> View:
    """A week of one counsellor; `monday` is its first day."""
    days = [monday + dtm.timedelta(days=n) for n in range(7)]
    found = appointments.agenda(
        counsellor.leerwinkel, counsellor_ids=[counsellor.id], first=days[0], last=days[-1]
    )
    busy = {local(start).date() for start, _ in _spans(found)}
    shown = [day for day in days if day.weekday() < WEEKDAYS or day in busy]
    return _view(found, [(day, counsellor, _short(day)) for day in shown], now)


def day(people: Sequence[store.Counsellor], day: dtm.date, *, now: dtm.datetime) -> View:
    """One day of several counsellors of one Leerwinkel."""
    if not people:
        return View([], [], 0)
    found = appointments.agenda(
        people[0].leerwinkel, counsellor_ids=[one.id for one in people], first=day, last=day
    )
    return _view(found, [(day, one, one.first_name) for one in people], now)


def _short(day: dtm.date) -> str:
    name, number, month = say_day(moment(day, 12 * 60)).split()
    return f"{name[:2]} {number} {month[:3]}"


def _view(
    found: appointments.Agenda,
    columns: Sequence[tuple[dtm.date, store.Counsellor, str]],
    now: dtm.datetime,
) -> View:
    first, last = _hours(found)
    with store.session(writes=False) as work:
        unreached = outbox.unreached(work, [one.id for one in found.appointments])
    call = {one.id: call_for(one, now=now, unreached=unreached) for one in found.appointments}
    today = local(now).date()
    return View(
        columns=[
            Column(
                title=title,
                day=day,
                counsellor_id=who.id,
                today=day == today,
                off=found.days_off.get(day, ""),
                items=_items(found, day, who.id, first, now, call),
            )
            for day, who, title in columns
        ],
        hours=[((hour - first) * 4, f"{hour}.00") for hour in range(first, last)],
        rows=(last - first) * 4,
    )


def _spans(found: appointments.Agenda) -> list[tuple[dtm.datetime, dtm.datetime]]:
    return [
        *((one.starts_at, one.ends_at) for one in found.appointments),
        *((one.starts_at, one.ends_at) for one in found.blocked),
        *((one.starts_at, one.ends_at) for one in found.present),
    ]


def _hours(found: appointments.Agenda) -> tuple[int, int]:
    spans = [(local(start), local(end)) for start, end in _spans(found)]
    first = min([FIRST_HOUR, *(start.hour for start, _ in spans)])
    ends = [
        24 if end.date() > start.date() else end.hour + (end.minute > 0) for start, end in spans
    ]
    return first, max([LAST_HOUR, *ends])


def _items(
    found: appointments.Agenda,
    day: dtm.date,
    who: int,
    first: int,
    now: dtm.datetime,
    call: Mapping[int, str],
) -> list[Item]:
    def on_day(one: store.Appointment | appointments.Blocked | appointments.Present) -> bool:
        return one.counsellor_id == who and local(one.starts_at).date() == day

    booked = [one for one in found.appointments if on_day(one)]
    blocked = [one for one in found.blocked if on_day(one)]
    taken = sorted(
        [
            *((one.starts_at, one.ends_at) for one in booked),
            *((one.starts_at, one.ends_at) for one in blocked),
        ]
    )
    items = [
        dataclasses.replace(
            _item("appointment", one.id, one.starts_at, one.ends_at, first, name_of(one), one),
            call=call[one.id],
        )
        for one in booked
    ]
    items += [
        _item("blocked", one.id, one.starts_at, one.ends_at, first, one.note or "niet vrij")
        for one in blocked
    ]
    for one in found.present:
        if on_day(one):
            items += [
                _item("free", 0, start, end, first, "vrij")
                for start, end in _without(one.starts_at, one.ends_at, taken)
                if end > now
            ]
    return sorted(items, key=lambda item: item.row)


def _without(
    start: dtm.datetime, end: dtm.datetime, taken: Sequence[tuple[dtm.datetime, dtm.datetime]]
) -> list[tuple[dtm.datetime, dtm.datetime]]:
    """What is left of a stretch of time; `taken` in order of time."""
    left = []
    for taken_from, taken_to in taken:
        if taken_to <= start or taken_from >= end:
            continue
        if taken_from > start:
            left.append((start, taken_from))
        start = max(start, taken_to)
    if start < end:
        left.append((start, end))
    return left


def _item(
    kind: str,
    number: int,
    starts_at: dtm.datetime,
    ends_at: dtm.datetime,
    first: int,
    text: str,
    appointment: store.Appointment | None = None,
) -> Item:
    there = local(starts_at)
    return Item(
        kind=kind,
        id=number,
        starts=say_clock(starts_at),
        ends=say_clock(ends_at),
        clock=clock_at(starts_at),
        row=(there.hour - first) * 4 + there.minute // 15,
        rows=max(1, (ends_at - starts_at) // QUARTER),
        text=text,
        form=say_form(appointment.form) if appointment else "",
        status=appointment.status if appointment else "",
        confirmed=bool(appointment and appointment.confirmed_at),
        interpreter=interpreter_for(appointment.intake, [appointment]) if appointment else None,
    )

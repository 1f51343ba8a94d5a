"""Hours of a counsellor: weekly hours, absences and extra days, with a month to look at."""

import calendar
import dataclasses
import datetime as dtm
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session
from starlette.responses import Response

from bot import appointments, contract, store
from bot.appointments import DayHours, NotPossible, WeeklyHours, local, say_clock
from bot.appointments.say import MONTHS, WEEKDAYS
from bot.desk import people, rights
from bot.desk.calls import Call, Form, number
from bot.desk.finding import colleague, place_of
from bot.desk.times import clock_of, read_day, read_minute
from bot.desk.touched import touched

STRETCHES = 2
"""Stretches a day that the form has at least."""
WHOLE_DAY = 24 * 60


@dataclasses.dataclass(frozen=True)
class Stretch:
    """One stretch in the form for weekly hours."""

    key: str
    start: str
    end: str
    branch: str


@dataclasses.dataclass(frozen=True)
class MonthDay:
    """A day in the month."""

    number: int
    iso: str
    other_month: bool
    today: bool
    off: str
    hours: Sequence[str]
    appointments: int


@dataclasses.dataclass(frozen=True)
class Absence:
    """An absence (or extra hours) in the list."""

    id: int
    extra: bool
    said: str
    note: str


def show(call: Call) -> Response:
    """The hours of one counsellor."""
    return _page(call)


def set_week(call: Call) -> Response:
    """Sets the weekly hours."""

    def change(who: store.Counsellor) -> None:
        appointments.set_weekly_hours(who.id, read_week(call.form))

    return _change(call, change, "uren")


def set_personal(call: Call) -> Response:
    """Sets the own limit a day and the video room."""

    def change(who: store.Counsellor) -> None:
        limit = call.form.get("meest").strip()
        if limit and number(limit) is None:
            raise NotPossible("Het aantal per dag klopt niet: kies 1 tot 30 afspraken.")
        appointments.set_personal(
            who.id,
            daily_limit=number(limit) if limit else None,
            video_url=call.form.get("video").strip() or None,
        )

    return _change(call, change, "bewaard")


def add_exception(call: Call) -> Response:
    """Adds an absence or extra hours."""

    def change(who: store.Counsellor) -> None:
        first = read_day(call.form.get("eerste"))
        last = call.form.get("laatste").strip()
        start, end = call.form.get("van").strip(), call.form.get("tot").strip()
        extra = call.form.get("soort") == "extra"
        if extra and not (start and end):
            raise NotPossible("Vul bij extra uren ook van en tot in.")
        appointments.add_exception(
            who.id,
            DayHours(
                first,
                read_day(last) if last else first,
                read_minute(start) if start else 0,
                read_minute(end) if end else WHOLE_DAY,
            ),
            extra=extra,
            branch_id=number(call.form.get("waar")),
            note=call.form.get("nota"),
        )

    return _change(call, change, "uitzondering")


def remove_exception(call: Call) -> Response:
    """Removes an absence or extra hours."""

    def change(who: store.Counsellor) -> None:
        wanted = number(call.form.get("nummer"))
        own = {one.id for one in appointments.exceptions(who.id, since=dtm.date.min)}
        if wanted in own:
            appointments.remove_exception(wanted)

    return _change(call, change, "uitzondering-weg")


def read_week(form: Form) -> list[WeeklyHours]:
    """The weekly hours that a form holds; an empty stretch is none.

    Raises:
        NotPossible: a stretch that is half filled in, or no hour; a sentence for the form.
    """
    hours = []
    for weekday, name in enumerate(WEEKDAYS):
        for nth in range(10):
            key = f"{weekday}.{nth}"
            start, end = form.get(f"van.{key}").strip(), form.get(f"tot.{key}").strip()
            if not start and not end:
                continue
            try:
                hours.append(
                    WeeklyHours(
                        weekday,
                        read_minute(start),
                        read_minute(end),
                        number(form.get(f"waar.{key}")),
                    )
                )
            except NotPossible as problem:
                raise NotPossible(f"{name.capitalize()}: {problem}") from None
    return hours


def week_form(
    hours: Sequence[WeeklyHours], form: Form | None = None
) -> list[tuple[str, list[Stretch]]]:
    """The form for a week: each day with its stretches, and room for more."""
    days = []
    for weekday, name in enumerate(WEEKDAYS):
        own = [one for one in hours if one.weekday == weekday]
        stretches = []
        for nth in range(max(STRETCHES, len(own) + (len(own) >= STRETCHES))):
            key = f"{weekday}.{nth}"
            one = own[nth] if nth < len(own) else None
            stretch = Stretch(
                key,
                clock_of(one.from_minute) if one else "",
                clock_of(one.to_minute) if one else "",
                str(one.branch_id or "") if one else "",
            )
            if form is not None:
                stretch = Stretch(
                    key, form.get(f"van.{key}"), form.get(f"tot.{key}"), form.get(f"waar.{key}")
                )
            stretches.append(stretch)
        days.append((name, stretches))
    return days


def month(
    who: store.Counsellor, year: int, number_: int, *, now: dtm.datetime
) -> list[list[MonthDay]]:
    """The weeks of a month with the hours in which somebody can be booked."""
    weeks = calendar.Calendar().monthdatescalendar(year, number_)
    found = appointments.agenda(
        who.leerwinkel, counsellor_ids=[who.id], first=weeks[0][0], last=weeks[-1][-1]
    )
    hours: dict[dtm.date, list[str]] = {}
    for one in sorted(found.present, key=lambda one: one.starts_at):
        said = f"{_short(one.starts_at)}–{_short(one.ends_at)}"
        hours.setdefault(local(one.starts_at).date(), []).append(said)
    booked: dict[dtm.date, int] = {}
    for appointment in found.appointments:
        day = local(appointment.starts_at).date()
        booked[day] = booked.get(day, 0) + 1
    today = local(now).date()
    return [
        [
            MonthDay(
                day.day,
                day.isoformat(),
                day.month != number_,
                day == today,
                found.days_off.get(day, ""),
                hours.get(day, []),
                booked.get(day, 0),
            )
            for day in week
        ]
        for week in weeks
    ]


def _short(at: dtm.datetime) -> str:
    return say_clock(at).removesuffix(" uur")


def _change(call: Call, change: Callable[[store.Counsellor], None], done: str) -> Response:
    with store.session(writes=False) as work:
        who = colleague(work, call, number(call.form.get("wie")))
    if who is None or not rights.may_lead(call.counsellor, who.leerwinkel):
        return call.not_found()
    try:
        change(who)
    except NotPossible as problem:
        return _page(call, status=422, problem=str(problem), form=call.form)
    with store.session() as work:
        call.note(work, "hours_changed", who)
    return call.go(f"/uren?wie={who.id}&gedaan={done}")


def _page(
    call: Call, *, status: int = 200, problem: str = "", form: Form | None = None
) -> Response:
    leads = rights.leads(call.counsellor)
    asked = number(form.get("wie") if form else call.query("wie"))
    with store.session() as work:
        who = _who(work, call, asked) if leads else call.counsellor
        colleagues = people.colleagues(work, call.counsellor, who.leerwinkel) if leads else []
        hit = _touched(who, call.now)
        if hit:
            call.note(work, "agenda", who.leerwinkel)
    today = local(call.now).date()
    year, month_number = _month(call.query("maand"), today)
    weekly = form if form is not None and form.has("van.0.0") else None
    absence = form if form is not None and form.has("soort") else Form()
    return call.page(
        "hours.html",
        status=status,
        problem=problem,
        who=who,
        may_change=rights.may_lead(call.counsellor, who.leerwinkel),
        colleagues=colleagues,
        leerwinkel=who.leerwinkel,
        leerwinkels=contract.labels("leerwinkel"),
        week=week_form(appointments.weekly_hours(who.id), weekly),
        absence=absence,
        branches=appointments.branches(who.leerwinkel),
        exceptions=_exceptions(who, today),
        touched=touched(hit, call.now),
        weeks=month(who, year, month_number, now=call.now),
        weekdays=WEEKDAYS,
        month_title=f"{MONTHS[month_number - 1]} {year}",
        earlier=_shift(year, month_number, -1),
        later=_shift(year, month_number, 1),
    )


def _who(work: Session, call: Call, asked: int | None) -> store.Counsellor:
    found = colleague(work, call, asked)
    if found is not None:
        return found
    here = people.colleagues(work, call.counsellor, place_of(call))
    return here[0] if here else call.counsellor


def _touched(who: store.Counsellor, now: dtm.datetime) -> list[store.Appointment]:
    """The appointments of this counsellor in an absence or on a closing day."""
    found = {one.id: one for one in appointments.in_absences(who.id, now=now)}
    for one in appointments.on_closing_days(who.leerwinkel, now=now):
        if one.counsellor_id == who.id:
            found[one.id] = one
    return sorted(found.values(), key=lambda one: one.starts_at)


def _exceptions(who: store.Counsellor, today: dtm.date) -> list[Absence]:
    return [
        Absence(row.id, row.extra, _say_exception(row), row.note)
        for row in appointments.exceptions(who.id, since=today)
    ]


def _say_exception(row: store.HoursException) -> str:
    days = f"{row.first_day:%d/%m/%Y}"
    if row.last_day != row.first_day:
        days += f" tot {row.last_day:%d/%m/%Y}"
    if (row.from_minute, row.to_minute) == (0, WHOLE_DAY):
        return days
    return f"{days}, {clock_of(row.from_minute)} tot {clock_of(row.to_minute)}"


def _month(text: str, today: dtm.date) -> tuple[int, int]:
    try:
        first = read_day(f"{text}-01")
    except NotPossible:
        first = today
    return first.year, first.month


def _shift(year: int, number_: int, by: int) -> str:
    at = year * 12 + number_ - 1 + by
    return f"{at // 12}-{at % 12 + 1:02}"

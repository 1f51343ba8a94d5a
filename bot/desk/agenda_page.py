"""The agenda's pages: a day or a week, and time that is kept free."""

import datetime as dtm
import urllib.parse
from collections.abc import Sequence

from starlette.responses import Response

from bot import appointments, contract, store
from bot.appointments import DayHours, NotPossible, local, moment, say_day
from bot.desk import agenda, people
from bot.desk.calls import Call, Form, number
from bot.desk.finding import colleague, place_of
from bot.desk.times import clock_of, day_or, read_day, read_minute
from bot.desk.touched import touched


def show(call: Call) -> Response:
    """A week of one counsellor, or a day of everybody."""
    today = local(call.now).date()
    day = day_or(call.query("dag"), _working_day(today))
    weekly = call.query("zicht") != "dag"
    leerwinkel = place_of(call)
    with store.session() as work:
        colleagues = people.colleagues(work, call.counsellor, leerwinkel, leavers_at=call.now)
        call.note(work, "agenda", leerwinkel)
    asked = number(call.query("wie"))
    who = next(
        (one for one in colleagues if one.id == asked), colleagues[0] if colleagues else None
    )
    monday = day - dtm.timedelta(days=day.weekday())
    if weekly and who:
        view, step = agenda.week(who, monday, now=call.now), 7
        title = _week_title(monday)
    else:
        chosen = [who] if asked and who else colleagues
        view, step = agenda.day(chosen, day, now=call.now), 1
        title = say_day(moment(day, 12 * 60))

    def address(**changes: str) -> str:
        values = {
            "zicht": "week" if weekly else "dag",
            "dag": day.isoformat(),
            "wie": str(asked or ""),
            "plaats": leerwinkel if leerwinkel != call.counsellor.leerwinkel else "",
        } | changes
        return "/agenda?" + urllib.parse.urlencode({k: v for k, v in values.items() if v})

    return call.page(
        "agenda.html",
        view=view,
        title=title,
        weekly=weekly,
        day=day,
        who=who,
        asked=asked,
        colleagues=colleagues,
        leerwinkel=leerwinkel,
        leerwinkels=contract.labels("leerwinkel"),
        earlier=address(dag=(day - dtm.timedelta(days=step)).isoformat()),
        later=address(dag=(day + dtm.timedelta(days=step)).isoformat()),
        now_address=address(dag=today.isoformat()),
        other=address(zicht="dag" if weekly else "week", wie=str(who.id) if who else ""),
        everybody=address(zicht="dag", wie=""),
    )


def show_block(call: Call) -> Response:
    """The form that keeps time free."""
    return _block_page(call)


def block(call: Call) -> Response:
    """Keeps time free."""
    who = number(call.form.get("wie"))
    with store.session(writes=False) as work:
        found = colleague(work, call, who)
    if found is None:
        return call.not_found()
    hours = None
    try:
        hours = _hours_in(call.form)
        appointments.block_days(found.id, hours, note=call.form.get("nota"), now=call.now)
    except NotPossible as problem:
        return _block_page(call, who=found, hours=hours, problem=str(problem))
    with store.session() as work:
        call.note(work, "time_blocked", found)
    return call.go(f"/agenda?wie={found.id}&dag={hours.first_day}&gedaan=blok")


def unblock(call: Call) -> Response:
    """Gives time back: this stretch, or all days of its run."""
    found = _blocked(call)
    if found is None:
        return call.not_found()
    row, who = found
    run = appointments.same_run(row.id) if call.form.has("alle") else []
    for number_ in [one.id for one in run] or [row.id]:
        appointments.unblock(number_)
    with store.session() as work:
        call.note(work, "time_unblocked", who)
    return call.go(f"/agenda?wie={who.id}&dag={local(row.starts_at):%Y-%m-%d}&gedaan=blok-weg")


def show_blocked(call: Call) -> Response:
    """One stretch of blocked time, to give it back."""
    found = _blocked(call)
    if found is None:
        return call.not_found()
    row, who = found
    run = appointments.same_run(row.id)
    return call.page(
        "blocked.html",
        run=len(run),
        first=say_day(run[0].starts_at) if run else "",
        last=say_day(run[-1].starts_at) if run else "",
        number=row.id,
        who=who.first_name,
        day=say_day(row.starts_at),
        starts=f"{local(row.starts_at):%H.%M}",
        ends=f"{local(row.ends_at):%H.%M}",
        nota=row.note,
    )


def _hours_in(form: Form) -> DayHours:
    first, last = read_day(form.get("dag")), form.get("laatste").strip()
    return DayHours(
        first,
        read_day(last) if last else first,
        read_minute(form.get("van")),
        read_minute(form.get("tot")),
    )


def _blocked(call: Call) -> tuple[store.BlockedTime, store.Counsellor] | None:
    """The blocked time of the address and whose it is, when this person may see it."""
    with store.session(writes=False) as work:
        row = work.get(store.BlockedTime, call.id)
        who = colleague(work, call, row.counsellor_id) if row else None
    return (row, who) if row and who else None


def _block_page(
    call: Call,
    *,
    who: store.Counsellor | None = None,
    hours: DayHours | None = None,
    problem: str = "",
) -> Response:
    """The form; with a problem: as it was filled in, and the appointments of `who` in the way."""
    leerwinkel = place_of(call)
    in_the_way: Sequence[store.Appointment] = ()
    if who and hours:
        in_the_way = appointments.appointments_between(who.id, hours, now=call.now)
    with store.session() as work:
        colleagues = people.colleagues(work, call.counsellor, leerwinkel)
        if in_the_way:
            call.note(work, "agenda", leerwinkel)
    today = local(call.now)
    given = {
        "wie": call.query("wie"),
        "dag": call.query("dag") or f"{today:%Y-%m-%d}",
        "laatste": "",
        "van": call.query("van") or clock_of(9 * 60),
        "tot": call.query("tot") or clock_of(10 * 60),
        "nota": "",
    }
    if problem:
        given = {name: call.form.get(name) for name in given}
    return call.page(
        "block.html",
        status=422 if problem else 200,
        problem=problem,
        touched=touched(in_the_way, call.now),
        given=given,
        colleagues=colleagues,
        leerwinkel=leerwinkel,
    )


def _working_day(day: dtm.date) -> dtm.date:
    """The day itself; on a weekend the Monday after it, because that is what one prepares for."""
    return day + dtm.timedelta(days=7 - day.weekday()) if day.weekday() >= agenda.WEEKDAYS else day


def _week_title(monday: dtm.date) -> str:
    friday = monday + dtm.timedelta(days=4)
    _, first, month = say_day(moment(monday, 12 * 60)).split()
    _, last, last_month = say_day(moment(friday, 12 * 60)).split()
    begin = first if month == last_month else f"{first} {month}"
    return f"week van {begin} tot {last} {last_month}"

"""How a Leerwinkel gives appointments: rules, opening hours, closing days, other places."""

import dataclasses
from collections.abc import Callable, Sequence

from starlette.responses import Response

from bot import appointments, contract, store
from bot.appointments import NotPossible, local
from bot.desk import rights
from bot.desk.calls import Call, Form, number
from bot.desk.finding import place_of
from bot.desk.hours_page import read_week, week_form
from bot.desk.times import read_day
from bot.desk.touched import touched
from bot.desk.wording import FORMS

RULES = ("length_minutes", "buffer_minutes", "lead_hours", "horizon_days")


@dataclasses.dataclass(frozen=True)
class Closing:
    """Closing days in the list; those of all Leerwinkels are for an administrator to remove."""

    id: int
    said: str
    name: str
    place: str
    everywhere: bool


def show(call: Call) -> Response:
    """All rules of one Leerwinkel."""
    return _page(call)


def set_rules(call: Call) -> Response:
    """Sets length, pause, how soon and how far ahead, how many, and in which form."""

    def change(leerwinkel: str) -> None:
        values = {name: _number(call.form.get(name)) for name in RULES}
        limit = call.form.get("daily_limit").strip()
        appointments.set_rules(
            leerwinkel,
            **values,
            daily_limit=_number(limit) if limit else None,
            forms=call.form.all("vorm"),
        )

    return _change(call, change)


def set_opening(call: Call) -> Response:
    """Sets when a place is open."""

    def change(leerwinkel: str) -> None:
        appointments.set_opening_hours(
            leerwinkel, read_week(call.form), branch_id=number(call.form.get("plek"))
        )

    return _change(call, change)


def add_closing(call: Call) -> Response:
    """Adds closing days."""

    def change(leerwinkel: str) -> None:
        first = read_day(call.form.get("eerste"))
        last = call.form.get("laatste").strip()
        everywhere = call.form.has("overal") and rights.sees_all(call.counsellor)
        appointments.add_closing_days(
            None if everywhere else leerwinkel,
            first,
            read_day(last) if last else first,
            name=call.form.get("naam"),
            branch_id=None if everywhere else number(call.form.get("plek")),
        )

    return _change(call, change, "sluiting")


def remove_closing(call: Call) -> Response:
    """Removes closing days."""

    def change(leerwinkel: str) -> None:
        wanted = number(call.form.get("nummer"))
        for one in _closings(leerwinkel, call):
            if one.id == wanted and (not one.everywhere or rights.sees_all(call.counsellor)):
                appointments.remove_closing_days(one.id)

    return _change(call, change)


def keep_branch(call: Call) -> Response:
    """Adds a place, or changes one."""

    def change(leerwinkel: str) -> None:
        wanted = number(call.form.get("plek"))
        name, address = call.form.get("naam"), call.form.get("adres")
        if wanted is None:
            appointments.add_branch(leerwinkel, name=name, address=address)
            return
        if wanted not in {one.id for one in appointments.branches(leerwinkel, all_of_them=True)}:
            raise NotPossible("Deze plaats is niet van deze Leerwinkel.")
        appointments.change_branch(wanted, name=name, address=address, active=call.form.has("open"))

    return _change(call, change)


def _change(call: Call, change: Callable[[str], None], done: str = "bewaard") -> Response:
    leerwinkel = place_of(call)
    try:
        change(leerwinkel)
    except NotPossible as problem:
        return _page(call, status=422, problem=str(problem), form=call.form)
    with store.session() as work:
        call.note(work, "rules_changed", leerwinkel)
    return call.go(f"/uren/regels?plaats={leerwinkel}&gedaan={done}")


def _page(
    call: Call, *, status: int = 200, problem: str = "", form: Form | None = None
) -> Response:
    leerwinkel = place_of(call)
    rules = appointments.rules_of(leerwinkel)
    given = {
        "length_minutes": _minutes(rules.length.total_seconds()),
        "buffer_minutes": _minutes(rules.buffer.total_seconds()),
        "lead_hours": str(int(rules.lead.total_seconds() // 3600)),
        "horizon_days": str(rules.horizon.days),
        "daily_limit": str(rules.daily_limit or ""),
    }
    chosen: Sequence[str] = rules.forms
    if form is not None and form.has("length_minutes"):
        given = {name: form.get(name) for name in given}
        chosen = form.all("vorm")
    hit = appointments.on_closing_days(leerwinkel, now=call.now)
    if hit:
        with store.session() as work:
            call.note(work, "agenda", leerwinkel)
    branches = appointments.branches(leerwinkel, all_of_them=True)
    plek = number(form.get("plek") if form else call.query("plek"))
    if plek not in {one.id for one in branches}:
        plek = None
    opening = [one for one in appointments.opening_hours(leerwinkel) if one.branch_id == plek]
    weekly = form if form is not None and form.has("van.0.0") else None
    return call.page(
        "rules.html",
        status=status,
        problem=problem,
        leerwinkel=leerwinkel,
        leerwinkels=contract.labels("leerwinkel"),
        given=given,
        chosen=chosen,
        forms=FORMS,
        branches=branches,
        plek=plek,
        opening=week_form(opening, weekly),
        closings=_closings(leerwinkel, call),
        touched=touched(hit, call.now),
        closing=form if form is not None and form.has("eerste") else Form(),
        branch=form if form is not None and form.has("adres") else Form(),
    )


def _closings(leerwinkel: str, call: Call) -> list[Closing]:
    places = {one.id: one.name for one in appointments.branches(leerwinkel, all_of_them=True)}
    since = local(call.now).date()
    found = []
    for row in appointments.closing_days(leerwinkel, since=since):
        days = f"{row.first_day:%d/%m/%Y}"
        if row.last_day != row.first_day:
            days += f" tot {row.last_day:%d/%m/%Y}"
        place = places.get(row.branch_id or 0, "")
        found.append(Closing(row.id, days, row.name, place, row.leerwinkel is None))
    return found


def _number(text: str) -> int:
    found = number(text.strip())
    if found is None:
        raise NotPossible("Vul overal een getal in.")
    return found


def _minutes(seconds: float) -> str:
    return str(int(seconds // 60))

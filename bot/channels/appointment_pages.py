"""The page behind the link in a mail, and the counsellors' calendar feeds.

GET shows, POST acts: programs that look at links in mails before people do change nothing.
No JavaScript, no cookie: who has the link may change this one appointment.
"""

import datetime as dtm
import functools
import pathlib
import urllib.parse
from typing import Any

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot import appointments
from bot.appointments import Booking, Slot
from bot.channels import texts

TEMPLATES = pathlib.Path(__file__).parent / "templates"
LARGEST_FORM = 4096
"""Bytes; ours has two short fields."""
CHOICES = 6
ACTIONS = ("kom", "verzet", "schrap")
DEAD = ("page_dead_link_title", "page_dead_link")
BAD_FORM = ("page_bad_form_title", "page_bad_form")
CANCELLED = ("page_cancelled_title", "page_cancelled")


@functools.cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["when"] = lambda moment: _unbroken(appointments.say_time(moment))
    made.filters["slot"] = lambda moment: _unbroken(appointments.say_slot(moment))
    return made


def _unbroken(said: str) -> str:
    """The hour and "uur" stay on one line."""
    return said.replace(" uur", "\u00a0uur")


async def _page(request: Request) -> Response:
    """`GET`: the appointment, and what can be done with it."""
    return await run_in_threadpool(
        _show,
        request.path_params["token"],
        request.query_params.get("doe", ""),
        after=request.query_params.get("na", ""),
        done=request.query_params.get("klaar", ""),
    )


async def _act(request: Request) -> Response:
    """`POST`: do it."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            return _message(BAD_FORM, 413)
    try:
        form = dict(urllib.parse.parse_qsl(body.decode(), max_num_fields=5, errors="strict"))
    except ValueError:
        return _message(BAD_FORM, 400)
    return await run_in_threadpool(_do, request.path_params["token"], form)


def _show(
    token: str,
    action: str,
    *,
    after: str = "",
    done: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    now = _now()
    try:
        booking, sender_id = appointments.opened(token, now=now)
    except appointments.DeadLink:
        return _message(DEAD, 410)
    slots: list[Slot] = []
    if action == "verzet":
        start = _moment(after)
        slots = appointments.free_slots(
            booking.leerwinkel,
            now=now,
            after=start,
            limit=CHOICES,
            sender_id=sender_id,
            besides=booking.starts_at,
        )
    return _rendered(
        status,
        booking=booking,
        token=token,
        action=action if action in ACTIONS else "",
        slots=slots,
        branches={branch.id: branch.name for branch in appointments.branches(booking.leerwinkel)},
        later=(slots[-1].starts_at + dtm.timedelta(minutes=1)).isoformat() if slots else "",
        done=done if done in ACTIONS else "",
        problem=problem,
    )


def _do(token: str, form: dict[str, str]) -> Response:
    now = _now()
    try:
        booking, _ = appointments.opened(token, now=now)
        match form.get("doe"):
            case "kom":
                booking = appointments.confirm(booking.id, now=now)
                return _to(booking, "kom")
            case "schrap":
                appointments.cancel(booking.id, now=now)
                return _message(CANCELLED, 200, when=appointments.say_time(booking.starts_at))
            case "verzet":
                return _move(token, booking, form.get("moment", ""), now)
            case _:
                return _message(BAD_FORM, 400)
    except (appointments.DeadLink, appointments.NoSuchAppointment):
        return _message(DEAD, 410)


def _move(token: str, booking: Booking, chosen: str, now: dtm.datetime) -> Response:
    slot = _slot(chosen)
    if slot is None:
        return _show(token, "verzet", problem=texts.say("page_choose"), status=400)
    try:
        moved = appointments.move(booking.id, slot, now=now)
    except appointments.SlotTaken:
        return _show(token, "verzet", problem=texts.say("page_taken"), status=409)
    return _to(moved, "verzet")


def _to(booking: Booking, done: str) -> Response:
    """The page of the appointment as it is now, with a link that lives."""
    link = urllib.parse.urlsplit(appointments.link_for(booking))
    return RedirectResponse(f"{link.path}?klaar={done}", status_code=303)


def _slot(text: str) -> Slot | None:
    """The slot that a radio button names; None when it names none."""
    parts = text.split("|")
    try:
        counsellor, start, end, branch = parts
        starts_at, ends_at = (dtm.datetime.fromisoformat(edge) for edge in (start, end))
        if starts_at.tzinfo is None or ends_at.tzinfo is None:
            return None
        return Slot(int(counsellor), starts_at, ends_at, int(branch) if branch else None)
    except ValueError:
        return None


def _moment(text: str) -> dtm.datetime | None:
    try:
        found = dtm.datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _message(what: tuple[str, str], status: int, **gaps: str) -> Response:
    title, text = texts.say(what[0]), texts.say(what[1]).format(**gaps)
    page = _templates().get_template("message.html")
    return HTMLResponse(page.render(title=title, text=text), status)


def _rendered(status: int, **values: Any) -> Response:
    return HTMLResponse(_templates().get_template("appointment.html").render(values), status)


async def _feed(request: Request) -> Response:
    token = request.path_params["token"]
    found = await run_in_threadpool(appointments.feed, token, now=_now())
    if found is None:
        return PlainTextResponse(texts.say("no_feed"), 404)
    return Response(found, media_type="text/calendar; charset=utf-8")


def _now() -> dtm.datetime:
    return dtm.datetime.now(dtm.timezone.utc)


routes: list[BaseRoute] = [
    Route("/afspraak/{token}", _page, methods=["GET"]),
    Route("/afspraak/{token}", _act, methods=["POST"]),
    Route("/agenda/{token}.ics", _feed),
]
"""The addresses that links in messages lead to."""

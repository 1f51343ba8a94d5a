"""The desk's addresses. Every page works without JavaScript; every form carries a token."""

import datetime as dtm
import math
import re
import urllib.parse
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot import store
from bot.desk import accounts, inbox, pages, rights, sessions, sheet, throttle

LARGEST_FORM = 16_384
"""Bytes; the desk's forms are far smaller."""
LARGEST_ID = 2**31 - 1
"""What the databases take as a number."""
AFTER_LOGIN = re.compile(r"/|/intakes/[0-9]{1,9}")
"""Where a log-in may lead: nowhere outside the desk."""

log = structlog.get_logger()

Handler = Callable[[Request, sessions.Session], Awaitable[Response]]


class BadForm(Exception):  # noqa: N818
    """What was sent is not one of our forms."""


def _now() -> dtm.datetime:
    return dtm.datetime.now(dtm.timezone.utc)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a posted form, the first of each name.

    Raises:
        BadForm: too large, another content type, or not text.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadForm(kind)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            raise BadForm("too large")
    try:
        pairs = urllib.parse.parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError as error:
        raise BadForm("not a form") from error
    return dict(reversed(pairs))


def _with_session(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        session = await run_in_threadpool(sessions.of, request)
        try:
            return await handler(request, session)
        except BadForm:
            return pages.message(
                request,
                session,
                status=400,
                title="Dit formulier klopt niet",
                text="Ga terug en probeer het opnieuw.",
            )

    return endpoint


def _logged_in(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Only for who is logged in; others go to the log-in page and come back after it."""

    async def guarded(request: Request, session: sessions.Session) -> Response:
        if session.counsellor is None:
            path = request.url.path.removeprefix(pages.base(request))
            back = path if request.method == "GET" and AFTER_LOGIN.fullmatch(path) else "/"
            return pages.go(request, "/login?" + urllib.parse.urlencode({"naar": back}))
        return await handler(request, session)

    return _with_session(guarded)


def _stale(request: Request, session: sessions.Session) -> Response:
    return pages.message(
        request,
        session,
        status=403,
        title="Deze pagina is te oud",
        text="Ga terug, laad de pagina opnieuw en probeer nog eens.",
    )


def _not_found(request: Request, session: sessions.Session) -> Response:
    return pages.message(
        request,
        session,
        status=404,
        title="Deze pagina is er niet",
        text="Misschien klopt het adres niet. Of de intake is van een andere Leerwinkel.",
    )


def _back(wanted: str) -> str:
    return wanted if AFTER_LOGIN.fullmatch(wanted) else "/"


def _login_page(
    request: Request, session: sessions.Session, *, status: int = 200, **values: Any
) -> Response:
    given = {"problem": "", "email": "", "back": "/"} | values
    response = pages.page(request, "login.html", session, status=status, **given)
    if session.counsellor is None:  # a session with somebody in it is not made longer
        sessions.keep(response, session)
    return response


async def _show_login(request: Request, session: sessions.Session) -> Response:
    back = _back(request.query_params.get("naar", "/"))
    if session.counsellor:
        return pages.go(request, back)
    return _login_page(request, session, back=back)


async def _login(request: Request, session: sessions.Session) -> Response:
    form = await _form(request)
    email, back = form.get("email", ""), _back(form.get("naar", "/"))
    if not session.allows(form.get("csrf", "")):
        return _login_page(
            request,
            session,
            status=403,
            back=back,
            email=email,
            problem="De pagina was te oud. Meld je opnieuw aan.",
        )
    address = request.client.host if request.client else ""
    tried = await run_in_threadpool(
        throttle.attempt, accounts.normal_email(email), address, now=_now()
    )
    if tried.wait:
        log.warning("desk_login_slowed")
        response = _login_page(
            request,
            session,
            status=429,
            back=back,
            email=email,
            problem=f"Te veel pogingen. Wacht {_say_wait(tried.wait)} en probeer opnieuw.",
        )
        response.headers["Retry-After"] = str(math.ceil(tried.wait.total_seconds()))
        return response
    counsellor = await run_in_threadpool(accounts.check, email, form.get("password", ""))
    if counsellor is None:
        log.warning("desk_login_failed")
        return _login_page(
            request,
            session,
            status=403,
            back=back,
            email=email,
            problem="Het e-mailadres of het wachtwoord klopt niet.",
        )
    await run_in_threadpool(throttle.succeeded, tried)
    log.info("desk_login", counsellor_id=counsellor.id)
    response = pages.go(request, back)
    sessions.keep(response, sessions.fresh(counsellor))
    return response


def _say_wait(wait: dtm.timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    if seconds < 60:
        return f"{seconds} seconden"
    minutes = math.ceil(seconds / 60)
    return "1 minuut" if minutes == 1 else f"{minutes} minuten"


async def _logout(request: Request, session: sessions.Session) -> Response:
    form = await _form(request)
    if not session.allows(form.get("csrf", "")):
        return _stale(request, session)
    response = pages.go(request, "/login")
    sessions.drop(response)
    return response


async def _inbox(request: Request, session: sessions.Session) -> Response:
    counsellor = session.counsellor
    assert counsellor
    asked = request.query_params.get("pagina", "1")
    number = int(asked) if re.fullmatch("[0-9]{1,6}", asked) else 1

    def load() -> inbox.Inbox:
        now = _now()
        with store.session() as work:
            rights.log(work, counsellor, "inbox", now=now)
            return inbox.load(work, counsellor, now=now, page=number)

    shown = await run_in_threadpool(load)
    return pages.page(
        request, "inbox.html", session, inbox=shown, everywhere=rights.sees_all(counsellor)
    )


def _wanted(work: Session, request: Request) -> store.Intake | None:
    number = request.path_params["intake_id"]
    return work.get(store.Intake, number) if number <= LARGEST_ID else None


async def _intake(request: Request, session: sessions.Session) -> Response:
    counsellor = session.counsellor
    assert counsellor

    def load() -> sheet.Sheet | None:
        now = _now()
        with store.session() as work:
            found = _wanted(work, request)
            if found is None or not found.consent:
                return None
            if not rights.may_see(counsellor, found.leerwinkel):
                rights.log(work, counsellor, "intake_refused", now=now, intake_id=found.id)
                return None
            rights.log(work, counsellor, "intake", now=now, intake_id=found.id)
            page = sheet.load(work, found, now=now)
            if found.agreed_at and not rights.sees_all(counsellor):
                found.read_at = now
            return page

    shown = await run_in_threadpool(load)
    if shown is None:
        return _not_found(request, session)
    return pages.page(request, "intake.html", session, sheet=shown)


async def _unread(request: Request, session: sessions.Session) -> Response:
    counsellor = session.counsellor
    assert counsellor
    form = await _form(request)
    if not session.allows(form.get("csrf", "")):
        return _stale(request, session)

    def change() -> bool:
        with store.session() as work:
            found = _wanted(work, request)
            if found is None or not rights.may_see(counsellor, found.leerwinkel):
                return False
            rights.log(work, counsellor, "intake_unread", now=_now(), intake_id=found.id)
            found.read_at = None
            return True

    if await run_in_threadpool(change):
        return pages.go(request, "/")
    return _not_found(request, session)


async def _style(_request: Request) -> Response:
    return FileResponse(
        pages.STYLE,
        media_type="text/css",
        headers={"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"},
    )


async def _anything_else(request: Request, session: sessions.Session) -> Response:
    return _not_found(request, session)


async def _to_inbox(request: Request) -> Response:
    return RedirectResponse(sessions.PATH + "/", status_code=308)


routes: list[BaseRoute] = [
    Route(sessions.PATH, _to_inbox),
    Mount(
        sessions.PATH,
        routes=[
            Route("/", _logged_in(_inbox)),
            Route("/login", _with_session(_show_login)),
            Route("/login", _with_session(_login), methods=["POST"]),
            Route("/logout", _logged_in(_logout), methods=["POST"]),
            Route("/intakes/{intake_id:int}", _logged_in(_intake)),
            Route("/intakes/{intake_id:int}/ongelezen", _logged_in(_unread), methods=["POST"]),
            Route("/desk.css", _style),
            Route("/{path:path}", _logged_in(_anything_else)),
        ],
    ),
]
"""All addresses of the desk, `/desk` included: splice them into the web app's routes."""

"""The desk's addresses. Every page works without JavaScript; every form carries a token."""

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.desk import (
    account_page,
    agenda_page,
    appointment_page,
    booking_page,
    export,
    hours_page,
    inbox_page,
    intake_page,
    log_page,
    login,
    messages_page,
    pages,
    people,
    rules_page,
    sessions,
)
from bot.desk.calls import Call, View, logged_in, public

_FILES = {
    "desk.css": "text/css",
    "agenda.css": "text/css",
    "desk.js": "text/javascript",
    "forms.js": "text/javascript",
}


def _get(path: str, view: View, *, leaders: bool = False, early: bool = False) -> Route:
    return Route(path, logged_in(view, leaders=leaders, early=early))


def _post(path: str, view: View, *, leaders: bool = False, early: bool = False) -> Route:
    return Route(path, logged_in(view, leaders=leaders, early=early), methods=["POST"])


def _file(name: str, kind: str) -> Route:
    async def send(_request: Request) -> Response:
        return FileResponse(
            pages.STATIC / name,
            media_type=kind,
            headers={"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"},
        )

    return Route(f"/{name}", send)


def _anything_else(call: Call) -> Response:
    return call.not_found()


async def _to_inbox(request: Request) -> Response:
    return RedirectResponse(sessions.PATH + "/", status_code=308)


_INTAKE, _APPOINTMENT, _PERSON = "/intakes/{id:int}", "/afspraken/{id:int}", "/collegas/{id:int}"

routes: list[BaseRoute] = [
    Route(sessions.PATH, _to_inbox),
    Mount(
        sessions.PATH,
        routes=[
            _get("/", inbox_page.show),
            Route("/nieuws", logged_in(inbox_page.news, news=True)),
            Route("/login", public(login.show)),
            Route("/login", public(login.log_in), methods=["POST"]),
            Route("/login/code", public(login.show_code)),
            Route("/login/code", public(login.give_code), methods=["POST"]),
            _post("/logout", login.log_out, early=True),
            _get(_INTAKE, intake_page.show),
            _post(f"{_INTAKE}/ongelezen", intake_page.unread),
            _get(f"{_INTAKE}/wijzig", intake_page.edit),
            _post(f"{_INTAKE}/wijzig", intake_page.save),
            _get(f"{_INTAKE}/gesprek", intake_page.conversation),
            _post(f"{_INTAKE}/notitie", intake_page.add_note),
            _post(f"{_INTAKE}/notitie/weg", intake_page.remove_note),
            _post(f"{_INTAKE}/labels", intake_page.set_tags),
            _post(f"{_INTAKE}/stand", intake_page.set_stage),
            _post(f"{_INTAKE}/opleiding", intake_page.keep_outcome),
            _get("/agenda", agenda_page.show),
            _get("/agenda/boek", booking_page.show),
            _post("/agenda/boek", booking_page.book),
            _get("/agenda/blok", agenda_page.show_block),
            _post("/agenda/blok", agenda_page.block),
            _get("/agenda/blok/{id:int}", agenda_page.show_blocked),
            _post("/agenda/blok/{id:int}/weg", agenda_page.unblock),
            _get(_APPOINTMENT, appointment_page.show),
            _post(f"{_APPOINTMENT}/verzet", appointment_page.move),
            _post(f"{_APPOINTMENT}/schrap", appointment_page.cancel),
            _post(f"{_APPOINTMENT}/komt", appointment_page.confirm),
            _post(f"{_APPOINTMENT}/uitkomst", appointment_page.outcome),
            _get("/uren", hours_page.show),
            _post("/uren/week", hours_page.set_week, leaders=True),
            _post("/uren/eigen", hours_page.set_personal, leaders=True),
            _post("/uren/uitzondering", hours_page.add_exception, leaders=True),
            _post("/uren/uitzondering/weg", hours_page.remove_exception, leaders=True),
            _get("/uren/regels", rules_page.show, leaders=True),
            _post("/uren/regels", rules_page.set_rules, leaders=True),
            _post("/uren/opening", rules_page.set_opening, leaders=True),
            _post("/uren/sluiting", rules_page.add_closing, leaders=True),
            _post("/uren/sluiting/weg", rules_page.remove_closing, leaders=True),
            _post("/uren/plaats", rules_page.keep_branch, leaders=True),
            _get("/collegas", people.show, leaders=True),
            _post("/collegas", people.add, leaders=True),
            _post(_PERSON, people.change, leaders=True),
            _post(f"{_PERSON}/open", people.open_or_close, leaders=True),
            _post(f"{_PERSON}/wachtwoord", people.new_password, leaders=True),
            _post(f"{_PERSON}/tweede-stap", people.reset_second_factor, leaders=True),
            _get("/berichten", messages_page.show, leaders=True),
            _post("/berichten/{id:int}/opnieuw", messages_page.again),
            _get("/logboek", log_page.show, leaders=True),
            _get("/export.csv", export.download, leaders=True),
            _get("/account", account_page.show, early=True),
            _post("/account/wachtwoord", account_page.change_password, early=True),
            _post("/account/sessies", account_page.end_sessions, early=True),
            _post("/account/agenda", account_page.change_feed),
            _get("/account/tweede-stap", account_page.show_second_factor, early=True),
            _post("/account/tweede-stap", account_page.switch_on, early=True),
            _post("/account/tweede-stap/af", account_page.switch_off, early=True),
            _post("/account/herstelcodes", account_page.renew_codes, early=True),
            *(_file(name, kind) for name, kind in _FILES.items()),
            Route("/{path:path}", logged_in(_anything_else), methods=["GET", "POST"]),
        ],
    ),
]
"""All addresses of the desk, `/desk` included: splice them into the web app's routes."""

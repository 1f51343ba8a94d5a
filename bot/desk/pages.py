"""Turning page data into an answer: templates that escape everything, and strict headers."""

import datetime as dtm
import functools
import hashlib
import pathlib
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk import notices, rights, sessions
from bot.desk.accounts import ROLES
from bot.desk.wording import say_leerwinkel

HERE = pathlib.Path(__file__).parent
STATIC = HERE / "static"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every page of the desk: no inline script or style, nothing kept by browsers, no framing."""

FROM_SCRIPT = "X-Desk-Form"
"""Header of forms that `forms.js` sends."""


@functools.cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.cache
def _version() -> str:
    """Changes with the files in `static`, so that browsers never mix old ones with new pages."""
    found = hashlib.sha256()
    for file in sorted(STATIC.iterdir()):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def base(request: Request) -> str:
    """Where the desk is mounted, to put before the paths in pages."""
    return str(request.scope.get("root_path", "")) or sessions.PATH


def render(request: Request, template: str, session: sessions.Session, **values: Any) -> str:
    """The text of a template, which also gets `base`, `csrf` and who is logged in."""
    counsellor = session.counsellor
    return (
        _templates()
        .get_template(template)
        .render(
            base=base(request),
            version_of_files=_version(),
            csrf=session.csrf,
            here=request.url.path.removeprefix(base(request)),
            done=request.query_params.get("gedaan", ""),
            counsellor=counsellor,
            leads=bool(counsellor and rights.leads(counsellor)),
            everywhere=bool(counsellor and rights.sees_all(counsellor)),
            role=ROLES.get(counsellor.role, counsellor.role) if counsellor else "",
            place=say_leerwinkel(counsellor.leerwinkel) if counsellor else "",
            **values,
        )
    )


def page(
    request: Request,
    template: str,
    session: sessions.Session,
    *,
    now: dtm.datetime,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """A whole page from a template, with what leaders should know on top."""
    notes = {
        "catalogue_problems": notices.catalogue_problems(session),
        "stuck_messages": notices.stuck_messages(session, now),
    }
    text = render(request, template, session, **notes, **values)
    return HTMLResponse(text, status_code=status, headers=HEADERS)


def go(request: Request, path: str) -> Response:
    """Sends the browser to another page of the desk with GET.

    A form that `forms.js` sent gets the address to go to instead: a script can't see where a
    redirect leads without loading that page.
    """
    where = base(request) + path
    if FROM_SCRIPT in request.headers:
        return Response(headers={**HEADERS, "X-Go": where})
    return RedirectResponse(where, status_code=303, headers=HEADERS)

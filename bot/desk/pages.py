"""Turning page data into an answer: templates that escape everything, and strict headers."""

import functools
import pathlib
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk import notices, sessions
from bot.desk.accounts import ROLES
from bot.desk.wording import say_leerwinkel

HERE = pathlib.Path(__file__).parent
STYLE = HERE / "static" / "desk.css"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every page of the desk: no script at all, nothing kept by browsers, no framing."""


@functools.cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def base(request: Request) -> str:
    """Where the desk is mounted, to put before the paths in pages."""
    return str(request.scope.get("root_path", "")) or sessions.PATH


def page(
    request: Request, template: str, session: sessions.Session, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page from a template, which also gets `base`, `session` and who is logged in."""
    counsellor = session.counsellor
    text = (
        _templates()
        .get_template(template)
        .render(
            base=base(request),
            csrf=session.csrf,
            counsellor=counsellor,
            role=ROLES.get(counsellor.role, counsellor.role) if counsellor else "",
            place=say_leerwinkel(counsellor.leerwinkel) if counsellor else "",
            catalogue_problems=notices.catalogue_problems(session),
            **values,
        )
    )
    return HTMLResponse(text, status_code=status, headers=HEADERS)


def message(
    request: Request, session: sessions.Session, *, status: int, title: str, text: str
) -> HTMLResponse:
    """A page that says one thing and leads back to the inbox."""
    return page(request, "message.html", session, status=status, title=title, text=text)


def go(request: Request, path: str) -> Response:
    """Sends the browser to another page of the desk with GET."""
    return RedirectResponse(base(request) + path, status_code=303, headers=HEADERS)

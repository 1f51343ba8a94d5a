"""One request at the desk: who asks, what was sent, and what can be answered.

A view is a plain function from a `Call` to a response; it runs in a thread. What holds for every
page (log-in, rights, the token of the form) is checked here, before the view.
"""

import dataclasses
import datetime as dtm
import re
import urllib.parse
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot import store
from bot.desk import audit, pages, rights, sessions, totp

LARGEST_FORM = 65_536
"""Bytes; a long note in Arabic letters still fits."""
MOST_FIELDS = 200
LARGEST_ID = 2**31 - 1
"""What the databases take as a number."""
AFTER_LOGIN = re.compile(
    r"/|/(intakes|afspraken)/[0-9]{1,9}|/agenda|/uren|/collegas|/logboek|/berichten|/account"
)
"""Where a log-in may lead: nowhere outside the desk."""


About = store.Intake | store.Appointment | store.Counsellor | str | None


class BadForm(Exception):  # noqa: N818
    """What was sent is not one of our forms."""


class Form:
    """The fields of a posted form."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        self._pairs = pairs

    def get(self, name: str, default: str = "") -> str:
        """The first value of this name."""
        return next((value for key, value in self._pairs if key == name), default)

    def all(self, name: str) -> list[str]:
        """All values of this name, in order."""
        return [value for key, value in self._pairs if key == name]

    def has(self, name: str) -> bool:
        """Whether there is a value of this name."""
        return any(key == name for key, _ in self._pairs)


@dataclasses.dataclass(frozen=True)
class Call:
    """One request; `now` is the moment at which it is handled."""

    request: Request
    session: sessions.Session
    form: Form
    now: dtm.datetime

    @property
    def counsellor(self) -> store.Counsellor:
        """Who is logged in; only for views that ask it."""
        assert self.session.counsellor
        return self.session.counsellor

    @property
    def id(self) -> int:
        """The number in the address; one that no database takes is none that exists."""
        number = int(self.request.path_params["id"])
        return number if number <= LARGEST_ID else 0

    def query(self, name: str, default: str = "") -> str:
        """A value behind the question mark."""
        return self.request.query_params.get(name, default)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page from a template."""
        return pages.page(
            self.request, template, self.session, now=self.now, status=status, **values
        )

    def go(self, path: str) -> Response:
        """Sends the browser to another page of the desk with GET."""
        return pages.go(self.request, path)

    def note(self, work: Session, what: str, about: About = None, detail: str = "") -> None:
        """Writes this look or change down in the log.

        Args:
            work: the transaction of the look itself.
            what: a word of `audit.WHAT`.
            about: whose data or account it was; a code: that Leerwinkel's; None: the own one's.
            detail: names of fields or a code; never what a client said.
        """
        whose: dict[str, Any] = {}
        if isinstance(about, store.Intake):
            whose = {"intake_id": about.id}
        elif isinstance(about, store.Appointment):
            whose = {"intake_id": about.intake_id, "appointment_id": about.id}
        elif isinstance(about, store.Counsellor):
            whose = {"about_id": about.id}
        leerwinkel = about if about is None or isinstance(about, str) else about.leerwinkel
        audit.note(
            work,
            self.counsellor,
            what,
            now=self.now,
            leerwinkel=leerwinkel,
            detail=detail,
            **whose,
        )

    def message(self, *, status: int, title: str, text: str) -> Response:
        """A page that says one thing and leads back to the inbox."""
        return self.page("message.html", status=status, title=title, text=text)

    def not_found(self) -> Response:
        """The page for what is not there, or not for this person."""
        return self.message(
            status=404,
            title="Deze pagina is er niet",
            text="Misschien klopt het adres niet. Of ze is van een andere Leerwinkel.",
        )


View = Callable[[Call], Response]


def number(text: str) -> int | None:
    """A number that somebody sent; None when it is none, or larger than a database takes."""
    if not re.fullmatch("[0-9]{1,10}", text):
        return None
    return value if (value := int(text)) <= LARGEST_ID else None


def public(view: View) -> Callable[[Request], Awaitable[Response]]:
    """For everybody, logged in or not; forms still need their token, which the view checks."""
    return _endpoint(view)


def logged_in(
    view: View, *, leaders: bool = False, news: bool = False, early: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """Only for who is logged in; others go to the log-in page and come back after it.

    Args:
        view: what answers.
        leaders: only for coordinators and administrators.
        news: the page asks by itself: that keeps no session alive.
        early: also before a temporary password was changed or a required second factor was set.
    """

    def guarded(call: Call) -> Response:
        counsellor = call.session.counsellor
        if counsellor is None:
            path = call.request.url.path.removeprefix(pages.base(call.request))
            wanted = call.request.method == "GET" and AFTER_LOGIN.fullmatch(path)
            return call.go("/login?" + urllib.parse.urlencode({"naar": path if wanted else "/"}))
        if call.request.method == "POST" and not call.session.allows(call.form.get("csrf")):
            return call.message(
                status=403,
                title="Deze pagina is te oud",
                text="Ga terug, laad de pagina opnieuw en probeer nog eens.",
            )
        if not early and counsellor.temporary_password:
            return call.go("/account?eerst=wachtwoord")
        if not early and totp.required() and counsellor.totp_sealed is None:
            return call.go("/account/tweede-stap?eerst=1")
        if leaders and not rights.leads(counsellor):
            return call.not_found()
        return view(call)

    return _endpoint(guarded, news=news)


def _endpoint(view: View, *, news: bool = False) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            form = Form(await _read(request)) if request.method == "POST" else Form()
            refused = False
        except BadForm:
            form, refused = Form(), True

        def answer() -> Response:
            now = dtm.datetime.now(dtm.timezone.utc)
            call = Call(request, sessions.of(request, now=now, touch=not news), form, now)
            if refused:
                return call.message(
                    status=400,
                    title="Dit formulier klopt niet",
                    text="Ga terug en probeer het opnieuw.",
                )
            return view(call)

        return await run_in_threadpool(answer)

    return endpoint


async def _read(request: Request) -> list[tuple[str, str]]:
    """The fields of a posted form.

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
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise BadForm("not a form") from error
    # Databases take no null byte, and browsers send \r\n for a new line.
    return [(key, value.replace("\0", "").replace("\r\n", "\n")) for key, value in pairs]

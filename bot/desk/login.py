"""Logging in (password, then a code when the second factor is on) and out."""

import datetime as dtm
import math

import structlog
from starlette.responses import Response

from bot import store
from bot.desk import accounts, audit, sessions, throttle, totp
from bot.desk.calls import AFTER_LOGIN, Call

log = structlog.get_logger()


def show(call: Call) -> Response:
    """The log-in form."""
    back = _back(call.query("naar", "/"))
    if call.session.counsellor:
        return call.go(back)
    return _form(call, back=back)


def log_in(call: Call) -> Response:
    """Takes e-mail address and password."""
    email, back = call.form.get("email"), _back(call.form.get("naar", "/"))
    if not call.session.allows(call.form.get("csrf")):
        return _form(
            call,
            status=403,
            back=back,
            email=email,
            problem="De pagina was te oud. Meld je opnieuw aan.",
        )
    tried = throttle.attempt(accounts.normal_email(email), address(call), now=call.now)
    if tried.wait:
        log.warning("desk_login_slowed")
        response = _form(call, status=429, back=back, email=email, problem=too_many(tried))
        return _retry_after(response, tried)
    counsellor = accounts.check(email, call.form.get("password"))
    if counsellor is None:
        log.warning("desk_login_failed")
        return _form(
            call,
            status=403,
            back=back,
            email=email,
            problem="Het e-mailadres of het wachtwoord klopt niet.",
        )
    throttle.succeeded(tried)
    if counsellor.totp_sealed is not None:
        response = call.go("/login/code?naar=" + back)
        sessions.keep(response, sessions.fresh(pending=counsellor), now=call.now)
        return response
    return _let_in(call, counsellor, back)


def show_code(call: Call) -> Response:
    """The form for the code of the second factor."""
    if call.session.pending is None:
        return call.go("/login")
    return _code_form(call, back=_back(call.query("naar", "/")))


def give_code(call: Call) -> Response:
    """Takes the code of the app, or a recovery code."""
    counsellor, back = call.session.pending, _back(call.form.get("naar", "/"))
    if counsellor is None or not call.session.allows(call.form.get("csrf")):
        return call.go("/login")
    tried = throttle.attempt(f"code:{counsellor.id}", address(call), now=call.now)
    if tried.wait:
        log.warning("desk_login_slowed")
        response = _code_form(call, status=429, back=back, problem=too_many(tried))
        return _retry_after(response, tried)
    with store.session() as work:
        used = totp.use(work, counsellor, call.form.get("code"), now=call.now)
        what = {None: "login_code_wrong", "recovery": "recovery_code_used"}.get(used)
        if what:
            audit.note(work, counsellor, what, now=call.now, about_id=counsellor.id)
    if used is None:
        return _code_form(
            call, status=403, back=back, problem="Deze code klopt niet. Wacht op een nieuwe code."
        )
    throttle.succeeded(tried)
    if used == "recovery":
        back = "/account/tweede-stap"
    return _let_in(call, counsellor, back)


def log_out(call: Call) -> Response:
    """Ends the session on the server and in the browser."""
    sessions.end(call.session)
    response = call.go("/login")
    sessions.drop(response)
    return response


def address(call: Call) -> str:
    """The network address of who asks, for counting attempts."""
    return call.request.client.host if call.request.client else ""


def too_many(tried: throttle.Attempt) -> str:
    """What somebody reads who has to wait."""
    return f"Te veel pogingen. Wacht {_say_wait(tried.wait)} en probeer opnieuw."


def _let_in(call: Call, counsellor: store.Counsellor, back: str) -> Response:
    session = sessions.start(counsellor, now=call.now)
    with store.session() as work:
        audit.note(work, counsellor, "login", now=call.now, about_id=counsellor.id)
    log.info("desk_login", counsellor_id=counsellor.id)
    response = call.go(back)
    sessions.keep(response, session, now=call.now)
    return response


def _form(
    call: Call, *, back: str, status: int = 200, email: str = "", problem: str = ""
) -> Response:
    response = call.page("login.html", status=status, back=back, email=email, problem=problem)
    if call.session.counsellor is None:  # a session with somebody in it is not made longer
        sessions.keep(response, call.session, now=call.now)
    return response


def _code_form(call: Call, *, back: str, status: int = 200, problem: str = "") -> Response:
    return call.page("code.html", status=status, back=back, problem=problem)


def _back(wanted: str) -> str:
    return wanted if AFTER_LOGIN.fullmatch(wanted) else "/"


def _retry_after(response: Response, tried: throttle.Attempt) -> Response:
    response.headers["Retry-After"] = str(math.ceil(tried.wait.total_seconds()))
    return response


def _say_wait(wait: dtm.timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    if seconds < 60:
        return f"{seconds} seconden"
    minutes = math.ceil(seconds / 60)
    return "1 minuut" if minutes == 1 else f"{minutes} minuten"

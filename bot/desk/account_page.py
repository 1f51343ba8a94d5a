"""One's own account: password, second factor, sessions, calendar link."""

import dataclasses

from starlette.responses import Response

from bot import appointments, store
from bot.desk import accounts, login, sessions, throttle, totp
from bot.desk.calls import Call


def show(call: Call) -> Response:
    """The account page."""
    return _page(call)


def change_password(call: Call) -> Response:
    """Takes the old password and a new one; every other session ends."""
    new = call.form.get("nieuw")
    tried = throttle.attempt(call.counsellor.email, login.address(call), now=call.now)
    if tried.wait:
        return _page(call, status=429, problem=login.too_many(tried))
    if accounts.check(call.counsellor.email, call.form.get("huidig")) is None:
        return _page(call, status=403, problem="Je huidige wachtwoord klopt niet.")
    throttle.succeeded(tried)
    if new != call.form.get("herhaal"):
        return _page(call, status=422, problem="De twee nieuwe wachtwoorden zijn niet gelijk.")
    if new == call.form.get("huidig"):
        return _page(call, status=422, problem="Kies een ander wachtwoord dan je huidige.")
    try:
        with store.session() as work:
            own = work.get_one(store.Counsellor, call.counsellor.id)
            accounts.set_password(work, own, new)
            call.note(work, "password_changed", own)
    except accounts.AccountError as error:
        return _page(call, status=422, problem=str(error))
    response = call.go("/account?gedaan=wachtwoord")
    sessions.keep(response, sessions.start(call.counsellor, now=call.now), now=call.now)
    return response


def end_sessions(call: Call) -> Response:
    """Ends this person's sessions everywhere but here."""
    with store.session() as work:
        sessions.end_all(work, call.counsellor.id, but=call.session.token)
    return call.go("/account?gedaan=sessies")


def change_feed(call: Call) -> Response:
    """Switches the calendar link on or off, with or without names, or makes a new one."""
    wanted = call.form.get("wat")
    appointments.set_feed(
        call.counsellor.id,
        on=wanted != "uit",
        names=call.form.has("namen"),
        renew=wanted == "nieuw",
    )
    with store.session() as work:
        call.note(work, "feed_changed", call.counsellor, "uit" if wanted == "uit" else "aan")
    return call.go("/account?gedaan=agendalink")


def show_second_factor(call: Call) -> Response:
    """The page that switches the second factor on or off."""
    return _second_factor(call)


def switch_on(call: Call) -> Response:
    """Takes the first code of the app and shows the recovery codes, once."""
    offered = call.form.get("geheim")
    secret = totp.proposed(call.counsellor, offered)
    if secret is None or call.counsellor.totp_sealed is not None:
        return call.go("/account/tweede-stap")
    step = totp.step_of(secret, call.form.get("code"), now=call.now)
    if step is None:
        return _second_factor(
            call, status=422, offered=offered, problem="Deze code klopt niet. Probeer de volgende."
        )
    with store.session() as work:
        codes = totp.switch_on(work, call.counsellor.id, secret, step)
        sessions.end_all(work, call.counsellor.id, but=call.session.token)
        call.note(work, "second_factor_on", call.counsellor)
    return call.page("recovery.html", codes=codes)


def renew_codes(call: Call) -> Response:
    """Makes new recovery codes, against the password."""
    if problem := _wrong_password(call):
        return _second_factor(call, status=403, problem=problem)
    with store.session() as work:
        codes = totp.new_recovery_codes(work, call.counsellor.id)
    return call.page("recovery.html", codes=codes)


def switch_off(call: Call) -> Response:
    """Switches the second factor off, against the password."""
    if totp.required():
        return call.go("/account/tweede-stap")
    if problem := _wrong_password(call):
        return _second_factor(call, status=403, problem=problem)
    with store.session() as work:
        totp.switch_off(work, call.counsellor.id)
        call.note(work, "second_factor_off", call.counsellor)
    return call.go("/account?gedaan=tweede-stap-af")


def _wrong_password(call: Call) -> str:
    tried = throttle.attempt(call.counsellor.email, login.address(call), now=call.now)
    if tried.wait:
        return login.too_many(tried)
    if accounts.check(call.counsellor.email, call.form.get("huidig")) is None:
        return "Je wachtwoord klopt niet."
    throttle.succeeded(tried)
    return ""


@dataclasses.dataclass(frozen=True)
class Feed:
    """The link to one's agenda for a calendar program."""

    url: str
    names: bool


def _page(call: Call, *, status: int = 200, problem: str = "") -> Response:
    token = appointments.feed_token(call.counsellor.id)
    return call.page(
        "account.html",
        status=status,
        problem=problem,
        first=call.counsellor.temporary_password,
        sessions=sessions.how_many(call.counsellor.id, now=call.now),
        second_factor=call.counsellor.totp_sealed is not None,
        minimum=accounts.MIN_PASSWORD,
        feed=Feed(appointments.feed_url(token), call.counsellor.feed_names) if token else None,
    )


def _second_factor(
    call: Call, *, status: int = 200, problem: str = "", offered: str = ""
) -> Response:
    own = call.counsellor
    on = own.totp_sealed is not None
    offered = offered or ("" if on else totp.propose(own))
    secret = totp.proposed(own, offered) or ""
    return call.page(
        "second_factor.html",
        status=status,
        problem=problem,
        on=on,
        required=totp.required(),
        codes_left=totp.codes_left(own.id) if on else 0,
        offered=offered,
        spoken=totp.spoken(secret),
        picture=totp.picture(own, secret) if secret else "",
    )

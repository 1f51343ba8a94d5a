"""One appointment: reading, moving, cancelling, and who came."""

import dataclasses
import datetime as dtm
import re
from collections.abc import Collection, Sequence

from starlette.responses import Response

from bot import appointments, contract, outbox, store
from bot.appointments import Doubtful, NoSuchAppointment, NotPossible, local
from bot.desk import finding, people, stuck
from bot.desk.calls import Call, Form, number
from bot.desk.contact import call_for, email_of, name_of, phone_of
from bot.desk.doubt import Doubt
from bot.desk.finding import colleague
from bot.desk.interpreter import interpreter_for
from bot.desk.stuck import Stuck
from bot.desk.times import clock_at, read_moment
from bot.desk.wording import say_form, say_leerwinkel, say_when

AFTER = re.compile(r"/|/agenda(\?[a-z0-9=&-]{0,80})?")
"""Where noting who came may lead back to."""


@dataclasses.dataclass(frozen=True)
class Shown:
    """An appointment as its page shows it."""

    id: int
    name: str
    when: str
    until: str
    counsellor: str
    leerwinkel: str
    place: str
    address: str
    form: str
    status: str
    phone: str
    email: str
    interpreter: str
    confirmed: bool
    referral: str
    intake_id: int | None
    agreed: bool
    """Whether the client agreed with the summary: before that only contact is shown."""
    booked_by: str
    begun: bool
    reachable: bool
    reminded: bool
    """Whether a reminder can be sent: by mail, or on the channel of the chat."""
    silent: str
    """Why none can be sent; empty when one can."""
    call: str
    """What to do when no reminder reaches this client, and the talk is near."""
    stuck: Sequence[Stuck]
    """Messages about it that did not get away."""


def show(call: Call) -> Response:
    """The appointment, with the forms to change it."""
    return _page(call)


def move(call: Call) -> Response:
    """Puts the appointment at another time or with a colleague; the client is told."""
    with store.session(writes=False) as work:
        found = finding.appointment(work, call)
        who = colleague(work, call, number(call.form.get("wie")))
    if found is None or who is None:
        return call.not_found()
    try:
        starts_at = read_moment(call.form.get("dag"), call.form.get("uur"))
        appointments.move_to(
            found.id,
            counsellor_id=who.id,
            starts_at=starts_at,
            branch_id=number(call.form.get("waar")),
            by=call.counsellor.id,
            confirmed=call.form.get("toch"),
            now=call.now,
        )
    except Doubtful as doubt:
        asked = Doubt.of(doubt, starts_at, call.now)
        return _page(call, status=422, doubt=asked, form=call.form)
    except NotPossible as problem:
        return _page(call, status=422, problem=str(problem), form=call.form)
    except NoSuchAppointment:
        return _page(call, status=409, problem="Deze afspraak kan je niet meer verzetten.")
    with store.session() as work:
        call.note(work, "appointment_moved", found)
    return call.go(f"/afspraken/{found.id}?gedaan=verzet")


def cancel(call: Call) -> Response:
    """Cancels the appointment; the client is told."""
    with store.session(writes=False) as work:
        found = finding.appointment(work, call)
    if found is None:
        return call.not_found()
    appointments.cancel(found.id, now=call.now, by=call.counsellor.id)
    with store.session() as work:
        call.note(work, "appointment_cancelled", found)
    return call.go(f"/afspraken/{found.id}?gedaan=geschrapt")


def outcome(call: Call) -> Response:
    """Notes whether the client came."""
    with store.session(writes=False) as work:
        found = finding.appointment(work, call)
    if found is None:
        return call.not_found()
    result = call.form.get("uitkomst")
    try:
        appointments.set_outcome(found.id, result, now=call.now)
    except NotPossible as problem:
        return _page(call, status=422, problem=str(problem))
    with store.session() as work:
        call.note(work, "appointment_outcome", found, result)
    back = call.form.get("naar")
    return call.go(back if AFTER.fullmatch(back) else f"/afspraken/{found.id}?gedaan=bewaard")


def confirm(call: Call) -> Response:
    """Notes that the client comes: somebody called."""
    with store.session(writes=False) as work:
        found = finding.appointment(work, call)
    if found is None:
        return call.not_found()
    try:
        appointments.confirm(found.id, now=call.now)
    except NoSuchAppointment:
        return _page(call, status=409, problem="Deze afspraak gaat niet meer door.")
    with store.session() as work:
        call.note(work, "appointment_confirmed", found)
    back = call.form.get("naar")
    return call.go(back if AFTER.fullmatch(back) else f"/afspraken/{found.id}?gedaan=komt")


def _page(
    call: Call,
    *,
    status: int = 200,
    problem: str = "",
    doubt: Doubt | None = None,
    form: Form | None = None,
) -> Response:
    with store.session() as work:
        found = finding.appointment(work, call)
        if found is not None:
            call.note(work, "appointment", found)
            colleagues = people.colleagues(work, call.counsellor, found.leerwinkel)
            by = work.get(store.Counsellor, found.booked_by) if found.booked_by else None
            lost = stuck.load(work, call.counsellor, now=call.now, appointment_id=found.id)
            unreached = outbox.unreached(work, [found.id])
    if found is None:
        return call.not_found()
    given = {
        "wie": call.query("wie") or str(found.counsellor_id),
        "dag": call.query("dag") or f"{local(found.starts_at):%Y-%m-%d}",
        "uur": call.query("uur") or clock_at(found.starts_at),
        "waar": str(found.branch_id or ""),
    }
    if form is not None:
        given = {name: form.get(name) for name in given}
    return call.page(
        "appointment.html",
        status=status,
        problem=problem,
        doubt=doubt,
        shown=_shown(found, by, lost, unreached, call.now),
        given=given,
        dragged=bool(call.query("uur")),
        colleagues=colleagues,
        branches=appointments.branches(found.leerwinkel),
    )


def _shown(
    found: store.Appointment,
    by: store.Counsellor | None,
    lost: Sequence[Stuck],
    unreached: Collection[int],
    now: dtm.datetime,
) -> Shown:
    intake = found.intake
    booking = appointments.booking_by_id(found.id)
    phone, email = phone_of(found), email_of(found)
    interpreter = interpreter_for(intake, [found])
    referral = contract.labels("referral_source")
    return Shown(
        id=found.id,
        name=name_of(found),
        when=say_when(found.starts_at, now),
        until=f"{local(found.ends_at):%H.%M}",
        counsellor=found.counsellor.first_name,
        leerwinkel=say_leerwinkel(found.leerwinkel),
        place=booking.place,
        address=booking.address or "",
        form=say_form(found.form),
        status=found.status,
        phone=phone,
        email=email,
        interpreter=""
        if interpreter is None
        else _say_interpreter(interpreter.asked, interpreter.language),
        confirmed=found.confirmed_at is not None,
        referral=referral.get(found.referral_source or "", ""),
        intake_id=found.intake_id,
        agreed=bool(intake and intake.agreed_at),
        booked_by=by.first_name if by else "",
        begun=found.starts_at <= now,
        reachable=bool(phone or email),
        reminded=appointments.can_remind(found),
        silent=_silent(found),
        call=call_for(found, now=now, unreached=unreached),
        stuck=lost,
    )


def _silent(appointment: store.Appointment) -> str:
    channel, address = appointments.reach(appointment)
    if not address:
        return "bij de afspraak staat geen e-mailadres"
    if outbox.can_send(channel):
        return ""
    return f"er is nog geen {'mailserver' if channel == 'mail' else 'Telegram'} ingesteld"


def _say_interpreter(asked: bool, language: str) -> str:
    word = "Tolk gevraagd" if asked else "Misschien een tolk nodig"
    return f"{word}: {language}" if language else word

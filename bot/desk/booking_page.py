"""Booking for somebody who calls or comes by."""

import datetime as dtm
from collections.abc import Mapping, Sequence

from starlette.responses import Response

from bot import appointments, contract, outbox, store
from bot import intake as intakes
from bot.appointments import Doubtful, NotPossible, local, say_time
from bot.desk import edits, finding, people
from bot.desk.calls import Call, Form, number
from bot.desk.doubt import Doubt
from bot.desk.finding import colleague, place_of
from bot.desk.interpreter import interpreter_for
from bot.desk.times import clock_at, read_moment
from bot.desk.wording import FORMS

LENGTHS = (15, 30, 45, 60, 75, 90, 120)
"""Minutes to choose from."""
PROPOSALS = 6


def show(call: Call) -> Response:
    """The form to book for somebody."""
    return _page(call)


def book(call: Call) -> Response:
    """Books for somebody who called or came by."""
    form = call.form
    with store.session() as work:
        who = colleague(work, call, number(form.get("wie")))
        intake = finding.intake(work, call, number(form.get("intake")))
    if who is None:
        return call.not_found()
    try:
        starts_at = read_moment(form.get("dag"), form.get("uur"))
        minutes = number(form.get("duur"))
        booked = appointments.book_for_client(
            counsellor_id=who.id,
            starts_at=starts_at,
            ends_at=starts_at + dtm.timedelta(minutes=minutes) if minutes else None,
            branch_id=number(form.get("waar")),
            form=form.get("vorm"),
            name=" ".join(form.get("naam").split()),
            phone=_contact("phone", form.get("telefoon")),
            email=_contact("email", form.get("email")),
            interpreter=" ".join(form.get("tolk").split()) or None,
            referral_source=_referral(form.get("via")),
            intake_id=intake.id if intake else None,
            by=call.counsellor.id,
            confirmed=form.get("toch"),
            now=call.now,
        )
    except Doubtful as doubt:
        return _page(call, status=422, doubt=Doubt.of(doubt, starts_at, call.now), form=form)
    except NotPossible as problem:
        return _page(call, status=422, problem=str(problem), form=form)
    with store.session() as work:
        call.note(work, "appointment_booked", work.get_one(store.Appointment, booked.id))
    return call.go(f"/afspraken/{booked.id}?gedaan=geboekt")


def _page(
    call: Call,
    *,
    status: int = 200,
    problem: str = "",
    doubt: Doubt | None = None,
    form: Form | None = None,
) -> Response:
    asked = form.get("intake") if form else call.query("intake")
    with store.session() as work:
        intake = finding.intake(work, call, number(asked))
        leerwinkel = (intake.leerwinkel if intake else None) or place_of(call)
        colleagues = people.colleagues(work, call.counsellor, leerwinkel)
        values: Mapping[str, object] = edits.values_of(work, intake) if intake else {}
        if intake is not None:
            call.note(work, "intake", intake)
    rules = appointments.rules_of(leerwinkel)
    interpreter = interpreter_for(intake, [])
    given = {
        "wie": call.query("wie") or (str(colleagues[0].id) if colleagues else ""),
        "dag": call.query("dag") or f"{local(call.now) + dtm.timedelta(days=1):%Y-%m-%d}",
        "uur": call.query("uur"),
        "duur": str(int(rules.length.total_seconds()) // 60),
        "waar": "",
        "vorm": "in_person",
        "naam": str(values.get("name") or ""),
        "telefoon": str(values.get("phone") or ""),
        "email": str(values.get("email") or ""),
        "tolk": interpreter.language if interpreter else "",
        "via": str(values.get("referral_source") or ""),
    }
    if form is not None:
        given = {name: form.get(name) for name in given}
    return call.page(
        "book.html",
        status=status,
        problem=problem,
        doubt=doubt,
        given=given,
        intake_id=intake.id if intake else None,
        colleagues=colleagues,
        branches=appointments.branches(leerwinkel),
        forms=FORMS,
        lengths=sorted({*LENGTHS, int(rules.length.total_seconds()) // 60}),
        referrals=contract.labels("referral_source"),
        leerwinkel=leerwinkel,
        mails=outbox.can_send("mail"),
        proposals=_proposals(leerwinkel, {one.id: one.first_name for one in colleagues}, call.now),
    )


def _proposals(
    leerwinkel: str, names: Mapping[int, str], now: dtm.datetime
) -> Sequence[tuple[str, dict[str, str]]]:
    """The first free moments of everybody there, each with whose it is."""
    slots = appointments.free_slots(leerwinkel, now=now, limit=PROPOSALS)
    return [
        (
            f"{say_time(slot.starts_at)}, met {names[slot.counsellor_id]}",
            {
                "wie": str(slot.counsellor_id),
                "dag": f"{local(slot.starts_at):%Y-%m-%d}",
                "uur": clock_at(slot.starts_at),
            },
        )
        for slot in slots
    ]


def _contact(field: str, text: str) -> str | None:
    if not text.strip():
        return None
    found = intakes.read(field, text).value
    if found is None:
        raise NotPossible(edits.NOT_READ[field])
    return str(found)


def _referral(code: str) -> str | None:
    return code if code in contract.labels("referral_source") else None

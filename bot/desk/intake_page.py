"""The intake's pages: reading it, changing it, the conversation. Every look is logged."""

from collections.abc import Callable

from sqlalchemy.orm import Session
from starlette.responses import Response

from bot import appointments, contract, store
from bot.desk import edits, finding, guidance, rights, sheet, talk
from bot.desk.calls import Call, Form, number
from bot.intake.summary import LABELS


def show(call: Call) -> Response:
    """The intake, which counts as read from now on."""
    return _page(call)


def unread(call: Call) -> Response:
    """Puts the intake back among the unread ones."""

    def change(work: Session, found: store.Intake) -> None:
        call.note(work, "intake_unread", found)
        found.read_at = None

    return _change(call, change, "/")


def edit(call: Call) -> Response:
    """The form with all answers."""
    with store.session() as work:
        found = finding.intake(work, call, call.id)
        if found is None or found.agreed_at is None:
            return call.not_found()
        call.note(work, "intake", found)
        values = edits.values_of(work, found)
    return _edit_page(call, found, values)


def save(call: Call) -> Response:
    """Keeps what was changed in the form."""
    with store.session() as work:
        found = finding.intake(work, call, call.id)
        if found is None or found.agreed_at is None:
            return call.not_found()
        before = edits.values_of(work, found)
        if call.form.get("versie") != edits.version(before):
            return _edit_page(
                call,
                found,
                before,
                status=409,
                form=call.form,
                problem="Intussen veranderde iemand deze intake. Kijk alles na en bewaar opnieuw.",
            )
        changed, problems = edits.read(call.form, before)
        if problems:
            return _edit_page(
                call,
                found,
                before,
                status=422,
                form=call.form,
                problems=problems,
                problem="Er is nog iets niet juist. Kijk de velden in het rood na.",
            )
        if changed:
            edits.apply(work, found, before, changed, call.counsellor, now=call.now)
            names = ", ".join(LABELS[field] for field in changed)
            call.note(work, "intake_changed", found, names)
        sender, stays = found.sender_id, rights.may_see(call.counsellor, found.leerwinkel)
        contact = {field: getattr(found, field) or before[field] for field in edits.CONTACT}
        contact |= {field: changed[field] for field in edits.CONTACT if field in changed}
    if any(field in changed for field in edits.CONTACT):
        appointments.update_contact(
            sender,
            name=contact["name"] or "",
            phone=contact["phone"],
            email=contact["email"],
            now=call.now,
        )
    if not stays:
        return call.go("/?gedaan=andere-leerwinkel")
    return call.go(f"/intakes/{found.id}?gedaan={'bewaard' if changed else 'niets'}")


def conversation(call: Call) -> Response:
    """The conversation itself, once the client agreed with the summary."""
    with store.session() as work:
        found = finding.intake(work, call, call.id)
        if found is None or found.agreed_at is None:
            return call.not_found()
        call.note(work, "conversation", found)
        lines = talk.load(work, found.sender_id)
    return call.page("talk.html", lines=lines, number=found.id, name=found.name or "Zonder naam")


def add_note(call: Call) -> Response:
    """Adds a note."""

    def change(work: Session, found: store.Intake) -> None:
        guidance.add_note(work, found.id, call.counsellor, call.form.get("notitie"), now=call.now)
        call.note(work, "note_added", found)

    return _change(call, change, "?gedaan=notitie#notities")


def remove_note(call: Call) -> Response:
    """Removes one's own note."""

    def change(work: Session, found: store.Intake) -> None:
        if guidance.remove_note(work, found.id, number(call.form.get("nummer")), call.counsellor):
            call.note(work, "note_removed", found)

    return _change(call, change, "?gedaan=notitie-weg#notities")


def set_tags(call: Call) -> Response:
    """Sets the tags."""

    def change(work: Session, found: store.Intake) -> None:
        guidance.set_tags(
            work, found.id, call.form.get("labels"), before=call.form.get("labels.was")
        )
        call.note(work, "tags_changed", found)

    return _change(call, change, "?gedaan=labels#opvolging")


def set_stage(call: Call) -> Response:
    """Sets the stage."""

    def change(work: Session, found: store.Intake) -> None:
        stage = call.form.get("stand")
        version = number(call.form.get("versie"))
        if guidance.set_stage(work, found, stage, call.counsellor, version=version, now=call.now):
            call.note(work, "stage_changed", found, stage)

    return _change(call, change, "?gedaan=stand#opvolging")


def keep_outcome(call: Call) -> Response:
    """Adds or changes a course that the client chose, or removes it."""
    which = number(call.form.get("nummer"))

    def change(work: Session, found: store.Intake) -> None:
        if call.form.has("weg"):
            guidance.remove_outcome(work, found.id, which)
        else:
            names = ("course", "provider", "qualification", *guidance.DATES)
            given = {name: call.form.get(name) for name in names}
            guidance.keep_outcome(work, found, which, given, call.counsellor, now=call.now)
        call.note(work, "outcome_changed", found)

    return _change(call, change, "?gedaan=opleiding#opleidingen")


def _change(call: Call, change: Callable[[Session, store.Intake], None], then: str) -> Response:
    """Does one change and goes on; what cannot be is said on the page, with what was typed."""
    try:
        with store.session() as work:
            found = finding.intake(work, call, call.id)
            if found is not None:
                change(work, found)
    except guidance.Problem as problem:
        status = 409 if isinstance(problem, guidance.Stale) else 422
        return _page(call, status=status, problem=str(problem), form=call.form)
    if found is None:
        return call.not_found()
    return call.go(then if then.startswith("/") else f"/intakes/{found.id}{then}")


def _page(
    call: Call, *, status: int = 200, problem: str = "", form: Form | None = None
) -> Response:
    with store.session() as work:
        found = finding.intake(work, call, call.id)
        if found is None:
            refused = True
        else:
            refused = False
            call.note(work, "intake", found)
            shown = sheet.load(work, found, call.counsellor, now=call.now)
            if found.agreed_at and not rights.sees_all(call.counsellor):
                found.read_at = call.now
    if refused:
        return call.not_found()
    return call.page(
        "intake.html", status=status, sheet=shown, problem=problem, typed=form or Form()
    )


def _edit_page(
    call: Call,
    found: store.Intake,
    values: dict[str, object],
    *,
    status: int = 200,
    problem: str = "",
    form: Form | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    return call.page(
        "edit.html",
        status=status,
        problem=problem,
        number=found.id,
        name=values["name"] or "Zonder naam",
        version=edits.version(values),
        groups=edits.inputs(values, form, problems),
        fields=contract.fields(),
    )

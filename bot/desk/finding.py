"""What a request is about, when this person may see it; None for the rest."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import contract, store
from bot.desk import rights
from bot.desk.calls import Call


def place_of(call: Call) -> str:
    """The Leerwinkel that is asked for: the own one, but for an administrator."""
    asked = call.query("plaats") or call.form.get("plaats")
    if rights.sees_all(call.counsellor) and asked in contract.labels("leerwinkel"):
        return asked
    return call.counsellor.leerwinkel


def colleague(work: Session, call: Call, counsellor_id: int | None) -> store.Counsellor | None:
    """An active counsellor whose agenda this person may see and change."""
    found = work.get(store.Counsellor, counsellor_id) if counsellor_id else None
    if found is None or not found.active:
        return None
    return found if rights.may_see(call.counsellor, found.leerwinkel) else None


def appointment(work: Session, call: Call) -> store.Appointment | None:
    """The appointment of the address, with its counsellor, intake and place."""
    found = work.scalars(
        sa.select(store.Appointment)
        .where(store.Appointment.id == call.id)
        .options(
            joinedload(store.Appointment.counsellor),
            joinedload(store.Appointment.intake),
            joinedload(store.Appointment.branch),
        )
    ).first()
    if found is None or not rights.may_see(call.counsellor, found.leerwinkel):
        return None
    return found


def intake(work: Session, call: Call, intake_id: int | None) -> store.Intake | None:
    """An intake with consent; a look at another Leerwinkel's is refused and logged."""
    found = work.get(store.Intake, intake_id) if intake_id else None
    if found is None or not found.consent:
        return None
    if not rights.may_see(call.counsellor, found.leerwinkel):
        call.note(work, "intake_refused", found)
        return None
    return found

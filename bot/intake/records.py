"""The stored intake: saved answer by answer once there is consent, and forgotten on request."""

import datetime as dtm
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import contract, store

EDITED = "edited"
"""Mark in `status` of what a counsellor changed at the desk."""


def save_turn(
    sender_id: str,
    *,
    channel: str,
    values: Mapping[str, Any],
    status: Mapping[str, str],
    shown: Mapping[str, Any],
    agreed: bool,
    over: bool,
    now: dtm.datetime,
) -> None:
    """Note that the client was there and, with consent, what is known: one transaction a turn.

    Args:
        values: contract fields; `consent` True lets the intake be stored.
        agreed: the client read the answers back and agreed.
        over: the client took leave.
    """
    consent = values.get("consent")
    seen = {"consent": consent, "last_seen_at": now, "over_at": now if over else None}
    ours = store.Conversation.sender_id == sender_id
    with store.session() as work:
        before = work.execute(sa.select(store.Conversation.consent).where(ours)).first()
        if before is None:
            work.add(
                store.Conversation(sender_id=sender_id, channel=channel, started_at=now, **seen)
            )
        else:
            work.execute(sa.update(store.Conversation).where(ours).values(seen))
        withdrawn = before is not None and before.consent and not consent
        if consent:
            _save(work, sender_id, values, status, shown, now, agreed=agreed)
        elif withdrawn:
            work.execute(
                sa.update(store.Appointment)
                .where(store.Appointment.sender_id == sender_id)
                .values(intake_id=None)
            )
            work.execute(sa.delete(store.Intake).where(store.Intake.sender_id == sender_id))


def save(
    sender_id: str,
    values: Mapping[str, Any],
    status: Mapping[str, str],
    shown: Mapping[str, Any],
    *,
    now: dtm.datetime,
) -> int:
    """Store the intake at once (before a booking) and return its id. Only with consent."""
    with store.session() as work:
        return _save(work, sender_id, values, status, shown, now).id


def open_record(sender_id: str) -> store.Intake | None:
    """The newest stored intake of the client, or None."""
    with store.session(writes=False) as work:
        return _newest(work, sender_id)


def forget(sender_id: str, *, now: dtm.datetime) -> None:
    """The client wants everything gone: intake and appointments now, the conversation next.

    Rasa still writes the turn that is running, so the conversation is marked as over without
    consent: the next `retention.purge` wipes it.
    """
    with store.session() as work:
        appointments = sa.select(store.Appointment.id).where(
            store.Appointment.sender_id == sender_id
        )
        work.execute(
            sa.delete(store.OccupiedQuarter).where(
                store.OccupiedQuarter.appointment_id.in_(appointments)
            )
        )
        for table in (store.Appointment, store.Intake, store.ChatMessage):
            work.execute(sa.delete(table).where(table.sender_id == sender_id))
        conversation = work.get(store.Conversation, sender_id)
        if conversation is not None:
            conversation.consent = None
            conversation.over_at = conversation.last_seen_at = now


def _edits_that_stay(
    work: Session, intake: store.Intake, values: Mapping[str, Any], now: dtm.datetime
) -> dict[str, Any]:
    """What a counsellor changed stays, until the client says something new about it.

    The conversation sends all it knows each turn: a value that is the same as when the counsellor
    changed it is no news. What the client says anew goes before, and stands in the history.
    """
    kept: dict[str, Any] = {}
    for field, edit in (intake.edited or {}).items():
        counsellors_own = contract.fields()[field].ask == "counsellor"
        if counsellors_own or values.get(field) == edit["was"]:
            kept[field] = edit
        else:
            work.add(
                store.IntakeChange(
                    intake_id=intake.id,
                    at=now,
                    counsellor_id=None,
                    field=field,
                    before=getattr(intake, field),
                    after=values.get(field),
                )
            )
    return kept


def _newest(work: Session, sender_id: str) -> store.Intake | None:
    return work.scalars(
        sa.select(store.Intake)
        .where(store.Intake.sender_id == sender_id)
        .order_by(store.Intake.id.desc())
        .limit(1)
    ).first()


def _save(
    work: Session,
    sender_id: str,
    values: Mapping[str, Any],
    status: Mapping[str, str],
    shown: Mapping[str, Any],
    now: dtm.datetime,
    *,
    agreed: bool = False,
) -> store.Intake:
    intake = _newest(work, sender_id)
    is_new = intake is None
    if intake is None:
        intake = store.Intake(sender_id=sender_id, created_at=now, updated_at=now, edited={})
        work.add(intake)
    kept = _edits_that_stay(work, intake, values, now)
    for field in contract.fields():
        # What only the counsellor fills in is not the bot's to empty.
        if field not in kept and contract.fields()[field].ask != "counsellor":
            setattr(intake, field, values.get(field))
    intake.status = dict(status) | dict.fromkeys(kept, EDITED)
    if set(kept) != set(intake.edited or {}):
        intake.edited = kept
    intake.shown = dict(shown)
    if agreed and intake.agreed_at is None:
        intake.agreed_at = now
    if work.is_modified(intake):  # a "dank je" changes nothing: no news for the counsellor
        intake.updated_at = now
    work.flush()
    if is_new:  # who made an appointment first tells the rest later: one client, one file
        work.execute(
            sa.update(store.Appointment)
            .where(
                store.Appointment.sender_id == sender_id,
                store.Appointment.intake_id.is_(None),
                store.Appointment.starts_at > now,
            )
            .values(intake_id=intake.id)
        )
    return intake

"""Which messages did not get away: refused, unsure, too late or waiting for long."""

import dataclasses
import datetime as dtm
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import outbox, store
from bot.desk import rights
from bot.desk.wording import MESSAGES, say_leerwinkel, say_trouble, say_when

MOST = 100
"""Messages on the page; of more the newest."""

_ROW = store.OutgoingMessage


@dataclasses.dataclass(frozen=True)
class Stuck:
    """One message, without what it says."""

    id: int
    what: str
    to: str
    """Who in general: "de cliënt", or the first name of a counsellor."""
    appointment_id: int | None
    appointment: str
    when: str
    why: str
    may_again: bool
    leerwinkel: str


def how_many(counsellor: store.Counsellor, *, now: dtm.datetime) -> int:
    """How many this person should know of."""
    with store.session(writes=False) as work:
        query = _whose(sa.select(sa.func.count(_ROW.id)))
        wanted = rights.scope(counsellor, _LEERWINKEL), outbox.in_trouble(now)
        return work.scalar(query.where(*wanted)) or 0


def load(
    work: Session,
    counsellor: store.Counsellor,
    *,
    now: dtm.datetime,
    appointment_id: int | None = None,
) -> Sequence[Stuck]:
    """Those that this person may see, newest first; of one appointment or of all."""
    conditions = [outbox.in_trouble(now)]
    if appointment_id is not None:
        conditions.append(_ROW.appointment_id == appointment_id)
    return [_stuck(row, now) for row in _rows(work, counsellor, *conditions)]


def find(
    work: Session, counsellor: store.Counsellor, message_id: int
) -> tuple[store.OutgoingMessage, store.Appointment | None] | None:
    """A message and its appointment; None when there is none that this person may see."""
    found = _rows(work, counsellor, _ROW.id == message_id)
    return (found[0].message, found[0].appointment) if found else None


@dataclasses.dataclass(frozen=True)
class _Row:
    message: store.OutgoingMessage
    appointment: store.Appointment | None
    colleague: store.Counsellor | None


_LEERWINKEL = sa.func.coalesce(store.Appointment.leerwinkel, store.Counsellor.leerwinkel)
"""Whose message it is: of the appointment's Leerwinkel, or of the colleague it goes to."""


def _whose(query: Any) -> Any:
    to_staff = sa.and_(_ROW.appointment_id.is_(None), _ROW.address == store.Counsellor.email)
    return (
        query.select_from(_ROW)
        .outerjoin(store.Appointment, store.Appointment.id == _ROW.appointment_id)
        .outerjoin(store.Counsellor, to_staff)
    )


def _rows(
    work: Session, counsellor: store.Counsellor, *conditions: sa.ColumnElement[bool]
) -> list[_Row]:
    query = _whose(sa.select(_ROW, store.Appointment, store.Counsellor))
    found = work.execute(
        query.where(rights.scope(counsellor, _LEERWINKEL), *conditions)
        .order_by(_ROW.id.desc())
        .limit(MOST)
    )
    return [_Row(*row) for row in found]


def _stuck(row: _Row, now: dtm.datetime) -> Stuck:
    message, appointment, colleague = row.message, row.appointment, row.colleague
    whose = appointment or colleague
    mail_off = message.channel == "mail" and not outbox.can_send("mail")
    return Stuck(
        id=message.id,
        what=MESSAGES.get(message.kind, "bericht"),
        to="de cliënt" if appointment else colleague.first_name if colleague else "een collega",
        appointment_id=message.appointment_id,
        appointment=say_when(appointment.starts_at, now) if appointment else "",
        when=say_when(message.created_at, now),
        why=say_trouble(message.channel, message.state, message.problem, mail_off=mail_off),
        may_again=bool(message.address) and not mail_off,
        leerwinkel=say_leerwinkel(whose.leerwinkel) if whose else "",
    )

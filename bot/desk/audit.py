"""The log of who looked at or changed what: written with each look, read by coordinators."""

import dataclasses
import datetime as dtm
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments import local
from bot.desk import rights
from bot.desk.wording import say_leerwinkel

PAGE = 50
"""Lines on a page."""

WHAT: Mapping[str, str] = MappingProxyType(
    {
        "inbox": "opende het overzicht",
        "search": "zocht in het overzicht",
        "intake": "las een intake",
        "intake_refused": "vroeg een intake van een andere Leerwinkel",
        "intake_unread": "zette een intake op ongelezen",
        "intake_changed": "wijzigde antwoorden",
        "conversation": "las een gesprek",
        "note_added": "schreef een notitie",
        "note_removed": "wiste een notitie",
        "tags_changed": "wijzigde labels",
        "stage_changed": "wijzigde de stand",
        "outcome_changed": "wijzigde een opleiding van een cliënt",
        "agenda": "opende een agenda",
        "appointment": "las een afspraak",
        "appointment_booked": "boekte een afspraak",
        "appointment_moved": "verzette een afspraak",
        "appointment_cancelled": "schrapte een afspraak",
        "appointment_outcome": "noteerde wie kwam",
        "appointment_confirmed": "noteerde dat een cliënt komt",
        "message_again": "liet een bericht opnieuw vertrekken",
        "time_blocked": "hield tijd vrij",
        "time_unblocked": "gaf tijd terug",
        "hours_changed": "wijzigde uren",
        "rules_changed": "wijzigde regels of sluitingsdagen",
        "export": "nam een export",
        "login": "meldde zich aan",
        "login_code_wrong": "gaf een foute code",
        "password_changed": "wijzigde een wachtwoord",
        "second_factor_on": "zette de tweede stap aan",
        "second_factor_off": "zette de tweede stap af",
        "recovery_code_used": "gebruikte een herstelcode",
        "account_added": "maakte een account",
        "account_changed": "wijzigde een account",
        "account_closed": "sloot een account af",
        "account_opened": "opende een account opnieuw",
        "feed_changed": "wijzigde de agendalink",
    }
)
"""Fixed word in the log -> what a coordinator reads after the name."""


def note(
    work: Session,
    counsellor: store.Counsellor,
    what: str,
    *,
    now: dtm.datetime,
    leerwinkel: str | None = None,
    intake_id: int | None = None,
    appointment_id: int | None = None,
    about_id: int | None = None,
    detail: str = "",
) -> None:
    """Writes down a look or a change, in the transaction of the look itself.

    Args:
        work: the transaction.
        counsellor: who looked.
        what: a word of `WHAT`.
        now: the present moment.
        leerwinkel: whose data it was; None: that of who looked.
        intake_id: which client's; None for a page with several.
        appointment_id: which appointment.
        about_id: whose account or hours.
        detail: names of fields or a code; never what a client said.
    """
    assert what in WHAT, what
    work.add(
        store.LookLog(
            at=now,
            counsellor_id=counsellor.id,
            intake_id=intake_id,
            what=what,
            leerwinkel=leerwinkel or counsellor.leerwinkel,
            detail=detail[:200],
            appointment_id=appointment_id,
            about_id=about_id,
        )
    )


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Which lines are asked for; empty: all."""

    counsellor_id: int | None = None
    intake_id: int | None = None
    what: str = ""
    before: int | None = None
    """Only lines with a lower number: the next page."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One line of the log."""

    id: int
    day: str
    clock: str
    who: str
    what: str
    detail: str
    intake_id: int | None
    appointment_id: int | None
    about: str
    leerwinkel: str


@dataclasses.dataclass(frozen=True)
class Log:
    """A page of the log, newest first; `older` leads to the next page, None at the end."""

    entries: Sequence[Entry]
    older: int | None
    people: Sequence[store.Counsellor]
    """Who can be chosen from."""


def load(work: Session, counsellor: store.Counsellor, wanted: Wanted) -> Log:
    """The log as this coordinator or administrator may read it.

    A coordinator reads what concerns the own Leerwinkel: its clients and accounts, whoever looked.
    """
    row = store.LookLog
    query = sa.select(row).where(rights.scope(counsellor, row.leerwinkel))
    if wanted.counsellor_id is not None:
        query = query.where(row.counsellor_id == wanted.counsellor_id)
    if wanted.intake_id is not None:
        query = query.where(row.intake_id == wanted.intake_id)
    if wanted.what:
        query = query.where(row.what == wanted.what)
    if wanted.before is not None:
        query = query.where(row.id < wanted.before)
    found = work.scalars(query.order_by(row.id.desc()).limit(PAGE + 1)).all()
    names = {
        one.id: one
        for one in work.scalars(
            sa.select(store.Counsellor).order_by(store.Counsellor.first_name, store.Counsellor.id)
        )
    }
    return Log(
        entries=[_entry(one, names) for one in found[:PAGE]],
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        people=[one for one in names.values() if rights.may_see(counsellor, one.leerwinkel)],
    )


def _entry(row: store.LookLog, names: Mapping[int, store.Counsellor]) -> Entry:
    there = local(row.at)
    about = names.get(row.about_id) if row.about_id is not None else None
    return Entry(
        id=row.id,
        day=f"{there:%d/%m/%Y}",
        clock=f"{there:%H:%M}",
        who=names[row.counsellor_id].first_name,
        what=WHAT.get(row.what, row.what),
        detail=row.detail,
        intake_id=row.intake_id,
        appointment_id=row.appointment_id,
        about=about.first_name if about else "",
        leerwinkel=say_leerwinkel(row.leerwinkel) if row.leerwinkel else "",
    )

"""Who may see what, and the log of who saw it."""

import datetime as dtm
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store


def sees_all(counsellor: store.Counsellor) -> bool:
    """Whether this person sees every Leerwinkel."""
    return counsellor.role == "administrator"


def may_see(counsellor: store.Counsellor, leerwinkel: str | None) -> bool:
    """Whether this person may see what belongs to this Leerwinkel (None: to none yet)."""
    return sees_all(counsellor) or (leerwinkel is not None and leerwinkel == counsellor.leerwinkel)


def scope(counsellor: store.Counsellor, column: Any) -> sa.ColumnElement[bool]:
    """The condition that keeps a query within what this person may see."""
    return sa.true() if sees_all(counsellor) else column == counsellor.leerwinkel


def log(
    work: Session,
    counsellor: store.Counsellor,
    what: str,
    *,
    now: dtm.datetime,
    intake_id: int | None = None,
) -> None:
    """Writes down a look or a change, in the transaction of the look itself.

    Args:
        work: the transaction.
        counsellor: who looked.
        what: fixed word: inbox | intake | intake_unread | intake_refused.
        now: the present moment.
        intake_id: which client's; None for a page with several.
    """
    work.add(store.LookLog(at=now, counsellor_id=counsellor.id, intake_id=intake_id, what=what))

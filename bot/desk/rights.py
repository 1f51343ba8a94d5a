"""Who may see and do what.

A counsellor sees the own Leerwinkel; a coordinator also leads it (colleagues, hours, log, export);
an administrator does both for all of them.
"""

from typing import Any

import sqlalchemy as sa

from bot import store

LEADERS = ("coordinator", "administrator")


def sees_all(counsellor: store.Counsellor) -> bool:
    """Whether this person sees every Leerwinkel."""
    return counsellor.role == "administrator"


def may_see(counsellor: store.Counsellor, leerwinkel: str | None) -> bool:
    """Whether this person may see what belongs to this Leerwinkel (None: to none yet)."""
    return sees_all(counsellor) or (leerwinkel is not None and leerwinkel == counsellor.leerwinkel)


def leads(counsellor: store.Counsellor) -> bool:
    """Whether this person sets hours and accounts, reads the log and exports."""
    return counsellor.role in LEADERS


def may_lead(counsellor: store.Counsellor, leerwinkel: str | None) -> bool:
    """Whether this person leads this Leerwinkel."""
    return leads(counsellor) and may_see(counsellor, leerwinkel)


def may_give_role(counsellor: store.Counsellor, role: str) -> bool:
    """Whether this person may make accounts with this role: nobody makes more than they are."""
    return leads(counsellor) and (role != "administrator" or sees_all(counsellor))


def may_change_account(counsellor: store.Counsellor, other: store.Counsellor) -> bool:
    """Whether this person may change that account (never their own: that is the account page)."""
    return (
        other.id != counsellor.id
        and may_lead(counsellor, other.leerwinkel)
        and may_give_role(counsellor, other.role)
    )


def scope(counsellor: store.Counsellor, column: Any) -> sa.ColumnElement[bool]:
    """The condition that keeps a query within what this person may see."""
    return sa.true() if sees_all(counsellor) else column == counsellor.leerwinkel

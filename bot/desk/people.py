"""Colleagues and their accounts, for coordinators (own Leerwinkel) and administrators (all)."""

import dataclasses
import datetime as dtm
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.responses import Response

from bot import contract, store
from bot.desk import accounts, rights, totp
from bot.desk.calls import Call, Form
from bot.desk.wording import say_leerwinkel


@dataclasses.dataclass(frozen=True)
class Person:
    """An account in the list."""

    id: int
    first_name: str
    email: str
    role: str
    role_name: str
    leerwinkel: str
    active: bool
    second_factor: bool
    may_change: bool
    left_behind: bool
    """The account is closed, and there are still appointments to come."""


def show(call: Call) -> Response:
    """The list, with a form for a new account."""
    return _page(call)


def add(call: Call) -> Response:
    """Makes an account with a password that is shown once."""
    role = call.form.get("role")
    leerwinkel = call.form.get("leerwinkel") or call.counsellor.leerwinkel
    if not rights.may_give_role(call.counsellor, role) or not rights.may_see(
        call.counsellor, leerwinkel
    ):
        return call.not_found()
    password = accounts.made_up_password()
    try:
        made = accounts.add(
            call.form.get("email"),
            name=call.form.get("name"),
            leerwinkel=leerwinkel,
            role=role,
            password=password,
            now=call.now,
            temporary=True,
        )
    except accounts.AccountError as error:
        return _page(call, status=422, problem=str(error), form=call.form)
    with store.session() as work:
        call.note(work, "account_added", made, accounts.ROLES[role])
    return _password_page(call, made, password)


def change(call: Call) -> Response:
    """Changes name and role."""

    def apply(work: Session, found: store.Counsellor) -> None:
        role = call.form.get("role")
        if not rights.may_give_role(call.counsellor, role):
            raise accounts.AccountError("Deze rol kan je niet geven.")
        name = " ".join(call.form.get("name").split())
        if not 1 <= len(name) <= accounts.MAX_NAME:
            raise accounts.AccountError(f"Geef een voornaam van 1 tot {accounts.MAX_NAME} tekens.")
        accounts.set_role(work, found, role)
        found.first_name = name
        call.note(work, "account_changed", found, accounts.ROLES[role])

    return _change(call, apply)


def open_or_close(call: Call) -> Response:
    """Closes an account, or opens it again."""

    def apply(work: Session, found: store.Counsellor) -> None:
        active = not found.active
        accounts.set_active(work, found, active=active)
        call.note(work, "account_opened" if active else "account_closed", found)

    return _change(call, apply)


def new_password(call: Call) -> Response:
    """Gives a colleague who forgot it a new password, shown once; the old sessions end."""
    password = accounts.made_up_password()
    with store.session() as work:
        found = _wanted(work, call)
        if found is not None:
            accounts.set_password(work, found, password, temporary=True)
            call.note(work, "password_changed", found)
    return call.not_found() if found is None else _password_page(call, found, password)


def reset_second_factor(call: Call) -> Response:
    """Switches the second factor off for a colleague who lost the phone and the codes."""

    def apply(work: Session, found: store.Counsellor) -> None:
        totp.switch_off(work, found.id)
        call.note(work, "second_factor_off", found)

    return _change(call, apply)


def _change(call: Call, apply: Callable[[Session, store.Counsellor], None]) -> Response:
    try:
        with store.session() as work:
            found = _wanted(work, call)
            if found is not None:
                apply(work, found)
    except accounts.AccountError as error:
        return _page(call, status=422, problem=str(error))
    if found is None:
        return call.not_found()
    return call.go("/collegas?gedaan=bewaard")


def _wanted(work: Session, call: Call) -> store.Counsellor | None:
    found = work.get(store.Counsellor, call.id)
    if found is None or not rights.may_change_account(call.counsellor, found):
        return None
    return found


def _page(
    call: Call, *, status: int = 200, problem: str = "", form: Form | None = None
) -> Response:
    roles = {
        role: name
        for role, name in accounts.ROLES.items()
        if rights.may_give_role(call.counsellor, role)
    }
    return call.page(
        "people.html",
        status=status,
        problem=problem,
        typed=form or Form(),
        people=_people(call.counsellor, call.now),
        roles=roles,
        leerwinkels=contract.labels("leerwinkel"),
    )


def _people(counsellor: store.Counsellor, now: dtm.datetime) -> Sequence[Person]:
    with store.session(writes=False) as work:
        busy = set(work.scalars(sa.select(store.Counsellor.id).where(_has_appointments(now))))
        found = work.scalars(
            sa.select(store.Counsellor)
            .where(rights.scope(counsellor, store.Counsellor.leerwinkel))
            .order_by(
                store.Counsellor.leerwinkel,
                store.Counsellor.active.desc(),
                store.Counsellor.first_name,
            )
        ).all()
    return [
        Person(
            id=one.id,
            first_name=one.first_name,
            email=one.email,
            role=one.role,
            role_name=accounts.ROLES.get(one.role, one.role),
            leerwinkel=say_leerwinkel(one.leerwinkel),
            active=one.active,
            second_factor=one.totp_sealed is not None,
            may_change=rights.may_change_account(counsellor, one),
            left_behind=not one.active and one.id in busy,
        )
        for one in found
    ]


def _password_page(call: Call, found: store.Counsellor, password: str) -> Response:
    return call.page("password.html", person=found, password=password)


def colleagues(
    work: Session,
    counsellor: store.Counsellor,
    leerwinkel: str | None = None,
    *,
    leavers_at: dtm.datetime | None = None,
) -> Sequence[store.Counsellor]:
    """The active people of a Leerwinkel (None: the own one), oneself first, by first name.

    Args:
        work: the unit of work.
        counsellor: who asks.
        leerwinkel: code of the contract.
        leavers_at: also those whose account is closed and who still have appointments after
            this moment: somebody has to move these.
    """
    wanted = sa.or_(store.Counsellor.active)
    if leavers_at is not None:
        wanted = sa.or_(wanted, _has_appointments(leavers_at))
    found = work.scalars(
        sa.select(store.Counsellor)
        .where(store.Counsellor.leerwinkel == (leerwinkel or counsellor.leerwinkel), wanted)
        .order_by(store.Counsellor.first_name, store.Counsellor.id)
    ).all()
    return sorted(found, key=lambda one: one.id != counsellor.id)


def _has_appointments(now: dtm.datetime) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        store.Appointment.counsellor_id == store.Counsellor.id,
        store.Appointment.status == "booked",
        store.Appointment.starts_at > now,
    )

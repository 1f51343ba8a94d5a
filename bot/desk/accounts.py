"""Accounts of the desk: making, finding, disabling them; checking passwords."""

import datetime as dtm
import functools
import re
import secrets

import argon2
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import contract, store

MIN_PASSWORD = 10
MAX_PASSWORD = 1000
ROLES = {"counsellor": "begeleider", "coordinator": "coördinator", "administrator": "beheerder"}
"""Role -> Dutch name. An administrator sees every Leerwinkel, the others their own."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MAX_EMAIL, MAX_NAME = 254, 80


class AccountError(ValueError):
    """Something is wrong with what was given for an account; the message is Dutch, for people."""


@functools.cache
def _hasher() -> argon2.PasswordHasher:
    return argon2.PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash that the database keeps."""
    return _hasher().hash(password)


@functools.cache
def _nobody() -> str:
    return hash_password("nobody has this password")


def password_problem(password: str) -> str | None:
    """What is wrong with a new password, in Dutch, or None."""
    if len(password) < MIN_PASSWORD:
        return f"Het wachtwoord is te kort. Neem minstens {MIN_PASSWORD} tekens."
    if len(password) > MAX_PASSWORD:
        return f"Het wachtwoord is te lang. Neem hoogstens {MAX_PASSWORD} tekens."
    if len(set(password)) < 4:
        return "Het wachtwoord is te eenvoudig. Neem meer verschillende tekens."
    return None


def normal_email(email: str) -> str:
    """An e-mail address as it is stored and looked up: without space around it, in lower case."""
    return email.strip().lower()


def check(email: str, password: str) -> store.Counsellor | None:
    """The active counsellor with this e-mail address and password, or None.

    Takes as long for an unknown address as for a known one, so that the time tells nothing.
    """
    with store.session(writes=False) as work:
        found = work.scalars(
            sa.select(store.Counsellor).where(
                store.Counsellor.email == normal_email(email), store.Counsellor.active
            )
        ).first()
    try:
        _hasher().verify(found.password_hash if found else _nobody(), password[:MAX_PASSWORD])
    except (argon2.exceptions.VerifyMismatchError, argon2.exceptions.InvalidHashError):
        return None
    if found and _hasher().check_needs_rehash(found.password_hash):
        _keep_hash(found.id, hash_password(password))
    return found


def _keep_hash(counsellor_id: int, password_hash: str) -> None:
    with store.session() as work:
        work.execute(
            sa.update(store.Counsellor)
            .where(store.Counsellor.id == counsellor_id)
            .values(password_hash=password_hash)
        )


def by_id(counsellor_id: int) -> store.Counsellor | None:
    """The active counsellor with this number, or None."""
    with store.session(writes=False) as work:
        found = work.get(store.Counsellor, counsellor_id)
    return found if found and found.active else None


def check_details(email: str, *, name: str, leerwinkel: str, role: str) -> None:
    """Looks whether an account can be made from this, before anybody types a password.

    Raises:
        AccountError: a value is missing or wrong.
    """
    email, name = normal_email(email), " ".join(name.split())
    if not EMAIL.fullmatch(email) or len(email) > MAX_EMAIL:
        raise AccountError(f"'{email}' is geen e-mailadres. Schrijf bijvoorbeeld an@genk.be.")
    if not name or len(name) > MAX_NAME:
        raise AccountError(f"Geef een voornaam van 1 tot {MAX_NAME} tekens.")
    known = ", ".join(contract.labels("leerwinkel"))
    if not leerwinkel:
        raise AccountError(f"Kies een Leerwinkel: {known}.")
    if leerwinkel not in contract.labels("leerwinkel"):
        raise AccountError(f"Leerwinkel '{leerwinkel}' bestaat niet. Kies: {known}.")
    if role not in ROLES:
        raise AccountError(f"De rol '{role}' bestaat niet. Kies: {', '.join(ROLES)}.")


def add(
    email: str,
    *,
    name: str,
    leerwinkel: str,
    role: str,
    password: str,
    now: dtm.datetime,
    temporary: bool = False,
) -> store.Counsellor:
    """Makes an account; a temporary password has to be changed at the first log-in.

    Raises:
        AccountError: a value is wrong, or the e-mail address already has an account.
    """
    check_details(email, name=name, leerwinkel=leerwinkel, role=role)
    email, name = normal_email(email), " ".join(name.split())
    if problem := password_problem(password):
        raise AccountError(problem)
    made = store.Counsellor(
        email=email,
        first_name=name,
        leerwinkel=leerwinkel,
        role=role,
        password_hash=hash_password(password),
        active=True,
        created_at=now,
        temporary_password=temporary,
    )
    try:
        with store.session() as work:
            work.add(made)
    except sa.exc.IntegrityError:
        raise AccountError(f"{email} heeft al een account.") from None
    return made


def everyone() -> list[store.Counsellor]:
    """All accounts, ordered by Leerwinkel and e-mail address."""
    with store.session(writes=False) as work:
        return list(
            work.scalars(
                sa.select(store.Counsellor).order_by(
                    store.Counsellor.leerwinkel, store.Counsellor.email
                )
            )
        )


def find(work: Session, email: str) -> store.Counsellor:
    """The account with this e-mail address, also a disabled one.

    Raises:
        AccountError: no account has this e-mail address.
    """
    found = work.scalars(
        sa.select(store.Counsellor).where(store.Counsellor.email == normal_email(email))
    ).first()
    if found is None:
        raise AccountError(f"{normal_email(email)} heeft geen account.")
    return found


def disable(email: str) -> store.Counsellor:
    """Disables an account: nobody logs in with it, and its open sessions end at once.

    Raises:
        AccountError: no account has this e-mail address.
    """
    with store.session() as work:
        found = find(work, email)
        set_active(work, found, active=False)
        return found


def set_active(work: Session, counsellor: store.Counsellor, *, active: bool) -> None:
    """Opens or closes an account; closing ends its sessions."""
    counsellor.active = active
    if not active:
        _end_sessions(work, counsellor.id)


def set_password(
    work: Session, counsellor: store.Counsellor, password: str, *, temporary: bool = False
) -> None:
    """Gives an account a new password and ends all its sessions.

    Raises:
        AccountError: the password is too short, too long or too simple.
    """
    if problem := password_problem(password):
        raise AccountError(problem)
    counsellor.password_hash = hash_password(password)
    counsellor.temporary_password = temporary
    _end_sessions(work, counsellor.id)


def made_up_password() -> str:
    """A password to hand over once: 12 letters and digits in groups, without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))


def set_role(work: Session, counsellor: store.Counsellor, role: str) -> None:
    """Gives an account another role.

    Raises:
        AccountError: there is no such role.
    """
    if role not in ROLES:
        raise AccountError(f"De rol '{role}' bestaat niet. Kies: {', '.join(ROLES)}.")
    counsellor.role = role


def _end_sessions(work: Session, counsellor_id: int) -> None:
    work.execute(
        sa.delete(store.DeskSession).where(store.DeskSession.counsellor_id == counsellor_id)
    )

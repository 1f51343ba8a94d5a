"""Demonstration data: two counsellors with weekly hours for each Leerwinkel.

The hours are invented: the services have not published theirs.
"""

import dataclasses
import datetime as dtm
import secrets
from collections.abc import Callable

import sqlalchemy as sa

from bot import contract, store

DOMAIN = "demo.invalid"
"""Top-level domain that can never receive mail (RFC 2606)."""

Hours = tuple[tuple[int, str, str], ...]

FIRST: Hours = (
    (0, "09:00", "12:00"),
    (0, "13:00", "16:00"),
    (1, "09:00", "12:00"),
    (2, "13:00", "19:00"),
    (3, "09:00", "12:00"),
    (3, "13:00", "16:00"),
)
SECOND: Hours = (
    (1, "09:00", "12:00"),
    (1, "13:00", "16:30"),
    (2, "09:00", "12:30"),
    (3, "16:00", "19:00"),
    (4, "09:00", "12:00"),
)
NAMES: dict[str, tuple[str, str]] = {
    "brussel": ("Amina", "Joris"),
    "genk": ("Elif", "Bart"),
    "mechelen": ("Sofie", "Karim"),
    "gent": ("Lotte", "Mehmet"),
    "west_vlaanderen": ("Griet", "Samir"),
    "leuven": ("Nele", "Fatou"),
}


@dataclasses.dataclass(frozen=True)
class Made:
    """An account that was made now; its password is known here and nowhere else."""

    leerwinkel: str
    first_name: str
    email: str
    password: str


def fill(
    hash_password: Callable[[str], str], *, password: str | None, now: dtm.datetime
) -> list[Made]:
    """Makes the counsellors and hours that are not there yet; existing accounts stay as they are.

    Args:
        hash_password: turns a password into what the database keeps.
        password: for all new accounts; None makes a different one for each.
        now: the present moment.
    """
    made = []
    with store.session() as work:
        for leerwinkel in contract.labels("leerwinkel"):
            for first_name, hours in zip(NAMES[leerwinkel], (FIRST, SECOND), strict=True):
                email = f"{first_name.lower()}.{leerwinkel}@{DOMAIN}"
                if work.scalar(sa.select(store.Counsellor.id).filter_by(email=email)):
                    continue
                chosen = password or secrets.token_urlsafe(9)
                counsellor = store.Counsellor(
                    email=email,
                    first_name=first_name,
                    leerwinkel=leerwinkel,
                    role="counsellor",
                    password_hash=hash_password(chosen),
                    active=True,
                    created_at=now,
                )
                work.add(counsellor)
                work.flush()
                for weekday, start, end in hours:
                    work.add(
                        store.Availability(
                            counsellor_id=counsellor.id,
                            weekday=weekday,
                            from_minute=_minutes(start),
                            to_minute=_minutes(end),
                        )
                    )
                made.append(Made(leerwinkel, first_name, email, chosen))
    return made


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)

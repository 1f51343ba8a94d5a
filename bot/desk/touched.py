"""Appointments in closed time as pages list them: whom to call, and what to do."""

import dataclasses
import datetime as dtm
from collections.abc import Iterable, Sequence

from bot import store
from bot.desk.contact import name_of, phone_of
from bot.desk.wording import say_when


@dataclasses.dataclass(frozen=True)
class Touched:
    """One appointment that should be moved."""

    id: int
    when: str
    name: str
    phone: str
    counsellor: str


def touched(found: Iterable[store.Appointment], now: dtm.datetime) -> Sequence[Touched]:
    """The appointments, with `counsellor` and `intake` loaded, as the pages show them."""
    return [
        Touched(
            id=one.id,
            when=say_when(one.starts_at, now),
            name=name_of(one),
            phone=phone_of(one),
            counsellor=one.counsellor.first_name,
        )
        for one in found
    ]

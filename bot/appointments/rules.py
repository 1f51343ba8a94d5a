"""How appointments are given: their length, how soon, how far ahead, how many, in which form."""

import dataclasses
import datetime as dtm
from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot import contract, store
from bot.appointments.errors import NotPossible

GRID = dtm.timedelta(minutes=15)
"""Appointments start and end on quarters of an hour."""
FORMS = ("in_person", "phone", "video")
MOST = {"length": 240, "buffer": 120, "lead": 30 * 24, "horizon": 365, "daily": 30}


@dataclasses.dataclass(frozen=True)
class Rules:
    """The rules of a Leerwinkel; the defaults hold where nothing was set."""

    length: dtm.timedelta = dtm.timedelta(minutes=45)
    buffer: dtm.timedelta = dtm.timedelta(0)
    """Kept free after each appointment."""
    lead: dtm.timedelta = dtm.timedelta(hours=24)
    """The first slot lies at least this far ahead, so that the counsellor can prepare."""
    horizon: dtm.timedelta = dtm.timedelta(weeks=6)
    daily_limit: int | None = None
    """Most appointments a day for one counsellor."""
    forms: tuple[str, ...] = ("in_person",)
    """What a client may choose from: in_person, phone, video."""


def rules_in(work: Session, leerwinkel: str) -> Rules:
    """The rules of a Leerwinkel, in a unit of work that is going on."""
    row = work.get(store.BookingRules, leerwinkel)
    if row is None:
        return Rules()
    return Rules(
        length=dtm.timedelta(minutes=row.length_minutes),
        buffer=dtm.timedelta(minutes=row.buffer_minutes),
        lead=dtm.timedelta(hours=row.lead_hours),
        horizon=dtm.timedelta(days=row.horizon_days),
        daily_limit=row.daily_limit,
        forms=tuple(row.forms),
    )


def rules_of(leerwinkel: str) -> Rules:
    """The rules of a Leerwinkel (code of the contract)."""
    with store.session(writes=False) as work:
        return rules_in(work, leerwinkel)


def set_rules(
    leerwinkel: str,
    *,
    length_minutes: int,
    buffer_minutes: int,
    lead_hours: int,
    horizon_days: int,
    daily_limit: int | None,
    forms: Sequence[str],
) -> Rules:
    """Sets the rules for new appointments; those that were made stay as they are.

    Args:
        leerwinkel: code of the contract.
        length_minutes: of an appointment, a multiple of 15, 15 to 240.
        buffer_minutes: kept free after each, a multiple of 15, 0 to 120.
        lead_hours: how far ahead the first free slot lies, 0 to 720.
        horizon_days: how far ahead the last one lies, 1 to 365.
        daily_limit: most a day for one counsellor, 1 to 30; None: no limit.
        forms: at least one of in_person, phone, video; the first is proposed first.

    Raises:
        NotPossible: a value that cannot be, with a sentence for the form.
    """
    _check_leerwinkel(leerwinkel)
    _check_quarters("De lengte", length_minutes, 15, MOST["length"])
    _check_quarters("De pauze", buffer_minutes, 0, MOST["buffer"])
    _check_range("De eerste afspraak", lead_hours, 0, MOST["lead"], "uur")
    _check_range("De laatste afspraak", horizon_days, 1, MOST["horizon"], "dagen")
    if dtm.timedelta(hours=lead_hours) >= dtm.timedelta(days=horizon_days):
        raise NotPossible("De laatste dag ligt voor de eerste. Kies meer dagen vooruit.")
    if daily_limit is not None:
        _check_range("Het aantal per dag", daily_limit, 1, MOST["daily"], "afspraken")
    chosen = [form for form in FORMS if form in forms]
    if not chosen or len(chosen) != len(set(forms)):
        raise NotPossible("Kies minstens één vorm: hier, telefoon of video.")
    with store.session() as work:
        work.merge(
            store.BookingRules(
                leerwinkel=leerwinkel,
                length_minutes=length_minutes,
                buffer_minutes=buffer_minutes,
                lead_hours=lead_hours,
                horizon_days=horizon_days,
                daily_limit=daily_limit,
                forms=list(dict.fromkeys(forms)),
            )
        )
        work.flush()
        return rules_in(work, leerwinkel)


def _check_leerwinkel(leerwinkel: str) -> None:
    if leerwinkel not in contract.labels("leerwinkel"):
        raise NotPossible("Deze Leerwinkel bestaat niet. Kies er een uit de lijst.")


def _check_range(what: str, value: int, least: int, most: int, unit: str) -> None:
    if not least <= value <= most:
        raise NotPossible(f"{what} klopt niet: kies {least} tot {most} {unit}.")


def _check_quarters(what: str, minutes: int, least: int, most: int) -> None:
    _check_range(what, minutes, least, most, "minuten")
    if minutes % 15:
        raise NotPossible(f"{what} klopt niet: kies een kwartier of een veelvoud ervan.")

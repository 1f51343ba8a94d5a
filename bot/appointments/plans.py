"""What the database says about when counsellors are where, as plans for the slot pipeline."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments.days_off import day_off
from bot.appointments.slots import DayHours, Plan, WeeklyHours

Place = int | None
"""The id of a branch; None: the main office."""


def plans_in(
    work: Session, counsellors: Collection[store.Counsellor], first: dtm.date, last: dtm.date
) -> dict[int, dict[Place, Plan]]:
    """Counsellor id -> place -> when they are there, for the local days `first` to `last`."""
    ids = [one.id for one in counsellors]
    leerwinkels = {one.id: one.leerwinkel for one in counsellors}
    closed = _closing_days(work, set(leerwinkels.values()), first, last)
    opening = _opening(work, set(leerwinkels.values()))
    shut = set(work.scalars(sa.select(store.Branch.id).where(sa.not_(store.Branch.active))))
    weekly = _weekly(work, ids)
    extra: dict[tuple[int, Place], list[DayHours]] = defaultdict(list)
    away: dict[int, list[DayHours]] = defaultdict(list)
    for row in work.scalars(
        sa.select(store.HoursException).where(
            store.HoursException.counsellor_id.in_(ids),
            store.HoursException.last_day >= first,
            store.HoursException.first_day <= last,
        )
    ):
        hours = DayHours(row.first_day, row.last_day, row.from_minute, row.to_minute)
        if row.extra:
            extra[row.counsellor_id, row.branch_id].append(hours)
        else:
            away[row.counsellor_id].append(hours)
    plans: dict[int, dict[Place, Plan]] = {one: {} for one in ids}
    for who, place in sorted({*weekly, *extra}, key=lambda key: (key[0], key[1] or 0)):
        if place in shut:
            continue
        leerwinkel = leerwinkels[who]
        plans[who][place] = Plan(
            weekly=tuple(weekly.get((who, place), ())),
            opening=tuple(opening.get((leerwinkel, place), ())),
            extra=tuple(extra.get((who, place), ())),
            away=tuple(away.get(who, ())),
            is_off=_is_off(closed, leerwinkel, place),
        )
    return plans


def days_off_in(
    work: Session, leerwinkel: str, first: dtm.date, last: dtm.date, *, place: Place = None
) -> dict[dtm.date, str]:
    """The days from `first` to `last` on which a place receives nobody, with the Dutch reason."""
    is_off = _is_off(_closing_days(work, {leerwinkel}, first, last), leerwinkel, place)
    days = (first + dtm.timedelta(days=n) for n in range((last - first).days + 1))
    return {day: name for day in days if (name := is_off(day))}


def _weekly(work: Session, ids: Collection[int]) -> dict[tuple[int, Place], list[WeeklyHours]]:
    found: dict[tuple[int, Place], list[WeeklyHours]] = defaultdict(list)
    for row in work.scalars(
        sa.select(store.Availability).where(store.Availability.counsellor_id.in_(ids))
    ):
        found[row.counsellor_id, row.branch_id].append(
            WeeklyHours(row.weekday, row.from_minute, row.to_minute, row.branch_id)
        )
    return found


def _opening(
    work: Session, leerwinkels: Collection[str]
) -> dict[tuple[str, Place], list[WeeklyHours]]:
    found: dict[tuple[str, Place], list[WeeklyHours]] = defaultdict(list)
    for row in work.scalars(
        sa.select(store.OpeningHours).where(store.OpeningHours.leerwinkel.in_(leerwinkels))
    ):
        found[row.leerwinkel, row.branch_id].append(
            WeeklyHours(row.weekday, row.from_minute, row.to_minute, row.branch_id)
        )
    return found


def _closing_days(
    work: Session, leerwinkels: Collection[str], first: dtm.date, last: dtm.date
) -> list[store.ClosingDay]:
    return list(
        work.scalars(
            sa.select(store.ClosingDay).where(
                sa.or_(
                    store.ClosingDay.leerwinkel.is_(None),
                    store.ClosingDay.leerwinkel.in_(leerwinkels),
                ),
                store.ClosingDay.last_day >= first,
                store.ClosingDay.first_day <= last,
            )
        )
    )


def _is_off(
    closed: Iterable[store.ClosingDay], leerwinkel: str, place: Place
) -> Callable[[dtm.date], str | None]:
    """Whether a local day is a holiday or one of the place's own closing days, and which."""
    stretches = [
        (row.first_day, row.last_day, row.name or "gesloten")
        for row in closed
        if row.leerwinkel in (None, leerwinkel) and row.branch_id in (None, place)
    ]

    def is_off(day: dtm.date) -> str | None:
        own = next((name for start, end, name in stretches if start <= day <= end), None)
        return own or day_off(day)

    return is_off

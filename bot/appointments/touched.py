"""Which appointments lie in time that is closed now: they stay until somebody moves them."""

import datetime as dtm
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from bot import store
from bot.appointments.intervals import Interval
from bot.appointments.slots import DayHours, days_to_intervals, moment

WHOLE_DAY = 24 * 60


def in_absences(counsellor_id: int, *, now: dtm.datetime) -> list[store.Appointment]:
    """The counsellor's appointments to come that lie in an absence, in order of time.

    With `counsellor`, `intake` and `branch` loaded.
    """
    with store.session(writes=False) as work:
        away = [
            DayHours(row.first_day, row.last_day, row.from_minute, row.to_minute)
            for row in work.scalars(
                sa.select(store.HoursException).where(
                    store.HoursException.counsellor_id == counsellor_id,
                    sa.not_(store.HoursException.extra),
                    store.HoursException.last_day >= now.date() - dtm.timedelta(days=1),
                )
            )
        ]
        return _touched(work, away, store.Appointment.counsellor_id == counsellor_id, now=now)


def on_closing_days(leerwinkel: str, *, now: dtm.datetime) -> list[store.Appointment]:
    """The appointments to come of a Leerwinkel that lie on its closing days, in order of time.

    With `counsellor`, `intake` and `branch` loaded.
    """
    found: dict[int, store.Appointment] = {}
    with store.session(writes=False) as work:
        rows = work.scalars(
            sa.select(store.ClosingDay).where(
                sa.or_(
                    store.ClosingDay.leerwinkel.is_(None),
                    store.ClosingDay.leerwinkel == leerwinkel,
                ),
                store.ClosingDay.last_day >= now.date() - dtm.timedelta(days=1),
            )
        ).all()
        for row in rows:
            wanted = [store.Appointment.leerwinkel == leerwinkel]
            if row.branch_id is not None:
                wanted.append(store.Appointment.branch_id == row.branch_id)
            days = [DayHours(row.first_day, row.last_day)]
            found |= {one.id: one for one in _touched(work, days, *wanted, now=now)}
    return sorted(found.values(), key=lambda one: (one.starts_at, one.id))


def appointments_between(
    counsellor_id: int, hours: DayHours, *, now: dtm.datetime
) -> list[store.Appointment]:
    """The counsellor's appointments to come in these hours, in order of time."""
    with store.session(writes=False) as work:
        return _touched(work, [hours], store.Appointment.counsellor_id == counsellor_id, now=now)


def _touched(
    work: Session,
    hours: Collection[DayHours],
    *wanted: sa.ColumnElement[bool],
    now: dtm.datetime,
) -> list[store.Appointment]:
    if not hours:
        return []
    first = min(one.first_day for one in hours)
    last = max(one.last_day for one in hours)
    found = work.scalars(
        sa.select(store.Appointment)
        .where(
            *wanted,
            store.Appointment.status == "booked",
            store.Appointment.ends_at > now,
            store.Appointment.starts_at < moment(last, WHOLE_DAY),
            store.Appointment.ends_at > moment(first, 0),
        )
        .options(
            joinedload(store.Appointment.counsellor),
            joinedload(store.Appointment.intake),
            joinedload(store.Appointment.branch),
        )
        .order_by(store.Appointment.starts_at, store.Appointment.id)
    ).all()
    stretches = days_to_intervals(hours, first, last)
    return [
        one
        for one in found
        if any(Interval(one.starts_at, one.ends_at).overlaps(stretch) for stretch in stretches)
    ]

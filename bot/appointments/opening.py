"""Setting hours, places, absences and closing days, for the desk.

Who may do what is the desk's to check. Sentences of `NotPossible` can be shown as they are.
What is set here changes what is offered from then on; appointments that were made stay.
"""

import datetime as dtm
import itertools
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import contract, store
from bot.appointments.errors import NotPossible
from bot.appointments.say import WEEKDAYS
from bot.appointments.slots import DayHours, WeeklyHours

WHOLE_DAY = 24 * 60
LONGEST_DAYS = 366


def weekly_hours(counsellor_id: int) -> list[WeeklyHours]:
    """The counsellor's weekly hours, in order of time."""
    with store.session(writes=False) as work:
        rows = work.scalars(
            sa.select(store.Availability)
            .where(store.Availability.counsellor_id == counsellor_id)
            .order_by(store.Availability.weekday, store.Availability.from_minute)
        )
        return [_weekly(row) for row in rows]


def set_weekly_hours(counsellor_id: int, hours: Sequence[WeeklyHours]) -> None:
    """Puts these weekly hours in the place of all that were there.

    Args:
        counsellor_id: whose.
        hours: on quarters of an hour, each with its place; they do not overlap.

    Raises:
        NotPossible: with a sentence for the form; nothing has changed then.
    """
    _check_week(hours)
    with store.session() as work:
        counsellor = work.get(store.Counsellor, counsellor_id)
        if counsellor is None:
            raise NotPossible("Deze begeleider bestaat niet.")
        for one in hours:
            _check_branch(work, one.branch_id, counsellor.leerwinkel)
        work.execute(
            sa.delete(store.Availability).where(store.Availability.counsellor_id == counsellor_id)
        )
        for one in hours:
            work.add(
                store.Availability(
                    counsellor_id=counsellor_id,
                    weekday=one.weekday,
                    from_minute=one.from_minute,
                    to_minute=one.to_minute,
                    branch_id=one.branch_id,
                )
            )


def opening_hours(leerwinkel: str) -> list[WeeklyHours]:
    """When the places of a Leerwinkel are open; a place that is not named has no limit."""
    with store.session(writes=False) as work:
        rows = work.scalars(
            sa.select(store.OpeningHours)
            .where(store.OpeningHours.leerwinkel == leerwinkel)
            .order_by(store.OpeningHours.weekday, store.OpeningHours.from_minute)
        )
        return [_weekly(row) for row in rows]


def set_opening_hours(
    leerwinkel: str, hours: Sequence[WeeklyHours], *, branch_id: int | None = None
) -> None:
    """Puts these opening hours of one place in the place of those that were there.

    Args:
        leerwinkel: code of the contract.
        hours: on quarters of an hour; none: no limit. Their own `branch_id` is not looked at.
        branch_id: the place; None: the main office.

    Raises:
        NotPossible: with a sentence for the form; nothing has changed then.
    """
    _check_leerwinkel(leerwinkel)
    _check_week(hours)
    with store.session() as work:
        _check_branch(work, branch_id, leerwinkel)
        work.execute(
            sa.delete(store.OpeningHours).where(
                store.OpeningHours.leerwinkel == leerwinkel,
                store.OpeningHours.branch_id.is_not_distinct_from(branch_id),
            )
        )
        for one in hours:
            work.add(
                store.OpeningHours(
                    leerwinkel=leerwinkel,
                    branch_id=branch_id,
                    weekday=one.weekday,
                    from_minute=one.from_minute,
                    to_minute=one.to_minute,
                )
            )


def exceptions(counsellor_id: int, *, since: dtm.date) -> list[store.HoursException]:
    """The counsellor's absences and extra hours that end on `since` or later, in order."""
    with store.session(writes=False) as work:
        return list(
            work.scalars(
                sa.select(store.HoursException)
                .where(
                    store.HoursException.counsellor_id == counsellor_id,
                    store.HoursException.last_day >= since,
                )
                .order_by(store.HoursException.first_day, store.HoursException.from_minute)
            )
        )


def add_exception(
    counsellor_id: int,
    hours: DayHours,
    *,
    extra: bool,
    branch_id: int | None = None,
    note: str = "",
) -> int:
    """Notes an absence (leave, training) or extra hours (a zitdag) and gives its number.

    Args:
        counsellor_id: whose.
        hours: which days, and from when to when on each of them.
        extra: True: there besides the weekly hours; False: away.
        branch_id: where, for extra hours; None: the main office.
        note: for colleagues.

    Raises:
        NotPossible: with a sentence for the form. Appointments in the way are no error: show
            `in_absences` and let people decide.
    """
    _check_days(hours.first_day, hours.last_day)
    _check_minutes(hours.from_minute, hours.to_minute)
    with store.session() as work:
        counsellor = work.get(store.Counsellor, counsellor_id)
        if counsellor is None:
            raise NotPossible("Deze begeleider bestaat niet.")
        _check_branch(work, branch_id, counsellor.leerwinkel)
        place = branch_id if extra else None
        same = work.scalars(
            sa.select(store.HoursException).where(
                store.HoursException.counsellor_id == counsellor_id,
                store.HoursException.extra.is_(extra),
                store.HoursException.branch_id.is_not_distinct_from(place),
                store.HoursException.first_day <= hours.first_day,
                store.HoursException.last_day >= hours.last_day,
                store.HoursException.from_minute <= hours.from_minute,
                store.HoursException.to_minute >= hours.to_minute,
            )
        ).first()
        if same is not None:
            raise NotPossible(f"Dit staat er al: {_say_days(same)}.")
        row = store.HoursException(
            counsellor_id=counsellor_id,
            first_day=hours.first_day,
            last_day=hours.last_day,
            from_minute=hours.from_minute,
            to_minute=hours.to_minute,
            extra=extra,
            branch_id=place,
            note=note.strip()[:120],
        )
        work.add(row)
        work.flush()
        return row.id


def remove_exception(exception_id: int) -> bool:
    """Removes an absence or extra hours; False when it was not there any more."""
    return _remove(store.HoursException, exception_id)


def closing_days(leerwinkel: str, *, since: dtm.date) -> list[store.ClosingDay]:
    """The closing days of a Leerwinkel, those of all included, that end on `since` or later."""
    with store.session(writes=False) as work:
        return list(
            work.scalars(
                sa.select(store.ClosingDay)
                .where(
                    sa.or_(
                        store.ClosingDay.leerwinkel.is_(None),
                        store.ClosingDay.leerwinkel == leerwinkel,
                    ),
                    store.ClosingDay.last_day >= since,
                )
                .order_by(store.ClosingDay.first_day)
            )
        )


def add_closing_days(
    leerwinkel: str | None,
    first_day: dtm.date,
    last_day: dtm.date,
    *,
    name: str = "",
    branch_id: int | None = None,
) -> int:
    """Notes days on which nobody is received, and gives their number.

    Args:
        leerwinkel: code of the contract; None: all of them.
        first_day: included.
        last_day: included.
        name: the reason, as people read it ("brugdag").
        branch_id: only this place; None: every place.

    Raises:
        NotPossible: with a sentence for the form.
    """
    if leerwinkel is not None:
        _check_leerwinkel(leerwinkel)
    _check_days(first_day, last_day)
    with store.session() as work:
        if branch_id is not None:
            _check_branch(work, branch_id, leerwinkel)
        same = work.scalars(
            sa.select(store.ClosingDay).where(
                sa.or_(
                    store.ClosingDay.leerwinkel.is_(None),
                    store.ClosingDay.leerwinkel == leerwinkel,
                ),
                sa.or_(
                    store.ClosingDay.branch_id.is_(None), store.ClosingDay.branch_id == branch_id
                ),
                store.ClosingDay.first_day <= first_day,
                store.ClosingDay.last_day >= last_day,
            )
        ).first()
        if same is not None:
            raise NotPossible(f"Dit staat er al: {_say_days(same)}.")
        row = store.ClosingDay(
            leerwinkel=leerwinkel,
            branch_id=branch_id,
            first_day=first_day,
            last_day=last_day,
            name=name.strip()[:120],
        )
        work.add(row)
        work.flush()
        return row.id


def remove_closing_days(closing_id: int) -> bool:
    """Removes closing days; False when they were not there any more."""
    return _remove(store.ClosingDay, closing_id)


def branches(leerwinkel: str, *, all_of_them: bool = False) -> list[store.Branch]:
    """The places of a Leerwinkel besides the main office; inactive ones only when asked."""
    with store.session(writes=False) as work:
        query = sa.select(store.Branch).where(store.Branch.leerwinkel == leerwinkel)
        if not all_of_them:
            query = query.where(store.Branch.active)
        return list(work.scalars(query.order_by(store.Branch.name)))


def add_branch(leerwinkel: str, *, name: str, address: str) -> int:
    """Adds a place ("zitdag in Beringen") and gives its number.

    Raises:
        NotPossible: no name, or no such Leerwinkel.
    """
    _check_leerwinkel(leerwinkel)
    with store.session() as work:
        row = store.Branch(leerwinkel=leerwinkel, **_named(name, address))
        work.add(row)
        work.flush()
        return row.id


def change_branch(branch_id: int, *, name: str, address: str, active: bool) -> None:
    """Changes a place. In one that is not active nothing is offered any more.

    Raises:
        NotPossible: no name, or no such place.
    """
    with store.session() as work:
        row = work.get(store.Branch, branch_id)
        if row is None:
            raise NotPossible("Deze plaats bestaat niet.")
        for key, value in _named(name, address).items():
            setattr(row, key, value)
        row.active = active


def set_personal(counsellor_id: int, *, daily_limit: int | None, video_url: str | None) -> None:
    """A counsellor's own limit a day (None: the rule of the Leerwinkel) and video room.

    Raises:
        NotPossible: a limit outside 1 to 30, or an address that is not https.
    """
    if daily_limit is not None and not 1 <= daily_limit <= 30:
        raise NotPossible("Het aantal per dag klopt niet: kies 1 tot 30 afspraken.")
    if video_url and (not video_url.startswith("https://") or len(video_url) > 300):
        raise NotPossible("De link voor video klopt niet. Hij begint met https://.")
    with store.session() as work:
        row = work.get(store.Counsellor, counsellor_id)
        if row is None:
            raise NotPossible("Deze begeleider bestaat niet.")
        row.daily_limit = daily_limit
        row.video_url = video_url or None


def _named(name: str, address: str) -> dict[str, str]:
    if not name.strip():
        raise NotPossible("Geef de plaats een naam.")
    return {"name": name.strip()[:120], "address": address.strip()[:200]}


def _weekly(row: store.Availability | store.OpeningHours) -> WeeklyHours:
    return WeeklyHours(row.weekday, row.from_minute, row.to_minute, row.branch_id)


def _say_days(row: store.HoursException | store.ClosingDay) -> str:
    if row.first_day == row.last_day:
        return f"{row.first_day:%d/%m/%Y}"
    return f"{row.first_day:%d/%m/%Y} tot {row.last_day:%d/%m/%Y}"


def _remove(table: type[store.HoursException] | type[store.ClosingDay], number: int) -> bool:
    with store.session() as work:
        row = work.get(table, number)
        if row is not None:
            work.delete(row)
        return row is not None


def _check_leerwinkel(leerwinkel: str) -> None:
    if leerwinkel not in contract.labels("leerwinkel"):
        raise NotPossible("Deze Leerwinkel bestaat niet. Kies er een uit de lijst.")


def _check_branch(work: Session, branch_id: int | None, leerwinkel: str | None) -> None:
    if branch_id is None:
        return
    branch = work.get(store.Branch, branch_id)
    if branch is None or branch.leerwinkel != leerwinkel:
        raise NotPossible("Deze plaats is niet van deze Leerwinkel.")


def _check_days(first_day: dtm.date, last_day: dtm.date) -> None:
    if last_day < first_day:
        raise NotPossible("De laatste dag ligt voor de eerste.")
    if (last_day - first_day).days >= LONGEST_DAYS:
        raise NotPossible("Kies hoogstens een jaar in één keer.")


def _check_minutes(start: int, end: int) -> None:
    if not 0 <= start < end <= WHOLE_DAY:
        raise NotPossible("Het einde moet na het begin komen.")
    if start % 15 or end % 15:
        raise NotPossible("Kies een kwartier: 9.00, 9.15, 9.30 of 9.45 uur.")


def _check_week(hours: Sequence[WeeklyHours]) -> None:
    for one in hours:
        if not 0 <= one.weekday <= 6:
            raise NotPossible("Kies een dag van maandag tot zondag.")
        try:
            _check_minutes(one.from_minute, one.to_minute)
        except NotPossible as problem:
            raise NotPossible(f"{WEEKDAYS[one.weekday].capitalize()}: {problem}") from None
    ordered = sorted(hours, key=lambda one: (one.weekday, one.from_minute))
    for one, following in itertools.pairwise(ordered):
        if one.weekday == following.weekday and following.from_minute < one.to_minute:
            day = WEEKDAYS[one.weekday].capitalize()
            raise NotPossible(f"{day}: twee stukken overlappen. Maak er één van.")

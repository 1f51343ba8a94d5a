"""Which slots are on offer: the pipeline of `slots` fed from the database."""

import dataclasses
import datetime as dtm
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import store
from bot.appointments import holds, occupancy
from bot.appointments.errors import SlotTaken
from bot.appointments.plans import plans_in
from bot.appointments.rules import GRID, Rules, rules_in
from bot.appointments.say import local
from bot.appointments.slots import Slot, one_per_start, open_slots, spread

GRACE = dtm.timedelta(hours=1)
"""A slot that was offered stays bookable for this long after the lead time has passed it."""
TRIES = 3
_DAY = dtm.timedelta(days=1)


Hours = tuple[int, int, int]
"""Weekday (0 for Monday, -1 for every day), from hour, to hour; local."""


def _is_in(moment: dtm.datetime, hours: Hours) -> bool:
    weekday, begin, end = hours
    return weekday in (-1, moment.weekday()) and begin <= moment.hour < end


def free_slots(
    leerwinkel: str,
    *,
    now: dtm.datetime,
    after: dtm.datetime | None = None,
    before: dtm.datetime | None = None,
    limit: int = 3,
    sender_id: str | None = None,
    holds_count: bool = True,
    besides: dtm.datetime | None = None,
    not_on: Collection[int] = (),
    not_at: Collection[Hours] = (),
) -> list[Slot]:
    """Free slots of a Leerwinkel: one per start time, spread over half days, fair to counsellors.

    Args:
        leerwinkel: code of the contract; an unknown one has no slots.
        now: the present moment; the first and last slot lie ahead as the rules say.
        after: only slots that start at this moment or later.
        before: only slots that start before this moment.
        limit: at most so many.
        sender_id: the client who asks: what is held for them is free for them.
        holds_count: False also gives what is held for others.
        besides: a start that is of no use, as that of the appointment to be moved.
        not_on: weekdays that don't suit the client, 0 for Monday.
        not_at: hours that don't suit the client.
    """
    with store.session(writes=False) as work:
        rules = rules_in(work, leerwinkel)
        earliest, latest = now + rules.lead, now + rules.horizon
        if after is not None:
            earliest = max(earliest, after)
        if before is not None:
            latest = min(latest, before)
        counsellors = _counsellors(work, leerwinkel)
        slots = slots_in(
            work,
            counsellors,
            rules,
            earliest,
            latest,
            now=now,
            holder=sender_id,
            holds_count=holds_count,
        )
        load = _load(work, [one.id for one in counsellors], now)
    useful = (
        slot
        for slot in slots
        if slot.starts_at != besides
        and local(slot.starts_at).weekday() not in not_on
        and not any(_is_in(local(slot.starts_at), hours) for hours in not_at)
    )
    return spread(one_per_start(useful, load), limit)


def propose(
    leerwinkel: str,
    *,
    sender_id: str,
    now: dtm.datetime,
    after: dtm.datetime | None = None,
    before: dtm.datetime | None = None,
    limit: int = 3,
    besides: dtm.datetime | None = None,
    not_on: Collection[int] = (),
    not_at: Collection[Hours] = (),
) -> list[Slot]:
    """Free slots to show to a client, kept for that client for some minutes (see `holds`).

    What was kept for the client before is let go. See `free_slots` for the arguments.
    """
    with store.session(writes=False) as work:
        buffer = rules_in(work, leerwinkel).buffer
        ids = [one.id for one in _counsellors(work, leerwinkel)]
        crowded = holds.crowded(work, ids, sender_id=sender_id, now=now)
    kept: list[Slot] = []
    for _ in range(TRIES):
        found = free_slots(
            leerwinkel,
            now=now,
            after=after,
            before=before,
            limit=limit,
            sender_id=sender_id,
            besides=besides,
            not_on=not_on,
            not_at=not_at,
        )
        if crowded:
            return found
        kept = holds.hold(found, sender_id=sender_id, buffer=buffer, now=now)
        if len(kept) == len(found):
            break
    return kept


def keep(
    slots: Sequence[Slot], leerwinkel: str, *, sender_id: str, now: dtm.datetime
) -> list[Slot]:
    """Keeps slots that were proposed for some more minutes, and lets go the client's others.

    Returns:
        Those that are still to be had.
    """
    still = []
    with store.session(writes=False) as work:
        buffer = rules_in(work, leerwinkel).buffer
        for slot in slots:
            try:
                check_offered(work, slot, leerwinkel, now=now, holder=sender_id)
            except SlotTaken:
                continue
            still.append(slot)
        ids = [slot.counsellor_id for slot in slots]
        if holds.crowded(work, ids, sender_id=sender_id, now=now):
            return still
    return holds.hold(still, sender_id=sender_id, buffer=buffer, now=now)


def let_go(sender_id: str) -> None:
    """The client chooses nothing: what was kept for them is free at once."""
    with store.session() as work:
        holds.release(work, sender_id)


def free_days(
    leerwinkel: str, *, now: dtm.datetime, limit: int, sender_id: str | None = None
) -> list[dtm.date]:
    """The first local days that have a free slot, at most so many."""
    with store.session(writes=False) as work:
        rules = rules_in(work, leerwinkel)
        slots = slots_in(
            work,
            _counsellors(work, leerwinkel),
            rules,
            now + rules.lead,
            now + rules.horizon,
            now=now,
            holder=sender_id,
        )
    return sorted({local(slot.starts_at).date() for slot in slots})[:limit]


def all_held(leerwinkel: str, *, now: dtm.datetime) -> bool:
    """Whether there are slots, but all are kept for somebody who looks at them now."""
    return bool(free_slots(leerwinkel, now=now, limit=1, holds_count=False)) and not free_slots(
        leerwinkel, now=now, limit=1
    )


def check_offered(
    work: Session,
    slot: Slot,
    leerwinkel: str,
    *,
    now: dtm.datetime,
    holder: str | None,
    moving: int | None = None,
) -> Rules:
    """Refuses whatever we would not offer, so that nobody books at night or for ten hours.

    Args:
        work: the unit of work.
        slot: what the client chose.
        leerwinkel: code of the contract.
        now: the present moment.
        holder: the client.
        moving: the appointment that is put at the slot; its own time is free for it.

    Returns:
        The rules that hold for it.

    Raises:
        SlotTaken: it is not on offer.
    """
    rules = rules_in(work, leerwinkel)
    counsellor = work.scalars(
        sa.select(store.Counsellor).where(
            store.Counsellor.id == slot.counsellor_id,
            store.Counsellor.leerwinkel == leerwinkel,
            store.Counsellor.active,
        )
    ).first()
    if counsellor is None or slot.ends_at - slot.starts_at != rules.length:
        raise SlotTaken(f"no such slot at {leerwinkel}: {slot}")
    earliest, latest = now + rules.lead - min(GRACE, rules.lead), now + rules.horizon
    if not earliest <= slot.starts_at < latest:
        raise SlotTaken(f"too soon or too far ahead: {slot}")
    offered = slots_in(
        work,
        [counsellor],
        rules,
        slot.starts_at,
        slot.starts_at + dtm.timedelta(seconds=1),
        now=now,
        holder=holder,
        moving=moving,
    )
    if slot not in offered:
        raise SlotTaken(f"taken or not on offer: {slot}")
    return rules


def slots_in(
    work: Session,
    counsellors: Collection[store.Counsellor],
    rules: Rules,
    earliest: dtm.datetime,
    latest: dtm.datetime,
    *,
    now: dtm.datetime,
    holder: str | None = None,
    moving: int | None = None,
    holds_count: bool = True,
) -> list[Slot]:
    """All free slots of these counsellors that start in [earliest, latest), also overlapping."""
    if latest <= earliest:
        return []
    ids = [one.id for one in counsellors]
    plans = plans_in(work, counsellors, local(earliest).date(), local(latest).date())
    taken = occupancy.taken_in(
        work,
        ids,
        earliest - GRID,
        latest + rules.length + rules.buffer,
        now=now,
        holder=holder,
        besides=moving,
        holds_count=holds_count,
    )
    limits = {one.id: one.daily_limit or rules.daily_limit for one in counsellors}
    booked = (
        booked_per_day(work, ids, earliest, latest, besides=moving) if any(limits.values()) else {}
    )
    return [
        Slot(who, piece.start, piece.end, place)
        for who in ids
        for place, plan in plans[who].items()
        for piece in open_slots(
            plan,
            taken[who],
            earliest=earliest,
            latest=latest,
            rules=_with_limit(rules, limits[who]),
            booked=booked.get(who),
        )
    ]


def _counsellors(work: Session, leerwinkel: str) -> Sequence[store.Counsellor]:
    return work.scalars(
        sa.select(store.Counsellor).where(
            store.Counsellor.leerwinkel == leerwinkel, store.Counsellor.active
        )
    ).all()


def booked_per_day(
    work: Session,
    counsellor_ids: Collection[int],
    earliest: dtm.datetime,
    latest: dtm.datetime,
    *,
    besides: int | None = None,
) -> dict[int, dict[dtm.date, int]]:
    """Counsellor id -> local day -> appointments, for all days that the two moments touch."""
    found: dict[int, dict[dtm.date, int]] = {one: {} for one in counsellor_ids}
    rows = work.execute(
        sa.select(store.Appointment.counsellor_id, store.Appointment.starts_at).where(
            store.Appointment.counsellor_id.in_(counsellor_ids),
            store.Appointment.status != "cancelled",
            store.Appointment.starts_at > earliest - _DAY,
            store.Appointment.starts_at < latest + _DAY,
            store.Appointment.id.is_distinct_from(besides),
        )
    )
    for who, starts_at in rows:
        day = local(starts_at).date()
        found[who][day] = found[who].get(day, 0) + 1
    return found


def check_daily_limit(
    work: Session, slot: Slot, rules: Rules, *, besides: int | None = None
) -> None:
    """Counts again with the counsellor's row kept from other writers.

    Raises:
        SlotTaken: the day has its fill.
    """
    own = work.scalar(
        sa.select(store.Counsellor.daily_limit).where(store.Counsellor.id == slot.counsellor_id)
    )
    limit = own or rules.daily_limit
    if limit is None:
        return
    work.execute(
        sa.select(store.Counsellor.id)
        .where(store.Counsellor.id == slot.counsellor_id)
        .with_for_update()
    )
    days = booked_per_day(work, [slot.counsellor_id], slot.starts_at, slot.ends_at, besides=besides)
    if days[slot.counsellor_id].get(local(slot.starts_at).date(), 0) >= limit:
        raise SlotTaken("the day has its fill of appointments")


def _with_limit(rules: Rules, limit: int | None) -> Rules:
    return rules if limit == rules.daily_limit else dataclasses.replace(rules, daily_limit=limit)


def _load(work: Session, counsellor_ids: Collection[int], now: dtm.datetime) -> Mapping[int, int]:
    rows = work.execute(
        sa.select(store.Appointment.counsellor_id, sa.func.count())
        .where(
            store.Appointment.counsellor_id.in_(counsellor_ids),
            store.Appointment.status == "booked",
            store.Appointment.ends_at > now,
        )
        .group_by(store.Appointment.counsellor_id)
    )
    return {row[0]: row[1] for row in rows}

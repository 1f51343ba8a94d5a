"""Leases: work that one of several processes does at a time."""

import datetime as dtm

import sqlalchemy as sa

from bot.store.engine import session
from bot.store.tables import Lease


def take_lease(name: str, owner: str, *, until: dtm.datetime, now: dtm.datetime) -> bool:
    """Take or renew a lease; False as long as somebody else's has not run out.

    Args:
        name: what is leased.
        owner: who takes it: a text that no other process has.
        until: when it runs out unless it is renewed.
    """
    free = (Lease.owner == owner) | (Lease.until < now)
    with session() as work:
        renewed = work.execute(
            sa.update(Lease).where(Lease.name == name, free).values(owner=owner, until=until)
        )
        if renewed.rowcount:  # type: ignore[attr-defined]
            return True
        if work.get(Lease, name) is not None:
            return False
    try:
        with session() as work:
            work.add(Lease(name=name, owner=owner, until=until))
    except sa.exc.IntegrityError:  # another process was first
        return False
    return True


def give_up_lease(name: str, owner: str) -> None:
    """Let others have it at once; nothing happens when it is not this owner's."""
    with session() as work:
        work.execute(sa.delete(Lease).where(Lease.name == name, Lease.owner == owner))

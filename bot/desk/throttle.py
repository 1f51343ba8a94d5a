"""Slows down guessing of passwords: after some failures the next attempt has to wait.

Attempts are counted in the database, so that a restart or a second web process forgives nothing.
An attempt is written down before the password is checked: a hundred at once are a hundred.
"""

import dataclasses
import datetime as dtm
import hashlib
import hmac

import sqlalchemy as sa

from bot import store
from bot.settings import settings

WINDOW = dtm.timedelta(hours=1)
KEPT = dtm.timedelta(days=1)
FIRST_WAIT = dtm.timedelta(seconds=10)
LONGEST_WAIT = dtm.timedelta(minutes=15)
FREE = {"account and address": 5, "account": 20, "address": 100}
"""Failures an hour that cost nothing, by what they have in common. A person at one computer is
slowed first; an account that is guessed at from everywhere later; an address that tries many
accounts (it may be the address of a whole office) last."""


@dataclasses.dataclass(frozen=True)
class Attempt:
    """One attempt to log in; `wait` is zero when it may go on."""

    keys: tuple[str, ...]
    rows: tuple[int, ...]
    wait: dtm.timedelta


def waiting_time(failures: int, free: int) -> dtm.timedelta:
    """How long to wait after the last of so many failures: doubles each time, has a limit."""
    if failures < free:
        return dtm.timedelta(0)
    doublings = min(failures - free, 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _key(kind: str, *parts: str) -> str:
    text = "\0".join(("desk-login", kind, *parts))
    return hmac.new(settings().signing_key.encode(), text.encode(), hashlib.sha256).hexdigest()


def attempt(email: str, address: str, *, now: dtm.datetime) -> Attempt:
    """Writes down an attempt as failed, or tells how long to wait before the next.

    Args:
        email: the account, in normal form; it need not exist.
        address: network address of who tries.
        now: the present moment.
    """
    keys = {
        "account and address": _key("account and address", email, address),
        "account": _key("account", email),
        "address": _key("address", address),
    }
    with store.session() as work:
        work.execute(sa.delete(store.LoginFailure).where(store.LoginFailure.at < now - KEPT))
        wait = dtm.timedelta(0)
        for kind, key in keys.items():
            times = work.scalars(
                sa.select(store.LoginFailure.at).where(
                    store.LoginFailure.key == key, store.LoginFailure.at > now - WINDOW
                )
            ).all()
            if times:
                left = max(times) + waiting_time(len(times), FREE[kind]) - now
                wait = max(wait, left)
        if wait > dtm.timedelta(0):
            return Attempt(tuple(keys.values()), (), wait)
        rows = [store.LoginFailure(key=key, at=now) for key in keys.values()]
        work.add_all(rows)
        work.flush()
        return Attempt(tuple(keys.values()), tuple(row.id for row in rows), wait)


def succeeded(tried: Attempt) -> None:
    """Takes the attempt back, and forgets the failures of this account from this address."""
    with store.session() as work:
        work.execute(
            sa.delete(store.LoginFailure).where(
                sa.or_(
                    store.LoginFailure.id.in_(tried.rows), store.LoginFailure.key == tried.keys[0]
                )
            )
        )

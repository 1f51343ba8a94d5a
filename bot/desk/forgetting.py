"""What the desk notes down and does not keep for ever: the log, failed log-ins, old sessions."""

import datetime as dtm

import sqlalchemy as sa

from bot import store
from bot.desk import sessions, throttle
from bot.settings import settings

BATCH = 5000
"""Rows that go in one transaction: clients who book never wait long for the log."""


def forget(now: dtm.datetime) -> int:
    """Deletes what is older than it may be; how many rows. Called again and again.

    The log of looks is kept `log_days` (settings), a failed log-in a day, a session that ended by
    itself until it counts no more.
    """
    old = (
        (store.LookLog, store.LookLog.at < now - dtm.timedelta(days=settings().log_days)),
        (store.LoginFailure, store.LoginFailure.at < now - throttle.KEPT),
        (store.DeskSession, sa.not_(sessions.counts(now))),
    )
    with store.session(writes=False) as work:
        there = [
            (table, condition)
            for table, condition in old
            if work.scalar(sa.select(table.id).where(condition).limit(1)) is not None
        ]
    gone = 0
    for table, condition in there:
        with store.session() as work:
            oldest = sa.select(table.id).where(condition).limit(BATCH)
            done = work.execute(sa.delete(table).where(table.id.in_(oldest)))
            gone += int(done.rowcount)  # type: ignore[attr-defined]
    return gone

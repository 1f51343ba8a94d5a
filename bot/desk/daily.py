"""The daily mail to who still has intakes to read: "nieuwe intake" and a link, nothing more."""

import datetime as dtm

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import outbox, store
from bot.appointments import local, texts
from bot.appointments.days_off import day_off
from bot.desk import inbox
from bot.settings import settings

HOUR = 8
"""Local hour from which the mail of a day goes out."""
UNTIL = 17
"""Local hour after which it waits for the next working day."""
SATURDAY = 5


def remind(now: dtm.datetime) -> int:
    """Queues today's mails; how many. Called again and again: each person gets one a day at most.

    On working days between 8 and 17 o'clock, to the active counsellors and coordinators of each
    Leerwinkel with something unread (an administrator sees all, and is not mailed for all).
    """
    there = local(now)
    if not HOUR <= there.hour < UNTIL or there.weekday() >= SATURDAY or day_off(there.date()):
        return 0
    today = there.date()
    with store.session(writes=False) as work:
        places = inbox.places_with_unread(work)
        people = work.scalars(
            sa.select(store.Counsellor).where(
                store.Counsellor.active,
                store.Counsellor.role != "administrator",
                store.Counsellor.leerwinkel.in_(places),
            )
        ).all()
        keys = [_key(one, today) for one in people]
        sent = set(
            work.scalars(
                sa.select(store.OutgoingMessage.key).where(store.OutgoingMessage.key.in_(keys))
            )
        )
    waiting = [one for one in people if _key(one, today) not in sent]
    if not waiting:
        return 0
    with store.session() as work:
        return sum(_queue(work, one, today, now) for one in waiting)


def _queue(work: Session, counsellor: store.Counsellor, today: dtm.date, now: dtm.datetime) -> bool:
    link = f"{settings().link_base}/desk/?ongelezen=1"
    return outbox.enqueue(
        work,
        channel="mail",
        kind="daily_unread",
        address=counsellor.email,
        subject=texts.subject("staff_new"),
        text=texts.body("staff_new", {"desk": link}),
        now=now,
        key=_key(counsellor, today),
        expires_at=now + dtm.timedelta(hours=12),
    )


def _key(counsellor: store.Counsellor, today: dtm.date) -> str:
    return f"daily_unread:{counsellor.id}:{today.isoformat()}"

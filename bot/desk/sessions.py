"""The desk's sessions: a signed cookie names a row on the server, and the row decides.

A session ends after eight hours, after two hours without a page, at the log-out (a copied cookie
dies with it), when the account is disabled, and when its password or second factor changes.
Before the log-in the signed cookie holds all there is: the secret of the forms and, between
password and second factor, whose password was right.
"""

import dataclasses
import datetime as dtm
import hashlib
import hmac
import secrets
from typing import Any

import itsdangerous
import sqlalchemy as sa
from sqlalchemy.orm import Session as Work
from starlette.requests import Request
from starlette.responses import Response

from bot import store
from bot.desk import accounts
from bot.settings import settings

COOKIE = "leerwijzer_desk"
PATH = "/desk"
HOURS = 8
IDLE = dtm.timedelta(hours=2)
TOUCH = dtm.timedelta(minutes=5)
"""How often at most it is written down that somebody is there."""
PENDING = dtm.timedelta(minutes=10)
"""Time to give the second factor after the password."""


@dataclasses.dataclass(frozen=True)
class Session:
    """Who is there (None before the log-in), and the secret that every form must send back."""

    csrf: str
    counsellor: store.Counsellor | None = None
    pending: store.Counsellor | None = None
    """Whose password was right, while the second factor is awaited."""
    token: str = ""
    """Names the row; empty before the log-in."""

    def allows(self, token: str) -> bool:
        """Whether a form came from one of our own pages in this session."""
        return hmac.compare_digest(self.csrf.encode(), token.encode())


def fresh(pending: store.Counsellor | None = None) -> Session:
    """A new session with a new form secret, not logged in."""
    return Session(secrets.token_urlsafe(24), pending=pending)


def start(counsellor: store.Counsellor, *, now: dtm.datetime) -> Session:
    """Logs somebody in: a new row with a new form secret. Rows that are over are swept."""
    session = Session(secrets.token_urlsafe(24), counsellor, token=secrets.token_urlsafe(32))
    with store.session() as work:
        work.execute(
            sa.delete(store.DeskSession).where(
                store.DeskSession.created_at < now - dtm.timedelta(hours=HOURS)
            )
        )
        work.add(
            store.DeskSession(
                id=_row_id(session.token),
                counsellor_id=counsellor.id,
                csrf=session.csrf,
                created_at=now,
                seen_at=now,
            )
        )
    return session


def end(session: Session) -> None:
    """Logs out: the row goes, and with it every copy of the cookie."""
    with store.session() as work:
        work.execute(sa.delete(store.DeskSession).where(_is(session.token)))


def end_all(work: Work, counsellor_id: int, *, but: str = "") -> int:
    """Ends the sessions of an account (but for the one with this token); how many there were."""
    gone = sa.delete(store.DeskSession).where(store.DeskSession.counsellor_id == counsellor_id)
    if but:
        gone = gone.where(sa.not_(_is(but)))
    return int(work.execute(gone).rowcount)  # type: ignore[attr-defined]


def how_many(counsellor_id: int, *, now: dtm.datetime) -> int:
    """How many sessions of this account still count."""
    with store.session(writes=False) as work:
        return (
            work.scalar(
                sa.select(sa.func.count())
                .select_from(store.DeskSession)
                .where(store.DeskSession.counsellor_id == counsellor_id, counts(now))
            )
            or 0
        )


def of(request: Request, *, now: dtm.datetime, touch: bool = True) -> Session:
    """The session that the request's cookie names; a fresh one when it names none that counts.

    Args:
        request: with or without the cookie.
        now: the present moment.
        touch: whether this is a person asking for a page, and not the page asking for news.
    """
    try:
        held = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=HOURS * 3600)
    except itsdangerous.BadData:
        return fresh()
    if "sid" in held:
        return _logged_in(held["sid"], now, touch=touch) or fresh()
    return Session(held["csrf"], pending=_pending(held, now))


def _logged_in(token: str, now: dtm.datetime, *, touch: bool) -> Session | None:
    with store.session(writes=False) as work:
        found = work.execute(
            sa.select(store.DeskSession, store.Counsellor)
            .join(store.Counsellor, store.Counsellor.id == store.DeskSession.counsellor_id)
            .where(_is(token), counts(now), store.Counsellor.active)
        ).first()
    if found is None:
        return None
    row, counsellor = found
    if touch and now - row.seen_at > TOUCH:
        with store.session() as work:
            work.execute(sa.update(store.DeskSession).where(_is(token)).values(seen_at=now))
    return Session(row.csrf, counsellor, token=token)


def _pending(held: dict[str, Any], now: dtm.datetime) -> store.Counsellor | None:
    if "pending" not in held or now.timestamp() - held["at"] > PENDING.total_seconds():
        return None
    counsellor = accounts.by_id(held["pending"])
    if counsellor is None or _fingerprint(counsellor) != held["key"]:
        return None
    return counsellor


def keep(response: Response, session: Session, *, now: dtm.datetime) -> None:
    """Lets the browser hold the session. Called when it is new; its eight hours begin now."""
    held: dict[str, str | int | float]
    if session.token:
        held = {"sid": session.token}
    else:
        held = {"csrf": session.csrf}
        if session.pending:
            held |= {
                "pending": session.pending.id,
                "key": _fingerprint(session.pending),
                "at": now.timestamp(),
            }
    text = _serializer().dumps(held)
    response.set_cookie(
        COOKIE,
        text if isinstance(text, str) else text.decode(),
        max_age=HOURS * 3600,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=settings().public_url.startswith("https://"),
    )


def drop(response: Response) -> None:
    """Lets the browser forget the session."""
    response.delete_cookie(
        COOKIE,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=settings().public_url.startswith("https://"),
    )


def _row_id(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _is(token: str) -> sa.ColumnElement[bool]:
    return store.DeskSession.id == _row_id(token)


def counts(now: dtm.datetime) -> sa.ColumnElement[bool]:
    """The condition on `DeskSession` for those that still let somebody in."""
    return sa.and_(
        store.DeskSession.created_at > now - dtm.timedelta(hours=HOURS),
        store.DeskSession.seen_at > now - IDLE,
    )


def _serializer() -> itsdangerous.URLSafeTimedSerializer:
    return itsdangerous.URLSafeTimedSerializer(settings().signing_key, salt="desk-session")


def _fingerprint(counsellor: store.Counsellor) -> str:
    return hashlib.sha256(counsellor.password_hash.encode()).hexdigest()[:16]

"""The desk's session: a signed cookie, nothing on the server but the account itself.

A session ends after eight hours, when the account is disabled and when its password changes.
"""

import dataclasses
import hashlib
import hmac
import secrets

import itsdangerous
from starlette.requests import Request
from starlette.responses import Response

from bot import store
from bot.desk import accounts
from bot.settings import settings

COOKIE = "leerwijzer_desk"
PATH = "/desk"
HOURS = 8


@dataclasses.dataclass(frozen=True)
class Session:
    """Who is there (None before the log-in), and the secret that every form must send back."""

    csrf: str
    counsellor: store.Counsellor | None = None

    def allows(self, token: str) -> bool:
        """Whether a form came from one of our own pages in this session."""
        return hmac.compare_digest(self.csrf.encode(), token.encode())


def fresh(counsellor: store.Counsellor | None = None) -> Session:
    """A new session with a new form secret."""
    return Session(secrets.token_urlsafe(24), counsellor)


def _serializer() -> itsdangerous.URLSafeTimedSerializer:
    return itsdangerous.URLSafeTimedSerializer(settings().signing_key, salt="desk-session")


def _fingerprint(counsellor: store.Counsellor) -> str:
    return hashlib.sha256(counsellor.password_hash.encode()).hexdigest()[:16]


def of(request: Request) -> Session:
    """The session that the request's cookie holds; a fresh one when it holds none that counts."""
    try:
        held = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=HOURS * 3600)
    except itsdangerous.BadData:
        return fresh()
    if "user" not in held:
        return Session(held["csrf"])
    counsellor = accounts.by_id(held["user"])
    if counsellor is None or _fingerprint(counsellor) != held["key"]:
        return fresh()
    return Session(held["csrf"], counsellor)


def keep(response: Response, session: Session) -> None:
    """Lets the browser hold the session. Called when it is new; its eight hours begin now."""
    held: dict[str, str | int] = {"csrf": session.csrf}
    if session.counsellor:
        held |= {"user": session.counsellor.id, "key": _fingerprint(session.counsellor)}
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

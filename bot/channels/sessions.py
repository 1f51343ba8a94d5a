"""Chat sessions: a signed token that holds a random sender id. Nothing is kept on the server."""

import base64
import hashlib
import hmac
import re
import secrets

import itsdangerous

from bot.settings import settings

MAX_AGE_SECONDS = 365 * 24 * 3600
PREFIX = "web-"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class BadSessionError(Exception):
    """The token is forged, too old, or not a token."""


def new_sender() -> str:
    """A sender id that nobody can guess."""
    return PREFIX + secrets.token_urlsafe(16)


def sender_for_first(client_id: str) -> str | None:
    """The sender id that belongs to a first message with a random (UUID) id, else None.

    A client that never got its first answer sends that message again without a session. The
    same unguessable id then leads to the same conversation instead of to a second one.
    """
    if not _UUID.fullmatch(client_id):
        return None
    key = f"chat-first:{settings().signing_key}".encode()
    digest = hmac.digest(key, client_id.lower().encode(), hashlib.sha256)
    return PREFIX + base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def token_for(sender_id: str) -> str:
    """The signed token for a sender id."""
    return _signer().dumps(sender_id)


def sender_of(token: str) -> str:
    """The sender id in a token.

    Raises:
        BadSessionError: the token was not made here or is older than a year.
    """
    try:
        sender_id = _signer().loads(token, max_age=MAX_AGE_SECONDS)
    except itsdangerous.BadData as error:
        raise BadSessionError from error
    if not isinstance(sender_id, str) or not sender_id.startswith(PREFIX):
        raise BadSessionError
    return sender_id


def _signer() -> itsdangerous.URLSafeTimedSerializer:
    return itsdangerous.URLSafeTimedSerializer(
        settings().signing_key,
        salt="chat-session",
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )

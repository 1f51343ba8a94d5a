"""The second factor: codes of an app on a phone (TOTP, RFC 6238) and recovery codes on paper."""

import datetime as dtm
import hashlib
import hmac
import secrets

import itsdangerous
import pyotp
import segno
import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from bot import store
from bot.settings import settings

STEP = 30
"""Seconds that a code lasts."""
DRIFT = 1
"""Steps that the clock of a phone may be off, either way."""
RECOVERY_CODES = 8
SETUP_SECONDS = 1800
"""Time between the QR code and the first code."""
ISSUER = "Leerwijzer"
log = structlog.get_logger()


def required() -> bool:
    """Whether the settings ask a second factor of everybody."""
    return settings().desk_second_factor == "required"


def propose(counsellor: store.Counsellor) -> str:
    """A new secret in a signed form value: nothing is kept until a code proves that it works."""
    return _dump(counsellor, pyotp.random_base32())


def proposed(counsellor: store.Counsellor, value: str) -> str | None:
    """The secret in a form value that `propose` made for this person; None when it is not."""
    try:
        held = _serializer().loads(value, max_age=SETUP_SECONDS)
    except itsdangerous.BadData:
        return None
    return str(held["secret"]) if held.get("for") == counsellor.id else None


def picture(counsellor: store.Counsellor, secret: str) -> str:
    """The QR code for an app, as SVG to put into a page (no style, no script)."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=counsellor.email, issuer_name=ISSUER)
    made = segno.make(uri, error="m")
    return made.svg_inline(
        scale=5, border=4, svgclass="qr", lineclass=None, light="#fff", omitsize=True
    )


def spoken(secret: str) -> str:
    """The secret in groups of four, for who types it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_of(secret: str, code: str, *, now: dtm.datetime) -> int | None:
    """Which half minute a code belongs to, near now; None when it is wrong."""
    digits = "".join(code.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    totp, present = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(totp.at(step * STEP), digits):
            return step
    return None


def switch_on(work: Session, counsellor_id: int, secret: str, step: int) -> list[str]:
    """Keeps the secret, encrypted, and gives new recovery codes, which are shown once."""
    work.execute(
        sa.update(store.Counsellor)
        .where(store.Counsellor.id == counsellor_id)
        .values(totp_sealed=store.seal(secret, _purpose(counsellor_id)), totp_step=step)
    )
    return new_recovery_codes(work, counsellor_id)


def switch_off(work: Session, counsellor_id: int) -> None:
    """Forgets the secret and the recovery codes."""
    work.execute(
        sa.update(store.Counsellor)
        .where(store.Counsellor.id == counsellor_id)
        .values(totp_sealed=None, totp_step=0)
    )
    _forget_codes(work, counsellor_id)


def new_recovery_codes(work: Session, counsellor_id: int) -> list[str]:
    """Fresh recovery codes in the place of those that were there."""
    _forget_codes(work, counsellor_id)
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES)]
    work.add_all(
        store.RecoveryCode(counsellor_id=counsellor_id, code_hash=_hash(code)) for code in codes
    )
    return codes


def codes_left(counsellor_id: int) -> int:
    """How many recovery codes were not used yet."""
    with store.session(writes=False) as work:
        return (
            work.scalar(
                sa.select(sa.func.count())
                .select_from(store.RecoveryCode)
                .where(store.RecoveryCode.counsellor_id == counsellor_id)
            )
            or 0
        )


def use(work: Session, counsellor: store.Counsellor, code: str, *, now: dtm.datetime) -> str | None:
    """Uses a code up: "code" of the app, "recovery", or None when it opens nothing.

    Each code counts once, also when it is sent twice in the same moment.
    """
    if counsellor.totp_sealed is None:
        return None
    secret = store.unseal(counsellor.totp_sealed, _purpose(counsellor.id))
    if secret is None:  # the secret of the settings is another one than when it was sealed
        log.error("second_factor_unreadable", counsellor_id=counsellor.id)
        return None
    step = step_of(secret, code, now=now)
    if step is not None:
        taken = work.execute(
            sa.update(store.Counsellor)
            .where(store.Counsellor.id == counsellor.id, store.Counsellor.totp_step < step)
            .values(totp_step=step)
        )
        return "code" if taken.rowcount == 1 else None  # type: ignore[attr-defined]
    gone = work.execute(
        sa.delete(store.RecoveryCode).where(
            store.RecoveryCode.counsellor_id == counsellor.id,
            store.RecoveryCode.code_hash == _hash(code),
        )
    )
    return "recovery" if gone.rowcount == 1 else None  # type: ignore[attr-defined]


def _purpose(counsellor_id: int) -> str:
    """Each person's secret has a key of its own: one row cannot be put in another's place."""
    return f"totp-{counsellor_id}"


def _forget_codes(work: Session, counsellor_id: int) -> None:
    work.execute(
        sa.delete(store.RecoveryCode).where(store.RecoveryCode.counsellor_id == counsellor_id)
    )


def _hash(code: str) -> str:
    plain = "".join(c for c in code.lower() if c.isalnum())
    key = settings().signing_key.encode()
    return hmac.new(key, b"desk-recovery\0" + plain.encode(), hashlib.sha256).hexdigest()


def _dump(counsellor: store.Counsellor, secret: str) -> str:
    text = _serializer().dumps({"secret": secret, "for": counsellor.id})
    return text if isinstance(text, str) else text.decode()


def _serializer() -> itsdangerous.URLSafeTimedSerializer:
    return itsdangerous.URLSafeTimedSerializer(settings().signing_key, salt="desk-totp")

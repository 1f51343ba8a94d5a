"""Secrets at rest: encrypted with a key that is not in the database.

Who reads a copy of the database alone (a backup, a stolen disk of the database server) cannot use
what is sealed. The key comes from the secret of the settings by HKDF-SHA256 (RFC 5869), another one
for each purpose; the cipher is Fernet (AES-128 in CBC mode, HMAC-SHA256), of `cryptography`.
"""

import base64
from typing import TYPE_CHECKING

from bot.settings import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_KEY_BYTES = 32


def seal(text: str, purpose: str) -> str:
    """The text, encrypted; about 100 characters longer, only letters, digits, - _ and =.

    Args:
        text: what has to stay secret.
        purpose: what it is and whose; `unseal` needs the same.
    """
    return _cipher(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, purpose: str) -> str | None:
    """The text again; None when it was sealed with another secret or purpose, or is damaged."""
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(purpose).decrypt(sealed).decode()
    except InvalidToken:
        return None


def _cipher(purpose: str) -> "Fernet":
    # Imported here: only the desk needs it, and every process has the store.
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derivation = HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"leerwijzer-seal\0" + purpose.encode())
    key = derivation.derive(settings().signing_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))

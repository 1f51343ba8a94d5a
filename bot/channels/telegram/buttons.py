"""What a button of an inline keyboard carries: at most 64 bytes, and never to be made up.

A short payload is carried whole, with a signature for this client: it works as long as the
message exists, also when the conversation was wiped. A longer one is carried as a signed key; its
text is found among the buttons that the log of this conversation holds.
"""

import base64
import hashlib
import hmac

from bot.channels import chatlog
from bot.settings import settings

MAX_BYTES = 64
"""Telegram's limit (Bot API, InlineKeyboardButton.callback_data)."""
_TAG_BYTES = 6
"""48 bits: nobody tries 10^14 taps."""
_KEY_BYTES = 18


class UnknownButtonError(Exception):
    """The data was not made here for this client, or what it stood for is gone."""


def data_for(sender_id: str, payload: str) -> str:
    """The callback data of a button with this payload in this client's chat."""
    whole = f"p{_mac(sender_id, payload, _TAG_BYTES)}{payload}"
    if len(whole.encode()) <= MAX_BYTES:
        return whole
    return f"k{_mac(sender_id, payload, _KEY_BYTES)}"


def payload_of(sender_id: str, data: str) -> str:
    """The payload behind callback data. Reads the database when the data is a key.

    Raises:
        UnknownButtonError: see there.
    """
    tag_length = _TAG_BYTES * 4 // 3
    kind, rest = data[:1], data[1:]
    if kind == "p":
        tag, payload = rest[:tag_length], rest[tag_length:]
        if payload and hmac.compare_digest(
            tag.encode(), _mac(sender_id, payload, _TAG_BYTES).encode()
        ):
            return payload
    elif kind == "k":
        for payload in chatlog.offered(sender_id):
            if hmac.compare_digest(rest.encode(), _mac(sender_id, payload, _KEY_BYTES).encode()):
                return payload
    raise UnknownButtonError


def _mac(sender_id: str, payload: str, size: int) -> str:
    key = f"telegram-button:{settings().signing_key}".encode()
    digest = hmac.digest(key, f"{sender_id}\n{payload}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:size]).decode()

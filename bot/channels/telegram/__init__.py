"""The bot on Telegram.

Others use `Telegram` (the channel), `send` (a message of its own accord, with the errors that tell
whether to try again) and `Outgoing` (drains a queue of such messages).
"""

from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.sending import (
    BadPartError,
    GoneError,
    LaterError,
    SendError,
    UnsureError,
    send,
)
from bot.channels.telegram.service import Telegram
from bot.channels.telegram.webhook import PATH as WEBHOOK_PATH

__all__ = [
    "WEBHOOK_PATH",
    "BadPartError",
    "GoneError",
    "LaterError",
    "Outgoing",
    "SendError",
    "Telegram",
    "UnsureError",
    "send",
]

"""The database: tables, sessions, migrations. `from bot import store` names what others use."""

from bot.store.engine import engine, session, upgrade
from bot.store.leases import give_up_lease, take_lease
from bot.store.tables import (
    Appointment,
    Availability,
    Base,
    ChatMessage,
    Conversation,
    Counsellor,
    Intake,
    Lease,
    LoginFailure,
    LookLog,
    OccupiedQuarter,
    TelegramGroup,
    TelegramUpdate,
    UtcDateTime,
)

__all__ = [
    "Appointment",
    "Availability",
    "Base",
    "ChatMessage",
    "Conversation",
    "Counsellor",
    "Intake",
    "Lease",
    "LoginFailure",
    "LookLog",
    "OccupiedQuarter",
    "TelegramGroup",
    "TelegramUpdate",
    "UtcDateTime",
    "engine",
    "give_up_lease",
    "session",
    "take_lease",
    "upgrade",
]

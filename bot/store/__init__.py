"""The database: tables, sessions, migrations. `from bot import store` names what others use."""

from bot.store.engine import engine, session, upgrade
from bot.store.tables import (
    Appointment,
    Availability,
    Base,
    ChatMessage,
    Conversation,
    Counsellor,
    Intake,
    LoginFailure,
    LookLog,
    OccupiedQuarter,
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
    "LoginFailure",
    "LookLog",
    "OccupiedQuarter",
    "UtcDateTime",
    "engine",
    "session",
    "upgrade",
]

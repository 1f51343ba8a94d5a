"""The conversation: plain rules over what Rasa understood; `actions/` is its thin edge."""

from bot.conversation.agenda import progress
from bot.conversation.dialogue import go_on, respond
from bot.conversation.origin import known as known_origin
from bot.conversation.state import BOOKING, INTAKE, State
from bot.conversation.turn import Reply, Say, Turn

__all__ = [
    "BOOKING",
    "INTAKE",
    "Reply",
    "Say",
    "State",
    "Turn",
    "go_on",
    "known_origin",
    "progress",
    "respond",
]

"""Whether a talk needs an interpreter: asked for at a booking, or likely from what was said."""

import dataclasses
from collections.abc import Sequence

from bot import store
from bot.intake.summary import say

FEW_WORDS = ("a0", "a1")
"""Levels of Dutch with which a talk without an interpreter is hard (contract: dutch_level)."""


@dataclasses.dataclass(frozen=True)
class Interpreter:
    """An interpreter who was asked for (`asked`), or who may be needed."""

    asked: bool
    language: str


def interpreter_for(
    intake: store.Intake | None, appointments: Sequence[store.Appointment]
) -> Interpreter | None:
    """The interpreter for a client; None when nothing says that one is needed.

    What the intake says only counts once the client agreed with the summary.
    """
    told = [one.interpreter for one in appointments if one.status != "cancelled"]
    if language := next((one for one in told if one), None):
        return Interpreter(True, language)
    if "" in told:
        return None  # asked at the booking, and not wanted
    if intake is None or intake.agreed_at is None or intake.dutch_level not in FEW_WORDS:
        return None
    others = [code for code in intake.languages or () if code != "nl"]
    return Interpreter(False, say("languages", others))

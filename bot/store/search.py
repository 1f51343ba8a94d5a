"""What the desk searches in: one short folded text for each intake, kept with the row itself."""

from typing import Any

import sqlalchemy as sa

from bot.store.tables import Intake
from bot.text import fold

LONGEST = 500
_DREAM = 150
"""Characters of the dream that can be found."""


def text_of(name: Any, phone: Any, email: Any, dream: Any) -> str:
    """The text by which an intake is found; a number also with its national zero."""
    national = f"0{phone[3:]}" if isinstance(phone, str) and phone.startswith("+32") else ""
    parts = (name or "", phone or "", national, email or "", (dream or "")[:_DREAM])
    return fold(" ".join(parts))[:LONGEST]


@sa.event.listens_for(Intake, "before_insert")
@sa.event.listens_for(Intake, "before_update")
def _keep(_mapper: object, _connection: object, intake: Intake) -> None:
    text = text_of(intake.name, intake.phone, intake.email, intake.dream)
    if intake.search != text:
        intake.search = text

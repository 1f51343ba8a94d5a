"""What a form asks once more before something odd is done."""

import dataclasses
import datetime as dtm

from bot.appointments import Doubtful
from bot.desk.wording import say_when


@dataclasses.dataclass(frozen=True)
class Doubt:
    """Reasons to look again, and the key that says: this is what I mean."""

    when: str
    reasons: tuple[str, ...]
    key: str

    @classmethod
    def of(cls, doubt: Doubtful, starts_at: dtm.datetime, now: dtm.datetime) -> "Doubt":
        """The doubt about a talk that starts at this moment."""
        return cls(say_when(starts_at, now), doubt.reasons, doubt.key)

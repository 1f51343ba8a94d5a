"""What reading an answer gives back."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Reading:
    """What an answer was read as.

    Attributes:
        value: A code, a list of codes, a text or a bool; None when it was not understood.
        options: The two or three codes that it may be when that is not sure; the bot asks.
        final: With a value: the answer holds nothing else, no second reader is asked. Without
            one: the rules heard of this field, but of somebody else or in doubt.
    """

    value: Any = None
    options: tuple[str, ...] = ()
    final: bool = False


NOTHING = Reading()
BESIDE = Reading(final=True)
"""Nothing that counts: the answer is about somebody or something else."""


def one_of(codes: list[str] | tuple[str, ...]) -> Reading:
    """A reading of one code, of the options when there are two or three, else nothing."""
    distinct = tuple(dict.fromkeys(codes))
    if len(distinct) == 1:
        return Reading(distinct[0])
    return Reading(None, distinct) if 2 <= len(distinct) <= 3 else NOTHING

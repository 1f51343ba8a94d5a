"""The vocabulary of times (`vocabulary/times.yaml`), ready for use."""

import re

from bot.intake.reading.lexicon import vocabulary

Part = tuple[int, int]
"""A part of the day: from hour, to hour (local)."""

DAY_OF: dict[str, int] = {
    str(name): int(day) for day, names in vocabulary("times")["weekdays"].items() for name in names
}
"""Name of a weekday -> 0 for Monday."""
MONTH_OF: dict[str, int] = {
    str(name): int(month)
    for month, names in vocabulary("times")["months"].items()
    for name in names
}
SHORT_DAYS = frozenset(name for name in DAY_OF if len(name) == 2)
MONTHS = "|".join(MONTH_OF)
"""The names of the months, for use inside a pattern."""


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    parts = [p[3:] if p.startswith("re:") else re.escape(p) for p in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


PARTS: tuple[tuple[re.Pattern[str], Part], ...] = tuple(
    (_pattern(phrases), (int(begin), int(end)))
    for begin, end, phrases in vocabulary("times")["parts"]
)
"""Parts of the day, in the order in which they are tried."""
SOON = _pattern(vocabulary("times")["soon"])
PAST = _pattern(vocabulary("times")["past"])
"""Days and weeks that are over."""

"""How long to wait before something is tried again."""

LONGEST = 30.0
"""Seconds."""


def pause(tries: int) -> float:
    """Seconds to wait after so many tries in vain: half a second, then twice as long each time."""
    return min(0.5 * 2.0 ** min(tries, 10), LONGEST)

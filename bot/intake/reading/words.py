"""Answers that are kept in the client's own words."""

from bot.intake.reading.lexicon import tokens, word_set
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.yes_no import said_dont_know

LONGEST = 1000
"""Characters that are kept of a dream or of strengths."""
_EMPTY = word_set("words", "empty")


def own_words(text: str) -> Reading:
    """The text as it was said, or nothing for an empty answer and for "weet niet"."""
    kept = " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST].strip()
    words = [w for w in tokens(kept) if any(c.isalnum() for c in w)]
    if not words or all(w in _EMPTY for w in words):
        return NOTHING
    if said_dont_know(kept):
        return NOTHING
    return Reading(kept)

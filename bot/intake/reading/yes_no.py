"""Yes and no: consent, and whether a diploma is recognised."""

import re

from bot.intake.reading.lexicon import Lexicon, lexicon, tokens, vocabulary
from bot.intake.reading.reading import NOTHING, Reading, one_of


def said_dont_know(text: str) -> bool:
    """Whether the answer is "I don't know", or a wish to skip the question."""
    words = tokens(text)
    found = lexicon("common", fuzzy=False).find(words)
    # "weet niet goed, misschien iets met kinderen" still says something
    rest = len([w for w in words if w.isalnum()]) - sum(
        h.size for h in found if h.code in ("dont_know", "skip")
    )
    return any(h.code in ("dont_know", "skip") for h in found) and rest <= 5


def yes_no(text: str) -> bool | None:
    """True, False, or None when it is neither (or both)."""
    words = tokens(text)
    if len(words) > 25:
        words = words[:25]
    codes = _consent().codes(words)
    if "dont_know" in codes:
        return None
    said = [c for c in codes if c in ("yes", "no")]
    if not said:
        return None
    if len(set(said)) == 1:
        return said[0] == "yes"
    return said[0] == "yes" if words[0] in ("ja", "jawel", "nee", "neen", "no", "yes") else None


def _consent() -> Lexicon:
    return lexicon("common", fuzzy=False)


def consent(text: str) -> Reading:
    """May what I say be kept? A doubt is not a yes."""
    answer = yes_no(text)
    said = " ".join(tokens(text))
    if answer and re.search(
        r"\b(?:ja|ok|oke|goed|mag) ,? ?maar\b|\bmisschien\b|\bdenk|\bhangt\b|\bwaarom (?!niet)|\?",
        said,
    ):
        return NOTHING
    return NOTHING if answer is None else Reading(answer)


def diploma_recognised(text: str) -> Reading:
    """Is the diploma from abroad recognised in Belgium: yes, no or unknown."""
    found = Lexicon(vocabulary("diploma_recognised"), fuzzy=True).codes(text)
    if found:
        return one_of(found) if len(set(found)) == 1 else Reading(None, tuple(dict.fromkeys(found)))
    if said_dont_know(text):
        return Reading("unknown")
    answer = yes_no(text)
    return NOTHING if answer is None else Reading("yes" if answer else "no")

"""Yes and no: consent, and whether a diploma is recognised."""

import re

from bot.intake.reading.lexicon import lexicon, tokens
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.scope import denied

_DOUBT = re.compile(
    r"\b(?:ja|ok|oke|goed|mag) ,? ?maar\b|\bmisschien\b|\bdenk\b|\bhangt\b|\bwaarom (?!niet)|\?"
    r"|\b(?:zolang|mits|tenzij|op voorwaarde)\b|\beerst\b|\blater\b|\bnadenken\b|\bmag ik\b"
    r"|\bwie\b|\bwat (?:doe|gebeur|is)|\bhoelang\b"
)
_LONG = 25
"""Words of an answer in which a yes or no is looked for."""


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
    words = tokens(text)[:_LONG]
    hits = lexicon("common", fuzzy=False).find(words)
    if any(h.code == "dont_know" for h in hits):
        return None
    # "ik geef daar geen toestemming voor"
    lost = denied(words, [h for h in hits if h.code == "yes"])
    said = ["no" if h in lost else h.code for h in hits if h.code in ("yes", "no")]
    if not said:
        return None
    if len(set(said)) == 1:
        return said[0] == "yes"
    return said[0] == "yes" if words[0] in ("ja", "jawel", "nee", "neen", "no", "yes") else None


def consent(text: str) -> Reading:
    """May what I say be kept? A doubt is not a yes."""
    answer = yes_no(text)
    said = " ".join(tokens(text))
    if answer and _DOUBT.search(said):
        return NOTHING
    return NOTHING if answer is None else Reading(answer)


def diploma_recognised(text: str) -> Reading:
    """Is the diploma from abroad recognised in Belgium: yes, no or unknown."""
    words = tokens(text)
    if "bedoel" in words or "bedoelt" in words:
        return NOTHING
    hits = lexicon("diploma_recognised").find(words)
    found = {h.code for h in hits}
    asked = [h for h in hits if h.code == "unknown" and words[h.start] == "nooit"]
    if "no" in found and len(asked) == len([h for h in hits if h.code == "unknown"]):
        return Reading("no")  # "nooit gevraagd, dus hier telt dat niet"
    if "unknown" in found or (not found and said_dont_know(text)):
        return Reading("unknown")
    if "no" in found or denied(words, hits):
        return Reading("no")  # who waits, asked or was refused has no recognition (yet)
    if found:
        return Reading("yes")
    answer = yes_no(text)
    if answer is None or text.rstrip().endswith("?"):
        return NOTHING
    return Reading("yes" if answer else "no")

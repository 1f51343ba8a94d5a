"""Where a diploma was earned."""

from collections.abc import Sequence

from bot import places
from bot.intake.reading.lexicon import lexicon, tokens
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.scope import denied

_ABROAD_FROM_BELGIUM = "abroad"


def _lives(words: Sequence[str], at: int) -> bool:
    around = (*words[max(0, at - 4) : at], *words[at + 1 : at + 3])
    return any(
        w in ("woon", "nu", "ben", "jaar", "leef", "kwam", "gekomen", "telt") for w in around
    )


def diploma_origin(text: str) -> Reading:
    """Belgium or abroad; options when both were named."""
    words = tokens(text)
    found = lexicon("countries")
    hits = found.find(words)
    lost = denied(words, hits)
    codes = {h.code for h in hits if h not in lost}
    if not codes and lost and {h.code for h in lost} == {"belgium"}:
        return Reading(_ABROAD_FROM_BELGIUM)
    if codes == {"belgium", "abroad"}:
        kept = [h for h in hits if h not in lost]
        here = [h for h in kept if h.code == "belgium"]
        if all(h.phrase == "hier" and _lives(words, h.start) for h in here):
            return Reading("abroad")  # "diploma van Syrië, ik woon nu hier"
        return Reading(None, ("belgium", "abroad"))
    if codes:
        return Reading(codes.pop())
    if not lost and len(words) <= 6 and places.find(text):
        return Reading("belgium")
    return NOTHING

"""The languages that somebody speaks."""

from bot.intake.reading.lexicon import lexicon, tokens
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.scope import denied

# Words of other languages that Dutch uses for something else.
_NOT_ALONE = {"nederland", "lets"}


def languages(text: str) -> Reading:
    """ISO 639-1 codes of the languages named, in the order of the text."""
    words = tokens(text)
    hits = [h for h in lexicon("languages").find(words) if h.phrase not in _NOT_ALONE]
    lost = denied(words, hits)
    codes = list(dict.fromkeys(h.code for h in hits if h not in lost))
    return Reading(codes) if codes else NOTHING

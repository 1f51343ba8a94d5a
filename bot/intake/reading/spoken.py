"""The languages that somebody speaks."""

from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, lexicon, tokens
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.scope import denied

# Words of other languages that Dutch uses for something else.
_NOT_ALONE = {"nederland", "lets"}


def languages(text: str) -> Reading:
    """ISO 639-1 codes of the languages named, in the order of the text."""
    if text.rstrip().endswith("?") or _wants_to_learn(text):
        return NOTHING
    words = tokens(text)
    hits = [h for h in lexicon("languages").find(words) if h.phrase not in _NOT_ALONE]
    lost = denied(words, hits) + _later(words, hits)
    codes = list(dict.fromkeys(h.code for h in hits if h not in lost))
    return Reading(codes) if codes else NOTHING


def _wants_to_learn(text: str) -> bool:
    """ "ik wil frans leren" says nothing about what somebody speaks."""
    words = tokens(text)
    return "leren" in words and any(w in words for w in ("wil", "wou", "graag", "kan", "zou"))


def _later(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """ "nederlands nog niet", "spreken doe ik het niet"."""
    found = []
    for hit in hits:
        rest = list(words[hit.end : hit.end + 2])
        if rest in (["nog", "niet"], ["nee"], ["nee", ","]) or rest[:1] == ["niet"]:
            found.append(hit)
    if "versta" in words and " ".join(words).endswith(("het niet", "spreek niet", "niet spreken")):
        return list(hits)
    return found

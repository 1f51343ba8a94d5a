"""When somebody can come to class."""

from collections.abc import Sequence

from bot.intake.reading.lexicon import Lexicon, lexicon, tokens
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.scope import denied

ALL = ("day", "evening", "weekend", "online")


def _lexicon() -> Lexicon:
    return lexicon("schedule")


def _at_work(words: Sequence[str], at: int) -> bool:
    before = list(words[max(0, at - 4) : at])
    return before[-1:] in (["werk"], ["werken"], ["werkt"]) and "na" not in before


def schedule(text: str) -> Reading:
    """The times that suit, in the contract's order; options when only "not then" was said."""
    words = digits(tokens(text), ones=False)
    hits = _lexicon().find(words)
    if not hits:
        return NOTHING
    # "ik werk overdag": then it does not suit
    hits = [h for h in hits if not _at_work(words, h.start)] or hits
    lost = denied(words, hits)
    said = {h.code for h in hits if h not in lost}
    not_codes = {h.code for h in lost} - said
    if "all" in said:
        if not_codes or said == {"all"}:
            return Reading([c for c in ALL if c not in not_codes])
        said.discard("all")
    if "behalve" in words and not_codes and not said:
        return Reading([c for c in ALL if c not in not_codes])
    if said:
        return Reading([c for c in ALL if c in said])
    left = tuple(c for c in ALL if c not in not_codes and c != "all")
    return Reading(None, left) if 2 <= len(left) <= 3 else NOTHING

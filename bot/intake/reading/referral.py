"""How somebody found the way to the Leerwinkel."""

import functools
from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, Lexicon, tokens, vocabulary
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.scope import denied

# An organisation named with a person says more than the person ("een vriend bij het OCMW" aside).
_WEAK = ("word_of_mouth", "other", "city_communication", "own_initiative", "fair_workshop")


@functools.cache
def known_words() -> Lexicon:
    """Phrases that tell where somebody heard of the Leerwinkel."""
    content = vocabulary("referral_source")
    codes = {c: phrases for c, phrases in content.items() if c != "torn"}
    return Lexicon({**codes, **content["torn"]})


def _whose(words: Sequence[str], hit: Hit) -> bool:
    """ "de juf van mijn zoon": the teacher sent the client, not the son."""
    before = list(words[max(0, hit.start - 3) : hit.start])
    if hit.phrase in ("vrouw", "man") and list(words[hit.end : hit.end + 1]) == ["van"]:
        return True  # "de vrouw van de vdab"
    return hit.code == "word_of_mouth" and hit.start > 2 and ("van" in before or "voor" in before)


def _first_is_person(kept: Sequence[Hit], sure: Sequence[str]) -> bool:
    """ "vriend van de moskee": the friend told it, wherever the two know each other from."""
    return (
        kept[0].code == "word_of_mouth"
        and len(sure) == 2
        and kept[0].phrase not in ("vrouw", "man", "iemand", "mensen")
        and kept[1].start - kept[0].end <= 3
    )


def referral_source(text: str) -> Reading:
    """Who or what sent the client."""
    words = tokens(text)
    hits = known_words().find(words)
    lost = denied(words, hits)
    kept = [h for h in hits if h not in lost and not _whose(words, h)]
    codes = list(dict.fromkeys(h.code for h in kept or hits if h not in lost))
    sure = [c for c in codes if " " not in c]
    if not codes:
        return NOTHING
    if not sure:
        return Reading(None, tuple(codes[0].split()))
    if len(sure) > 1:
        if "gigos" in sure:
            return Reading("gigos")
        if "welfare" in sure and "ocmw" in sure:
            sure = [c for c in sure if c not in ("welfare", "education")]
        if _first_is_person(kept, sure):
            return Reading("word_of_mouth")
        if "city_communication" in sure and len(sure) == 2:
            # what was read is a paper; who gave it or where it lay says more
            sure.remove("city_communication")
            return Reading(sure[0])
        strong = [c for c in sure if c not in _WEAK]
        if len(strong) == 1 and "word_of_mouth" not in sure:
            return Reading(strong[0])
        if "other" in sure:
            sure.remove("other")
        if "own_initiative" in sure and len(sure) == 2:
            sure.remove("own_initiative")
    return one_of(sure)

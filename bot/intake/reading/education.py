"""The level of schooling."""

import dataclasses
from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, Lexicon, lexicon, tokens
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.scope import denied
from bot.intake.reading.yes_no import said_dont_know

_ORDER = ("none", "primary", "lower_secondary", "upper_secondary", "higher")
_NO_DIPLOMA = ("none", "primary", "lower_secondary")


@dataclasses.dataclass(frozen=True)
class _Said:
    """What an answer holds: levels, a secondary school, and whether things were finished."""

    codes: frozenset[str]
    secondary: bool
    unfinished: bool
    finished: bool
    no_diploma: bool
    several_higher: bool


def education_level(text: str) -> Reading:
    """The highest level that was finished or reached; options when it was not said whether."""
    words = digits(tokens(text))
    said = _listen(words)
    if not said.codes and not said.secondary:
        return Reading(None, _NO_DIPLOMA) if said.no_diploma else NOTHING
    if said_dont_know(text) and not said.codes:
        return NOTHING
    return _level(said)


def _part(section: str) -> Lexicon:
    return lexicon("education_level", section, fuzzy=section in ("levels", "secondary"))


def _listen(words: Sequence[str]) -> _Said:
    words = " ".join(words).replace("tot en met", "tem").split()
    hits = _part("levels").find(words)
    refused = [h for h in denied(words, hits) if h.code == "primary" and words[h.start - 1] in _NO]
    undone = _part("unfinished").find(words)
    done = _part("finished").find(_without(words, undone))
    weak = _part("weak").find(_without(words, hits))
    no_diploma = _part("no_diploma").find(words)
    outside = [h for h in undone if not any(k.start <= h.start < k.end for k in hits)]
    codes = {h.code for h in hits}
    relevant = outside or (undone if codes & {"upper_secondary", "higher"} or not codes else [])
    # "geen diploma" says nothing about a primary school
    if codes == {"primary"} and len(no_diploma) == len(relevant):
        relevant = []
    return _Said(
        codes=frozenset(codes),
        secondary=bool(_part("secondary").find(_without(words, hits))),
        unfinished=bool(relevant) or (bool(weak) and not done) or bool(refused),
        finished=bool(done),
        no_diploma=bool(no_diploma),
        several_higher=sum(h.code == "higher" for h in hits) > 1,
    )


_NO = frozenset(("geen", "gin", "gn", "niet", "ni", "nie", "zonder"))


def _without(words: Sequence[str], hits: Sequence[Hit]) -> list[str]:
    """The words with what was already read blanked out, so that nothing counts twice."""
    taken = {i for h in hits for i in range(h.start, h.end)}
    return ["/" if i in taken else w for i, w in enumerate(words)]


def _level(said: _Said) -> Reading:
    highest = max(said.codes, key=_ORDER.index, default="")
    if said.secondary and highest in ("", "none", "primary"):
        return _secondary(said, highest)
    if said.unfinished and highest == "higher" and not said.several_higher:
        return Reading("upper_secondary")
    if said.unfinished and highest == "upper_secondary":
        return Reading("lower_secondary")
    if said.unfinished and highest == "primary":
        return Reading(None, ("none", "primary"))
    if highest == "none" and len(said.codes) > 1:
        return NOTHING
    return Reading(highest)


def _secondary(said: _Said, highest: str) -> Reading:
    """A secondary school of which the level itself was not said."""
    if highest == "none":
        return Reading("none")
    if said.unfinished:
        return (
            Reading(None, ("primary", "lower_secondary")) if highest else Reading("lower_secondary")
        )
    if said.finished:
        return Reading("upper_secondary")
    return Reading(None, ("lower_secondary", "upper_secondary"))

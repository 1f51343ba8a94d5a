"""The level of schooling: the highest that was reached, of all that is told."""

import dataclasses
import functools
import re
from collections.abc import Sequence

from bot.intake.reading.clauses import about_others, clauses
from bot.intake.reading.lexicon import Hit, Lexicon, lexicon, tokens, vocabulary
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.schoolyears import by_years
from bot.intake.reading.yes_no import said_dont_know

_ORDER = ("none", "primary", "lower_secondary", "upper_secondary", "higher")
_NO_DIPLOMA = ("none", "primary", "lower_secondary")
_BARE_YEAR = re.compile(r"(?:(?:in|tot|het|mijn|n|m) )*[1-5](?:(?:e|de|ste) ?(?:jaar)?| jaar)")
"""A year, and not of which school: "4e jaar"."""
_BARE_YEAR_OF = ("primary", "lower_secondary")
_CUTS = ("dan", "daarna", "toen", "dus", "later", "nadien", "vervolgens")
_NO = frozenset(("geen", "niet", "zonder", "nee", "nooit", "noch", "no"))
_BETWEEN = frozenset(
    ("naar", "de", "het", "1", "een", "enkel", "enkele", "diploma", "mijn", "in", "aan", "andere")
)
_AFTER = frozenset(
    ("heb", "ik", "die", "dat", "ben", "is", "ook", "toch", "meer", "gedaan", "gegaan", "geweest",
     "jammer", "genoeg", "helaas", "hebben", "of", "kunnen", "mogen", "onderwijs", "school", "het")
)  # fmt: skip
_WISH = re.compile(r"\b(?:ik (?:wil|wou|zou|hoop)|(?:wil|wou|zou|hoop) ik)\b(?! niet)")
"""What somebody still wants is not what they did."""
_YEARS_OF = re.compile(r"\b(\d) jaar\b")


@dataclasses.dataclass(frozen=True)
class _Clause:
    """What one clause holds: levels reached and refused, and whether things were finished."""

    levels: tuple[str, ...]
    refused: tuple[str, ...]
    secondary: bool
    unfinished: bool
    stopped: bool
    finished: bool
    done: bool
    years: int

    @property
    def empty(self) -> bool:
        return not (self.levels or self.refused or self.secondary)


def education_level(text: str) -> Reading:
    """The highest level that was finished or reached; options when it was not said whether."""
    words = " ".join(digits(tokens(text))).replace("tot en met", "tem").split()
    told = _belonging(_listen(words))
    no_diploma = bool(_part("no_diploma").find(words))
    if all(clause.empty for clause in told):
        found = by_years(_without_others(words))
        if found and not said_dont_know(text):
            broken = any(clause.unfinished or clause.stopped for clause in told)
            # "12 klas niet klaar, ik stop in klas 10"
            choose = min if broken and len(found) > 1 else max
            return Reading(choose(found, key=_ORDER.index))
        if no_diploma:
            return Reading(None, _NO_DIPLOMA)
        return Reading(None, _BARE_YEAR_OF) if _BARE_YEAR.fullmatch(" ".join(words)) else NOTHING
    if said_dont_know(text) and not any(clause.levels for clause in told):
        return NOTHING
    return _highest(told, no_diploma=no_diploma)


@functools.cache
def known_words() -> Lexicon:
    """Phrases that tell of school, all sections of the vocabulary together."""
    content = vocabulary("education_level")
    return Lexicon(
        {
            f"{section} {code}": said
            for section in content
            for code, said in content[section].items()
        }
    )


def _part(section: str) -> Lexicon:
    return lexicon("education_level", section, fuzzy=section in ("levels", "secondary"))


def _without_others(words: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for begin, end in clauses(words, _CUTS):
        if not about_others(words[begin:end]):
            kept += words[begin:end]
    return kept


def _listen(words: Sequence[str]) -> list[_Clause]:
    hits = _part("levels").find(words)
    secondary = _part("secondary").find(_without(words, hits))
    undone = _part("unfinished").find(_without(words, hits))
    done = _part("finished").find(_without(words, [*undone, *hits]))
    weak = _part("weak").find(_without(words, hits))
    said = []
    for begin, end in clauses(words, _CUTS):
        clause = words[begin:end]
        if (len(clause) > 2 and about_others(clause)) or _WISH.search(" ".join(clause)):
            continue
        here = [h for h in hits if begin <= h.start < end]
        refused = [h for h in here if h.code != "none" and _refused(words, h, end)]
        schools = [h for h in secondary if begin <= h.start < end and not _refused(words, h, end)]
        ended = {h.code for h in (*done, *undone, *weak) if begin <= h.start < end}
        finished = "finished" in ended
        said.append(
            _Clause(
                levels=tuple(h.code for h in here if h not in refused),
                refused=tuple(h.code for h in refused),
                secondary=bool(schools),
                unfinished="unfinished" in ended,
                stopped=bool(ended & {"stopped", "weak"}) and not finished,
                finished=finished,
                done="done" in ended,
                years=_years(clause),
            )
        )
    return said


def _years(clause: Sequence[str]) -> int:
    match = _YEARS_OF.search(" ".join(clause))
    return int(match[1]) if match else 0


def _without(words: Sequence[str], hits: Sequence[Hit]) -> list[str]:
    """The words with what was already read blanked out, so that nothing counts twice."""
    taken = {i for h in hits for i in range(h.start, h.end)}
    return ["/" if i in taken else w for i, w in enumerate(words)]


def _refused(words: Sequence[str], hit: Hit, end: int) -> bool:
    """ "geen zevende", "lise niet", "het diploma heb ik niet": this level is not there."""
    for i in range(hit.start - 1, max(-1, hit.start - 4), -1):
        if words[i] in _NO:
            return True
        if words[i] not in _BETWEEN:
            break
    rest = words[hit.end : end]
    return (
        bool(rest)
        and any(w in ("niet", "nee", "nooit") for w in rest)
        and all(w in _AFTER or w in _NO for w in rest)
    )


def _belonging(told: list[_Clause]) -> list[_Clause]:
    """ "aan de unief begonnen, maar gestopt": a clause without a level is about the one before."""
    result: list[_Clause] = []
    for clause in told:
        if (
            clause.empty
            and result
            and (clause.unfinished or clause.stopped or clause.finished or clause.done)
        ):
            last = result.pop()
            clause = dataclasses.replace(
                last,
                unfinished=last.unfinished or clause.unfinished,
                stopped=(last.stopped or clause.stopped) and not (last.finished and last.levels),
                finished=last.finished or (clause.finished and not clause.unfinished),
                done=last.done or (clause.done and not clause.stopped),
            )
        if result and clause.empty and not (clause.unfinished or clause.stopped):
            continue  # "universiteit begonnen, maar oorlog, niet klaar"
        result.append(clause)
    return result


def _highest(told: Sequence[_Clause], *, no_diploma: bool) -> Reading:
    readings = [_level(clause, no_diploma=no_diploma) for clause in told if not clause.empty]
    values = [str(r.value) for r in readings if r.value]
    torn = [r for r in readings if r.options]
    if not values:
        return torn[0] if torn else _refusals(told)
    best = max(values, key=_ORDER.index)
    if best == "none" and torn:
        return torn[0] if "primary" not in torn[0].options else Reading("none")
    if best in ("upper_secondary", "higher") and "none" in values and len(values) > 1:
        return NOTHING
    above = [r for r in torn if all(_ORDER.index(o) >= _ORDER.index(best) for o in r.options)]
    if best == "lower_secondary" and any("lower_secondary" in r.options for r in above):
        return Reading(best)
    return above[0] if above else Reading(best)


def _refusals(told: Sequence[_Clause]) -> Reading:
    """Nothing but levels that are not there: "geen diploma secundair", "geen lager"."""
    refused = [code for clause in told for code in clause.refused]
    if not refused:
        return NOTHING
    lowest = min(refused, key=_ORDER.index)
    if lowest == "upper_secondary":
        return Reading("lower_secondary")
    return NOTHING if lowest == "higher" else Reading(None, ("none", "primary"))


def _level(clause: _Clause, *, no_diploma: bool) -> Reading:
    best = max(clause.levels, key=_ORDER.index, default="")
    if clause.secondary and best in ("", "none", "primary"):
        return _secondary(clause, best)
    if not best:
        return NOTHING
    broken = clause.unfinished or clause.stopped
    if best == "higher" and broken and clause.levels.count("higher") == 1:
        return Reading("upper_secondary")
    if best == "upper_secondary" and broken:
        return Reading("lower_secondary")
    if best == "primary" and clause.unfinished and not (clause.finished or no_diploma):
        return Reading(None, ("none", "primary"))
    return Reading(best)


def _secondary(clause: _Clause, best: str) -> Reading:
    """A secondary school of which the level itself was not said."""
    if best == "none":
        return Reading("none")
    if clause.unfinished or clause.stopped:
        return Reading("lower_secondary")
    if 1 <= clause.years <= 5:
        return Reading("lower_secondary")
    if clause.finished or clause.done:
        return Reading("upper_secondary")
    if "upper_secondary" in clause.refused:
        return Reading("lower_secondary")
    if "upper_secondary" in clause.levels:
        return Reading("upper_secondary")
    return Reading(None, ("lower_secondary", "upper_secondary"))

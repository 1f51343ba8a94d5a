"""Where somebody lives, as a Belgian postcode.

A text may name several places: where somebody lives, works, was born, or what is near. The text
is cut into clauses; each clause has a role, and the places of the best role count.
"""

import enum
import itertools
import re
from collections.abc import Iterable, Sequence

from bot import places
from bot.intake.reading.lexicon import tokens
from bot.intake.reading.numbers import number
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.yes_no import said_dont_know
from bot.text import fold


class _Role(enum.IntEnum):
    """What a clause says about the place in it; the highest that is there counts."""

    ELSEWHERE = 0
    NEAR = 1
    PLAIN = 2
    HOME = 3


_PEOPLE = (
    "zus|zuster|broer|broers|zoon|zonen|dochter|dochters|man|vrouw|vriend|vriendin|vrienden|ouders|"
    "mama|papa|moeder|vader|kinderen|familie|nonkel|tante|ex|lief|oma|opa|baas|collega|neef|nicht"
)
_CLAUSES = re.compile(
    r"[,;!?()\n]+|\.(?!\d)|\b(?:maar|mr|mor|moar|maor|mo|want|terwijl|daarna|and|but|mais|et|en)\b|"
    r"\b(?=nu\b)|\b(?=(?:ben |zijn )?verhuisd naar\b)"
)
_VERB = re.compile(
    r"(?:\b(?:ik|k|ek|we|wij|je)\s+)?\b(?:werk\w*|woon\w*|wone\w*|weun\w*|leef|studeer|stage)\b"
)
_BOTH = re.compile(
    r"\b(?:woon|wone|wonen|weun\w*|leef|leven)\b( \w+)? (?:en|&) (?:ik )?werke?n?\b|"
    r"\bwerke?n? (?:en|&) (?:ik )?(?:woon|wonen|wone)\b|\bgeboren en (?:getogen|woon)\b"
)
_TWO_TOWNS = re.compile(r"\btussen ([\w' -]{2,40}?) (?:en|&) ([\w' -]{2,40})")
_MOVED = re.compile(r"\bverhui\w*|getrokken|gaan wonen")
_HOME = re.compile(
    r"\b(?:woo?n\w*|weune?\w*|woen|woont|huis|thuis|tuis|adres|domicilie|nu|momenteel|"
    r"verhuisd naar|verblijf\w*|logeer|slaap|gevestigd|ingeschreven|appartement|studio|kot|leef|"
    r"live|living|j'habite|habite|home)\b"
)
_SOMEBODY_ELSE = re.compile(
    rf"\b(?:mijn|mn|m'n|men|mijne|ons|onze|de|mijnen) (?:{_PEOPLE}) "
    r"(?:die )?(?:woont|wonen|werkt|werken|zit|zitten|is|zijn|leeft|weunt)\b"
)
_NOT_THERE = re.compile(r"\b(?:niet|ni|nie|geen|gene|vroeger|ooit|vorig\w*)\b")
_AWAY = re.compile(
    r"\b(?:werk\w*|job|baan|stage|school|les|lessen|cursus|studeer\w*|studie|geboren|opgegroeid|"
    r"afkomstig|oorspronkelijk|woonde\w*|gewoond|work|born|weg uit|verhuisd (?:uit|van))\b|"
    rf"{_SOMEBODY_ELSE.pattern}|{_NOT_THERE.pattern}"
)
_NOT_FAR = re.compile(r"\b(?:niet|ni|nie) (?:zo |te )?(?:ver|veraf|weit)\b")
_BESIDE = re.compile(
    r"^\W*(?:(?:dat|da|tis|'t|t|het|is|dit|ligt|vlak|dicht|kort|net|achter|hoort|in de|de) )*"
    r"(?:bij|nabij|vlakbij|dichtbij|naast|tegen|kant|omgeving|buurt|regio|richting|tussen|rond|"
    r"near|not_far)\b(?!.*\b(?:in|te)\b)"
)
_SPLIT_BESIDE = re.compile(r" (?=(?:vlak ?|dicht ?)?(?:bij|naast|nabij|richting|not_far|tussen)\b)")


def postcode(text: str) -> Reading:
    """The postcode of the place where somebody lives; options when a name fits several."""
    if said_dont_know(text):
        return NOTHING
    found = places.find(text) or _dictated(text)
    folded = _NOT_FAR.sub("not_far", fold(text))
    if len(found) == 1 and not _AWAY.search(folded):
        return Reading(found[0].postcode)
    named: dict[_Role, list[places.Place]] = {}
    for clause in _clauses(folded):
        for place in places.find(clause):
            named.setdefault(_role(clause), []).append(place)
    best = max(named, default=_Role.ELSEWHERE)
    if best is _Role.ELSEWHERE:
        return NOTHING if named or _AWAY.search(folded) else one_of([p.postcode for p in found])
    towns = {p.municipality for p in named[best]}
    # of "Muizen, Mechelen" the whole text keeps the finer one
    finer = [p.postcode for p in found if p.municipality in towns]
    return one_of(finer or [p.postcode for p in named[best]])


def _dictated(text: str) -> list[places.Place]:
    """A postcode in words: "drie zes nul nul", "negenduizend", "drieduizend zeshonderd"."""
    words = [w for w in tokens(text) if w not in (",", ".", "en")]
    for at in range(len(words)):
        for size in range(min(4, len(words) - at), 0, -1):
            part = words[at : at + size]
            found = places.place(_thousands(" ".join(part)) or _one_by_one(part))
            if found:
                return [found]
    return []


def _one_by_one(words: Sequence[str]) -> str:
    values = [None if w.isdigit() else number(w) for w in words]
    return "" if None in values else "".join(map(str, values))


def _thousands(said: str) -> str:
    match = _THOUSANDS.fullmatch(said)
    if not match:
        return ""
    parts = [number(part) if part else 0 for part in match.groups()]
    if None in parts or not parts[0]:
        return ""
    thousands, hundreds, ones = (part or 0 for part in parts)
    return str(1000 * thousands + 100 * hundreds + ones)


_THOUSANDS = re.compile(r"(\w+?) ?duizend ?(?:(\w+?) ?honderd)? ?(\w*)")


def _clauses(folded: str) -> Iterable[str]:
    folded = _TWO_TOWNS.sub(r"tussen \1 & \2", _BOTH.sub("woon", folded))
    if _MOVED.search(folded):
        # "van Genk naar As verhuisd": only where to
        folded = re.sub(r"\b(?:van|uit) [^,.;]{2,30}? (?=naar )", "", folded)
    for part in _CLAUSES.split(folded):
        verbs = [m.start() for m in _VERB.finditer(part)]
        for begin, end in itertools.pairwise([0, *verbs[1:], len(part)]):
            yield from _SPLIT_BESIDE.split(part[begin:end])


def _role(clause: str) -> _Role:
    if _BESIDE.search(clause):
        return _Role.NEAR
    if _SOMEBODY_ELSE.search(clause) or _NOT_THERE.search(clause):
        return _Role.ELSEWHERE
    if _HOME.search(clause):
        return _Role.HOME
    return _Role.ELSEWHERE if _AWAY.search(clause) else _Role.PLAIN

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
from bot.intake.reading.phone_spoken import repeated
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.yes_no import said_dont_know
from bot.text import fold


class _Role(enum.IntEnum):
    """What a clause says about the place in it; the highest that is there counts."""

    ELSEWHERE = 0
    NEAR = 1
    PLAIN = 2
    FOR_NOW = 3
    HOME = 4


_PEOPLE = (
    "zus|zuster|broer|broers|zoon|zonen|dochter|dochters|man|vrouw|vriend|vriendin|vrienden|ouders|"
    "mama|papa|moeder|vader|kinderen|familie|nonkel|tante|ex|lief|oma|opa|baas|collega|neef|nicht"
)
_CLAUSES = re.compile(
    r"[,;!?()\n]+|\.(?!\d)|\b(?:maar|mr|(?<!mijn )(?<!mn )ma|mor|moar|maor|mo|"
    r"want|terwijl|daarna|and|but|mais|et|en)\b|"
    r"\b(?=nu\b)|(?<=\w )(?=vroeger\b)|"
    r"(?<=\w) (?=(?:niet|ni|nie|ipv|in plaats van) (?!meer\b|ver\b))|"
    r"\b(?=(?:ben |zijn )?verhuisd naar\b)"
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
    r"verhuisd naar|verblijf\w*|gevestigd|ingeschreven|appartement|studio|leef|domicilieadres|"
    r"live|living|j'habite|habite|home)\b"
)
_FOR_NOW = re.compile(
    r"\b(?:kot|internaat|in de week|door de week|tijdens de week|logeer\w*|slaap|tijdelijk)\b"
)
_OFFICIAL = re.compile(r"\b(?:domicilie\w*|officieel|ingeschreven)\b")
_REQUEST = re.compile(r"\b(?:schrijf|zet|noteer|neem|pak)(?: maar| dan| gewoon)? (?P<said>[^,;]+)$")
_SINCE = re.compile(r"\b(?:sinds|sedert|tegenwoordig|intussen|ondertussen|voortaan|nieuw adres)\b")
_SOMEBODY_ELSE = re.compile(
    rf"\b(?:mijn|mn|m'n|men|mijne|ons|onze|de|mijnen) (?:{_PEOPLE}) "
    r"(?:die )?(?:woont|wonen|werkt|werken|zit|zitten|is|zijn|leeft|weunt)\b"
)
_OF_SOMEBODY = re.compile(
    rf"^\W*(?:mijn|mn|m'n|men|mijne|onze) (?:{_PEOPLE}) (?!hun|haar|zijn|en|ik|in|te\b)"
)
_NOT_THERE = re.compile(
    r"\b(?:niet|ni|nie|geen|gene|vroeger|vroegere|ooit|(?<!sinds )vorig\w*|"
    r"zoek\w* (?:een |ander )?(?:huis|woning|appartement|studio)|woonde\w*|"
    r"tot voor kort|oud adres|uit huis|"
    r"buiten ?gezet|eerst|voordien|daarvoor)\b(?! dat ik)"
)
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
_ONLY_NEAR = re.compile(
    r"^(?:(?:ik|k|we|wij|woon|wonen|dat|da|is|het|tis|ergens|hier|vlak|dicht|kort) )*"
    r"(?:bij|vlakbij|dichtbij|nabij|naast) [a-z'-]+\W*(?:,.*)?$"
)
_SPLIT_BESIDE = re.compile(r" (?=(?:vlak ?|dicht ?)?(?:bij|naast|nabij|richting|not_far|tussen)\b)")


def postcode(text: str) -> Reading:
    """The postcode of the place where somebody lives; options when a name fits several."""
    text = _without_slip(re.sub(r"(?<=\d)[oO](?=\d)", "0", text))
    request = _REQUEST.search(fold(text).rstrip(" .!"))
    if request and len(places.find(request["said"])) == 1:
        text = request["said"]
    found = places.find(text) or _dictated(text)
    if not found or (said_dont_know(text) and len(found) != 1):
        return NOTHING
    folded = _NOT_FAR.sub("not_far", fold(text))
    if _ONLY_NEAR.search(folded) and len(found) == 1:
        return NOTHING
    if len(found) == 1 and not _AWAY.search(folded):
        return Reading(found[0].postcode)
    named: dict[_Role, list[places.Place]] = {}
    for clause in _clauses(folded):
        for place in places.find(clause):
            named.setdefault(_role(clause), []).append(place)
    best = max(named, default=_Role.ELSEWHERE)
    if best is _Role.ELSEWHERE:
        return NOTHING if named or _AWAY.search(folded) else one_of([p.postcode for p in found])
    if best is _Role.FOR_NOW and _OFFICIAL.search(folded):
        return NOTHING
    if best is _Role.FOR_NOW:
        named[best] += named.get(_Role.PLAIN, [])
    towns = {p.municipality for p in named[best]}
    # of "Muizen, Mechelen" the whole text keeps the finer one
    finer = [p.postcode for p in found if p.municipality in towns]
    return one_of(finer or [p.postcode for p in named[best]])


def _without_slip(text: str) -> str:
    """Only what comes after "nee wacht", when that names a place or the end of a postcode."""
    *before, said = [*filter(str.strip, _CORRECTED.split(fold(text)))] or [""]
    if not before:
        return text
    if places.find(said) or _dictated(said):
        return said
    words = [w for w in tokens(said) if w not in (",", ".", "en", "of")]
    first = _dictated(before[-1])
    hundreds = _thousands("nul duizend " + " ".join(words)) if words else ""
    if not first or not hundreds.isdigit() or not 100 <= int(hundreds) < 1000:
        return text
    return f"{first[0].postcode[0]}{int(hundreds):03}"


_CORRECTED = re.compile(r"\b(?:nee+n?|sorry|wacht|fout|bedoel|oei|correctie)\b")


def _dictated(text: str) -> list[places.Place]:
    """A postcode in words: "drie zes nul nul", "negenduizend", "drieduizend zeshonderd"."""
    said = [w for w in tokens(text) if w not in (",", ".", "en", "dan", "/")]
    words = repeated(said)
    if words != said:
        words = [w if number(w) is None else _IN_WORDS.get(w, w) for w in words]
    for at in range(len(words)):
        for size in range(min(4, len(words) - at), 0, -1):
            part = words[at : at + size]
            found = places.place(_thousands(" ".join(part)) or _one_by_one(part))
            if found:
                return [found]
    return []


_IN_WORDS = {"0": "nul", "1": "een", "2": "twee", "3": "drie", "4": "vier", "5": "vijf",
             "6": "zes", "7": "zeven", "8": "acht", "9": "negen"}  # fmt: skip


def _one_by_one(words: Sequence[str]) -> str:
    values = [None if w.isdigit() else number(w) for w in words]
    return "" if None in values else "".join(map(str, values))


def _thousands(said: str) -> str:
    if (many := _HUNDREDS.fullmatch(said)) and (count := number(many[1])) and count > _TEN:
        rest = number(many[2]) if many[2] else 0
        return "" if rest is None else str(100 * count + rest)
    match = _THOUSANDS.fullmatch(said)
    if not match:
        return ""
    parts = [number(part) if part else 0 for part in match.groups()]
    thousands, hundreds, ones = (part or 0 for part in parts)
    if None in parts:
        return ""
    if re.search(r"(?:^|[ dn])honderd", said) and not hundreds:
        hundreds = 1
    return str(1000 * thousands + 100 * hundreds + ones)


_TEN = 10
_HUNDREDS = re.compile(r"(\w+?) ?honderd(?:en| en)? ?(\w*)")
""" "achtentwintighonderd zestig"."""
_THOUSANDS = re.compile(r"(\w+?) ?duizend ?(?:(\w*?) ?honderd)? ?(\w*)")


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
    if any(p.search(clause) for p in (_SOMEBODY_ELSE, _OF_SOMEBODY)) or _NOT_THERE.search(clause):
        return _Role.ELSEWHERE
    if _FOR_NOW.search(clause):
        return _Role.FOR_NOW
    if _HOME.search(clause):
        return _Role.HOME
    if _AWAY.search(clause):
        return _Role.ELSEWHERE
    return _Role.HOME if _SINCE.search(clause) else _Role.PLAIN

"""Finding places in what people write: postcodes, names, misspelled names."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import rapidfuzz
import wordfreq
import yaml

from bot.places.table import DATA, Place, rows
from bot.text import fold, sound

_POSTCODE = re.compile(r"(?<![\d.,/+])(?:be?[\s-]?)?([1-9]\d{3})(?![\d/]|[.,]\d)", re.IGNORECASE)
_SPACED = re.compile(
    r"(?<!\d)(?<!\d[ .])([1-9])[ .](\d)[ .](\d)[ .](\d)(?!\d|[ .]\d)|"
    r"(?<!\d)(?<!\d[ .])(\d\d)[ .](\d\d)(?!\d|[ .]\d)"
)
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|'s", re.UNICODE)
_SEGMENTS = re.compile(r"[,;.()!?/\n]+(?!\d)")
_JOINED = re.compile(r"(?<!\w)(?:(t')|[dl]')(?=[a-z]{3})")


@functools.cache
def _word_sets() -> Mapping[str, frozenset[str]]:
    with (DATA / "words.yaml").open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=yaml.CBaseLoader)  # noqa: S506 (strings only)
    return {name: frozenset(words) for name, words in content.items()}


_CUES = _word_sets()["cues"]
_FILLERS = _word_sets()["fillers"]
# Names that are also everyday words: they count only after a cue word or alone.
_EVERYDAY = _word_sets()["everyday"]
_CITIES = _word_sets()["cities"]
# Places outside Belgium, and regions: no misspelled names of places in it.
_ELSEWHERE = _word_sets()["elsewhere"]
FUZZY_LENGTH = 5
"""Shorter words are not compared letter by letter: too many names differ by one letter."""
_SHORT_ANSWER = 3
"""An answer of so many words, fillers aside, is a name of a place when one comes near."""
_COMMON = 2.6
"""A word so common in Dutch (Zipf) is no misspelled name of a place."""


@functools.cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Folded name -> postcodes, the municipality's own first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for postcode, row in rows().items():
        own = _key(row.place.municipality)
        parts = {own, *(_key(p) for p in row.place.municipality.split("-"))}
        for name in row.names:
            key = _key(name)
            rank = 0 if row.main and key == own else 1 if row.main and key in parts else 2
            found.setdefault(key, []).append((rank, postcode))
        if not row.main or own in found:
            continue
        found[own] = [(0, postcode)]
    result = {}
    for key, candidates in found.items():
        best = min(rank for rank, _ in candidates)
        kept = [p for rank, p in candidates if best > 1 or rank == best]
        if best > 1:
            flemish = [p for p in kept if not "1300" <= p <= "1499" and not "4000" <= p <= "7999"]
            kept = flemish or kept
            cities = [p for p in kept if rows()[p].main and _is_city(rows()[p].place, key)]
            kept = cities if len(set(cities)) == 1 else kept
        result[key] = tuple(dict.fromkeys(kept))
    return MappingProxyType(result)


@functools.cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in _names():
        if name.isascii():
            found.setdefault(_sound(name), []).append(name)
    return MappingProxyType({key: tuple(names) for key, names in found.items()})


@functools.cache
def _skeletons() -> Mapping[str, str]:
    """Consonants of a name -> name, for those who leave the vowels out ("mchln"); cities first."""
    found: dict[str, str] = {}
    towns = [_key(r.place.municipality) for r in rows().values() if r.main]
    for name in (*_CITIES, *(n for n in towns if n in _names())):
        for bones in _bones(name):
            if len(bones) >= _BONES:
                found.setdefault(bones, name)
    return MappingProxyType(found)


_BONES = 3


def _bones(word: str) -> tuple[str, ...]:
    """A word without its vowels, also with doubled letters written once."""
    bones = re.sub(r"ij|[aeiouy ]", "", word)
    return bones, re.sub(r"(.)\1", r"\1", bones)


@functools.cache
def _long_names() -> tuple[str, ...]:
    """Names that a misspelled word is compared with: the first ones of each place, in Latin."""
    kept = []
    for row in rows().values():
        for name in row.names[: 30 if not row.main else 24]:
            key = _key(name)
            if len(key) >= FUZZY_LENGTH and key.isascii() and key in _names():
                kept.append(key)
    return tuple(dict.fromkeys(kept))


def _is_city(place: Place, name: str) -> bool:
    """Whether a name is one for the city itself ("mechele"), not for a part of it."""
    own = {_key(place.municipality), _key(place.municipality.split("-")[0])} & _CITIES
    return any(city[:_STEM] == name[:_STEM] for city in own)


_STEM = 4


def _key(name: str) -> str:
    words = " ".join(_WORDS.findall(fold(name.replace("-", " "))))
    return re.sub(r"\b(?:st|saint|sainte|sin|sind)\b", "sint", words)


def _sound(name: str) -> str:
    return "".join(sound(word) for word in name.split())


def find(text: str) -> list[Place]:
    """Places in an answer to "where do you live?", best first; [] when there is none.

    Several places come back when the text names several, or when one name belongs to several
    places (Mariakerke). Postcodes in the text come before names.
    """
    return [rows()[p].place for p in _search(text, strict=False)]


def mentioned(text: str) -> list[Place]:
    """Places that any text names beyond doubt: a name after "in", "te", "uit", "wonen"...

    Misspelled names and everyday words that are also names do not count here.
    """
    return [rows()[p].place for p in _search(text, strict=True)]


def _search(text: str, *, strict: bool) -> list[str]:
    folded = _JOINED.sub(lambda m: "te " if m[1] else "", fold(text.replace("-", " ")))
    numbers = _postcodes(folded)
    if strict:
        numbers = [
            n for n in numbers if re.search(rf"(?:postcode|in|te|woon\w*) (?:b )?{n}", folded)
        ]
    if numbers:
        return numbers
    segments = [_key(part).split() for part in _SEGMENTS.split(_abbreviated(folded))]
    if sum(map(len, segments)) > _LONGEST:
        return []
    return _specific(_named(segments, strict=strict))


_LONGEST = 60
"""Words of an answer that are searched; a longer one tells a story."""


def _abbreviated(folded: str) -> str:
    """ "st. niklaas" without the dot, which would end a clause; "a'pen" stays one word."""
    return re.sub(r"\b(st|ste|sint|skt)\. ?", r"\1 ", folded)


def _postcodes(folded: str) -> list[str]:
    found = [m.group(1) for m in _POSTCODE.finditer(folded) if m.group(1) in rows()]
    if not found:
        joined = ("".join(filter(None, m.groups())) for m in _SPACED.finditer(folded))
        found = [code for code in joined if code in rows()]
    return list(dict.fromkeys(found))


def _named(segments: Sequence[list[str]], *, strict: bool) -> list[tuple[str, ...]]:
    """For each name in the words, its postcodes; a misspelled one only when there is no other."""
    everything = [w for words in segments for w in words]
    found = [codes for words in segments for codes in _exact(words, everything, strict=strict)]
    if found or strict:
        return found
    short = sum(w not in _FILLERS for w in everything) <= 2 * _SHORT_ANSWER
    for words in segments:
        guess = None if _ELSEWHERE & {*everything} else _misspelled(words, short=short)
        if guess:
            return [guess]
    return []


def _exact(
    words: Sequence[str], everything: Sequence[str], *, strict: bool
) -> Iterable[tuple[str, ...]]:
    content = [w for w in words if w not in _FILLERS]
    at = 0
    while at < len(words):
        for size in range(min(5, len(words) - at), 0, -1):
            name = " ".join(words[at : at + size])
            codes = _names().get(name)
            cue = words[at - 1] if at else ""
            if not codes or (strict and cue not in _CUES):
                continue
            if name in _EVERYDAY and not (
                (len(content) <= size and not _SENTENCE & set(words))
                or (cue in _CUES and cue not in _WEAK_CUES)
                or _beside_town(name, codes, everything)
            ):
                continue
            if size == 1 and name in _FILLERS:
                continue
            yield codes
            at += size
            break
        else:
            at += 1


_WEAK_CUES = ("van", "naar", "bij", "uit", "tegen", "at", "near", "from", "buurt")
"""Words before a place that stand before any other word as well."""


def _beside_town(name: str, codes: Sequence[str], words: Iterable[str]) -> bool:
    """Whether the words name the municipality as well: "Kiel, Antwerpen"."""
    towns = {_key(rows()[code].place.municipality) for code in codes} - {name}
    if any(rows()[code].place.province == "Brussel" for code in codes):
        towns |= _BRUSSELS - {name}
    return bool(towns & set(words))


_BRUSSELS = frozenset(("brussel", "bruxelles", "brussels", "bxl"))


_SENTENCE = frozenset(
    "niet ni nie weet heb hebben zit denk moet kan geen een ne nen gin soms of".split()  # noqa: SIM905
)
"""Beside one of these an everyday word is no answer of one name."""
_BEFORE_NOUNS = frozenset(
    "mijn mijne mn me men een ne nen gin gene geen uw ons onze zijn haar deze elke te".split()  # noqa: SIM905
)
"""The word after one of these is no misspelled place."""


def _misspelled(words: list[str], *, short: bool) -> tuple[str, ...] | None:
    content = [w for w in words if w not in _FILLERS]
    if len(words) > _LONGEST_GUESSED:
        return None
    short = short and len(content) <= _SHORT_ANSWER
    candidates: list[tuple[float, str]] = []
    for at, phrase in _phrases(words):
        cued = at > 0 and words[at - 1] in _CUES and words[at - 1] not in _WEAK_CUES
        candidates += _near(phrase, 0 if short or cued else _SURE)
    if not candidates:
        return None
    best = max(score for score, _ in candidates)
    close = [name for score, name in sorted(candidates, reverse=True) if score >= best - 1.5]
    cities = [name for name in close if name in _CITIES]
    return tuple(dict.fromkeys(code for name in cities or close for code in _names()[name]))


_SURE = 90
"""Likeness (0 to 100) that a word needs to be a misspelled place in the middle of a sentence."""
_LONGEST_GUESSED = 14


def _near(phrase: str, at_least: int) -> Iterable[tuple[float, str]]:
    """Names that a phrase may be, with their likeness (0 to 100)."""
    vowelless = not re.search(r"[aeiouy]", phrase)
    if vowelless:
        name = _skeletons().get(phrase) or _skeletons().get(_bones(phrase)[1])
        if name and (not at_least or len(phrase) > FUZZY_LENGTH):
            yield 97, name
        return
    if len(phrase) < FUZZY_LENGTH - 1:
        return
    for name in _by_sound().get(_sound(phrase), ()):
        score = 99 - abs(len(name) - len(phrase))
        likely = score >= (at_least if _is_near_home(name) else 99)
        if likely and (not at_least or len(phrase) > FUZZY_LENGTH):
            yield score, name
    if len(phrase) < FUZZY_LENGTH:
        return
    cutoff = max(at_least, 78 if len(phrase) >= 7 else 80)
    for name, ratio, _ in rapidfuzz.process.extract(
        phrase, _long_names(), scorer=rapidfuzz.fuzz.ratio, score_cutoff=cutoff, limit=6
    ):
        likeness = ratio + (2 if name[0] == phrase[0] else -6) + (2 if name in _CITIES else 0)
        if likeness >= max(at_least, 80 if _is_near_home(name) else _SURE):
            yield likeness, name


def _is_near_home(name: str) -> bool:
    """In Flanders or Brussels, where nearly everybody lives who writes to the Leerwinkels."""
    return any(not "1300" <= p <= "1499" and not "4000" <= p <= "7999" for p in _names()[name])


def _phrases(words: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Up to three words in a row, of which one at least is no Dutch word."""
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            part = words[at : at + size]
            if part[0] in _FILLERS or part[-1] in _FILLERS:
                continue
            if size == 1 and at > 0 and words[at - 1] in _BEFORE_NOUNS:
                continue
            if any(len(w) >= 3 and not _is_dutch(w) for w in part):
                yield at, " ".join(part)


@functools.lru_cache(maxsize=20_000)
def _is_dutch(word: str) -> bool:
    return wordfreq.zipf_frequency(word, "nl") >= _COMMON


def _specific(names: list[tuple[str, ...]]) -> list[str]:
    """A sub-municipality and its own municipality named together are one place."""
    towns = {rows()[c].place.municipality for codes in names if len(codes) == 1 for c in codes}
    result: list[str] = []
    for codes in names:
        inside = [c for c in codes if rows()[c].place.municipality in towns]
        result += inside if len(codes) > 1 and inside else codes
    result = list(dict.fromkeys(result))
    if len(result) > 1 and any(
        rows()[c].place.province == "Brussel" for c in result if c != "1000"
    ):
        result = [
            c for c in result if c != "1000"
        ]  # "Molenbeek, Brussel": the region, not the city
    parts = {rows()[c].place.municipality for c in result if not rows()[c].main}
    specific = [c for c in result if not (rows()[c].main and rows()[c].place.municipality in parts)]
    return specific or result

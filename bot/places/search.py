"""Finding places in what people write: postcodes, names, misspelled names."""

import functools
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import rapidfuzz
import yaml

from bot.places.table import DATA, Place, rows
from bot.text import fold, sound

_POSTCODE = re.compile(r"(?<![\d.,/+])(?:be?[\s-]?)?([1-9]\d{3})(?![\d/]|[.,]\d)", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\d)([1-9])[ .](\d)[ .](\d)[ .](\d)(?!\d)|(?<!\d)(\d\d)[ .](\d\d)(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|'s", re.UNICODE)


@functools.cache
def _word_sets() -> Mapping[str, frozenset[str]]:
    with (DATA / "words.yaml").open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=yaml.CBaseLoader)  # noqa: S506 (strings only)
    return {name: frozenset(words) for name, words in content.items()}


_CUES = _word_sets()["cues"]
_FILLERS = _word_sets()["fillers"]
# Names that are also everyday words: they count only after a cue word or alone.
_EVERYDAY = _word_sets()["everyday"]
FUZZY_LENGTH = 5
"""Shorter words are not compared letter by letter: too many names differ by one letter."""


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
def _long_names() -> tuple[str, ...]:
    """Names that a misspelled word is compared with: the first ones of each place, in Latin."""
    kept = []
    for row in rows().values():
        for name in row.names[: 30 if not row.main else 24]:
            key = _key(name)
            if len(key) >= FUZZY_LENGTH and key.isascii() and key in _names():
                kept.append(key)
    return tuple(dict.fromkeys(kept))


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
    folded = fold(text.replace("-", " "))
    numbers = _postcodes(folded)
    if strict:
        numbers = [
            n for n in numbers if re.search(rf"(?:postcode|in|te|woon\w*) (?:b )?{n}", folded)
        ]
    words = _WORDS.findall(folded)
    names = [] if len(words) > 60 else _named(words, strict=strict)
    if numbers:
        return numbers
    return _specific(names)


def _postcodes(folded: str) -> list[str]:
    found = [m.group(1) for m in _POSTCODE.finditer(folded) if m.group(1) in rows()]
    if not found:
        joined = ("".join(filter(None, m.groups())) for m in _SPACED.finditer(folded))
        found = [code for code in joined if code in rows()]
    return list(dict.fromkeys(found))


def _named(words: list[str], *, strict: bool) -> list[tuple[str, ...]]:
    """For each name in the words, its postcodes."""
    words = _key(" ".join(words)).split()
    content = [w for w in words if w not in _FILLERS]
    found: list[tuple[str, ...]] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(5, len(words) - at), 0, -1):
            name = " ".join(words[at : at + size])
            codes = _names().get(name)
            cued = at > 0 and words[at - 1] in _CUES
            alone = len(content) <= size
            if not codes or (strict and not cued):
                continue
            if name in _EVERYDAY and not (
                alone
                or (cued and words[at - 1] not in ("van", "naar"))
                or _beside_town(codes, words)
            ):
                continue
            if size == 1 and name in _FILLERS:
                continue
            found.append(codes)
            at += size
            break
        else:
            rest.append(words[at])
            at += 1
    if found or strict:
        return found
    guess = _misspelled([w for w in rest if w not in _FILLERS])
    return [guess] if guess else []


def _beside_town(codes: Iterable[str], words: Iterable[str]) -> bool:
    """Whether the words name the municipality as well: "Kiel, Antwerpen"."""
    towns = {_key(rows()[code].place.municipality) for code in codes}
    return bool(towns & set(words))


def _misspelled(words: list[str]) -> tuple[str, ...] | None:
    candidates: list[tuple[float, str]] = []
    for phrase in _phrases(words):
        if len(phrase) < 4:
            continue
        heard = _by_sound().get(_sound(phrase), ())
        candidates += [(99 - abs(len(name) - len(phrase)), name) for name in heard]
        if len(phrase) >= FUZZY_LENGTH:
            cutoff = 78 if len(phrase) >= 7 else 80
            candidates += [
                (score + (2 if name[0] == phrase[0] else -6), name)
                for name, score, _ in rapidfuzz.process.extract(
                    phrase,
                    _long_names(),
                    scorer=rapidfuzz.fuzz.ratio,
                    score_cutoff=cutoff,
                    limit=4,
                )
            ]
    if not candidates:
        return None
    best = max(score for score, _ in candidates)
    if best < 80:
        return None
    close = dict.fromkeys(
        code
        for score, name in sorted(candidates, reverse=True)
        if score >= best - 1.5
        for code in _names()[name]
    )
    return tuple(close)


def _phrases(words: list[str]) -> Iterable[str]:
    if len(words) > 12:
        return
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size])


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

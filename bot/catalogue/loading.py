"""Loading the catalogue: all files at once, every mistake with file, line and remedy."""

import dataclasses
import datetime as dtm
import functools
import itertools
import logging
import pathlib
import threading
import time
import typing
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pydantic
import rapidfuzz

from bot import contract
from bot.catalogue import model, yamlread
from bot.catalogue.yamlread import Document, Problem
from bot.settings import settings

log = logging.getLogger(__name__)

T = typing.TypeVar("T", bound=model.Entry)

CHECK_EVERY = 1.0
"""Seconds between two looks at the files."""


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Catalogue:
    """Everything in the folder `catalogue/`, checked."""

    courses: tuple[model.Course, ...]
    providers: Mapping[str, model.Provider]
    tariffs: Mapping[str, model.Tariff]
    leerwinkels: Mapping[str, model.Leerwinkel]
    measures: tuple[model.Measure, ...]
    glossary: tuple[model.GlossaryEntry, ...]
    phrases: model.Phrases
    usual: model.Usual
    where: Mapping[str, tuple[str, int]]
    """Course id -> file and line."""
    words: tuple[model.GlossaryEntry, ...] = ()
    """Everyday words: explained when a client asks for exactly that word."""

    @functools.cached_property
    def by_id(self) -> Mapping[str, model.Course]:
        return MappingProxyType({course.id: course for course in self.courses})

    def provider_name(self, course: model.Course) -> str:
        """The name of the school as people know it."""
        return self.providers[course.provider].name


class CatalogueError(Exception):
    """The catalogue holds mistakes; `problems` lists them all."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


_KINDS: Mapping[str, tuple[type[model.Entry], str]] = MappingProxyType(
    {
        "courses": (model.Course, "id"),
        "providers": (model.Provider, "id"),
        "tariffs": (model.Tariff, "id"),
        "leerwinkels": (model.Leerwinkel, "code"),
        "support": (model.Measure, "id"),
        "glossary": (model.GlossaryEntry, "word"),
        "words": (model.GlossaryEntry, "word"),
    }
)


def load(folder: pathlib.Path) -> Catalogue:
    """Read and check the whole folder.

    Raises:
        CatalogueError: with every mistake at once.
    """
    problems: list[Problem] = []
    lists: dict[str, dict[str, Any]] = {}
    where: dict[str, dict[str, tuple[str, int]]] = {}
    for kind, (entry_type, key) in _KINDS.items():
        if kind == "words" and not (folder / "words.yaml").exists():
            lists[kind], where[kind] = {}, {}  # a catalogue from before there were words
            continue
        lists[kind], where[kind] = _entries(folder, kind, entry_type, key, problems)
    phrases = _single(folder, "phrases.yaml", model.Phrases, problems)
    usual = _single(folder, "usual.yaml", model.Usual, problems)
    problems += _cross(lists, where)
    if problems or phrases is None or usual is None:
        raise CatalogueError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    return Catalogue(
        courses=tuple(lists["courses"].values()),
        providers=MappingProxyType(lists["providers"]),
        tariffs=MappingProxyType(lists["tariffs"]),
        leerwinkels=MappingProxyType(lists["leerwinkels"]),
        measures=tuple(lists["support"].values()),
        glossary=tuple(lists["glossary"].values()),
        phrases=phrases,
        usual=usual,
        where=MappingProxyType(where["courses"]),
        words=tuple(lists["words"].values()),
    )


def _files(folder: pathlib.Path, kind: str) -> list[pathlib.Path]:
    if kind in ("courses", "support"):
        found = [*(folder / kind).glob("*.yaml"), *(folder / kind).glob("*.yml")]
        return sorted(path for path in found if not path.name.startswith("."))
    return [folder / f"{kind}.yaml"]


def _entries(
    folder: pathlib.Path,
    kind: str,
    entry_type: type[model.Entry],
    key: str,
    problems: list[Problem],
) -> tuple[dict[str, Any], dict[str, tuple[str, int]]]:
    entries: dict[str, Any] = {}
    where: dict[str, tuple[str, int]] = {}
    paths = _files(folder, kind)
    if not paths:
        problems.append(
            Problem(f"{kind}/", 1, "er is geen bestand.", f"Maak een YAML-bestand in {kind}/.")
        )
    for path in paths:
        name = path.relative_to(folder).as_posix()
        document = yamlread.read(path, name)
        problems += document.problems
        if document.content is None:
            if not document.problems:
                problems.append(Problem(name, 1, "het bestand is leeg.", "Vul het of wis het."))
            continue
        if not isinstance(document.content, list):
            problems.append(
                Problem(name, 1, "dit is geen lijst.", "Begin elk stuk met een streepje: '- '.")
            )
            continue
        for index, raw in enumerate(document.content):
            entry = _validated(entry_type, raw, document, (index,), name, problems)
            if entry is None:
                continue
            value = str(getattr(entry, key))
            line = document.line((index,))
            if value in entries:
                file, first = where[value]
                problems.append(
                    Problem(
                        name,
                        document.line((index, key)),
                        f"{key} '{value}' bestaat al ({file}, lijn {first}).",
                        "Kies een andere naam of haal er een weg.",
                    )
                )
                continue
            entries[value] = entry
            where[value] = (name, line)
    return entries, where


def _single(
    folder: pathlib.Path, name: str, entry_type: type[T], problems: list[Problem]
) -> T | None:
    document = yamlread.read(folder / name, name)
    problems += document.problems
    if document.problems:
        return None
    return _validated(entry_type, document.content or {}, document, (), name, problems)


def _validated(
    entry_type: type[T],
    raw: Any,
    document: Document,
    path: yamlread.Path,
    name: str,
    problems: list[Problem],
) -> T | None:
    if not isinstance(raw, dict):
        line = document.line(path)
        problems.append(
            Problem(name, line, "hier staan geen sleutels.", "Schrijf 'sleutel: waarde'.")
        )
        return None
    try:
        return entry_type.model_validate(raw)
    except pydantic.ValidationError as error:
        for detail in error.errors():
            problems.append(_explained(detail, entry_type, document, path, name))
        return None


def _explained(
    detail: Any, entry_type: type[model.Entry], document: Document, path: yamlread.Path, name: str
) -> Problem:
    location = tuple(part for part in detail["loc"] if part != "[key]")
    line = document.line((*path, *location))
    keys = [str(part) for part in location if not isinstance(part, int)]
    label = f"'{'.'.join(keys)}'" if keys else "deze invoer"
    kind, given, limits = detail["type"], detail.get("input"), detail.get("ctx", {})
    what, remedy = f"{label} is niet juist ({detail['msg']}).", "Kijk de waarde na."
    if kind == "missing":
        what, remedy = f"{label} ontbreekt.", f"Schrijf '{keys[-1]}:' met een waarde."
    elif kind == "extra_forbidden":
        near = nearest(keys[-1], _keys(entry_type, keys[:-1]))
        what = f"de sleutel {label} bestaat niet."
        remedy = f"Bedoel je '{near}'?" if near else "Haal hem weg."
    elif kind == "literal_error":
        choices = [part.strip("' ") for part in limits["expected"].replace(" or ", ", ").split(",")]
        near = nearest(str(given), choices)
        what = f"{label} mag niet '{given}' zijn."
        remedy = (f"Bedoel je '{near}'? " if near else "") + f"Kies uit: {', '.join(choices)}."
    elif kind == "value_error":
        what, remedy = f"{label}: {limits['error']}", ""
    elif kind == "string_pattern_mismatch":
        what, remedy = f"{label} mag niet '{given}' zijn.", _pattern_remedy(limits["pattern"])
    elif kind.startswith("date"):
        what = f"{label} is geen datum: '{given}'."
        remedy = "Schrijf jaar-maand-dag: 2026-11-22."
    elif kind.startswith(("int", "decimal")):
        what, remedy = (
            f"{label} is geen goed getal: '{given}'.",
            "Schrijf alleen cijfers: 120 of 2.25.",
        )
    elif kind.startswith("bool"):
        what, remedy = f"{label} is geen ja of nee: '{given}'.", "Schrijf true of false."
    elif kind == "list_type":
        what, remedy = f"{label} is geen lijst.", f"Schrijf [{given}] of een lijn met streepjes."
    elif kind == "string_type":
        what, remedy = (
            f"{label} is leeg of geen tekst.",
            "Schrijf een tekst of haal de sleutel weg.",
        )
    elif kind == "too_long":
        what = f"{label} heeft te veel delen."
        remedy = f"Hou er hoogstens {limits['max_length']} over."
    elif kind in ("too_short", "string_too_short"):
        what, remedy = f"{label} is leeg.", "Vul iets in."
    elif kind == "string_too_long":
        what = f"{label} is te lang ({len(str(given))} tekens)."
        remedy = f"Hou het op {limits['max_length']} tekens."
    elif kind in ("greater_than_equal", "less_than_equal"):
        bound = limits.get("ge", limits.get("le"))
        word = "minstens" if "ge" in limits else "hoogstens"
        what, remedy = f"{label} mag niet {given} zijn.", f"Het is {word} {bound}."
    elif kind in ("model_type", "model_attributes_type", "dict_type"):
        what, remedy = f"{label} heeft geen sleutels.", "Schrijf eronder 'sleutel: waarde'."
    return Problem(name, line, what, remedy)


def explain_all(error: pydantic.ValidationError, entry_type: type[model.Entry]) -> list[str]:
    """The mistakes of one entry that stands in no file, in Dutch."""
    empty = Document(None, {}, [])
    found = [_explained(detail, entry_type, empty, (), "") for detail in error.errors()]
    return [f"{problem.what} {problem.remedy}".strip() for problem in found]


def _pattern_remedy(pattern: str) -> str:
    if pattern.startswith("^[1-9]"):
        return 'Een postcode heeft vier cijfers: "3600".'
    if pattern.startswith("^https"):
        return "Schrijf het hele adres, met https:// vooraan."
    if pattern.startswith("^\\d{4}"):
        return "Schrijf 2025, 2025-09 of 2025-09-01, of laat de sleutel weg."
    return "Gebruik kleine letters, cijfers en streepjes, geen spaties: zorgkundige-encora."


def _keys(entry_type: type[pydantic.BaseModel], path: list[str]) -> list[str]:
    for part in path:
        field = entry_type.model_fields.get(part)
        inner = field.annotation if field else None
        options = [inner, *typing.get_args(inner)]
        found = [o for o in options if isinstance(o, type) and issubclass(o, pydantic.BaseModel)]
        if not found:
            return []
        entry_type = found[0]
    return list(entry_type.model_fields)


def nearest(given: str, choices: list[str]) -> str | None:
    """The choice that looks most like what was written, if any does."""
    best = rapidfuzz.process.extractOne(given, choices, score_cutoff=60)
    return str(best[0]) if best else None


def _cross(
    lists: Mapping[str, Mapping[str, Any]], where: Mapping[str, Mapping[str, tuple[str, int]]]
) -> Iterator[Problem]:
    """Mistakes that show only when files are laid side by side."""
    providers, tariffs = lists["providers"], lists["tariffs"]
    given = {name for course in lists["courses"].values() for name in course.gives.certificates}
    for course_id, course in lists["courses"].items():
        at = where["courses"][course_id]
        if course.provider not in providers:
            near = nearest(course.provider, list(providers))
            yield Problem(
                *at,
                f"de school '{course.provider}' van '{course_id}' staat niet in providers.yaml.",
                f"Bedoel je '{near}'?" if near else "Zet de school in providers.yaml.",
            )
        if course.tariff is not None and course.tariff not in tariffs:
            near = nearest(course.tariff, list(tariffs))
            yield Problem(
                *at,
                f"het tarief '{course.tariff}' van '{course_id}' staat niet in tariffs.yaml.",
                f"Bedoel je '{near}'?" if near else f"Kies uit: {', '.join(tariffs)}.",
            )
        for name in {*course.asks.certificates, *course.gives.education_with} - given:
            yield Problem(
                *at,
                f"geen enkele opleiding geeft het bewijs '{name}' dat '{course_id}' vraagt.",
                "Zet het bij gives.certificates van een opleiding, of bij asks.other als zin.",
            )
        if course.type in ("hbo5", "bachelor") and course.asks.education is None:
            yield Problem(
                *at,
                f"'{course_id}' is {course.type} maar vraagt geen schoolniveau.",
                "Zet asks.education erbij, meestal upper_secondary.",
            )
        if course.checked_on > dtm.date(2100, 1, 1):
            yield Problem(*at, "checked_on ligt te ver in de toekomst.", "Kijk het jaar na.")
    for kind in ("support", "tariffs"):
        for entry_id, entry in lists[kind].items():
            conditions = (
                [entry.when] if kind == "support" else [r.when for r in [entry.reduced] if r]
            )
            for when in conditions:
                yield from _codes(entry_id, when, where[kind][entry_id])
    yield from _regions(lists["leerwinkels"], where["leerwinkels"])


def _codes(entry_id: str, when: Mapping[str, list[str]], at: tuple[str, int]) -> Iterator[Problem]:
    for field, values in when.items():
        codes = contract.labels(str(contract.fields()[field].codes))
        for value in values:
            if value not in codes:
                near = nearest(value, list(codes))
                yield Problem(
                    *at,
                    f"'{entry_id}': {field} kent de code '{value}' niet.",
                    (f"Bedoel je '{near}'? " if near else "") + f"Kies uit: {', '.join(codes)}.",
                )


def _regions(
    leerwinkels: Mapping[str, model.Leerwinkel], where: Mapping[str, tuple[str, int]]
) -> Iterator[Problem]:
    ranges = sorted(
        (region.first, region.last, code)
        for code, leerwinkel in leerwinkels.items()
        for region in leerwinkel.regions
    )
    for (_, last, code), (first, _, other) in itertools.pairwise(ranges):
        if first <= last:
            yield Problem(
                *where[other],
                f"postcode {first} hoort bij '{code}' en bij '{other}'.",
                "Laat elke postcode bij een Leerwinkel horen.",
            )
    for code in contract.labels("leerwinkel"):
        if code not in leerwinkels:
            yield Problem(
                "leerwinkels.yaml", 1, f"de Leerwinkel '{code}' ontbreekt.", "Zet hem erbij."
            )


class _Current:
    """The catalogue of this process; looks at the files at most once a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[pathlib.Path, Catalogue] = {}
        self._seen: dict[pathlib.Path, object] = {}
        self._looked: dict[pathlib.Path, float] = {}

    def get(self, folder: pathlib.Path) -> Catalogue:
        now = time.monotonic()
        if folder in self._loaded and now - self._looked[folder] < CHECK_EVERY:
            return self._loaded[folder]
        with self._lock:
            state = _state(folder)
            self._looked[folder] = time.monotonic()
            if folder in self._loaded and state == self._seen[folder]:
                return self._loaded[folder]
            try:
                catalogue = load(folder)
            except CatalogueError as error:
                if folder not in self._loaded:
                    raise
                self._seen[folder] = state
                log.error(
                    "catalogue_refused problems=%d first=%s; the old catalogue stays",
                    len(error.problems),
                    error.problems[0] if error.problems else "",
                )
                return self._loaded[folder]
            if folder in self._loaded:
                log.info("catalogue_reloaded courses=%d", len(catalogue.courses))
            self._loaded[folder], self._seen[folder] = catalogue, state
            return catalogue


def _state(folder: pathlib.Path) -> object:
    found = []
    for path in sorted(folder.rglob("*.y*ml")):
        try:
            stat = path.stat()
        except OSError:  # removed between listing and looking
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return found


_current = _Current()


def current() -> Catalogue:
    """The catalogue in force: reloaded when a file changed, a wrong file changes nothing.

    Raises:
        CatalogueError: the very first load of this process failed.
    """
    return _current.get(settings().catalogue)

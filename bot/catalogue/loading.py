"""Loading the catalogue: all files at once, every mistake with file, line and remedy."""

import dataclasses
import functools
import logging
import pathlib
import threading
import time
import typing
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pydantic

from bot.catalogue import crosscheck, labels, model, yamlread
from bot.catalogue.explaining import explained, nearest
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
    labels: labels.Labels
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


__all__ = ["Catalogue", "CatalogueError", "current", "files", "fingerprint", "load", "nearest"]

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
_FOLDERS = ("courses", "support")
_SINGLE: Mapping[str, type[model.Entry]] = MappingProxyType(
    {"phrases": model.Phrases, "usual": model.Usual, "labels": labels.Labels}
)


def load(folder: pathlib.Path) -> Catalogue:
    """Read and check the whole folder.

    Raises:
        CatalogueError: with every mistake at once.
    """
    problems: list[Problem] = []
    lists = {
        kind: _entries(folder, kind, entry_type, key, problems)
        for kind, (entry_type, key) in _KINDS.items()
        if kind != "words" or (folder / "words.yaml").exists()  # older catalogues have none
    }
    lists.setdefault("words", crosscheck.Listed())
    single = {name: _single(folder, f"{name}.yaml", _SINGLE[name], problems) for name in _SINGLE}
    problems += crosscheck.problems(lists)
    if problems or None in single.values():
        raise CatalogueError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    found = {kind: one.entries for kind, one in lists.items()}
    courses = lists["courses"]
    return Catalogue(
        courses=tuple(found["courses"].values()),
        providers=MappingProxyType(found["providers"]),
        tariffs=MappingProxyType(found["tariffs"]),
        leerwinkels=MappingProxyType(found["leerwinkels"]),
        measures=tuple(found["support"].values()),
        glossary=tuple(found["glossary"].values()),
        words=tuple(found["words"].values()),
        phrases=typing.cast(model.Phrases, single["phrases"]),
        usual=typing.cast(model.Usual, single["usual"]),
        labels=typing.cast(labels.Labels, single["labels"]),
        where=MappingProxyType({course_id: courses.where(course_id) for course_id in courses.at}),
    )


def _files(folder: pathlib.Path, kind: str) -> list[pathlib.Path]:
    if kind in _FOLDERS:
        found = [*(folder / kind).glob("*.yaml"), *(folder / kind).glob("*.yml")]
        return sorted(path for path in found if not path.name.startswith("."))
    return [folder / f"{kind}.yaml"]


def files(folder: pathlib.Path) -> list[pathlib.Path]:
    """Every file that belongs to the catalogue, also one that is missing."""
    return [path for kind in (*_KINDS, *_SINGLE) for path in _files(folder, kind)]


def _entries(
    folder: pathlib.Path,
    kind: str,
    entry_type: type[model.Entry],
    key: str,
    problems: list[Problem],
) -> crosscheck.Listed:
    listed = crosscheck.Listed()
    reuse = _Reuse()
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
            listed.whole = False
            if not document.problems:
                problems.append(Problem(name, 1, "het bestand is leeg.", "Vul het of wis het."))
            continue
        if not isinstance(document.content, list):
            listed.whole = False
            problems.append(
                Problem(name, 1, "dit is geen lijst.", "Begin elk stuk met een streepje: '- '.")
            )
            continue
        for index, raw in enumerate(document.content):
            if entry_type is model.Course and isinstance(raw, dict):
                raw = reuse.parts(raw)
            entry = _validated(entry_type, raw, document, (index,), name, problems)
            if entry is None:
                listed.broken(raw, key, (name, document, index))
                continue
            value = str(getattr(entry, key))
            if value in listed.entries:
                file, first = listed.where(value)
                problems.append(
                    Problem(
                        name,
                        document.line((index, key)),
                        f"{key} '{value}' bestaat al ({file}, lijn {first}).",
                        "Kies een andere naam of haal er een weg.",
                    )
                )
                continue
            if isinstance(entry, model.Course):
                reuse.slim(entry)
            listed.entries[value] = entry
            listed.at[value] = (name, document, index)
        document.content = None  # with many courses this is most of the memory
    return listed


class _Reuse:
    """Equal parts of courses are one object: with many courses that halves the memory."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], model.Entry] = {}
        self._sets: dict[frozenset[str], set[str]] = {}

    def parts(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The raw course with parts that were seen before; a wrong part stays as it is."""
        result = dict(raw)
        for name, kind in (("asks", model.Asks), ("gives", model.Gives)):
            part = raw.get(name)
            if not isinstance(part, dict):
                continue
            key = (name, repr(part))
            if key not in self._parts:
                try:
                    self._parts[key] = kind.model_validate(part)
                except pydantic.ValidationError:
                    continue
            result[name] = self._parts[key]
        return result

    def slim(self, course: model.Course) -> None:
        """pydantic's set of given keys takes 2 kB: courses with the same keys share it."""
        keys = course.model_fields_set
        shared = self._sets.setdefault(frozenset(keys), keys)
        object.__setattr__(course, "__pydantic_fields_set__", shared)


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
            problems.append(explained(detail, entry_type, document, path, name))
        return None


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
            state = fingerprint(folder)
            self._looked[folder] = time.monotonic()
            if folder in self._loaded and state == self._seen[folder]:
                return self._loaded[folder]
            self._renew(folder)
            self._seen[folder] = state
            return self._loaded[folder]

    def _renew(self, folder: pathlib.Path) -> None:
        from bot.catalogue import check  # it reads whole catalogues, and so needs this module

        try:
            catalogue = load(folder)
            problems = check.refused(catalogue)
        except CatalogueError as error:
            if folder not in self._loaded:
                raise
            problems = error.problems
        if problems and folder in self._loaded:
            log.error(
                "catalogue_refused problems=%d first=%s; the old catalogue stays",
                len(problems),
                problems[0],
            )
            return
        for problem in problems:  # better a catalogue with a course that nobody can enter than none
            log.error("catalogue_problem %s", problem)
        if folder in self._loaded:
            log.info("catalogue_reloaded courses=%d", len(catalogue.courses))
        self._loaded[folder] = catalogue


def fingerprint(folder: pathlib.Path) -> object:
    """What changes when a file of the catalogue changes, comes or goes."""
    found = []
    for path in files(folder):
        try:
            stat = path.stat()
        except OSError:  # missing, or removed between listing and looking
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

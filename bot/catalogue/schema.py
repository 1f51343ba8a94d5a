"""JSON schemas of all files, so that an editor completes, explains in Dutch and warns."""

import json
import os
import pathlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bot import contract
from bot.catalogue import examples, labels, model

LISTS: Mapping[str, tuple[type[model.Entry], str]] = MappingProxyType(
    {
        "course": (model.Course, "Opleidingen van de Leerwijzer"),
        "provider": (model.Provider, "Scholen en organisaties"),
        "tariff": (model.Tariff, "Prijzen"),
        "leerwinkel": (model.Leerwinkel, "De Leerwinkels"),
        "support": (model.Measure, "Hulp en regels"),
        "glossary": (model.GlossaryEntry, "Moeilijke woorden"),
        "examples": (examples.Example, "Verzonnen mensen om een wijziging te beoordelen"),
    }
)
SINGLE: Mapping[str, tuple[type[model.Entry], str]] = MappingProxyType(
    {
        "phrases": (model.Phrases, "Zinnen waarmee de bot zegt waarom iets past"),
        "usual": (model.Usual, "Wat een soort opleiding meestal vraagt"),
        "labels": (labels.Labels, "Namen van velden en knoppen"),
    }
)
FILES: Mapping[str, str] = MappingProxyType(
    {
        "providers.yaml": "provider",
        "tariffs.yaml": "tariff",
        "leerwinkels.yaml": "leerwinkel",
        "glossary.yaml": "glossary",
        "words.yaml": "glossary",
        "phrases.yaml": "phrases",
        "usual.yaml": "usual",
        "labels.yaml": "labels",
        "examples.yaml": "examples",
    }
)
FOLDERS: Mapping[str, str] = MappingProxyType({"courses": "course", "support": "support"})


def text(name: str) -> str:
    """The schema of one kind of file.

    Raises:
        KeyError: there is no such kind.
    """
    entry_type, title = LISTS[name] if name in LISTS else SINGLE[name]
    entry = entry_type.model_json_schema()
    definitions = _tidy(entry.pop("$defs", {}))
    entry = _tidy(entry)
    head: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    if name in LISTS:
        content = {**head, "title": title, "type": "array", "items": entry}
    else:
        content = {**head, **entry, "title": title}
    if definitions:
        content["$defs"] = definitions
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _tidy(node: Any) -> Any:
    """Without pydantic's English titles, which editors would show above our explanation."""
    if isinstance(node, list):
        return [_tidy(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _tidy(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
    }
    if "properties" in node:
        kept.pop("description", None)  # the docstring of a class is no help for a maintainer
    if isinstance(node.get("properties"), dict):  # a key of ours may be called "title"
        kept["properties"] = {name: _tidy(part) for name, part in node["properties"].items()}
    meanings = _meanings(node.get("enum"))
    if meanings:  # editors show these beside the codes
        kept["enumDescriptions"] = meanings
        kept["markdownEnumDescriptions"] = meanings
    return kept


def _meanings(codes: Any) -> list[str]:
    """What codes of the intake mean, in Dutch; [] for other lists of codes."""
    for name in ("themes", "education_level", "dutch_level", "situation", "schedule", "leerwinkel"):
        known = contract.labels(name)
        if codes and all(code in known for code in codes):
            return [known[code] for code in codes]
    return []


def names() -> tuple[str, ...]:
    """Every kind of file that has a schema."""
    return (*LISTS, *SINGLE)


def line(folder: str, name: str) -> str:
    """The first line of a file, by which an editor finds its schema."""
    here = "" if folder == "" else os.pardir + "/"
    return f"# yaml-language-server: $schema={here}schema/{name}.json"


def write(folder: pathlib.Path) -> list[pathlib.Path]:
    """Write all schemas in `schema/` of the catalogue's folder."""
    target = folder / "schema"
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names():
        path = target / f"{name}.json"
        path.write_text(text(name), encoding="utf-8")
        written.append(path)
    return written


def remarks(folder: pathlib.Path) -> Iterator[str]:
    """Files whose first line does not name their schema, and schemas that are old or missing."""
    wanted = [(path, line("", name)) for file, name in FILES.items() if (path := folder / file)]
    for sub, name in FOLDERS.items():
        wanted += [(path, line(sub, name)) for path in sorted((folder / sub).glob("*.y*ml"))]
    for path, first in wanted:
        if not path.exists():  # only the examples may be missing
            continue
        with path.open(encoding="utf-8-sig") as file:
            if file.readline().strip() != first:
                shown = path.relative_to(folder).as_posix()
                yield f"{shown}: je editor helpt hier niet. Zet op lijn 1: {first}"
    for name in names():
        path = folder / "schema" / f"{name}.json"
        if not path.exists() or path.read_text(encoding="utf-8") != text(name):
            yield f"schema/{name}.json is oud of ontbreekt. Doe: leerwijzer catalogue schema"

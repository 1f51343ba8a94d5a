"""Checks of a whole catalogue, what has grown old, and the schema for editors."""

import dataclasses
import datetime as dtm
import json
import pathlib
from typing import Any

from bot import contract, places
from bot.catalogue import loading, model
from bot.catalogue.loading import Catalogue, CatalogueError
from bot.catalogue.regions import leerwinkel_for
from bot.catalogue.yamlread import Problem


def check(folder: pathlib.Path) -> tuple[list[Problem], list[str], int]:
    """All mistakes, all remarks (which stop nothing), and the number of courses."""
    try:
        catalogue = loading.load(folder)
    except CatalogueError as error:
        return error.problems, [], 0
    return _places(catalogue), _remarks(catalogue), len(catalogue.courses)


def _places(catalogue: Catalogue) -> list[Problem]:
    found = []
    for course in catalogue.courses:
        for postcode in course.places:
            if places.place(postcode) is None:
                found.append(
                    Problem(
                        *catalogue.where[course.id],
                        f"postcode {postcode} van '{course.id}' bestaat niet.",
                        "Kijk de postcode na.",
                    )
                )
    return found


def _remarks(catalogue: Catalogue) -> list[str]:
    themes = {theme for course in catalogue.courses for theme in course.themes}
    types = {course.type for course in catalogue.courses}
    said = [
        f"geen opleiding voor thema '{t}'" for t in contract.labels("themes") if t not in themes
    ]
    said += [f"geen opleiding van soort '{t}'" for t in contract.course_types() if t not in types]
    used = {course.provider for course in catalogue.courses}
    said += [f"school '{p}' heeft geen opleiding" for p in catalogue.providers if p not in used]
    return said


def without_leerwinkel(catalogue: Catalogue) -> list[str]:
    """Postcodes of Flanders and Brussels that no Leerwinkel serves."""
    flemish_or_brussels = [
        code
        for first, last in ((1000, 1299), (1500, 3999), (8000, 9999))
        for number in range(first, last + 1)
        if places.place(code := str(number)) is not None
    ]
    return [code for code in flemish_or_brussels if leerwinkel_for(code, catalogue) is None]


@dataclasses.dataclass(frozen=True)
class Stale:
    """An entry that somebody must check again."""

    kind: str
    id: str
    why: str
    source: str
    checked_on: dtm.date

    def to_json(self) -> dict[str, Any]:
        return {**dataclasses.asdict(self), "checked_on": self.checked_on.isoformat()}


def stale(catalogue: Catalogue, *, today: dtm.date, days: int = 365) -> list[Stale]:
    """What is old or not sure, the longest unchecked first."""
    groups: tuple[tuple[str, list[tuple[str, model.Sourced]]], ...] = (
        ("opleiding", [(course.id, course) for course in catalogue.courses]),
        ("tarief", list(catalogue.tariffs.items())),
        ("hulp", [(measure.id, measure) for measure in catalogue.measures]),
        ("leerwinkel", list(catalogue.leerwinkels.items())),
    )
    found = []
    for kind, entries in groups:
        for entry_id, entry in entries:
            why = _why(entry, today, days)
            if why:
                found.append(Stale(kind, entry_id, why, entry.source, entry.checked_on))
    return sorted(found, key=lambda entry: (entry.checked_on, entry.kind, entry.id))


def _why(entry: model.Sourced, today: dtm.date, days: int) -> str:
    age = (today - entry.checked_on).days
    if age > days:
        return f"{age} dagen geleden nagekeken"
    if isinstance(entry, model.Tariff) and entry.valid_until and entry.valid_until < today:
        return f"geldig tot {entry.valid_until}"
    if not entry.verified:
        return "nog niet zeker"
    if entry.source_date and int(entry.source_date[:4]) < today.year - 1:
        return f"bron van {entry.source_date}"
    return ""


def schema_text() -> str:
    """JSON schema of a file with courses, as the editor reads it."""
    course = model.Course.model_json_schema()
    definitions = course.pop("$defs", {})
    content = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Opleidingen van de Leerwijzer",
        "type": "array",
        "items": course,
        "$defs": definitions,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

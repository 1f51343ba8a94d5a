"""The made-up people of `examples.yaml`, by whom a change of the catalogue is judged."""

import dataclasses
import pathlib
from collections.abc import Mapping
from typing import Any

import pydantic
from pydantic import Field

from bot.catalogue import model, records, yamlread
from bot.catalogue.explaining import explained
from bot.catalogue.yamlread import Problem

NAME = "examples.yaml"


class Example(model.Entry):
    """Somebody who does not exist, with the answers of an intake."""

    id: model.Key = Field(description="Korte naam, uniek.")
    who: model.Short = Field(description="Wie het is, in enkele woorden. Nooit een echte cliënt.")
    record: dict[str, str | list[str]] = Field(
        description="Antwoorden van de intake: veld en code. Velden mogen ontbreken."
    )


@dataclasses.dataclass(frozen=True)
class Person:
    """An example that was read."""

    id: str
    who: str
    record: Mapping[str, Any]


def read(folder: pathlib.Path) -> tuple[list[Person], list[Problem]]:
    """The people in the folder's file, and every mistake in it; no file gives neither."""
    if not (folder / NAME).exists():
        return [], []
    document = yamlread.read(folder / NAME, NAME)
    problems = list(document.problems)
    people: dict[str, Person] = {}
    content = document.content or []
    if not isinstance(content, list):
        return [], [Problem(NAME, 1, "dit is geen lijst.", "Begin elk stuk met: '- id:'.")]
    for index, raw in enumerate(content):
        line = document.line((index,))
        try:
            example = Example.model_validate(raw)
        except pydantic.ValidationError as error:
            problems += [
                explained(detail, Example, document, (index,), NAME) for detail in error.errors()
            ]
            continue
        record, said = records.checked(example.record)
        problems += [Problem(NAME, line, f"'{example.id}': {text}.", "") for text in said]
        if example.id in people:
            problems.append(
                Problem(NAME, line, f"id '{example.id}' bestaat al.", "Kies een andere naam.")
            )
        people[example.id] = Person(example.id, example.who, record)
    return list(people.values()), problems

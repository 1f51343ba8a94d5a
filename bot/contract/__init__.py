"""The fixed names: fields and codes of the intake record, and the intents.

`intake.yaml` and `intents.yaml` are read once. A field's name is at once the Rasa slot,
the database column and the JSON key.
"""

import dataclasses
import functools
import pathlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

import yaml

FieldType = Literal["bool", "text", "list", "code"]
Ask = Literal["core", "derived", "booking", "counsellor"]
HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of the intake record; `codes` names its code list, or is None."""

    name: str
    type: FieldType
    ask: Ask
    codes: str | None = None


def _load(name: str) -> dict[str, Any]:
    with (HERE / name).open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    assert isinstance(content, dict)
    return content


@functools.cache
def _intake() -> dict[str, Any]:
    return _load("intake.yaml")


@functools.cache
def fields() -> Mapping[str, Field]:
    """All fields of the intake record, in the order of the contract."""
    return MappingProxyType(
        {
            name: Field(name, spec["type"], spec["ask"], spec.get("codes"))
            for name, spec in _intake()["fields"].items()
        }
    )


@functools.cache
def labels(code_list: str) -> Mapping[str, str]:
    """Code -> Dutch label of one code list, for example `labels("situation")["working"]`.

    Raises:
        KeyError: there is no such code list.
    """
    return MappingProxyType({str(k): str(v) for k, v in _intake()["codes"][code_list].items()})


@functools.cache
def course_types() -> tuple[str, ...]:
    """The course types that catalogue entries may have."""
    return tuple(_intake()["course_types"])


@functools.cache
def intents() -> tuple[str, ...]:
    """The names of the 38 intents."""
    return tuple(_load("intents.yaml")["intents"])

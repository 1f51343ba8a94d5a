"""Checking an intake record that comes from outside (`leerwijzer match`)."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot import contract
from bot.catalogue.loading import nearest


class RecordError(ValueError):
    """The line is no intake record; the message says in Dutch what is wrong."""


def parse(line: str) -> tuple[dict[str, Any], list[str]]:
    """Read one JSON line; returns the record and the names that are no fields (left out).

    Raises:
        RecordError: no JSON object, or a code that does not exist.
    """
    try:
        raw = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "te diep genest"
        raise RecordError(f"dit is geen juiste JSON ({reason})") from None
    if not isinstance(raw, dict):
        raise RecordError('dit is geen record; schrijf {"veld": waarde}')
    fields = contract.fields()
    strange = [str(name) for name in raw if name not in fields]
    return {name: _checked(name, value) for name, value in raw.items() if name in fields}, strange


def checked(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The good fields of a record, and what is wrong with the others, in Dutch."""
    record: dict[str, Any] = {}
    wrong: list[str] = []
    for name, value in raw.items():
        try:
            if name not in contract.fields():
                near = nearest(name, list(contract.fields()))
                raise RecordError(
                    f"onbekend veld '{name}'" + (f"; bedoel je '{near}'?" if near else "")
                )
            record[name] = _checked(name, value)
        except RecordError as error:
            wrong.append(str(error))
    return record, wrong


def _checked(name: str, value: Any) -> Any:
    field = contract.fields()[name]
    if value is None:
        return None
    if field.type == "bool":
        if not isinstance(value, bool):
            raise RecordError(f"{name} moet true of false zijn, niet {_shown(value)}")
        return value
    if field.type == "list":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise RecordError(f"{name} moet een lijst van codes zijn, niet {_shown(value)}")
        for item in value:
            _code(name, field.codes, item)
        return value
    if not isinstance(value, str):
        raise RecordError(f"{name} moet tekst zijn, niet {_shown(value)}")
    if field.type == "code":
        _code(name, field.codes, value)
    if name == "postcode" and value and not re.fullmatch(r"[1-9][0-9]{3}", value, re.ASCII):
        raise RecordError(f"postcode moet vier cijfers zijn, niet {_shown(value)}")
    return value


def _code(name: str, code_list: str | None, value: str) -> None:
    if code_list is None:
        return
    codes: Mapping[str, str] = contract.labels(code_list)
    if value not in codes:
        near = nearest(value, list(codes))
        hint = f"; bedoel je '{near}'?" if near else f"; kies uit {', '.join(codes)}"
        raise RecordError(f"{name} kent de code {_shown(value)} niet{hint}")


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:37] + "..."

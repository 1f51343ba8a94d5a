"""What pydantic says of a wrong entry, told in Dutch: what is wrong and how to mend it."""

import typing
from typing import Any

import pydantic
import rapidfuzz

from bot.catalogue import model, yamlread
from bot.catalogue.yamlread import Document, Problem


def explained(
    detail: Any, entry_type: type[model.Entry], document: Document, path: yamlread.Path, name: str
) -> Problem:
    """One mistake of an entry, with its line."""
    location = tuple(part for part in detail["loc"] if part != "[key]")
    line = document.line((*path, *location))
    keys = [str(part) for part in location if not isinstance(part, int)]
    label = f"'{'.'.join(keys)}'" if keys else "deze invoer"
    kind, given, limits = detail["type"], detail.get("input"), detail.get("ctx", {})
    what, remedy = f"{label} is niet juist ({detail['msg']}).", "Kijk de waarde na."
    if kind == "missing":
        what, remedy = f"{label} ontbreekt.", f"Schrijf '{keys[-1]}:' met een waarde."
    elif kind == "extra_forbidden":
        what = f"de sleutel {label} bestaat niet."
        remedy = _remedy_for_key(entry_type, keys)
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
        what = f"{label} heeft geen sleutels."
        remedy = "Schrijf eronder 'sleutel: waarde', twee spaties verder. Of haal het weg."
    return Problem(name, line, what, remedy)


def explain_all(
    error: pydantic.ValidationError, entry_type: type[model.Entry], at: tuple[str, ...] = ()
) -> list[str]:
    """The mistakes of one entry that stands in no file, in Dutch; `at` is the key it is about."""
    empty = Document(None, [])
    details = [{**detail, "loc": (*at, *detail["loc"])} for detail in error.errors()]
    found = [explained(detail, entry_type, empty, (), "") for detail in details]
    return [f"{problem.what} {problem.remedy}".strip() for problem in found]


def _pattern_remedy(pattern: str) -> str:
    if pattern.startswith("^[1-9]"):
        return 'Een postcode heeft vier cijfers: "3600".'
    if pattern.startswith("^https"):
        return "Schrijf het hele adres, met https:// vooraan."
    if pattern.startswith("^\\d{4}"):
        return "Schrijf 2025, 2025-09 of 2025-09-01, of laat de sleutel weg."
    return "Gebruik kleine letters, cijfers en streepjes, geen spaties: zorgkundige-encora."


def _remedy_for_key(entry_type: type[model.Entry], keys: list[str]) -> str:
    """A key that is right elsewhere stands at the wrong depth; else it is a slip of the pen."""
    key, above = keys[-1], keys[:-1]
    if above and key in _keys(entry_type, []):
        return f"Laat '{key}' minder ver inspringen: het hoort niet onder '{above[-1]}'."
    inside = [name for name in entry_type.model_fields if key in _keys(entry_type, [name])]
    if inside and not above:
        return f"Laat '{key}' verder inspringen: het hoort onder '{inside[0]}:'."
    near = nearest(key, _keys(entry_type, above))
    return f"Bedoel je '{near}'?" if near else "Haal hem weg."


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

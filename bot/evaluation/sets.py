"""The evaluation sets: JSON lines in `evaluation/`, described in `evaluation/README.md`."""

import json
import pathlib
from typing import Any

from bot.settings import ROOT

FOLDER = ROOT / "evaluation"
SENTENCES = ("intents", "danger", "languages", "answers", "answers_fresh", "dreams", "times")
PEOPLE = ("matching", "advice")
"""Whole people: measured with the catalogue alone, without a trained model."""
NAMES = (*SENTENCES, *PEOPLE)
REQUIRED = {
    "intents": {"text", "intent", "voice"},
    "danger": {"text", "danger", "voice"},
    "languages": {"text", "lang"},
    "answers": {"field", "text", "expected", "voice"},
    "answers_fresh": {"field", "text", "expected", "voice"},
    "dreams": {"text", "themes", "voice"},
    "times": {"text", "now", "from", "to"},
    "matching": {"id", "record", "good"},
    "advice": {"id", "record", "first_step", "topics"},
}


def load(name: str, folder: pathlib.Path = FOLDER) -> list[dict[str, Any]]:
    """The lines of one set.

    Raises:
        ValueError: a line is no JSON object or lacks a field; the message names file and line.
        FileNotFoundError: the set does not exist.
    """
    path = folder / f"{name}.jsonl"
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path.name}, line {number}: no JSON ({error.msg}).") from error
        missing = REQUIRED[name] - set(row)
        if missing:
            raise ValueError(f"{path.name}, line {number}: {sorted(missing)} missing.")
        rows.append(row)
    return rows

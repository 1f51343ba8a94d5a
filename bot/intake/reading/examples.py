"""Answers of people that we imagined, with what they mean: what the second readers learn from.

`vocabulary/answers/<writer>.yaml`, one file a writer: field -> meaning -> answers. A meaning is a
code, codes joined by `+` (of a list), `none` (a list with nothing in it), a name, or `nothing`.
"""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from bot.intake import kept
from bot.intake.reading.lexicon import VOCABULARY

FOLDER = VOCABULARY / "answers"
ANY = "any"
"""Instead of a field: of all of them."""
NOTHING = "nothing"
"""What an answer means that says nothing about the question."""
NONE = "none"
"""What an answer means to a question for a list when there is nothing to list."""


class Example(NamedTuple):
    """An answer to one question.

    Attributes:
        writer: whose imagination it comes from; what is learned is tried on another's.
    """

    writer: str
    text: str
    meant: str


@functools.cache
def examples(field: str) -> Sequence[Example]:
    """The answers to the question about a field, and what is no answer to any question.

    Of the latter an even sample, half as many as there are answers: with more of them, what has
    few answers is hardly ever heard.
    """
    own, asides = _about(field), _about(ANY)
    step = -(-len(asides) // max(1, len(own) // 2))
    return [*own, *asides[::step]] if own else []


def _about(field: str) -> Sequence[Example]:
    return [
        Example(writer, text, meant)
        for writer, fields in _files()
        for meant, texts in fields.get(field, {}).items()
        for text in texts
    ]


@functools.cache
def _files() -> list[tuple[str, dict[str, dict[str, list[str]]]]]:
    files = []
    for path in sorted(FOLDER.glob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            files.append((path.stem, yaml.load(file, Loader=yaml.CBaseLoader)))  # noqa: S506
    return files


@functools.cache
def fingerprint() -> str:
    """Tells whether something was learned from the present answers and rules."""
    code = VOCABULARY.parent
    files = [*FOLDER.glob("*.yaml"), *VOCABULARY.glob("*.yaml"), *(code / "reading").glob("*.py")]
    return kept.fingerprint([*sorted(files), code / "alike.py"])

"""What messages about appointments say: the words stand in `messages.yaml` in this folder.

A line with a gap that stays empty is left out, so one text serves with and without a map.
"""

import functools
import pathlib
import re
from collections.abc import Mapping
from typing import Any

import yaml

FILE = pathlib.Path(__file__).parent / "messages.yaml"
_GAP = re.compile(r"\{(\w+)\}")


@functools.cache
def _content() -> Mapping[str, Any]:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def kinds() -> list[str]:
    """The kinds of messages that have a text."""
    return list(_content()["messages"])


def subject(kind: str) -> str:
    """The subject of a mail; never personal."""
    return str(_content()["messages"][kind]["subject"])


def body(kind: str, gaps: Mapping[str, str]) -> str:
    """The text of a message, its gaps filled.

    Raises:
        KeyError: a gap that `gaps` does not name.
    """
    lines = []
    for line in _content()["messages"][kind]["lines"]:
        names = _GAP.findall(line)
        if all(gaps[name] for name in names):
            lines.append(line.format(**{name: gaps[name] for name in names}))
    return "\n".join(lines).strip()


def phrase(name: str, /, **gaps: str) -> str:
    """A part of a text that code puts together."""
    return str(_content()["phrases"][name]).format(**gaps)


def button(name: str) -> str:
    """The title of a button."""
    return str(_content()["buttons"][name])

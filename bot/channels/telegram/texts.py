"""The texts of this channel, from `texts.yaml`."""

import dataclasses
import functools
import pathlib
from collections.abc import Mapping
from typing import Any

import yaml

FILE = pathlib.Path(__file__).parent / "texts.yaml"


@dataclasses.dataclass(frozen=True)
class Command:
    """A command of the menu: its name without "/", what it says there, what it means."""

    name: str
    description: str
    payload: str


@functools.cache
def _texts() -> Mapping[str, Any]:
    with FILE.open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    assert isinstance(content, dict)
    return content


def profile(key: str) -> str:
    """`description` or `short_description`."""
    return str(_texts()["profile"][key])


@functools.cache
def commands() -> Mapping[str, Command]:
    """Name -> command, in the order of the menu."""
    return {
        name: Command(name, command["description"], command["payload"])
        for name, command in _texts()["commands"].items()
    }


def notice(key: str, turn: int = 0) -> str:
    """What is said to something that is no text; `turn` chooses another way of saying it."""
    ways = _texts()["notices"][key]
    return str(ways if isinstance(ways, str) else ways[turn % len(ways)])


def shared(key: str, **gaps: str) -> str:
    """What a client shared (`phone`, `place`), as a sentence of the client."""
    return str(_texts()["shared"][key]).format(**gaps)


def card(key: str) -> str:
    """A label on a card."""
    return str(_texts()["cards"][key])

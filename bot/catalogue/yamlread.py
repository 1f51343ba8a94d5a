"""Reading YAML so that every value stays text and keeps its line number.

PyYAML's safe loading turns `NO` into False and `12:30` into 750; here every scalar stays a
string (an empty one or `null` becomes None) and pydantic decides what it means. Duplicate keys,
which YAML loaders swallow, are mistakes.

A good file is read in one pass over the parser's events, without a line for each value: that is
three times as quick and takes a tenth of the memory. Only a file with a mistake is read again
with the line of everything in it.
"""

import dataclasses
import functools
import pathlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import yaml

Path = tuple[str | int, ...]
"""Where a value stands in its file: keys and list positions."""


@dataclasses.dataclass(frozen=True)
class Problem:
    """One mistake: in which file and on which line, what is wrong, how to mend it (Dutch)."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, lijn {self.line}: {self.what} {self.remedy}"


@dataclasses.dataclass
class Document:
    """The content of one file, and the mistakes found on the way."""

    content: Any
    problems: list[Problem]
    entries: tuple[int, ...] = ()
    """The line of each part of the file, when the file is a list."""
    find_lines: Callable[[], dict[Path, int]] = dict

    @functools.cached_property
    def lines(self) -> dict[Path, int]:
        """The line of each value; worked out when somebody asks for it."""
        return self.find_lines()

    def line(self, path: Path) -> int:
        """Line of the value at `path`, or of the nearest thing around it."""
        if len(path) == 1 and isinstance(path[0], int) and path[0] < len(self.entries):
            return self.entries[path[0]]
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


_SYNTAX = {
    "found character '\\t'": "Gebruik spaties in plaats van een tab.",
    "found unexpected end of stream": "Sluit het aanhalingsteken.",
    "did not find expected key": "Kijk of deze lijn even ver inspringt als de lijn erboven.",
    "did not find expected '-'": "Kijk of deze lijn even ver inspringt als de vorige sleutels.",
    "did not find expected ',' or": "Sluit het haakje, of zet een komma tussen de delen.",
    "could not find expected ':'": "Zet een dubbele punt en een spatie na de sleutel.",
    "found undefined alias": "Zet de tekst met een sterretje tussen aanhalingstekens.",
    "found character that cannot start": "Zet de tekst tussen aanhalingstekens.",
    "block sequence entries are not allowed": "Zet het streepje op een nieuwe lijn.",
}
_NO_COLON = "Zet de tekst met een dubbele punt tussen aanhalingstekens."
_INDENT = "Deze lijn springt te ver in. Laat ze even ver inspringen als de lijn erboven."


def read(path: pathlib.Path, name: str) -> Document:
    """Read one YAML file; `name` is how mistakes call it. Never raises for a wrong file."""
    document = Document(None, [])
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        remedy = "Bewaar het bestand als UTF-8."
        document.problems.append(Problem(name, 1, "dit is geen gewone tekst.", remedy))
        return document
    except FileNotFoundError:
        remedy = "Zet het terug, met precies deze naam."
        document.problems.append(Problem(name, 1, "dit bestand ontbreekt.", remedy))
        return document
    except OSError as error:
        document.problems.append(
            Problem(name, 1, f"het bestand is niet te lezen ({error.strerror}).", "Kijk het na.")
        )
        return document
    try:
        document.content, document.entries = _quick(text)
        document.find_lines = lambda: _lines(path, name)
    except _Unusual:
        return _thorough(text, name)
    except yaml.YAMLError as error:
        document.problems.append(_wrong_yaml(error, text, name))
    return document


def _lines(path: pathlib.Path, name: str) -> dict[Path, int]:
    try:
        return _thorough(path.read_text(encoding="utf-8-sig"), name).lines
    except (OSError, UnicodeDecodeError):  # it changed since
        return {}


def _wrong_yaml(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", None) or error)
    line = mark.line + 1 if mark else 1
    remedy = next((hint for key, hint in _SYNTAX.items() if key in said), "")
    if "mapping values are not allowed" in said and mark is not None:
        rows = text.split("\n")
        before = rows[mark.line][: mark.column] if mark.line < len(rows) else ""
        # The first colon of its line belongs to a key: then the line stands at the wrong place.
        remedy = _NO_COLON if ":" in before else _INDENT
    return Problem(
        name,
        line,
        f"dit is geen juiste YAML ({said}).",
        remedy or "Kijk deze lijn en de lijn erboven na.",
    )


class _Unusual(Exception):  # noqa: N818
    """The file holds something that only the thorough reading judges."""


class _Light(yaml.CBaseLoader):
    """Without tags: every scalar is text here."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "x"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def _quick(text: str) -> tuple[Any, tuple[int, ...]]:
    """The content, and the line of each part of a list; raises `_Unusual` when in doubt."""
    # `yaml.parse` asks twice for each event; after the last one the parser gives None.
    events = iter(_Light(text).get_event, None)
    entries: list[int] = []
    content: Any = None
    found = False
    for event in events:
        kind = type(event)
        if kind in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
            continue
        if kind is yaml.DocumentStartEvent:
            if found:
                raise _Unusual
            found = True
        elif kind is yaml.SequenceStartEvent:
            content = _items(events, entries)
        else:
            content = _built(event, events)
    return content, tuple(entries)


def _items(events: Iterator[Any], lines: list[int] | None = None) -> list[Any]:
    found: list[Any] = []
    for event in events:
        if type(event) is yaml.SequenceEndEvent:
            return found
        if lines is not None:
            lines.append(event.start_mark.line + 1)
        found.append(_built(event, events))
    raise _Unusual


def _built(event: Any, events: Iterator[Any]) -> Any:
    kind = type(event)
    if kind is yaml.ScalarEvent:
        value = event.value
        if not event.style and value in ("", "null", "~"):
            return None
        # The same school, theme or code comes back thousands of times.
        return sys.intern(value) if len(value) <= 40 else value
    if kind is yaml.MappingStartEvent:
        result: dict[str, Any] = {}
        for key in events:
            if type(key) is yaml.MappingEndEvent:
                return result
            if type(key) is not yaml.ScalarEvent or key.value in result:
                raise _Unusual
            result[sys.intern(key.value)] = _built(next(events), events)
        raise _Unusual
    if kind is yaml.SequenceStartEvent:
        return _items(events)
    raise _Unusual  # an alias


def _thorough(text: str, name: str) -> Document:
    document = Document(None, [])
    lines: dict[Path, int] = {}
    document.find_lines = lambda: lines
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        document.problems.append(_wrong_yaml(error, text, name))
        return document
    if node is not None:
        document.content = _value(node, (), document, name, ())
    return document


def _value(
    node: yaml.Node, path: Path, document: Document, name: str, above: tuple[int, ...]
) -> Any:
    line = node.start_mark.line + 1
    document.lines.setdefault(path, line)
    if id(node) in above:
        document.problems.append(
            Problem(name, line, "deze verwijzing bevat zichzelf.", "Haal ze weg.")
        )
        return None
    above = (*above, id(node))
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, (*path, index), document, name, above)
            for index, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                document.problems.append(
                    Problem(name, key_line, "een sleutel is geen woord.", "Schrijf een woord.")
                )
                continue
            key = str(key_node.value)
            if key in result:
                document.problems.append(
                    Problem(
                        name,
                        key_line,
                        f"'{key}' staat twee keer (ook op lijn {first[key]}).",
                        "Haal er een weg.",
                    )
                )
                continue
            first[key] = key_line
            document.lines[(*path, key)] = key_line
            result[key] = _value(value_node, (*path, key), document, name, above)
        return result
    assert isinstance(node, yaml.ScalarNode)
    if node.style not in ("'", '"', "|", ">") and node.value in ("", "null", "~"):
        return None
    return str(node.value)

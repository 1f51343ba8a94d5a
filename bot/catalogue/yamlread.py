"""Reading YAML so that every value stays text and keeps its line number.

PyYAML's safe loading turns `NO` into False and `12:30` into 750; here every scalar stays a
string (an empty one or `null` becomes None) and pydantic decides what it means. Duplicate keys,
which YAML loaders swallow, are mistakes.
"""

import dataclasses
import pathlib
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
    """The content of one file, the line of each value, and the mistakes found on the way."""

    content: Any
    lines: dict[Path, int]
    problems: list[Problem]

    def line(self, path: Path) -> int:
        """Line of the value at `path`, or of the nearest thing around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


_SYNTAX = {
    "found character '\\t'": "Gebruik spaties in plaats van een tab.",
    "mapping values are not allowed": "Zet de tekst met een dubbele punt tussen aanhalingstekens.",
    "found unexpected end of stream": "Sluit het aanhalingsteken.",
    "did not find expected key": "Kijk of deze lijn even ver inspringt als de vorige.",
    "did not find expected '-'": "Kijk of het streepje even ver inspringt als de vorige.",
    "could not find expected ':'": "Zet een dubbele punt en een spatie na de sleutel.",
}


def read(path: pathlib.Path, name: str) -> Document:
    """Read one YAML file; `name` is how mistakes call it. Never raises for a wrong file."""
    document = Document(None, {}, [])
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except UnicodeDecodeError:
        remedy = "Bewaar het bestand als UTF-8."
        document.problems.append(Problem(name, 1, "dit is geen gewone tekst.", remedy))
    except OSError as error:
        document.problems.append(
            Problem(name, 1, f"het bestand is niet te lezen ({error.strerror}).", "Kijk het na.")
        )
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or error)
        remedy = next((hint for key, hint in _SYNTAX.items() if key in problem), "")
        document.problems.append(
            Problem(
                name,
                mark.line + 1 if mark else 1,
                f"dit is geen juiste YAML ({problem}).",
                remedy or "Kijk deze lijn en de lijn erboven na.",
            )
        )
    else:
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

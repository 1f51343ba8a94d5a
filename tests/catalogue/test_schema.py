"""The schemas by which an editor completes and warns: whole, in Dutch, and true."""

import datetime as dtm
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml

from bot.catalogue import schema


class Editor(yaml.SafeLoader):
    """YAML 1.2, as editors read it: only true and false are yes and no."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def paths(folder: pathlib.Path) -> Iterator[tuple[pathlib.Path, str]]:
    for file, name in schema.FILES.items():
        yield folder / file, name
    for sub, name in schema.FOLDERS.items():
        for path in sorted((folder / sub).glob("*.yaml")):
            yield path, name


def as_editors_read(text: str) -> Any:
    """The YAML with dates as text, as the language server hands it to the schema."""

    def plain(node: Any) -> Any:
        if isinstance(node, dict):
            return {str(key): plain(value) for key, value in node.items()}
        if isinstance(node, list):
            return [plain(part) for part in node]
        return node.isoformat() if isinstance(node, dtm.date) else node

    return plain(yaml.load(text, Loader=Editor))  # noqa: S506


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield node
        for part in node.values():
            yield from objects(part)
    elif isinstance(node, list):
        for part in node:
            yield from objects(part)


@pytest.mark.parametrize("name", schema.names())
def test_every_key_has_help_and_an_unknown_key_is_a_warning(name: str) -> None:
    content = json.loads(schema.text(name))
    found = list(objects(content))
    assert found
    for one in found:
        assert one["additionalProperties"] is False
        for key, spec in one["properties"].items():
            assert spec.get("description"), key


def test_every_real_file_is_right_for_its_editor(real_folder: pathlib.Path) -> None:
    for path, name in paths(real_folder):
        validator = jsonschema.Draft202012Validator(json.loads(schema.text(name)))
        problems = [
            f"{list(error.absolute_path)}: {error.message}"
            for error in validator.iter_errors(as_editors_read(path.read_text(encoding="utf-8")))
        ]
        assert not problems, (path.name, problems[:3])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: vocational", "type: vocasional"),
        ("themes: [care]", "themes: [zorg]"),
        ("dutch: b1", "dutch: b9"),
        ("  summary:", "  samenvatting:"),
        ('places: ["2018", "2600"]', 'places: ["Antwerpen"]'),
        ("checked_on: 2026-11-22", "checked_on: gisteren"),
        ("source: http", "source: www"),
    ],
)
def test_an_editor_warns_of_a_mistake(real_folder: pathlib.Path, old: str, new: str) -> None:
    text = (real_folder / "courses" / "zorg.yaml").read_text(encoding="utf-8")
    assert old in text
    wrong = as_editors_read(text.replace(old, new, 1))
    right = as_editors_read(text)
    validator = jsonschema.Draft202012Validator(
        json.loads(schema.text("course")), format_checker=jsonschema.FormatChecker()
    )
    assert not list(validator.iter_errors(right))
    assert list(validator.iter_errors(wrong))


def test_codes_are_explained_in_dutch() -> None:
    course = json.loads(schema.text("course"))
    themes = course["items"]["properties"]["themes"]["items"]
    assert dict(zip(themes["enum"], themes["enumDescriptions"], strict=True))["retail"] == (
        "winkel, verkoop"
    )


def test_schemas_are_written_and_then_up_to_date(folder: pathlib.Path) -> None:
    (folder / "schema" / "course.json").write_text("{}", encoding="utf-8")
    (folder / "schema" / "tariff.json").unlink()
    assert len([one for one in schema.remarks(folder) if "is oud of ontbreekt" in one]) == 2
    written = schema.write(folder)
    assert {path.stem for path in written} == set(schema.names())
    assert not [one for one in schema.remarks(folder) if "is oud of ontbreekt" in one]


def test_a_schema_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        schema.text("lessen")

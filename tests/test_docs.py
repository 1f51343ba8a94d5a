"""The docs against the code: settings, commands and options are found by introspection."""

import pathlib
import re
from collections.abc import Iterator

import click
import pytest

from bot import cli
from bot.settings import ROOT, Settings

DOCS = ROOT / "docs"
OPERATORS = (DOCS / "operators.md").read_text(encoding="utf-8")
PAGES = [
    ROOT / "README.md",
    ROOT / "THIRD_PARTY.md",
    *(
        DOCS / name
        for name in ("client-facing-staff.md", "maintainers.md", "operators.md", "developers.md")
    ),
]
LARGEST_PICTURE = 200_000
"""Bytes."""
REPORTS = (
    "docs/evaluation.md",
    "docs/benchmarks.md",
    "docs/benchmarks-channels.md",
    "docs/benchmarks-widget.md",
)
"""Written by `make evaluate` and `make bench BENCH=--write`."""
FOLDERS = "actions|benchmarks|bot|catalogue|data|docs|domain|evaluation|requirements|scripts|tests"


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command under a group with its full name, subcommands included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield " ".join((*path, name)), command


def rows(first_column: str) -> dict[str, str]:
    """Lines of the operators' tables whose first column matches: name -> the whole line."""
    return {
        found[1]: line
        for line in OPERATORS.splitlines()
        if (found := re.match(rf"\| `({first_column})` \|", line))
    }


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_docs_with_its_default_and_meaning(name: str) -> None:
    documented = rows("LEERWIJZER_[A-Z_]+")

    row = documented[f"LEERWIJZER_{name.upper()}"]

    _, default, meaning = (cell.strip() for cell in row.strip("|").split("|"))
    given = Settings.model_fields[name].default
    if isinstance(given, pathlib.Path):
        assert f"`{given.name}`" in default
    elif isinstance(given, int | list) or (isinstance(given, str) and given):
        assert default == f"`{given}`"
    else:
        assert default.startswith("empty")
    assert meaning


def test_the_docs_name_no_setting_that_does_not_exist() -> None:
    documented = set(rows("LEERWIJZER_[A-Z_]+"))

    assert documented == {f"LEERWIJZER_{name.upper()}" for name in Settings.model_fields}


def test_every_command_is_in_the_docs_with_all_its_options() -> None:
    documented = rows("leerwijzer [a-z -]+")

    for name, command in commands(cli.main, "leerwijzer"):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert f"`{parameter.opts[-1]}" in documented[name], (name, parameter.opts)
        assert name in documented, name


def test_the_docs_name_no_command_that_does_not_exist() -> None:
    known = {name for name, _ in commands(cli.main, "leerwijzer")}

    assert set(rows("leerwijzer [a-z -]+")) == known


def test_every_make_target_is_in_the_developers_page() -> None:
    page = (DOCS / "developers.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE):
        assert f"`make {target}`" in page, target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: pathlib.Path) -> None:
    text = page.read_text(encoding="utf-8")

    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_exists(page: pathlib.Path) -> None:
    text = page.read_text(encoding="utf-8")

    for name in re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text):
        assert name in REPORTS or (ROOT / name).exists(), name


def test_the_screenshot_is_small() -> None:
    assert (DOCS / "screenshot.png").stat().st_size < LARGEST_PICTURE

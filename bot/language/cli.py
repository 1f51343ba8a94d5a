"""`leerwijzer language`."""

import json
import pathlib
import sys
from collections import Counter

import click

ROOT = pathlib.Path(__file__).parents[2]


@click.group()
def language() -> None:
    """Kijk of elke tekst van een klant in simpel Nederlands staat."""
    try:
        import lt_py  # noqa: F401
        import simplemma  # noqa: F401
    except ImportError:
        raise click.ClickException(
            "De hulpmiddelen voor taal ontbreken. Typ eerst: make setup-dev"
        ) from None


@language.command("check")
@click.option("--json", "as_json", is_flag=True, help="Schrijf JSON, een vondst per lijn.")
@click.argument("start", default="")
def check_texts(as_json: bool, start: str) -> None:
    """Zoek moeilijke zinnen en woorden. START: alleen bestanden die zo beginnen."""
    import dataclasses

    from bot.catalogue import CatalogueError
    from bot.language import checking

    try:
        found = checking.check(ROOT, start)
    except CatalogueError as error:
        raise click.ClickException("\n".join(map(str, error.problems))) from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    for one in found:
        click.echo(json.dumps(dataclasses.asdict(one), ensure_ascii=False) if as_json else str(one))
    if found:
        counts = ", ".join(
            f"{rule} {n}" for rule, n in Counter(f.rule for f in found).most_common()
        )
        click.echo(f"{len(found)} keer moeilijk: {counts}", err=True)
        sys.exit(1)
    click.echo("Alle teksten zijn gewone taal.", err=True)


@language.command("measure")
@click.option("--json", "as_json", is_flag=True, help="Schrijf JSON.")
@click.option("--root", default=ROOT, type=click.Path(path_type=pathlib.Path), help="Andere map.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=pathlib.Path))
def measure_texts(as_json: bool, root: pathlib.Path, files: tuple[pathlib.Path, ...]) -> None:
    """Toon cijfers van alle teksten, of van FILES: gewone tekst om mee te vergelijken."""
    from bot.language import collecting, lexicon, measuring

    known = lexicon.current(root / "catalogue")
    sets: dict[str, list[collecting.Text]] = {}
    if files:
        for file in files:
            sets[file.name] = measuring.as_texts(file.name, file.read_text(encoding="utf-8"))
    else:
        everything = collecting.collect(root)
        for text in everything:
            sets.setdefault("/".join(text.file.split("/")[:2]), []).append(text)
        sets["alles"] = everything
    for name, texts in sets.items():
        try:
            figures = measuring.measure(texts, known).to_json()
        except ValueError:
            continue
        line = {"name": name, **figures}
        if as_json:
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            click.echo(name + ": " + ", ".join(f"{key} {value}" for key, value in figures.items()))

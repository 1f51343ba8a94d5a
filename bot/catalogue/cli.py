"""`leerwijzer match` and `leerwijzer catalogue`."""

import datetime as dtm
import json
import pathlib
import re
import sys
import unicodedata
from typing import Any, get_args

import click
import pydantic

from bot import contract
from bot.catalogue import advice, check, finding, loading, model, records
from bot.catalogue.yamlread import Problem
from bot.settings import settings

SCHEMA_LINE = "# yaml-language-server: $schema=../schema/course.json\n"


def _load(folder: pathlib.Path | None = None) -> loading.Catalogue:
    try:
        return loading.load(folder or settings().catalogue)
    except loading.CatalogueError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException("De catalogus heeft fouten. Zie hierboven.") from None


@click.command()
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Reken alsof het die dag is.")
def match(today: dtm.datetime | None) -> None:
    """Lees intake-records (JSON, een per lijn) en schrijf wat die klant zou zien.

    Een foute lijn geeft een melding op stderr; de andere lijnen krijgen een antwoord.
    """
    catalogue = _load()
    day = today.date() if today else dtm.datetime.now(tz=dtm.timezone.utc).date()
    failed = False
    stream = sys.stdin.buffer
    for number, raw in enumerate(stream, start=1):
        try:
            line = raw.decode("utf-8-sig")
            if not line.strip():
                continue
            record, strange = records.parse(line)
        except UnicodeDecodeError:
            click.echo(f"lijn {number}: dit is geen UTF-8", err=True)
            failed = True
            continue
        except records.RecordError as error:
            click.echo(f"lijn {number}: {error}", err=True)
            failed = True
            continue
        for name in strange:
            click.echo(f"lijn {number}: onbekend veld '{name}', niet gebruikt", err=True)
        found = advice.advise(record, catalogue, today=day)
        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
    if failed:
        raise SystemExit(1)


@click.group()
def catalogue() -> None:
    """De catalogus nakijken, tonen en aanvullen."""


@catalogue.command(name="check")
@click.argument(
    "folder",
    required=False,
    metavar="[MAP]",
    type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path),
)
@click.option("--json", "as_json", is_flag=True, help="Schrijf de fouten als JSON.")
def check_command(folder: pathlib.Path | None, as_json: bool) -> None:
    """Kijk alle bestanden na; toon elke fout met bestand, lijn en wat je moet doen."""
    folder = folder or settings().catalogue
    problems, warnings, count = check.check(folder)
    if as_json:
        content = [vars_of(problem) for problem in problems]
        click.echo(json.dumps(content, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
        for warning in warnings:
            click.echo(f"let op: {warning}")
        if not problems:
            click.echo(f"In orde: {count} opleidingen.")
    if problems:
        if not as_json:
            fouten = "1 fout" if len(problems) == 1 else f"{len(problems)} fouten"
            click.echo(f"{fouten}. De bot gebruikt deze catalogus niet.", err=True)
        raise SystemExit(1)


def vars_of(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    return {
        "file": problem.file,
        "line": problem.line,
        "what": problem.what,
        "remedy": problem.remedy,
    }


@catalogue.command()
@click.argument("course_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Schrijf als JSON.")
def show(course_id: str, as_json: bool) -> None:
    """Toon een opleiding zoals de klant ze ziet."""
    ours = _load()
    course = ours.by_id.get(course_id)
    if course is None:
        near = loading.nearest(course_id, list(ours.by_id))
        hint = f" Bedoel je '{near}'?" if near else ""
        raise click.ClickException(f"Er is geen opleiding '{course_id}'.{hint}")
    file, line = ours.where[course_id]
    found = advice.match_course(course_id, {}, ours)
    if as_json:
        content = {**course.model_dump(mode="json"), "file": file, "line": line}
        click.echo(json.dumps(content, ensure_ascii=False, indent=1))
        return
    click.echo(f"{course.title} - {found.provider}")
    click.echo(course.summary)
    click.echo(f"Waar: {found.place}")
    if course.duration:
        click.echo(f"Hoe lang: {course.duration}")
    for text in found.unknown:
        click.echo(f"Na te vragen: {text}")
    click.echo(f"Inschrijven: {course.sign_up}")
    click.echo(f"Bron: {course.source} (nagekeken op {course.checked_on})")
    if found.check:
        click.echo("De klant leest: vraag dit na bij de school.")
    click.echo(f"Bestand: {file}, lijn {line}")


@catalogue.command()
@click.option("--json", "as_json", is_flag=True, help="Schrijf als JSON.")
@click.option("--days", default=365, show_default=True, help="Ouder dan zoveel dagen is oud.")
def stale(as_json: bool, days: int) -> None:
    """Toon wat iemand moet nakijken: oud of niet zeker, het oudste eerst."""
    ours = _load()
    today = dtm.datetime.now(tz=dtm.timezone.utc).date()
    found = check.stale(ours, today=today, days=days)
    if as_json:
        click.echo(json.dumps([entry.to_json() for entry in found], ensure_ascii=False, indent=1))
        return
    for entry in found:
        click.echo(f"{entry.kind} {entry.id}: {entry.why} ({entry.source})")
    click.echo(f"{len(found)} na te kijken.")


@catalogue.command()
@click.option("--stdout", "to_stdout", is_flag=True, help="Schrijf op het scherm.")
def schema(to_stdout: bool) -> None:
    """Maak het JSON-schema voor editors: schema/course.json in de catalogus."""
    text = check.schema_text()
    if to_stdout:
        click.echo(text, nl=False)
        return
    path = settings().catalogue / "schema" / "course.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Geschreven: {path}")


@catalogue.command()
def new() -> None:
    """Stel enkele vragen en schrijf een nieuwe opleiding in de catalogus."""
    ours = _load()
    folder = settings().catalogue
    title = click.prompt("Hoe heet de opleiding?").strip()
    provider = click.prompt(
        "Welke school? (id uit providers.yaml)",
        type=click.Choice(sorted(ours.providers)),
        show_choices=False,
    )
    kind = click.prompt("Welke soort?", type=click.Choice(list(contract.course_types())))
    theme = click.prompt("Welk thema?", type=click.Choice(list(contract.labels("themes"))))
    where = click.prompt("Postcodes van de les, met een komma (leeg: overal)", default="")
    dutch = click.prompt(
        "Hoeveel Nederlands is nodig? (leeg: niet geweten)",
        type=click.Choice(["", *get_args(model.Dutch)]),
        default="",
        show_choices=False,
    )
    education = click.prompt(
        "Welk schoolniveau is nodig? (leeg: geen of niet geweten)",
        type=click.Choice(["", *get_args(model.Education)]),
        default="",
        show_choices=False,
    )
    summary = click.prompt("Wat leer je? (een of twee korte zinnen)").strip()
    sign_up = click.prompt("Hoe schrijf je je in? (een zin)").strip()
    source = click.prompt("Adres van de pagina").strip()
    places = [code for code in re.split(r"[,\s]+", where.strip()) if code]
    raw: dict[str, Any] = {
        "id": _free_id(title, provider, ours),
        "title": title,
        "provider": provider,
        "type": kind,
        "themes": [theme],
        "asks": {
            name: value for name, value in (("education", education), ("dutch", dutch)) if value
        },
        "places": places,
        "everywhere": not places,
        "summary": summary,
        "sign_up": sign_up,
        "source": source,
        "checked_on": dtm.datetime.now(tz=dtm.timezone.utc).date().isoformat(),
        "verified": False,
    }
    try:
        course = model.Course.model_validate(raw)
    except pydantic.ValidationError as error:
        for problem in loading.explain_all(error, model.Course):
            click.echo(problem, err=True)
        raise click.ClickException("Niets geschreven. Probeer opnieuw.") from None
    path = folder / "courses" / f"{theme}.yaml"
    before = path.read_text(encoding="utf-8") if path.exists() else SCHEMA_LINE
    text = before.rstrip("\n") + "\n\n" + _yaml(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    problems, _, _ = check.check(folder)
    if problems:
        if before == SCHEMA_LINE:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
        for found in problems:
            click.echo(str(found), err=True)
        raise click.ClickException("Niets geschreven. Probeer opnieuw.")
    click.echo(f"Geschreven: {course.id} in {path}")
    click.echo("Vul zelf nog aan: words, gives, schedule, duration, tariff.")


def _free_id(title: str, provider: str, ours: loading.Catalogue) -> str:
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "opleiding"
    school = provider.split("-", 1)[-1][:15].strip("-")
    name, number = f"{stem}-{school}", 2
    while name in ours.by_id:
        name, number = f"{stem}-{school}-{number}", number + 1
    return name


def _yaml(raw: dict[str, Any]) -> str:
    lines: list[str] = []
    for key, value in raw.items():
        if value in ([], {}, None) or (key == "everywhere" and not value):
            continue
        # JSON is YAML too: quoting is then always right.
        text = str(value) if key == "checked_on" else json.dumps(value, ensure_ascii=False)
        lines.append(f"{'- ' if not lines else '  '}{key}: {text}")
    return "\n".join(lines) + "\n"


@catalogue.command(name="search")
@click.argument("text")
@click.option("--limit", default=5, show_default=True, help="Hoeveel opleidingen hoogstens.")
def search_command(text: str, limit: int) -> None:
    """Zoek opleidingen zoals de bot dat doet."""
    for hit in finding.search(text, {}, _load(), limit=limit):
        click.echo(f"{hit.score:5.2f}  {hit.course.id}  {hit.course.title}")

"""`leerwijzer match` and `leerwijzer catalogue`."""

import datetime as dtm
import json
import pathlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from bot.catalogue import (
    advice,
    check,
    comparing,
    examples,
    finding,
    loading,
    model,
    newcourse,
    prices,
    records,
)  # fmt: skip
from bot.catalogue import schema as schemas
from bot.catalogue import stale as staleness
from bot.catalogue.yamlread import Problem
from bot.settings import settings

GROUPS = 10
"""Pages that `stale` shows when nobody asks for more: about an hour's work."""
ENTRIES = 4
"""Entries that it shows of each."""


def _load(folder: pathlib.Path | None = None) -> loading.Catalogue:
    try:
        return loading.load(folder or settings().catalogue)
    except loading.CatalogueError as error:
        _say_all(error.problems)
        raise click.ClickException("De catalogus heeft fouten. Zie hierboven.") from None


def _say_all(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


def _today() -> dtm.date:
    return dtm.datetime.now(tz=dtm.timezone.utc).astimezone().date()


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


catalogue.add_command(match)


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
    problems, remarks, count = check.check(folder, today=_today())
    if as_json:
        content = [vars_of(problem) for problem in problems]
        click.echo(json.dumps(content, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
        for remark in remarks:
            click.echo(f"let op: {remark}")
        if not problems:
            click.echo(f"In orde: {count} opleidingen.")
    if problems:
        if not as_json:
            fouten = "1 fout" if len(problems) == 1 else f"{len(problems)} fouten"
            used = "wel" if not check.refusals(folder) else "niet"
            click.echo(f"{fouten}. De bot gebruikt deze catalogus {used}.", err=True)
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
    for text in _as_seen(found, ours):
        click.echo(text)
    click.echo(f"Bestand: {file}, lijn {line}")


def _as_seen(found: advice.CourseMatch, ours: loading.Catalogue) -> list[str]:
    """The lines on a course: what a client reads of it, and where it comes from."""
    course = found.course
    lines = [f"{course.title} - {found.provider}", course.summary, f"Waar: {found.place}"]
    if course.schedule:
        hours = (ours.phrases.schedule[code] for code in course.schedule)
        lines.append(f"Wanneer: {', '.join(hours)}")
    if course.duration:
        lines.append(f"Hoe lang: {course.duration}")
    if course.hours:
        lines.append(f"Lesuren: {course.hours}")
    if course.study_points:
        lines.append(f"Studiepunten: {course.study_points}")
    lines += [f"Na te vragen: {text}" for text in found.unknown]
    if course.shortage_occupation:
        lines.append("Dit leidt naar een knelpuntberoep.")
    price = prices.of_course(course, {}, ours, today=_today())
    lines += [f"Prijs: {text}" for text in price or ["We weten niet wat het kost."]]
    lines.append(f"Inschrijven: {course.sign_up}")
    if course.general_knowledge:
        lines.append("Bron: geen. Dit is algemene kennis.")
        lines.append(f"Navragen kan hier: {course.source}")
    else:
        lines.append(f"Bron: {course.source} (nagekeken op {course.checked_on})")
    if found.check:
        lines.append("De klant leest: vraag dit na bij de school.")
    return lines


@catalogue.command(name="stale")
@click.option("--json", "as_json", is_flag=True, help="Schrijf alles als JSON.")
@click.option("--days", default=365, show_default=True, help="Ouder dan zoveel dagen is oud.")
@click.option(
    "--number",
    default=GROUPS,
    show_default=True,
    type=click.IntRange(min=1),
    help="Zoveel pagina's hoogstens.",
)
@click.option("--all", "everything", is_flag=True, help="Toon alle pagina's.")
@click.option(
    "--file",
    "target",
    type=click.Path(dir_okay=False, path_type=pathlib.Path),
    help="Schrijf een werklijst met vakjes om af te vinken.",
)
def stale_command(
    as_json: bool, days: int, number: int, everything: bool, target: pathlib.Path | None
) -> None:
    """Toon wat iemand moet nakijken, per pagina, het oudste eerst."""
    ours = _load()
    found = staleness.stale(ours, today=_today(), days=days)
    if as_json:
        click.echo(json.dumps([entry.to_json() for entry in found], ensure_ascii=False, indent=1))
        return
    pages = staleness.by_page(found)
    if target is not None:
        try:
            target.write_text(staleness.worklist(pages, ours, today=_today()), encoding="utf-8")
        except OSError as error:
            raise click.ClickException(
                f"{target} is niet te schrijven: {error.strerror}."
            ) from None
        click.echo(f"Werklijst geschreven: {target} ({len(pages)} pagina's, {len(found)} stukken).")
        return
    shown = pages if everything else pages[:number]
    for page in shown:
        click.echo(f"{page.source} (nagekeken op {page.oldest})")
        entries = page.entries if everything else page.entries[:ENTRIES]
        for entry in entries:
            click.echo(f"   {entry.kind} {entry.id}: {entry.why}{_where(entry, ours)}")
        if len(entries) < len(page.entries):
            click.echo(f"   en nog {len(page.entries) - len(entries)} van deze pagina")
    click.echo(f"{len(found)} stukken op {len(pages)} pagina's zijn na te kijken.")
    if len(shown) < len(pages):
        click.echo(
            f"Hier staan de eerste {len(shown)} pagina's. "
            "Alles: --all. Een werklijst: --file werklijst.md"
        )


def _where(entry: staleness.Stale, ours: loading.Catalogue) -> str:
    if entry.kind != "opleiding":
        return ""
    file, line = ours.where[entry.id]
    return f" ({file}, lijn {line})"


@catalogue.command()
@click.option(
    "--stdout", "to_stdout", is_flag=True, help="Schrijf dat van de opleidingen op het scherm."
)
def schema(to_stdout: bool) -> None:
    """Maak de JSON-schema's voor editors opnieuw: de map schema/ in de catalogus."""
    if to_stdout:
        click.echo(schemas.text("course"), nl=False)
        return
    for path in schemas.write(settings().catalogue):
        click.echo(f"Geschreven: {path}")


@catalogue.command()
def new() -> None:
    """Stel enkele vragen en schrijf een nieuwe opleiding in de catalogus."""
    ours = _load()
    click.echo("Antwoord kort. Leeg laten mag waar het erbij staat. Stoppen: Ctrl-C.")
    try:
        answers = _answers(ours)
    except click.Abort:
        raise click.ClickException("Gestopt. Er is niets geschreven.") from None
    raw = newcourse.course(answers, ours, today=_today())
    try:
        path = newcourse.write(raw, settings().catalogue, ours)
    except newcourse.Refused as refused:
        _say_all(refused.problems)
        click.echo(newcourse.as_yaml(raw))
        raise click.ClickException(
            "Niets geschreven. Hierboven staan je antwoorden; zet ze zelf in een bestand."
        ) from None
    click.echo(f"Geschreven: {raw['id']} in {path}")
    click.echo(f"Bekijk ze: leerwijzer catalogue show {raw['id']}")
    click.echo("Vul zelf nog aan wat de pagina zegt: gives, duration, hours, tariff.")


def _answers(ours: loading.Catalogue) -> dict[str, Any]:
    given: dict[str, Any] = {"title": _ask("Hoe heet de opleiding?", newcourse.text("title"))}
    given["provider"] = _school(ours)
    there = newcourse.same(given["title"], given["provider"], ours)
    if there is not None:
        file, line = ours.where[there.id]
        click.echo(f"Die opleiding staat er al: {there.id} ({file}, lijn {line}).")
        if not click.confirm("Toch nog een maken? (j/n)", default=False, show_default=False):
            raise click.Abort
    given["type"] = _choose("Welke soort?", newcourse.types(ours))
    themes = newcourse.themes()
    _show(themes)
    given["themes"] = _ask(
        "Welke thema's? (hoogstens 4, met een komma, het belangrijkste eerst)",
        newcourse.many_of(themes, 4),
    )
    given["words"] = _ask(
        "Met welke andere woorden zoeken mensen dit? (met een komma, leeg mag)",
        newcourse.some_words,
    )
    given["places"] = _ask(
        "Postcodes van de les? (met een komma, leeg: op veel plaatsen)", newcourse.postcodes
    )
    hours = newcourse.levels("schedule", model.Schedule)
    _show(hours)
    given["schedule"] = _ask(
        "Wanneer is de les? (met een komma, leeg: niet geweten)",
        newcourse.many_of(hours, 4, empty=True),
    )
    given["dutch"] = _choose(
        "Hoeveel Nederlands is nodig? (leeg: niet geweten)",
        newcourse.levels("dutch_level", model.Dutch),
        empty=True,
    )
    must = given["type"] in newcourse.NEEDS_SCHOOL
    given["education"] = _choose(
        "Welk schoolniveau is nodig?" + ("" if must else " (leeg: geen, of niet geweten)"),
        newcourse.levels("education_level", model.Education),
        empty=not must,
    )
    given["summary"] = _ask(
        "Wat leer je? (een of twee zinnen, hoogstens 12 woorden per zin)",
        newcourse.text("summary"),
    )
    given["sign_up"] = _ask("Hoe schrijf je je in? (een zin)", newcourse.text("sign_up"))
    given["source"] = _ask("Adres van de pagina? (https://...)", newcourse.text("source"))
    return given


def _ask(question: str, read: newcourse.Read) -> Any:
    """Ask until the answer is right; earlier answers stay."""
    while True:
        answer = click.prompt(question, default="", show_default=False, prompt_suffix=" ")
        try:
            return read(answer)
        except ValueError as error:
            click.echo(f"   {error}")


def _show(choices: Mapping[str, str]) -> None:
    for number, (code, label) in enumerate(choices.items(), start=1):
        click.echo(f"  {number:2} {code}: {label}")


def _choose(question: str, choices: Mapping[str, str], *, empty: bool = False) -> Any:
    _show(choices)
    return _ask(f"{question} (nummer of code)", newcourse.one_of(choices, empty=empty))


def _school(ours: loading.Catalogue) -> str:
    while True:
        name = click.prompt(
            "Welke school? (naam, deel van de naam of id)",
            default="",
            show_default=False,
            prompt_suffix=" ",
        )
        found = newcourse.schools(name, ours)
        if name.strip().casefold() in found:
            return name.strip().casefold()
        if len(found) == 1:
            key = next(iter(found))
            click.echo(f"   {key}: {found[key]}")
            return key
        if not found:
            click.echo(f"   '{name}' staat niet in providers.yaml. Zet de school daar eerst bij,")
            click.echo("   of probeer een ander deel van de naam.")
            continue
        _show(found)
        chosen = click.prompt(
            "Welke? (nummer, leeg: opnieuw zoeken)",
            default="",
            show_default=False,
            prompt_suffix=" ",
        )
        if chosen.strip():
            try:
                return str(newcourse.one_of(found)(chosen))
            except ValueError as error:
                click.echo(f"   {error}")


@catalogue.command(name="search")
@click.argument("text")
@click.option("--limit", default=5, show_default=True, help="Hoeveel opleidingen hoogstens.")
def search_command(text: str, limit: int) -> None:
    """Zoek opleidingen zoals de bot dat doet."""
    ours = _load()
    hits = finding.search(text, {}, ours, limit=limit)
    for hit in hits:
        course = hit.course
        click.echo(f"{hit.score:5.2f}  {course.id}  {course.title} ({ours.provider_name(course)})")
    if not hits:
        click.echo(f"Niets gevonden voor '{text}'. Probeer een ander woord, of minder woorden.")
        raise SystemExit(1)


@catalogue.command()
@click.argument("old", metavar="OUD")
@click.argument("new_version", metavar="[NIEUW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Schrijf als JSON.")
@click.option("--all", "everybody", is_flag=True, help="Toon ook voor wie niets verandert.")
def diff(old: str, new_version: str | None, as_json: bool, everybody: bool) -> None:
    """Wat verandert er voor mensen? OUD en NIEUW: een map, of een versie in git (HEAD, v1.2).

    Zonder NIEUW: de catalogus zoals hij nu is. De mensen staan in examples.yaml.
    """
    folder = settings().catalogue
    try:
        with (
            comparing.version(old, folder) as before,
            comparing.version(new_version or str(folder), folder) as after,
        ):
            people, problems = examples.read(after)
            if problems or not people:
                people, problems = examples.read(folder)
            _say_all(problems)
            found = comparing.compare(_load(before), _load(after), people, today=_today())
    except comparing.NoVersion as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
        return
    for what, ids in (("nieuw", found.added), ("weg", found.removed), ("anders", found.edited)):
        if ids:
            more = f" en nog {len(ids) - 10}" if len(ids) > 10 else ""
            click.echo(f"{len(ids)} {what}: {', '.join(ids[:10])}{more}")
    changed = [one for one in found.people if one.anything]
    for person in found.people if everybody else changed:
        click.echo(f"\n{person.id}: {person.who}")
        for line in _told(person) or ["niets verandert"]:
            click.echo(f"   {line}")
    click.echo(f"\nVoor {len(changed)} van de {len(found.people)} voorbeelden verandert er iets.")


def _told(person: comparing.Changed) -> list[str]:
    lines = [f"+ opleiding {one}" for one in person.courses_in]
    lines += [f"- opleiding {one}" for one in person.courses_out]
    if person.order:
        lines.append("dezelfde opleidingen, in een andere volgorde")
    if person.first_step:
        before, after = person.first_step
        lines.append(f"eerste stap: {before or 'geen'} -> {after or 'geen'}")
    if person.path:
        before_path, after_path = (" > ".join(ids) or "geen" for ids in person.path)
        lines += [f"pad was:   {before_path}", f"pad wordt: {after_path}"]
    lines += [f"+ hulp {one}" for one in person.support_in]
    lines += [f"- hulp {one}" for one in person.support_out]
    return lines

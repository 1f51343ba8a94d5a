"""`leerwijzer understand` and `leerwijzer data`."""

import datetime as dtm
import io
import json
import sys

import click

from bot.intake.reading import BRUSSELS, FIELDS, read


def _moment(_context: click.Context, _option: click.Parameter, value: str | None) -> dtm.datetime:
    if value is None:
        return dtm.datetime.now(BRUSSELS)
    try:
        moment = dtm.datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"'{value}' is geen tijd. Schrijf bijvoorbeeld 2026-11-22T10:00."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)


@click.command()
@click.argument("field", type=click.Choice(FIELDS), metavar="VELD")
@click.option("--now", callback=_moment, help="Het moment van het antwoord (ISO), anders nu.")
def understand(field: str, now: dtm.datetime) -> None:
    """Lees antwoorden, één per regel, en schrijf hoe ze begrepen zijn (JSON, één per regel).

    VELD is een veld van de intake, of appointment_time. Niet begrepen is null.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        value = read(field, line.rstrip("\r\n"), now=now).value
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        sys.stdout.flush()


@click.group()
def data() -> None:
    """Gegevens van cliënten: tonen, wissen, opruimen."""


@data.command()
@click.argument("sender", metavar="GESPREK")
def export(sender: str) -> None:
    """Toon alles wat over een gesprek bewaard is (JSON)."""
    from bot.intake import retention

    found = retention.export(sender)
    if not found:
        raise click.ClickException(f"Over '{sender}' is niets bewaard.")
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@data.command()
@click.argument("sender", metavar="GESPREK")
def delete(sender: str) -> None:
    """Wis alles wat over een gesprek bewaard is, ook de afspraken."""
    from bot.intake import retention

    if not retention.wipe(sender):
        raise click.ClickException(f"Over '{sender}' is niets bewaard.")
    click.echo(f"Alles over '{sender}' is gewist.")


@data.command()
@click.option("--now", callback=_moment, help="Het moment waarvoor dit geldt (ISO), anders nu.")
def purge(now: dtm.datetime) -> None:
    """Wis de gesprekken zonder toestemming die voorbij zijn."""
    from bot.intake import retention

    click.echo(f"Gewist: {retention.purge(now)}.")

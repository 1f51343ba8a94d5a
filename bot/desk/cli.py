"""`leerwijzer user`: accounts of the desk."""

import datetime as dtm
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from sqlalchemy.orm import Session

from bot import contract, store
from bot.desk import accounts, totp
from bot.desk.wording import say_leerwinkel


class Problem(click.ClickException):
    """One clear sentence in Dutch; the command ends with status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"Fout: {self.format_message()}", file=file, err=file is None)


@click.group()
def user() -> None:
    """Accounts van begeleiders: maak, toon, wijzig of sluit af."""


@user.command()
@click.argument("email")
@click.option("--name", default="", metavar="VOORNAAM", help="Voornaam, die cliënten zien.")
@click.option(
    "--leerwinkel",
    default="",
    metavar="CODE",
    help=f"De Leerwinkel van deze persoon: {', '.join(contract.labels('leerwinkel'))}.",
)
@click.option(
    "--role",
    default="counsellor",
    show_default=True,
    metavar="ROL",
    help="counsellor, coordinator of administrator. "
    "Een administrator ziet alle Leerwinkels, de anderen hun eigen.",
)
@click.option("--password-stdin", is_flag=True, help="Lees het wachtwoord van standaardinvoer.")
def add(email: str, name: str, leerwinkel: str, role: str, password_stdin: bool) -> None:
    """Maak een account voor EMAIL. Het wachtwoord telt minstens 10 tekens."""
    try:
        accounts.check_details(email, name=name, leerwinkel=leerwinkel, role=role)
        password = _read_password() if password_stdin else _ask_password()
        store.upgrade()
        now = dtm.datetime.now(dtm.timezone.utc)
        made = accounts.add(
            email, name=name, leerwinkel=leerwinkel, role=role, password=password, now=now
        )
    except accounts.AccountError as error:
        raise Problem(str(error)) from None
    click.echo(f"{made.email} kan nu aanmelden bij {say_leerwinkel(made.leerwinkel)}.")


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _ask_password() -> str:
    while True:
        password: str = click.prompt("Wachtwoord", hide_input=True)
        if problem := accounts.password_problem(password):
            click.echo(problem, err=True)
        elif password == click.prompt("Nog een keer", hide_input=True):
            return password
        else:
            click.echo("De twee wachtwoorden zijn niet gelijk.", err=True)


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Schrijf JSON voor een programma.")
def list_(as_json: bool) -> None:
    """Toon alle accounts."""
    store.upgrade()
    known = accounts.everyone()
    if as_json:
        rows = [
            {
                "email": one.email,
                "name": one.first_name,
                "leerwinkel": one.leerwinkel,
                "role": one.role,
                "active": one.active,
            }
            for one in known
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not known:
        click.echo("Er zijn nog geen accounts. Maak er een met `leerwijzer user add`.")
    for one in known:
        state = "" if one.active else "  (afgesloten)"
        click.echo(
            f"{one.email:<36} {one.first_name:<12} {one.leerwinkel:<16} "
            f"{accounts.ROLES.get(one.role, one.role)}{state}"
        )


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Sluit het account van EMAIL af. Wie aangemeld is, is meteen weg."""
    try:
        store.upgrade()
        found = accounts.disable(email)
    except accounts.AccountError as error:
        raise Problem(str(error)) from None
    click.echo(f"{found.email} kan niet meer aanmelden.")


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Open een afgesloten account van EMAIL opnieuw."""
    with _found(email) as (work, found):
        accounts.set_active(work, found, active=True)
    click.echo(f"{found.email} kan weer aanmelden.")


@user.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Lees het wachtwoord van standaardinvoer.")
def password(email: str, password_stdin: bool) -> None:
    """Geef EMAIL een nieuw wachtwoord. Wie aangemeld is, meldt zich opnieuw aan."""
    with _found(email):
        pass  # an unknown address is told before anybody types
    chosen = _read_password() if password_stdin else _ask_password()
    with _found(email) as (work, found):
        accounts.set_password(work, found, chosen)
    click.echo(f"{found.email} heeft een nieuw wachtwoord.")


@user.command()
@click.argument("email")
@click.argument("role", metavar="ROL")
def role(email: str, role: str) -> None:
    """Geef EMAIL een andere ROL: counsellor, coordinator of administrator."""
    with _found(email) as (work, found):
        accounts.set_role(work, found, role)
    click.echo(f"{found.email} is nu {accounts.ROLES[found.role]}.")


@user.command()
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Zet de tweede stap van EMAIL af, na verlies van gsm en herstelcodes."""
    with _found(email) as (work, found):
        totp.switch_off(work, found.id)
    click.echo(f"{found.email} meldt zich nu aan met het wachtwoord alleen.")


@contextmanager
def _found(email: str) -> Iterator[tuple[Session, store.Counsellor]]:
    """The account in a unit of work; what is wrong ends the command with one sentence."""
    store.upgrade()
    try:
        with store.session() as work:
            yield work, accounts.find(work, email)
    except accounts.AccountError as error:
        raise Problem(str(error)) from None

"""`leerwijzer demo-data`."""

import datetime as dtm

import click

from bot import appointments, contract, store
from bot.appointments import demo


@click.command()
@click.option(
    "--password",
    metavar="WACHTWOORD",
    help="Eén wachtwoord voor alle nieuwe accounts, minstens 10 tekens. "
    "Zonder deze optie krijgt elk account een eigen wachtwoord.",
)
def demo_data(password: str | None) -> None:
    """Maak per Leerwinkel twee begeleiders met uren, om te proberen.

    Wat er al is, blijft zoals het is. De wachtwoorden zie je maar één keer.
    """
    from bot.desk import accounts

    if password is not None and (problem := accounts.password_problem(password)):
        raise click.BadParameter(problem, param_hint="--password")
    store.upgrade()
    now = dtm.datetime.now(dtm.timezone.utc)
    made = demo.fill(accounts.hash_password, password=password, now=now)
    if made:
        click.echo("Nieuwe begeleiders. Bewaar de wachtwoorden: je ziet ze maar één keer.")
        for account in made:
            shown = "(gekozen wachtwoord)" if password else account.password
            click.echo(f"  {account.leerwinkel:<16} {account.email:<36} {shown}")
    else:
        click.echo("De begeleiders van de demo bestaan al. Er is niets veranderd.")
    for code, label in contract.labels("leerwinkel").items():
        slots = appointments.free_slots(code, now=now, limit=1)
        first = appointments.say_time(slots[0].starts_at) if slots else "niets"
        click.echo(f"{label}: eerste vrije moment {first}")

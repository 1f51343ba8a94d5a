"""`leerwijzer migrate`."""

import click

from bot import store


@click.command()
def migrate() -> None:
    """Breng de databank naar de nieuwste versie."""
    store.upgrade()
    click.echo("De databank is klaar.")

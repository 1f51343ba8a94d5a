"""`leerwijzer chat` and `leerwijzer web`."""

import logging

import click

from bot.settings import settings


@click.command()
@click.option("--url", default=None, help="Adres van de webserver (gewoon: die op deze computer).")
@click.option("--leerwinkel", default=None, help="Code van de Leerwinkel, zoals genk.")
def chat(url: str | None, leerwinkel: str | None) -> None:
    """Praat met de bot in dit venster.

    Typ het nummer van een knop, of typ gewoon een zin. Ctrl-D stopt.
    """
    import httpx

    from bot.channels.terminal import NoAnswerError, Talk

    address = (url or f"http://localhost:{settings().web_port}").rstrip("/")
    with httpx.Client(base_url=address, timeout=60.0) as http:
        talk = Talk(http, click.echo, leerwinkel=leerwinkel)
        try:
            talk.greet()
            while True:
                talk.say(input("\n> "))
        except (EOFError, KeyboardInterrupt):
            click.echo("\nTot ziens.")
        except NoAnswerError:
            raise click.ClickException(
                f"Er komt geen antwoord van {address}. Start eerst de bot met `make run`."
            ) from None


@click.command()
@click.option("--host", default=None, help="Adres waarop de server luistert.")
@click.option("--port", type=int, default=None, help="Poort waarop de server luistert.")
def web(host: str | None, port: int | None) -> None:
    """Start de webserver: chat, widget en balie."""
    import uvicorn

    from bot import store
    from bot.channels.app import create_app

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    store.upgrade()
    uvicorn.run(
        create_app(),
        host=host or settings().host,
        port=port or settings().web_port,
        ws="none",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        log_level="warning",
    )

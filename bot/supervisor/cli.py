"""`leerwijzer serve` and `leerwijzer train`."""

import asyncio
import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace

import click

from bot.settings import Settings, settings
from bot.supervisor import ports, programs, training
from bot.supervisor.errors import DISK_FULL, SupervisorError, explain, is_disk_full
from bot.supervisor.supervise import run_one, supervise
from bot.supervisor.terminal import say

NEEDED_BYTES = 20_000_000
"""Free space below which serving is not started: the database could not grow."""


@contextlib.contextmanager
def _clear_sentences() -> Iterator[None]:
    """Turn what an operator can solve into one sentence and exit code 1."""
    try:
        yield
    except SupervisorError as error:
        for line in error.lines:
            click.echo(f"  | {line}", err=True)
        raise click.ClickException(str(error)) from error
    except OSError as error:
        if is_disk_full(error):
            raise click.ClickException(DISK_FULL) from error
        raise


def _chosen(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    unknown = [name for name in names if name not in programs.MAKERS]
    if unknown or not names:
        raise click.BadParameter(f"kies uit {', '.join(programs.MAKERS)}")
    return tuple(name for name in programs.MAKERS if name in names)


@click.command()
@click.option(
    "--processes",
    default=",".join(programs.MAKERS),
    show_default=True,
    callback=_chosen,
    help="Welke processen, gescheiden door een komma.",
)
def serve(processes: tuple[str, ...]) -> None:
    """Start alle processen samen; Ctrl-C stopt alles."""
    with _clear_sentences():
        asyncio.run(_serve(settings(), processes))


@click.command()
@click.option("--force", is_flag=True, help="Train opnieuw, ook als er niets veranderde.")
def train(force: bool) -> None:
    """Train het taalmodel als er iets veranderde."""
    with _clear_sentences():
        # Beside the model: much of its training keeps one core busy.
        learned = _begin(training.learn_intake)
        if not force and training.is_current():
            say("Het model is al klaar.")
        elif not asyncio.run(training.ensure(settings(), force=force)):
            raise click.ClickException("De training is gestopt.")
        learned.result()


def _begin(work: Callable[[], None]) -> Future[None]:
    """Do it in a thread that ends with the program: who stops a training waits for nothing."""
    done: Future[None] = Future()

    def run() -> None:
        try:
            work()
            done.set_result(None)
        except Exception as error:
            done.set_exception(error)

    threading.Thread(target=run, name="learn-intake", daemon=True).start()
    return done


async def _serve(current: Settings, names: tuple[str, ...]) -> None:
    table = [programs.MAKERS[name](current) for name in names]
    if not {"rasa", "actions"} <= set(names):
        # The web process calls itself healthy only when those are: here its page must do.
        table = [replace(one, health="/") if one.name == "web" else one for one in table]
    ports.check_free(table)
    current.var.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(current.var).free < NEEDED_BYTES:
        raise SupervisorError(DISK_FULL)
    code, lines = await run_one(programs.migration(), on_line=lambda _line: None)
    if code is None:
        return
    if code:
        raise SupervisorError(explain(lines) or "De databank kan niet vernieuwd worden.", lines)
    if "rasa" in names and not await training.ensure(current):
        return
    say(f"Start: {', '.join(names)} ...")
    await supervise(table, ready=_ready(current, names))


def _ready(current: Settings, names: tuple[str, ...]) -> str:
    if "web" not in names:
        return f"Klaar: {', '.join(names)}."
    host = ports.reachable(current.host)
    host = "localhost" if host in ("127.0.0.1", "::1") else host
    host = f"[{host}]" if ":" in host else host
    return f"Leerwijzer draait op http://{host}:{current.web_port} (stoppen met Ctrl-C)"

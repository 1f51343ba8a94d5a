"""Lines for the operator; a terminal that was closed is no reason to stop half-way."""

import contextlib

import click


def say(text: str) -> None:
    """Show a line on standard output, or nowhere when that is gone."""
    with contextlib.suppress(OSError):
        click.echo(text)

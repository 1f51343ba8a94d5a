"""The command `leerwijzer`. Subcommands are imported only when they are called."""

import importlib
from collections.abc import Mapping
from types import MappingProxyType

import click

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "serve": "bot.supervisor.cli:serve",
        "train": "bot.supervisor.cli:train",
        "migrate": "bot.store.cli:migrate",
        "demo-data": "bot.appointments.cli:demo_data",
        "chat": "bot.channels.cli:chat",
        "web": "bot.channels.cli:web",
        "match": "bot.catalogue.cli:match",
        "catalogue": "bot.catalogue.cli:catalogue",
        "understand": "bot.intake.cli:understand",
        "user": "bot.desk.cli:user",
        "data": "bot.intake.cli:data",
        "language": "bot.language.cli:language",
    }
)


class LazyGroup(click.Group):
    """A click group whose commands live in other modules, imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Leerwijzer: van droom naar opleiding, met een begeleider van de Leerwinkel."""

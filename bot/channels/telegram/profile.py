"""What Telegram shows of the bot: its description and its menu, set by the program itself."""

import logging

from bot.channels.telegram import texts
from bot.channels.telegram.connection import Bot

log = logging.getLogger(__name__)


async def set_profile(bot: Bot) -> None:
    """Set what is not yet as in `texts.yaml`. The bot works without, so problems are only logged.

    Looking first spares Telegram's limits on changes, which are low.
    """
    for name, change in (
        ("description", _set_description),
        ("short_description", _set_short_description),
        ("commands", _set_commands),
    ):
        try:
            await change(bot)
        except Exception as error:
            log.warning("telegram_profile_not_set what=%s kind=%s", name, type(error).__name__)


async def _set_description(bot: Bot) -> None:
    wanted = texts.profile("description")
    if (await bot.get_my_description()).description != wanted:
        await bot.set_my_description(wanted)


async def _set_short_description(bot: Bot) -> None:
    wanted = texts.profile("short_description")
    if (await bot.get_my_short_description()).short_description != wanted:
        await bot.set_my_short_description(wanted)


async def _set_commands(bot: Bot) -> None:
    wanted = [(command.name, command.description) for command in texts.commands().values()]
    known = [(command.command, command.description) for command in await bot.get_my_commands()]
    if known != wanted:
        await bot.set_my_commands(wanted)

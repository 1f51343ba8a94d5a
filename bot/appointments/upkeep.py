"""What has to be done every few seconds, by any number of processes."""

import datetime as dtm

from bot.appointments import holds, reminders


def upkeep(now: dtm.datetime) -> None:
    """Queues the reminders that are due and clears holds that ran out."""
    reminders.plan(now)
    holds.tidy(now)

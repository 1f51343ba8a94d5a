"""Nobody is woken: when messages that can wait stay in the queue."""

import datetime as dtm
import zoneinfo

LOCAL = zoneinfo.ZoneInfo("Europe/Brussels")
MORNING, EVENING = 8, 21
"""Hours on the clock in Brussels between which messages may go out."""


def is_night(moment: dtm.datetime) -> bool:
    """Whether it is from 21 to 8 o'clock in Brussels."""
    return not MORNING <= moment.astimezone(LOCAL).hour < EVENING


def daytime(moment: dtm.datetime) -> dtm.datetime:
    """The moment itself by day; at night, the next morning at 8 o'clock in Brussels."""
    there = moment.astimezone(LOCAL)
    if not is_night(moment):
        return moment
    day = there.date() + dtm.timedelta(days=1 if there.hour >= EVENING else 0)
    morning = dtm.datetime.combine(day, dtm.time(MORNING), tzinfo=LOCAL)
    return morning.astimezone(dtm.timezone.utc)

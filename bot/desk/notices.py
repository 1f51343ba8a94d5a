"""What the desk tells coordinators and administrators on top of every page."""

import datetime as dtm

from bot import catalogue
from bot.desk import rights, stuck
from bot.desk.sessions import Session


def catalogue_problems(session: Session) -> tuple[str, ...]:
    """Why the bot refuses the catalogue's files, for who can have that mended; else ()."""
    if session.counsellor is None or not rights.leads(session.counsellor):
        return ()
    return tuple(str(problem) for problem in catalogue.problems())


def stuck_messages(session: Session, now: dtm.datetime) -> int:
    """How many messages did not get away, for who leads; else 0."""
    if session.counsellor is None or not rights.leads(session.counsellor):
        return 0
    return stuck.how_many(session.counsellor, now=now)

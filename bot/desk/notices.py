"""What the desk tells coordinators and administrators on top of every page."""

from bot import catalogue
from bot.desk.sessions import Session

TOLD = ("coordinator", "administrator")


def catalogue_problems(session: Session) -> tuple[str, ...]:
    """Why the bot refuses the catalogue's files, for who can have that mended; else ()."""
    counsellor = session.counsellor
    if counsellor is None or counsellor.role not in TOLD:
        return ()
    return tuple(str(problem) for problem in catalogue.problems())

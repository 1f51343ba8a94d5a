"""What reading needs (word lists, what is learned from example sentences), made ready."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.intake import meaning
from bot.intake.reading import FIELDS, by_rules, likely, name_tagger
from bot.intake.volunteered import volunteered

ANY_ANSWERS = ("ik woon in Genk en wil kok worden", "diploma van Marokko, geen geld, 2 kinderen")


def learn(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Learn what was not learned before, and keep it (some minutes, the first time ever).

    Args:
        progress: called with the sentences done and all that are to be read.
    """
    with ThreadPoolExecutor(1) as beside:
        names = beside.submit(name_tagger.ready)
        meaning.ready(progress)
        likely.ready(progress)
        names.result()


def warm() -> None:
    """Have all of it in memory, so that the first client waits no longer than the others (1 s).

    Learns first when nothing was kept.
    """
    meaning.warm()
    likely.warm()
    name_tagger.warm()
    for answer in ANY_ANSWERS:  # a word list is read when an answer first needs it
        volunteered(answer)
        for field in FIELDS:
            by_rules(field, answer)

"""Everything that the intake learns from example sentences, made ready before it is needed."""

from collections.abc import Callable

from bot.intake import meaning
from bot.intake.reading import likely


def learn(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Learn what was not learned before, and keep it (a minute or so, the first time ever).

    Args:
        progress: called with the sentences done and all that are to be read.
    """
    meaning.ready(progress)
    likely.warm()


def warm() -> None:
    """Have what was learned in memory; learns it first when nothing was kept."""
    meaning.warm()
    likely.warm()

"""What goes wrong, each as one clear Dutch sentence."""

import errno
from collections.abc import Iterable

DISK_FULL = "De schijf is vol. Maak plaats vrij en probeer opnieuw."

_SIGNS: tuple[tuple[str, str], ...] = (
    ("No space left on device", DISK_FULL),
    ("database or disk is full", DISK_FULL),
    ("Disk quota exceeded", DISK_FULL),
    ("Address already in use", "De poort is bezet door een ander programma."),
    ("address already in use", "De poort is bezet door een ander programma."),
    ("readonly database", "De databank is alleen leesbaar. Geef schrijfrechten op de map `var`."),
)


class SupervisorError(Exception):
    """Something that the operator can solve; the text is shown as it is.

    Attributes:
        lines: last lines of the process that failed, oldest first.
    """

    def __init__(self, text: str, lines: Iterable[str] = ()) -> None:
        super().__init__(text)
        self.lines = tuple(lines)


def explain(lines: Iterable[str]) -> str | None:
    """The clear sentence for a known cause in the last lines of a process; None when unknown."""
    text = "\n".join(lines)
    return next((sentence for sign, sentence in _SIGNS if sign in text), None)


def is_disk_full(error: OSError) -> bool:
    """Whether the operating system says that nothing more can be written."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)

"""Whether the files of the catalogue can be used, for who has to mend them.

Every process reads the catalogue for itself; this one only wants to know about mistakes. It reads
in the background when a file changed, keeps nothing but the mistakes, and never waits.
"""

import logging
import pathlib
import threading
import time
from collections.abc import Callable

from bot.catalogue import check, loading
from bot.catalogue.yamlread import Problem
from bot.settings import settings

LOOK_EVERY = 5.0
"""Seconds between two looks at the files."""

log = logging.getLogger(__name__)


class Watch:
    """The mistakes in one folder, as last read."""

    def __init__(
        self, folder: pathlib.Path, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._looked: float | None = None
        self._seen: object = None
        self._found: tuple[Problem, ...] = ()
        self._reading: threading.Thread | None = None

    def problems(self) -> tuple[Problem, ...]:
        """Why the bot refuses the files as they are now; () when all is well or still being read.

        It never blocks: a change shows a moment later.
        """
        with self._lock:
            now = self._clock()
            busy = self._reading is not None and self._reading.is_alive()
            if not busy and (self._looked is None or now - self._looked >= LOOK_EVERY):
                self._looked = now
                state = loading.fingerprint(self._folder)
                if state != self._seen:
                    self._seen = state
                    self._reading = threading.Thread(
                        target=self._read, name="catalogue-watch", daemon=True
                    )
                    self._reading.start()
            return self._found

    def wait(self) -> None:
        """Wait until a reading that was begun is done."""
        if self._reading is not None:
            self._reading.join()

    def _read(self) -> None:
        found = tuple(check.refusals(self._folder))
        if found:
            log.error("catalogue_wrong problems=%d first=%s", len(found), found[0])
        elif self._found:
            log.info("catalogue_mended")
        self._found = found


_watches: dict[pathlib.Path, Watch] = {}


def problems() -> tuple[Problem, ...]:
    """The mistakes for which the bot refuses the catalogue's files and keeps the old ones."""
    return _watches.setdefault(settings().catalogue, Watch(settings().catalogue)).problems()

"""The thread of the web process that sends what is in the queue, so that no turn waits for mail."""

import datetime as dtm
import threading
from collections.abc import Callable, Sequence
from typing import Any

import structlog

EVERY_SECONDS = 5.0
Clock = Callable[[], dtm.datetime]
log = structlog.get_logger()


def utc_now() -> dtm.datetime:
    """The present moment, aware."""
    return dtm.datetime.now(dtm.timezone.utc)


class Sender:
    """Does the chores and drains the channels, again and again, until it is stopped.

    Any number of processes may have one: the queue sees to it that each message goes out once.
    What fails is logged (its kind only) and tried again the next time.

    Args:
        chores: called with the present moment, before sending.
        channels: each sends what is due and tells how many went out.
        clock: the present moment; given by tests.
        every_seconds: the pause in between.
    """

    def __init__(
        self,
        chores: Sequence[Callable[[dtm.datetime], object]],
        channels: Sequence[Callable[[Clock], int]],
        *,
        clock: Clock = utc_now,
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._chores = chores
        self._channels = channels
        self._clock = clock
        self._every = every_seconds
        self._stop = threading.Event()
        # A daemon: a mail server that keeps us waiting must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, *, patience: float = 5.0) -> None:
        """End after the message that is being sent; wait for that so many seconds at most."""
        self._stop.set()
        self._thread.join(patience)

    def once(self) -> int:
        """One round; how many messages went out."""
        for chore in self._chores:
            self._guarded(chore, self._clock())
        return sum(self._guarded(drain, self._clock) for drain in self._channels)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.once()
            self._stop.wait(self._every)

    def _guarded(self, job: Callable[[Any], object], given: object) -> int:
        if self._stop.is_set():
            return 0
        try:
            done = job(given)
        except Exception as error:
            log.error("sender_failed", kind=type(error).__name__)
            return 0
        return done if isinstance(done, int) else 0

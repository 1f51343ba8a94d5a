"""What the web process does every minute besides answering: wipe what may not be kept."""

import asyncio
import datetime as dtm
import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

EVERY_SECONDS = 60.0
log = logging.getLogger(__name__)


async def keep_house(
    purge: Callable[[dtm.datetime], object], *, every_seconds: float = EVERY_SECONDS
) -> None:
    """Call `purge(now)` in a thread, now and again and again, until cancelled.

    A purge that fails is logged (its kind only) and tried again the next time.
    """
    while True:
        try:
            await run_in_threadpool(purge, dtm.datetime.now(dtm.timezone.utc))
        except Exception as error:
            log.error("purge_failed kind=%s", type(error).__name__)
        await asyncio.sleep(every_seconds)

"""The task that wipes what may not be kept."""

import asyncio
import contextlib
import datetime as dtm

import pytest

from bot.channels.housekeeping import keep_house


async def test_it_purges_again_and_again_also_after_a_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    calls: list[dtm.datetime] = []

    def purge(now: dtm.datetime) -> None:
        calls.append(now)
        if len(calls) == 1:
            raise ValueError("about Samira")

    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(keep_house(purge, every_seconds=0.01), timeout=0.3)

    assert len(calls) >= 2
    assert calls[0].tzinfo is not None
    assert "purge_failed kind=ValueError" in caplog.text
    assert "Samira" not in caplog.text

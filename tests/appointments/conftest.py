"""A database for each test, and counsellors with hours in it."""

import datetime as dtm
from collections.abc import Callable

import pytest

from bot import store

NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)
"""A Sunday, 10 o'clock in Brussels."""


MakeCounsellor = Callable[..., int]


@pytest.fixture
def make_counsellor() -> MakeCounsellor:
    """Makes a counsellor; hours are (weekday, from minute, to minute)."""

    def make(
        name: str = "An",
        leerwinkel: str = "genk",
        hours: tuple[tuple[int, int, int], ...] = ((1, 9 * 60, 12 * 60),),
        *,
        active: bool = True,
    ) -> int:
        with store.session() as work:
            counsellor = store.Counsellor(
                email=f"{name.lower()}@{leerwinkel}.example",
                first_name=name,
                leerwinkel=leerwinkel,
                password_hash="-",
                active=active,
                created_at=NOW,
            )
            work.add(counsellor)
            work.flush()
            for weekday, start, end in hours:
                work.add(
                    store.Availability(
                        counsellor_id=counsellor.id,
                        weekday=weekday,
                        from_minute=start,
                        to_minute=end,
                    )
                )
            return counsellor.id

    return make

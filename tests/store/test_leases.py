"""Work that one process at a time may do."""

import concurrent.futures
import datetime as dtm

from bot import store

NOW = dtm.datetime(2026, 11, 22, 9, 30, tzinfo=dtm.timezone.utc)
SECOND = dtm.timedelta(seconds=1)


def take(owner: str, *, now: dtm.datetime = NOW, name: str = "telegram") -> bool:
    return store.take_lease(name, owner, until=now + 10 * SECOND, now=now)


def test_one_owner_has_it_and_may_renew_it(any_database: str) -> None:
    assert take("a")
    assert not take("b")
    assert take("a", now=NOW + 9 * SECOND)
    assert not take("b", now=NOW + 15 * SECOND)


def test_who_does_not_renew_loses_it(any_database: str) -> None:
    take("a")

    assert take("b", now=NOW + 11 * SECOND)
    assert not take("a", now=NOW + 12 * SECOND)


def test_who_gives_it_up_lets_others_have_it_at_once(any_database: str) -> None:
    take("a")
    store.give_up_lease("telegram", "b")
    assert not take("b")
    store.give_up_lease("telegram", "a")

    assert take("b")


def test_leases_of_other_names_do_not_count(any_database: str) -> None:
    assert take("a")
    assert take("b", name="something else")


def test_of_many_at_once_one_gets_it(any_database: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        got = list(pool.map(take, "abcdefgh"))

    assert sum(got) == 1

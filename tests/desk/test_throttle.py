import datetime as dtm

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from bot import store
from bot.desk import throttle
from tests.desk.conftest import NOW

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 10), (6, 20), (8, 80), (12, 900), (5000, 900)]
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert throttle.waiting_time(failures, 5).total_seconds() == seconds


def rows() -> list[store.LoginFailure]:
    with store.session(writes=False) as work:
        return list(work.scalars(sa.select(store.LoginFailure)))


def fail(times: int, *, email: str = "an@genk.be", address: str = "::1") -> dtm.timedelta:
    wait = dtm.timedelta(0)
    for _ in range(times):
        wait = throttle.attempt(email, address, now=NOW).wait
    return wait


def test_an_account_guessed_at_from_many_addresses_is_slowed() -> None:
    for number in range(20):
        assert not throttle.attempt("an@genk.be", f"10.0.0.{number}", now=NOW).wait
    assert throttle.attempt("an@genk.be", "10.0.0.99", now=NOW).wait
    assert not throttle.attempt("bo@genk.be", "10.0.0.99", now=NOW).wait


def test_an_address_that_tries_many_accounts_is_slowed() -> None:
    for number in range(100):
        assert not throttle.attempt(f"user{number}@genk.be", "::1", now=NOW).wait
    assert throttle.attempt("an@genk.be", "::1", now=NOW).wait


def test_a_refused_attempt_does_not_prolong_the_wait() -> None:
    fail(5)
    before = len(rows())
    fail(10)
    assert len(rows()) == before


def test_failures_are_forgotten_after_an_hour_and_removed_after_a_day() -> None:
    fail(5)
    later = NOW + dtm.timedelta(minutes=61)
    assert not throttle.attempt("an@genk.be", "::1", now=later).wait
    throttle.attempt("an@genk.be", "::1", now=NOW + dtm.timedelta(days=3))
    assert len(rows()) == 3


def test_what_is_kept_names_nobody(app: Starlette) -> None:
    fail(1, email="an@genk.be", address="10.1.2.3")
    kept = " ".join(row.key for row in rows())
    assert "an@" not in kept
    assert "10.1.2.3" not in kept

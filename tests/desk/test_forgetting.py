"""The log, failed log-ins and old sessions do not stay for ever; what is newer does."""

import datetime as dtm

import pytest
import sqlalchemy as sa

from bot import store
from bot.desk import forget, forgetting, sessions
from bot.settings import settings
from tests.desk.conftest import NOW, User

DAY = dtm.timedelta(days=1)


def look(counsellor: store.Counsellor, at: dtm.datetime) -> None:
    with store.session() as work:
        work.add(store.LookLog(at=at, counsellor_id=counsellor.id, what="inbox", leerwinkel="genk"))


def left() -> list[dtm.datetime]:
    with store.session(writes=False) as work:
        return list(work.scalars(sa.select(store.LookLog.at).order_by(store.LookLog.at)))


def test_looks_are_kept_400_days(make_user: User) -> None:
    an = make_user()
    look(an, NOW - 401 * DAY)
    look(an, NOW - 399 * DAY)
    assert forget(NOW) == 1
    assert left() == [NOW - 399 * DAY]
    assert forget(NOW) == 0


def test_another_term_in_the_settings_counts(
    make_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_LOG_DAYS", "30")
    settings.cache_clear()
    look(make_user(), NOW - 31 * DAY)
    assert forget(NOW) == 1


def test_a_long_log_goes_in_parts(make_user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    an = make_user()
    for number in range(5):
        look(an, NOW - 500 * DAY - number * DAY)
    assert [forget(NOW) for _ in range(4)] == [2, 2, 1, 0]


def test_failed_log_ins_and_sessions_that_ended_go(make_user: User) -> None:
    an = make_user()
    sessions.start(an, now=NOW)
    with store.session() as work:
        work.add_all(store.LoginFailure(key="k", at=NOW - ago) for ago in (2 * DAY, DAY / 2))
    assert forget(NOW + dtm.timedelta(minutes=30)) == 1
    assert forget(NOW + dtm.timedelta(hours=3)) == 1
    with store.session(writes=False) as work:
        assert work.scalars(sa.select(store.DeskSession)).all() == []
        assert len(work.scalars(sa.select(store.LoginFailure)).all()) == 1

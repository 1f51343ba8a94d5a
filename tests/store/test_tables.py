"""Times, migrations and what "wiped" means."""

import datetime as dtm

import alembic.autogenerate
import alembic.migration
import pytest
import sqlalchemy as sa

from bot import store
from bot.settings import settings

NOW = dtm.datetime(2026, 11, 22, 9, 30, tzinfo=dtm.timezone.utc)
BRUSSELS_SUMMER = dtm.timezone(dtm.timedelta(hours=2))


def test_times_come_back_aware_and_in_utc(any_database):
    given = dtm.datetime(2026, 7, 1, 10, 0, tzinfo=BRUSSELS_SUMMER)
    with store.session() as work:
        work.add(store.Conversation(sender_id="a", started_at=given, last_seen_at=given))

    with store.session(writes=False) as work:
        kept = work.get_one(store.Conversation, "a").started_at

    assert kept == given
    assert kept.tzinfo is dtm.timezone.utc


def test_a_naive_time_is_refused(database):
    naive = NOW.replace(tzinfo=None)

    with store.session() as work, pytest.raises(sa.exc.StatementError, match="naive datetime"):
        work.execute(
            sa.insert(store.Conversation).values(
                sender_id="a", started_at=naive, last_seen_at=naive
            )
        )


def test_the_migrations_make_exactly_the_tables(any_database):
    with store.engine().begin() as connection:
        context = alembic.migration.MigrationContext.configure(connection)
        difference = alembic.autogenerate.compare_metadata(context, store.Base.metadata)

    assert difference == []


def test_migrating_twice_changes_nothing(database):
    store.upgrade()


def test_a_failed_unit_of_work_leaves_nothing(any_database):
    def half_done() -> None:
        with store.session() as work:
            work.add(store.Conversation(sender_id="a", started_at=NOW, last_seen_at=NOW))
            work.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()

    with store.session(writes=False) as work:
        assert work.get(store.Conversation, "a") is None


def test_deleted_text_is_gone_from_the_file(database):
    secret = "ik droom van een bakkerij in Winterslag"
    with store.session() as work:
        work.add(store.Intake(sender_id="a", dream=secret, created_at=NOW, updated_at=NOW))
    with store.session() as work:
        work.execute(sa.delete(store.Intake))
    with store.engine().connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")

    for path in settings().var.glob("leerwijzer.db*"):
        assert secret.encode() not in path.read_bytes(), path.name

"""Engine and sessions, one engine per process and address."""

import functools
import pathlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.settings import settings

PATIENCE = 30
"""Seconds that a writer waits for its turn on SQLite."""
MIGRATIONS = pathlib.Path(__file__).parent / "migrations"


@functools.cache
def _engine(url: str) -> sa.Engine:
    made = sa.create_engine(
        url,
        pool_pre_ping=not url.startswith("sqlite"),
        hide_parameters=True,  # an error must not quote what a client said
    )
    if made.dialect.name == "sqlite":
        sa.event.listen(made, "connect", _set_sqlite_pragmas)
        sa.event.listen(made, "begin", _begin_sqlite)
    return made


def engine() -> sa.Engine:
    """The engine for the database in the settings."""
    return _engine(settings().sqlalchemy_url)


def _set_sqlite_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions start in _begin_sqlite, not in the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # wiped means overwritten, not just unlinked
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer that starts as a reader cannot wait for its turn: it fails at once when another
    # process wrote in between. Writers therefore take their turn at the start.
    immediate = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN DEFERRED")


@contextmanager
def session(*, writes: bool = True) -> Iterator[Session]:
    """One unit of work: committed at the end, rolled back on an exception.

    Args:
        writes: False for work that only reads; on SQLite it then never waits for a writer.
    """
    with (
        _turn(writes),
        engine().connect().execution_options(writes=writes) as connection,
        Session(connection, expire_on_commit=False) as work,
        work.begin(),
    ):
        yield work


@functools.cache
def _writers(url: str) -> threading.Lock:
    return threading.Lock()


@contextmanager
def _turn(writes: bool) -> Iterator[None]:
    """On SQLite the writers of a process queue up here.

    SQLite itself lets waiting writers try their luck again and again, so that of fifty one may
    find the door closed for half a minute; from each process there is now one at the door.
    """
    url = settings().sqlalchemy_url
    if not writes or not url.startswith("sqlite"):
        yield
        return
    lock = _writers(url)
    mine = lock.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            lock.release()


def upgrade() -> None:
    """Bring the database to the newest migration; safe to call from several processes in turn."""
    import alembic.command
    import alembic.config

    url = sa.make_url(settings().sqlalchemy_url)
    if url.database and url.get_backend_name() == "sqlite":
        pathlib.Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine().begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")

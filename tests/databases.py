"""A migrated, empty database for each test, on SQLite or PostgreSQL.

Use it by importing the fixtures in a `conftest.py`. The migrations run once a session; each test
gets a copy.
"""

import pathlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot import store
from bot.settings import settings
from tests.postgres import create_database, database_name, postgres_server, postgres_url

__all__ = [
    "any_database",
    "database",
    "migrated_postgres",
    "migrated_sqlite",
    "postgres",
    "postgres_server",
    "postgres_url",
]


@contextmanager
def use(var: pathlib.Path, database_url: str = "") -> Iterator[None]:
    """Lets the settings name this folder and database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEERWIJZER_VAR", str(var))
        patch.setenv("LEERWIJZER_DATABASE_URL", database_url)
        settings.cache_clear()
        yield
        store.engine().dispose()
    settings.cache_clear()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The file of an empty database with all tables."""
    var = tmp_path_factory.mktemp("migrated")
    with use(var):
        store.upgrade()
        with store.engine().connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    return var / "leerwijzer.db"


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of an empty database with all tables, to be copied."""
    url = create_database(postgres_server)
    with use(tmp_path_factory.mktemp("migrated"), url):
        store.upgrade()
    return database_name(url)


@pytest.fixture
def database(tmp_path: pathlib.Path, migrated_sqlite: pathlib.Path) -> Iterator[None]:
    """An empty SQLite database with all tables, named in the settings."""
    shutil.copy(migrated_sqlite, tmp_path)
    with use(tmp_path):
        yield


@pytest.fixture
def postgres(
    postgres_server: str, migrated_postgres: str, tmp_path: pathlib.Path
) -> Iterator[None]:
    """An empty PostgreSQL database with all tables, named in the settings."""
    with use(tmp_path, create_database(postgres_server, template=migrated_postgres)):
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_database(request: pytest.FixtureRequest) -> str:
    """The test runs once on each kind of database."""
    request.getfixturevalue("database" if request.param == "sqlite" else "postgres")
    assert isinstance(request.param, str)
    return request.param

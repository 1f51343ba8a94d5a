"""A temporary PostgreSQL server for tests, and a fresh database in it.

For a database with all tables, see `tests/databases.py`. For an empty one, import the two fixtures
in a `conftest.py`: `from tests.postgres import postgres_server, postgres_url`.
Mark such tests with `@pytest.mark.postgres`.
"""

import getpass
import itertools
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

_numbers = itertools.count(1)


def _programs() -> pathlib.Path | None:
    """The folder with `initdb` and `pg_ctl`; Debian keeps it out of PATH."""
    if found := shutil.which("initdb"):
        return pathlib.Path(found).resolve().parent
    debian = sorted(
        pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]),
    )
    return debian[-1].parent if debian else None


def _user() -> str:
    """Who runs the server: ourselves, or somebody else when we are root, whom initdb refuses."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextmanager
def running_server() -> Iterator[str]:
    """A running server, reached by a socket in a temporary folder: yields its address.

    Raises:
        LookupError: PostgreSQL is not installed.
    """
    programs = _programs()
    if programs is None:
        raise LookupError("PostgreSQL is not installed: no initdb (Debian's package: postgresql)")
    user = _user()
    other = user if os.geteuid() == 0 else None
    # Not pytest's tmp_path: a socket's path has at most 107 bytes, and the server's user must
    # be able to enter it.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lw-pg-"))
    data = folder / "data"
    try:
        if other:
            shutil.chown(folder, other)
        _run([programs / "initdb", "-D", data, "-U", user, "-A", "trust", "-N"], other, folder)
        options = (
            f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=120"
            " -c shared_buffers=16MB"
        )
        _run(
            [programs / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", options],
            other,
            folder,
        )
        try:
            yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
        finally:
            stop = [programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data]
            _run(stop, other, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A running server for the whole session; skips when PostgreSQL is not installed."""
    try:
        with running_server() as address:
            yield address
    except LookupError as missing:
        pytest.skip(str(missing))


def _run(command: list[str | pathlib.Path], user: str | None, folder: pathlib.Path) -> None:
    with (folder / "output").open("ab") as output:
        subprocess.run(
            command, user=user, cwd=folder, stdout=output, stderr=output, check=True, timeout=120
        )


def create_database(server: str, *, template: str = "template1") -> str:
    """Makes a database as a copy of another and gives its SQLAlchemy address."""
    name = f"leerwijzer_{next(_numbers)}"
    plain = server.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.replace("/postgres?", f"/{name}?")


def database_name(url: str) -> str:
    """The name of the database in an address that `create_database` gave."""
    return url.rpartition("@/")[2].partition("?")[0]


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The SQLAlchemy address of a fresh, empty database."""
    return create_database(postgres_server)

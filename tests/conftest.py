"""Fixtures that every test may use."""

from tests.databases import (
    any_database,
    database,
    migrated_postgres,
    migrated_sqlite,
    postgres,
    postgres_server,
    postgres_url,
)

__all__ = [
    "any_database",
    "database",
    "migrated_postgres",
    "migrated_sqlite",
    "postgres",
    "postgres_server",
    "postgres_url",
]

"""How the processes are started, from the settings."""

import json
import os
import re
import subprocess

import pytest

from bot.settings import ROOT, Settings
from bot.supervisor import programs


def given_settings(**values: object) -> Settings:
    values.setdefault("secret", "a secret for tests")  # else one is made in var/
    return Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgresql+psycopg://lw:p%40ss@db/lw", "postgresql+psycopg2://lw:p%40ss@db/lw"),
        ("postgresql://db/lw", "postgresql+psycopg2://db/lw"),
        ("sqlite:////data/lw.db", "sqlite:////data/lw.db?timeout=30"),
    ],
)
def test_rasa_gets_the_same_database_in_its_own_dialect(given: str, expected: str) -> None:
    assert programs.tracker_url(given_settings(database_url=given)) == expected


def test_without_redis_locks_are_in_memory() -> None:
    actual = programs.lock_environment(given_settings())
    assert actual["LEERWIJZER_LOCK_STORE"] == "in_memory"


def test_a_redis_address_is_taken_apart() -> None:
    actual = programs.lock_environment(
        given_settings(redis_url="rediss://bot:s%2Fe@cache.example:6380/3")
    )
    assert actual == {
        "LEERWIJZER_LOCK_STORE": "redis",
        "LEERWIJZER_REDIS_HOST": "cache.example",
        "LEERWIJZER_REDIS_PORT": "6380",
        "LEERWIJZER_REDIS_DB": "3",
        "LEERWIJZER_REDIS_USER": "bot",
        "LEERWIJZER_REDIS_PASSWORD": "s/e",
        "LEERWIJZER_REDIS_TLS": "1",
    }


def test_every_variable_of_endpoints_is_given_and_the_other_way_round() -> None:
    # GIVEN the variables that Rasa's settings mention
    asked = set(re.findall(r"\$\{(\w+)\}", (ROOT / "endpoints.yml").read_text(encoding="utf-8")))
    # WHEN the supervisor fills them in
    given = {key for key in programs.rasa_environment(given_settings()) if "LEERWIJZER_" in key}
    # THEN none is missing or for nothing
    assert asked == given


def test_only_the_web_process_can_listen_beyond_this_machine() -> None:
    given = given_settings(host="0.0.0.0")  # noqa: S104
    actual = {name: maker(given).host for name, maker in programs.MAKERS.items()}
    assert actual == {"rasa": "127.0.0.1", "actions": "127.0.0.1", "web": "0.0.0.0"}  # noqa: S104
    assert "127.0.0.1" in programs.rasa(given).arguments


def test_the_ports_of_the_settings_are_used() -> None:
    given = given_settings(web_port=18000, rasa_port=15005, actions_port=15055)
    assert [maker(given).port for maker in programs.MAKERS.values()] == [15005, 15055, 18000]
    assert "15055" in programs.actions(given).arguments
    assert ":15055/" in programs.rasa(given).environment["LEERWIJZER_ACTIONS_URL"]


def test_the_token_is_not_in_the_process_list() -> None:
    # GIVEN Rasa's program with a token
    given = programs.rasa(given_settings(rasa_token="hush-hush"))
    # THEN its arguments, which everybody on the machine can read, don't hold it
    assert "hush-hush" not in " ".join(given.arguments)
    assert "hush-hush" in given.environment.values()


_LOCK_STORES = """
import json, os, sys
from rasa.core.lock_store import LockStore
from rasa.core.utils import AvailableEndpoints
for environment in json.load(sys.stdin):
    os.environ.update(environment)
    store = LockStore.create(AvailableEndpoints.read_endpoints("endpoints.yml").lock_store)
    pool = store.red.connection_pool if hasattr(store, "red") else None
    given = pool.connection_kwargs if pool else {}
    tls = pool and "SSL" in pool.connection_class.__name__
    found = [type(store).__name__, given.get("port"), given.get("db"), given.get("password"), tls]
    print("found", json.dumps(found))
"""


@pytest.mark.skipif(not programs.RASA_PYTHON.exists(), reason="no environment of Rasa")
def test_rasa_reads_the_endpoints_as_meant() -> None:
    # GIVEN settings with and without Redis
    given = {
        "": ["InMemoryLockStore", None, None, None, None],
        "redis://:geheim@127.0.0.1:6390/2": ["RedisLockStore", 6390, 2, "geheim", False],
        "rediss://localhost": ["RedisLockStore", 6379, 1, "", True],
    }
    environments = [programs.rasa_environment(given_settings(redis_url=url)) for url in given]
    # WHEN Rasa itself makes its lock store of them (it connects only when it is used)
    done = subprocess.run(
        [programs.RASA_PYTHON, "-W", "ignore", "-c", _LOCK_STORES],
        cwd=ROOT,
        env={**os.environ, **programs.QUIET_RASA},
        input=json.dumps(environments),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    # THEN each is the one that was asked for
    lines = [line.removeprefix("found ") for line in done.stdout.splitlines() if "found" in line]
    assert [json.loads(line) for line in lines] == list(given.values()), done.stderr

"""The process table: how rasa, actions and web are started on this machine."""

import re
import sys
import urllib.parse
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.settings import ROOT, Settings
from bot.supervisor import rasa_main
from bot.supervisor.child import Program

RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
MODEL = ROOT / "models" / "leerwijzer.tar.gz"
LOOPBACK = "127.0.0.1"

ONE_THREAD: Mapping[str, str] = MappingProxyType(
    # Our texts are short: more threads only make them wait for each other.
    {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
)
QUIET_RASA: Mapping[str, str] = MappingProxyType(
    {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "PYTHONWARNINGS": "ignore",
        **ONE_THREAD,
        "TF_INTRA_OP_PARALLELISM_THREADS": "1",
        "TF_INTER_OP_PARALLELISM_THREADS": "1",
    }
)


def tracker_url(settings: Settings) -> str:
    """Address of the same database for Rasa's tracker store (SQLAlchemy 1.4, psycopg2)."""
    if settings.sqlalchemy_url.startswith("sqlite"):
        # Rasa answers a failed write by keeping the conversation in memory: rather wait.
        return f"{settings.sqlalchemy_url}?timeout=30"
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql+psycopg2://", settings.sqlalchemy_url)


def lock_environment(settings: Settings) -> dict[str, str]:
    """What `endpoints.yml` needs to know of the lock store (in memory, or Redis)."""
    parts = urllib.parse.urlsplit(settings.redis_url or "redis://localhost:6379/1")
    return {
        "LEERWIJZER_LOCK_STORE": "redis" if settings.redis_url else "in_memory",
        "LEERWIJZER_REDIS_HOST": parts.hostname or "localhost",
        "LEERWIJZER_REDIS_PORT": str(parts.port or 6379),
        "LEERWIJZER_REDIS_DB": parts.path.strip("/") or "1",
        "LEERWIJZER_REDIS_USER": urllib.parse.unquote(parts.username or ""),
        "LEERWIJZER_REDIS_PASSWORD": urllib.parse.unquote(parts.password or ""),
        # Rasa reads any text as true: only an empty one means no TLS.
        "LEERWIJZER_REDIS_TLS": "1" if parts.scheme == "rediss" else "",
    }


def rasa_environment(settings: Settings) -> dict[str, str]:
    """Variables for every start of Rasa: `endpoints.yml` is filled in from these."""
    return {
        **QUIET_RASA,
        "LEERWIJZER_ACTIONS_URL": f"http://{LOOPBACK}:{settings.actions_port}/webhook",
        "LEERWIJZER_TRACKER_URL": tracker_url(settings),
        **lock_environment(settings),
    }


def rasa(settings: Settings, *, model: Path = MODEL) -> Program:
    """Rasa with its REST channel and HTTP API, on loopback, behind its token."""
    token = settings.rasa_api_token
    return Program(
        name="rasa",
        target="bot.supervisor.rasa_main:main",
        python=str(RASA_PYTHON),
        arguments=(
            *("run", "--quiet", "--enable-api", "-i", LOOPBACK, "-p", str(settings.rasa_port)),
            *("--model", str(model)),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
        ),
        environment={
            **rasa_environment(settings),
            "LOG_LEVEL": "WARNING",
            rasa_main.TOKEN: token,
        },
        port=settings.rasa_port,
        port_setting="LEERWIJZER_RASA_PORT",
        health=f"/status?token={urllib.parse.quote(token, safe='')}",
    )


def actions(settings: Settings) -> Program:
    """The action server, on loopback."""
    return Program(
        name="actions",
        target="bot.supervisor.actions_main:main",
        arguments=("--port", str(settings.actions_port)),
        python=sys.executable,
        environment=ONE_THREAD,
        port=settings.actions_port,
        port_setting="LEERWIJZER_ACTIONS_PORT",
        health="/health",
    )


def web(settings: Settings) -> Program:
    """The front door: chat API, widget, desk; the only process with a public port."""
    return Program(
        name="web",
        target="bot.cli:main",
        arguments=("web",),
        python=sys.executable,
        environment=ONE_THREAD,
        host=settings.host,
        port=settings.web_port,
        port_setting="LEERWIJZER_WEB_PORT",
        health="/healthz",
    )


def migration() -> Program:
    """Brings the database to the newest version, then ends."""
    return Program(name="databank", target="bot.cli:main", arguments=("migrate",))


MAKERS: Mapping[str, Callable[[Settings], Program]] = MappingProxyType(
    {"rasa": rasa, "actions": actions, "web": web}
)
"""Every process by name, in the order in which they start."""

"""The action server in one process: rasa-sdk's own application, on loopback.

`python -m rasa_sdk` also works, but starts a manager and a worker (twice the memory), and listens
everywhere unless SANIC_HOST says otherwise.
"""

import argparse
import logging
import warnings
from typing import Any

import yaml
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from bot import catalogue, intake
from bot.conversation import buttons
from bot.settings import ROOT, settings
from bot.supervisor import private_logs

HOST = "127.0.0.1"
KEEP_ALIVE = 120
"""Seconds that an idle connection from Rasa stays open."""


def read_domain() -> dict[str, Any]:
    """The domain as in the files of `domain/`, merged; what actions get as `domain`."""
    merged: dict[str, Any] = {}
    for path in sorted((ROOT / "domain").rglob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for key, value in content.items():
            if isinstance(value, dict):
                merged.setdefault(key, {}).update(value)
            elif isinstance(value, list):
                merged.setdefault(key, []).extend(value)
            else:
                merged[key] = value
    return merged


class Executor(ActionExecutor):
    """Gives actions the domain from disk: Rasa need not send it along with every call.

    (`enable_selective_domain` in endpoints.yml; the domain is by far the largest part of a call.)
    """

    def __init__(self) -> None:
        super().__init__()
        self.domain = read_domain()

    def update_and_return_domain(
        self, payload: dict[str, Any], action_name: str
    ) -> dict[str, Any] | None:
        return payload.get("domain") or self.domain


def main() -> None:
    """Serve the package `actions` on loopback."""
    parser = argparse.ArgumentParser(description="Serves the custom actions to Rasa.")
    parser.add_argument("--port", type=int, default=settings().actions_port)
    port = parser.parse_args().port
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    private_logs.hide_in_exceptions()
    # rasa-sdk 3.21 warns at every call that Rasa is 3.6: tried together, the protocol is the same.
    warnings.filterwarnings("ignore", message="Your versions of rasa")
    executor = Executor()
    executor.register_package("actions")
    intake.warm()
    buttons.warm()
    catalogue.warm_in_background()
    app = create_app(executor, cors_origins=[])
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE
    app.run(host=HOST, port=port, single_process=True, access_log=False, motd=False)

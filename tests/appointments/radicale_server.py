"""A CalDAV server on loopback for tests."""

import contextlib
import pathlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx

PATIENCE = 60


@contextlib.contextmanager
def radicale(folder: pathlib.Path) -> Iterator[httpx.Client]:
    """Runs a server that keeps its calendars in the folder; a client of a user "an"."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = folder / "radicale.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "radicale", "--config", "", "--hosts", f"127.0.0.1:{port}",
                "--storage-filesystem-folder", str(folder / "calendars"),
                "--auth-type", "http_x_remote_user", "--rights-type", "owner_only",
            ],
            stdout=output,
            stderr=output,
        )  # fmt: skip
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"X-Remote-User": "an"}, timeout=30
        ) as client:
            give_up = time.monotonic() + PATIENCE
            while True:
                try:
                    client.get("/.web/")
                    break
                except httpx.TransportError:
                    assert process.poll() is None, log.read_text(encoding="utf-8")
                    assert time.monotonic() < give_up
                    time.sleep(0.1)
            yield client
    finally:
        process.terminate()
        process.wait(PATIENCE)

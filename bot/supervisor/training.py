"""Rasa's model: trained when something that it is made of changed, and only then."""

import asyncio
import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.settings import ROOT, Settings
from bot.supervisor.child import Program
from bot.supervisor.errors import DISK_FULL, SupervisorError, explain
from bot.supervisor.programs import MODEL, RASA_PYTHON, rasa_environment
from bot.supervisor.supervise import run_one
from bot.supervisor.terminal import say

NEEDED_BYTES = 300_000_000
"""Free space below which a training would fail half-way."""
LEARNING: Mapping[str, str] = MappingProxyType(
    # Reading the meaning of all sentences is most of the work: here a second thread does help.
    {"LOG_LEVEL": "INFO", "OMP_NUM_THREADS": "2", "OMP_WAIT_POLICY": "passive"}
)
_NEWS_SECONDS = 20.0
_SOURCES = ("config.yml", "domain", "data")
_CODE = ("bot/nlu", "bot/contract", "requirements/rasa.txt")
_COMPONENT = re.compile(r"Starting to train component '(?:.*\.)?(\w+)'")


@dataclass(frozen=True)
class Fingerprint:
    """What a model is made of.

    Attributes:
        sources: hash of Rasa's settings, domain and training data.
        code: hash of our components, the contract and the libraries. Rasa's own cache does not
            see these change, so it is skipped when they did.
    """

    sources: str
    code: str

    @classmethod
    def of(cls, root: Path = ROOT) -> "Fingerprint":
        return cls(_hash_of(root, _SOURCES), _hash_of(root, _CODE))

    @classmethod
    def read(cls, path: Path) -> "Fingerprint | None":
        """The fingerprint kept beside a model; None when there is none that can be read."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        return None

    def to_json(self) -> str:
        return json.dumps({"sources": self.sources, "code": self.code})


def _hash_of(root: Path, names: tuple[str, ...]) -> str:
    total = hashlib.sha256()
    for name in names:
        top = root / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                total.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
                total.update(content)
    return total.hexdigest()


def fingerprint_file(model: Path) -> Path:
    """Where the fingerprint of a model is kept."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".fingerprint")


def is_current(model: Path = MODEL, *, root: Path = ROOT) -> bool:
    """Whether the model exists and is made of exactly what is on disk now."""
    return model.exists() and Fingerprint.read(fingerprint_file(model)) == Fingerprint.of(root)


def program(settings: Settings, folder: Path, name: str, *, from_scratch: bool) -> Program:
    """The training as a process that ends by itself."""
    return Program(
        name="training",
        target="bot.supervisor.rasa_main:main",
        python=str(RASA_PYTHON),
        arguments=(
            *("train", "-v", "--domain", "domain", "--data", "data", "--config", "config.yml"),
            *("--out", str(folder), "--fixed-model-name", name),
            *(["--force"] if from_scratch else []),
        ),
        environment={**rasa_environment(settings), **LEARNING},
    )


async def ensure(
    settings: Settings,
    *,
    model: Path = MODEL,
    force: bool = False,
    echo: Callable[[str], None] = say,
) -> bool:
    """Make sure that there is an up-to-date model.

    Args:
        force: train from scratch even when nothing changed.

    Returns:
        False when a signal asked to stop before the model was ready.

    Raises:
        SupervisorError: the training failed; its last lines come along.
    """
    model.parent.mkdir(parents=True, exist_ok=True)
    if not force and is_current(model):
        return True
    with _alone(model.parent, echo):
        if not force and is_current(model):  # another process has just trained it
            return True
        return await _train(settings, model, force, echo)


def learn_intake(echo: Callable[[str], None] = say) -> None:
    """Have what `bot.intake` learns from example dreams ready before the first message."""
    from bot.intake import learn  # not at the top: serving has no use for it here

    told = 0.0

    def show(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if done == total or now - told >= _NEWS_SECONDS:
            echo(f"  voorbeelden: {done} van {total} zinnen")
            told = now

    learn(show)


async def _train(settings: Settings, model: Path, force: bool, echo: Callable[[str], None]) -> bool:
    if shutil.disk_usage(model.parent).free < NEEDED_BYTES:
        raise SupervisorError(DISK_FULL)
    wanted = Fingerprint.of()  # before the training: what changes meanwhile trains again
    kept = Fingerprint.read(fingerprint_file(model))
    from_scratch = force or kept is None or kept.code != wanted.code
    started = time.monotonic()

    def show(line: str) -> None:
        if found := _COMPONENT.search(line):
            echo(f"  {time.monotonic() - started:4.0f} s  {found[1]}")

    echo("Het model wordt getraind. Dat duurt een paar minuten.")
    with tempfile.TemporaryDirectory(prefix=".training-", dir=model.parent) as folder:
        name = model.name.removesuffix(".tar.gz")
        task = program(settings, Path(folder), name, from_scratch=from_scratch)
        news = asyncio.create_task(_tell_time(started, echo))
        try:
            code, lines = await run_one(task, on_line=show)
        finally:
            news.cancel()
        if code is None:
            return False
        made = Path(folder) / f"{name}.tar.gz"
        if code or not made.exists():
            cause = explain(lines) or "De training is mislukt."
            raise SupervisorError(cause, lines)
        fingerprint_file(model).unlink(missing_ok=True)
        made.replace(model)
        fresh = Path(folder) / "fingerprint"
        fresh.write_text(wanted.to_json(), encoding="utf-8")
        fresh.replace(fingerprint_file(model))
    echo(f"Het model is klaar ({time.monotonic() - started:.0f} s).")
    return True


async def _tell_time(started: float, echo: Callable[[str], None]) -> None:
    while True:
        await asyncio.sleep(_NEWS_SECONDS)
        echo(f"  {time.monotonic() - started:4.0f} s  bezig ...")


@contextlib.contextmanager
def _alone(folder: Path, echo: Callable[[str], None]) -> Iterator[None]:
    """One training at a time in a folder; the lock ends with the process that holds it."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            echo("Een ander proces traint het model al. Even wachten ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield

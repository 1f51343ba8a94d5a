"""What is learned from example sentences, kept for every process of this copy of the product.

It lies in `.rasa/`, beside what Rasa keeps from its trainings. Nothing there is needed: what is
missing, damaged or out of date is learned again.
"""

import contextlib
import fcntl
import hashlib
import pathlib
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from bot.settings import ROOT

FOLDER = ROOT / ".rasa"
FINGERPRINT = "fingerprint"
T = TypeVar("T")
_DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


def fingerprint(files: Iterable[pathlib.Path], *more: object) -> str:
    """Tells whether something was learned from these files, in this way."""
    total = hashlib.sha256(repr(more).encode())
    for file in files:
        total.update(file.name.encode())
        total.update(file.read_bytes() if file.exists() else b"")
    return total.hexdigest()


def load(name: str, fingerprint: str | None = None) -> Mapping[str, npt.NDArray[Any]] | None:
    """The arrays kept under a name; None when there are none with this fingerprint."""
    try:
        with _file(name).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if fingerprint is not None and str(arrays[FINGERPRINT]) != fingerprint:
                return None
            return {key: arrays[key] for key in arrays.files}
    except _DAMAGED:
        return None


def keep(name: str, fingerprint: str = "", **arrays: npt.NDArray[Any]) -> None:
    """Keep arrays under a name; a full or read-only disk only costs time at the next start."""
    fresh = _file(name).with_suffix(f".{secrets.token_hex(4)}.npz")
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(fresh, **{FINGERPRINT: np.array(fingerprint)}, **arrays)  # type: ignore[arg-type]
        fresh.replace(_file(name))
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(name: str) -> Iterator[None]:
    """One process learns at a time; without a lock (read-only disk) each does it for itself."""
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        lock = _file(name).with_suffix(".lock").open("w")
    except OSError:
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(name: str, before: Callable[[], T | None], learn: Callable[[], T]) -> T:
    """What was kept, or what is learned now; another process that learns it is waited for.

    Args:
        name: as for `alone`.
        before: gives what was kept; None when there is nothing of use.
        learn: learns it, and keeps it.
    """
    found = before()
    if found is not None:
        return found
    with alone(name):
        found = before()
        return learn() if found is None else found


def _file(name: str) -> pathlib.Path:
    return FOLDER / f"{name}.npz"

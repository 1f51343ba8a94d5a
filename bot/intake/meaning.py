"""Themes by the meaning of a dream, learned from example sentences.

Examples (`vocabulary/prototypes.yaml`, `vocabulary/dream_examples.yaml`) are read as vectors: the
meaning (multilingual-e5-small), letter groups, and the job words that `dream_words` finds. A ridge
regression on those, in closed form, gives each theme a score of about 0 to 1. It decides when no
word is clear, and which theme stays when words name several. Weights and the thresholds in
`dreams` come from five-fold cross-validation on the examples.

What was learned is kept in `.rasa/` beside Rasa's own cache, shared by all processes; one makes it
while others wait, and it is made again when the sentences or the reading of words changed.
"""

import contextlib
import dataclasses
import functools
import hashlib
import pathlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot import contract
from bot.embedding import LONGEST, Vectors, queries, query
from bot.intake import kept
from bot.intake.dream_words import Found, dream_tokens, find
from bot.intake.reading.lexicon import VOCABULARY, is_mark, vocabulary

Scores = Mapping[str, float]
NOTHING = "nothing"
BATCH = 64
PENALTY = 0.7
"""Of the ridge regression (0.3 to 1 made no difference in cross-validation)."""
_MEANING_WEIGHT = 2.0
_BEND = 2.0
_NOTHING_WEIGHT = 0.4
"""What an example of no dream weighs: there are five times as many as of a theme."""
_LETTERS = 4096
_LETTERS_WEIGHT = 0.8
_WORDS_WEIGHT = 0.6
_GUESSED = 0.6
"""What a guessed job word weighs, of a sure one."""
_GROUPS = range(2, 6)
_SHARED = ("meanings", "start", "middle", "rarity")
"""What both models have in common."""


def themes() -> tuple[str, ...]:
    """The themes in the order of the contract, then `NOTHING`."""
    return (*contract.labels("themes"), NOTHING)


@dataclasses.dataclass(frozen=True)
class Model:
    """What was learned. A score is the sum of what meaning, letters and job words add.

    Attributes:
        meanings: the vectors of the examples about `middle`, one row each.
        by_meaning: one row an example, one column a theme.
        by_letters: one row a letter group.
        by_words: one row a job word's theme, kept and then dropped; nothing when it was learned
            without job words.
        start: score of each theme before anything is read.
        middle: mean of the vectors of the examples.
        rarity: how much each letter group weighs.
    """

    meanings: Vectors
    by_meaning: Vectors
    by_letters: Vectors
    by_words: Vectors
    start: Vectors
    middle: Vectors
    rarity: Vectors

    def near(self, vector: Vectors) -> Vectors:
        """How alike a meaning vector is to each example."""
        # No matrix product: the threads of the library behind it spin on a busy machine.
        about = _centred(vector[None], self.middle)[0]
        return _bent(np.einsum("ij,j->i", self.meanings, about))

    def scores(self, found: Found, near: Vectors) -> Scores:
        """Theme -> score, about 1 for a sure one and 0 for the rest."""
        places, values = _letters(found, self.rarity)
        total = self.start + np.einsum("i,ij->j", near, self.by_meaning)
        total = total + values @ self.by_letters[places]
        if len(self.by_words):
            total = total + _job_words(found) @ self.by_words
        return MappingProxyType(dict(zip(themes(), total.tolist(), strict=True)))


class Judgement(NamedTuple):
    """Scores of a text: with the job words that were found in it, and as if none had been."""

    full: Scores
    plain: Scores


@functools.lru_cache(maxsize=16)  # one turn asks more than once
def judge(found: Found) -> Judgement:
    """What the examples say about a text."""
    full, plain = models()
    near = full.near(query(said(found)))
    return Judgement(full.scores(found, near), plain.scores(found, near))


def warm() -> None:
    """Have the model ready (a minute or so, the first time ever; 20 ms after that)."""
    models()


# --- features --------------------------------------------------------------------------------


def said(found: Found) -> str:
    """The words of a dream whose meaning is read: those of the wish, without punctuation.

    Every piece costs 1.3 ms; commas told nothing (`docs/evaluation-notes.md`).
    """
    return " ".join([word for word in found.wish if not is_mark(word)] or found.wish)[:LONGEST]


def _centred(vectors: Vectors, middle: Vectors) -> Vectors:
    """Vectors about the middle: e5's own lie so close together that little tells them apart."""
    apart = vectors - middle
    length = np.linalg.norm(apart, axis=1, keepdims=True)
    return np.asarray(apart / np.maximum(length, 1e-9), dtype=np.float32)


@functools.lru_cache(maxsize=20_000)
def _groups(word: str) -> tuple[int, ...]:
    framed = f"^{word}$"
    groups = {framed[i : i + n] for n in _GROUPS for i in range(len(framed) - n + 1)} | {framed}
    return tuple({zlib.crc32(g.encode()) % _LETTERS for g in groups})


def _bent(cosines: Vectors) -> Vectors:
    """How alike meanings are: bent so that the nearest ones count most."""
    return np.asarray(_MEANING_WEIGHT * np.exp(_BEND * (cosines - 1)), dtype=np.float32)


def _letters(found: Found, rarity: Vectors) -> tuple[npt.NDArray[np.intp], Vectors]:
    """The letter groups of a text (their places) and what each weighs."""
    places = np.array(sorted({g for w in found.wish for g in _groups(w)}), dtype=np.intp)
    values = rarity[places]
    length = float(np.linalg.norm(values)) or 1.0
    return places, np.asarray(_LETTERS_WEIGHT * values / length, dtype=np.float32)


def _job_words(found: Found) -> Vectors:
    order = {theme: i for i, theme in enumerate(themes())}
    values = np.zeros(2 * len(order), dtype=np.float32)
    for offset, hits in (
        (0, found.kept),
        (len(order), (*found.dropped, *found.refused)),
    ):
        for hit in hits:
            at = offset + order[hit.code]
            values[at] = max(values[at], _WORDS_WEIGHT * (1.0 if hit.exact else _GUESSED))
    return values


# --- learning --------------------------------------------------------------------------------


def examples() -> list[tuple[str, tuple[str, ...]]]:
    """The example sentences and their themes; `NOTHING` for what is no dream."""
    files = [vocabulary("prototypes")]
    with contextlib.suppress(FileNotFoundError):
        files.append(vocabulary("dream_examples"))
    said = {
        sentence: tuple(name.split("+"))
        for file in files
        for name, sentences in file.items()
        for sentence in sentences
    }
    return list(said.items())


def learn(
    sentences: Sequence[Found], labels: Sequence[Sequence[str]], vectors: Vectors
) -> tuple[Model, Model]:
    """Models with and without job words, from sentences, their themes and meaning vectors."""
    order = {theme: i for i, theme in enumerate(themes())}
    wanted = np.zeros((len(sentences), len(order)), dtype=np.float32)
    for row, names in enumerate(labels):
        wanted[row, [order[name] for name in names]] = 1.0
    rarity = _rarity(sentences)
    middle = np.asarray(vectors.mean(axis=0), dtype=np.float32)
    meanings = _centred(vectors, middle)
    letters = np.zeros((len(sentences), _LETTERS), dtype=np.float32)
    for row, found in enumerate(sentences):
        places, values = _letters(found, rarity)
        letters[row, places] = values
    words = np.array([_job_words(found) for found in sentences])
    start = np.asarray(wanted.mean(axis=0), dtype=np.float32)
    alike = _bent(meanings @ meanings.T) + letters @ letters.T
    alike[np.diag_indices_from(alike)] += PENALTY / np.where(
        wanted[:, order[NOTHING]] > 0, _NOTHING_WEIGHT, 1.0
    )

    def solved(kernel: Vectors, words: Vectors) -> Model:
        share = np.asarray(np.linalg.solve(kernel, wanted - start), dtype=np.float32)
        return Model(meanings, share, letters.T @ share, words.T @ share, start, middle, rarity)

    return solved(alike + words @ words.T, words), solved(alike, words[:, :0])


def _rarity(sentences: Sequence[Found]) -> Vectors:
    seen = np.zeros(_LETTERS, dtype=np.float32)
    for found in sentences:
        seen[list({g for w in found.wish for g in _groups(w)})] += 1
    return np.log((1 + len(sentences)) / (1 + seen)).astype(np.float32)


@functools.cache
def models() -> tuple[Model, Model]:
    """The models of the present examples, learned now when they were not before."""
    return ready()


def ready(
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Model, Model]:
    """The kept models, or those learned now and kept for the next start.

    Args:
        progress: called with the sentences done and all that are to be read.
    """
    before = _before()
    if before:
        return before
    with kept.alone("dreams"):
        return _before() or _learned(progress)


def _learned(progress: Callable[[int, int], None]) -> tuple[Model, Model]:
    given = examples()
    sentences = [find(dream_tokens(text)) for text, _ in given]
    meanings = _meanings([said(found) for found in sentences], progress)
    made = learn(sentences, [names for _, names in given], meanings)
    arrays = {
        f"{name}_{part.name}": getattr(one, part.name)
        for name, one in zip(("full", "plain"), made, strict=True)
        for part in dataclasses.fields(Model)
        if name == "full" or part.name not in _SHARED
    }
    kept.keep("dreams", _fingerprint(), **arrays)
    return made


def _meanings(texts: Sequence[str], progress: Callable[[int, int], None]) -> Vectors:
    """Vectors of the examples; those of an earlier time are used again."""
    known: dict[str, Vectors] = {}
    if before := kept.load("dream-vectors"):
        vectors = before["vectors"].astype(np.float32)
        known = dict(zip(before["keys"].tolist(), vectors, strict=True))
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    names = list(fresh)
    for begin in range(0, len(names), BATCH):
        part = names[begin : begin + BATCH]
        known.update(zip(part, queries([fresh[key] for key in part]), strict=True))
        progress(min(begin + BATCH, len(names)), len(names))
    vectors = np.array([known[key] for key in keys], dtype=np.float32)
    if fresh:
        kept.keep("dream-vectors", keys=np.array(keys), vectors=vectors.astype(np.float16))
    return vectors


# --- keeping ---------------------------------------------------------------------------------


@functools.cache
def _fingerprint() -> str:
    """Tells whether what is kept was learned from the present sentences and reading of words."""
    code = pathlib.Path(__file__).parent
    names = ("prototypes", "dream_examples", "themes", "dreams", "dreams_rules", "dialect", "scope")
    return kept.fingerprint(
        [
            *(VOCABULARY / f"{name}.yaml" for name in names),
            *(code / name for name in ("meaning.py", "dream_words.py")),
            *(code / "reading" / name for name in ("lexicon.py", "standard.py", "scope.py")),
        ]
    )


def _before() -> tuple[Model, Model] | None:
    """The models that an earlier start learned; None when there are none of these sentences."""
    arrays = kept.load("dreams", _fingerprint())
    if arrays is None:
        return None
    parts = [part.name for part in dataclasses.fields(Model)]
    full = Model(**{part: arrays[f"full_{part}"] for part in parts})
    own = {part: arrays[f"plain_{part}"] for part in parts if part not in _SHARED}
    return full, dataclasses.replace(full, **own)

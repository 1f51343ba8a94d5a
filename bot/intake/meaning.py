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
import pathlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from bot import contract
from bot.embedding import LONGEST, Vectors, query
from bot.intake import kept
from bot.intake.alike import Places, bent, centred, letter_groups, near, rarity, weighed
from bot.intake.dream_words import Found, dream_tokens, find
from bot.intake.reading.lexicon import VOCABULARY, is_mark, vocabulary
from bot.intake.vectors import Progress, nothing_told, vectors_of

Scores = Mapping[str, float]
NOTHING = "nothing"
PENALTY = 0.7
"""Of the ridge regression (0.3 to 1 made no difference in cross-validation)."""
_MEANING_WEIGHT = 2.0
_NOTHING_WEIGHT = 0.4
"""What an example of no dream weighs: there are five times as many as of a theme."""
_LETTERS = 4096
_LETTERS_WEIGHT = 0.8
_WORDS_WEIGHT = 0.6
_GUESSED = 0.6
"""What a guessed job word weighs, of a sure one."""
_SHARED = ("meanings", "start", "middle", "rarity")
"""What all models have in common."""
_UNREAD = np.zeros(0, dtype=np.float32)
"""In the place of how alike a text is, when its meaning was not read."""


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
        return _MEANING_WEIGHT * near(self.meanings, vector, self.middle)

    def scores(self, found: Found, near: Vectors) -> Scores:
        """Theme -> score, about 1 for a sure one and 0 for the rest."""
        places, values = _letters(found, self.rarity)
        total = self.start + values @ self.by_letters[places]
        if len(self.by_meaning):
            total = total + np.einsum("i,ij->j", near, self.by_meaning)
        if len(self.by_words):
            total = total + _job_words(found) @ self.by_words
        return MappingProxyType(dict(zip(themes(), total.tolist(), strict=True)))


class Models(NamedTuple):
    """What was learned: with job words, without them, and from letters alone."""

    full: Model
    plain: Model
    spelled: Model


class Judgement(NamedTuple):
    """Scores of a text: with the job words that were found in it, and as if none had been."""

    full: Scores
    plain: Scores


@functools.lru_cache(maxsize=16)  # one turn asks more than once
def judge(found: Found) -> Judgement:
    """What the examples say about a text."""
    learned = models()
    near = learned.full.near(query(said(found)))
    return Judgement(learned.full.scores(found, near), learned.plain.scores(found, near))


@functools.lru_cache(maxsize=16)
def spelled(found: Found) -> Scores:
    """What the letters of a text say of its themes, without its meaning and its job words."""
    return models().spelled.scores(found, _UNREAD)


def warm() -> None:
    """Have the model ready (a minute or so, the first time ever; 20 ms after that)."""
    models()


# --- features --------------------------------------------------------------------------------


def said(found: Found) -> str:
    """The words of a dream whose meaning is read: those of the wish, without punctuation.

    Every piece costs 1.3 ms; commas told nothing (`docs/evaluation-notes.md`).
    """
    return " ".join([word for word in found.wish if not is_mark(word)] or found.wish)[:LONGEST]


def _letters(found: Found, rarities: Vectors) -> tuple[Places, Vectors]:
    """The letter groups of a text (their places) and what each weighs."""
    places = _groups(found)
    return places, weighed(places, rarities, _LETTERS_WEIGHT)


def _groups(found: Found) -> Places:
    groups = {g for w in found.wish for g in letter_groups(w, _LETTERS)}
    return np.array(sorted(groups), dtype=np.intp)


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


def learn(sentences: Sequence[Found], labels: Sequence[Sequence[str]], vectors: Vectors) -> Models:
    """The models from sentences, their themes and meaning vectors."""
    order = {theme: i for i, theme in enumerate(themes())}
    wanted = np.zeros((len(sentences), len(order)), dtype=np.float32)
    for row, names in enumerate(labels):
        wanted[row, [order[name] for name in names]] = 1.0
    rarities = rarity([_groups(found) for found in sentences], _LETTERS)
    middle = np.asarray(vectors.mean(axis=0), dtype=np.float32)
    meanings = centred(vectors, middle)
    letters = np.zeros((len(sentences), _LETTERS), dtype=np.float32)
    for row, found in enumerate(sentences):
        places, values = _letters(found, rarities)
        letters[row, places] = values
    words = np.array([_job_words(found) for found in sentences])
    start = np.asarray(wanted.mean(axis=0), dtype=np.float32)
    by_letters = letters @ letters.T
    by_letters[np.diag_indices_from(by_letters)] += PENALTY / np.where(
        wanted[:, order[NOTHING]] > 0, _NOTHING_WEIGHT, 1.0
    )
    alike = by_letters + _MEANING_WEIGHT * bent(meanings @ meanings.T)

    def solved(kernel: Vectors, words: Vectors) -> Model:
        share = np.asarray(np.linalg.solve(kernel, wanted - start), dtype=np.float32)
        return Model(meanings, share, letters.T @ share, words.T @ share, start, middle, rarities)

    spelled = solved(by_letters, words[:, :0])
    return Models(
        solved(alike + words @ words.T, words),
        solved(alike, words[:, :0]),
        dataclasses.replace(spelled, by_meaning=spelled.by_meaning[:0]),
    )


@functools.cache
def models() -> Models:
    """The models of the present examples, learned now when they were not before."""
    return ready()


def ready(
    progress: Progress = nothing_told,
) -> Models:
    """The kept models, or those learned now and kept for the next start.

    Args:
        progress: called with the sentences done and all that are to be read.
    """
    return kept.once("dreams", _before, lambda: _learned(progress))


def _learned(progress: Progress) -> Models:
    given = examples()
    sentences = [find(dream_tokens(text)) for text, _ in given]
    meanings = vectors_of("dream-vectors", [said(found) for found in sentences], progress)
    made = learn(sentences, [names for _, names in given], meanings)
    arrays = {
        f"{name}_{part.name}": getattr(one, part.name)
        for name, one in made._asdict().items()
        for part in dataclasses.fields(Model)
        if name == "full" or part.name not in _SHARED
    }
    kept.keep("dreams", _fingerprint(), **arrays)
    return made


# --- keeping ---------------------------------------------------------------------------------


@functools.cache
def _fingerprint() -> str:
    """Tells whether what is kept was learned from the present sentences and reading of words."""
    code = pathlib.Path(__file__).parent
    names = ("prototypes", "dream_examples", "themes", "dreams", "dreams_rules", "dialect", "scope")
    return kept.fingerprint(
        [
            *(VOCABULARY / f"{name}.yaml" for name in names),
            *(code / name for name in ("meaning.py", "alike.py", "dream_words.py")),
            *(code / "reading" / name for name in ("lexicon.py", "standard.py", "scope.py")),
        ]
    )


def _before() -> Models | None:
    """The models that an earlier start learned; None when there are none of these sentences."""
    arrays = kept.load("dreams", _fingerprint())
    if arrays is None:
        return None
    parts = [part.name for part in dataclasses.fields(Model)]
    full = Model(**{part: arrays[f"full_{part}"] for part in parts})

    def sharing(name: str) -> Model:
        own = {part: arrays[f"{name}_{part}"] for part in parts if part not in _SHARED}
        return dataclasses.replace(full, **own)

    return Models(full, sharing("plain"), sharing("spelled"))

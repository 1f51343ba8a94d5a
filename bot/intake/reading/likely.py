"""A second reader, for answers in which the rules find nothing: what similar sentences meant.

Sentences of our own (`vocabulary/answer_examples.yaml`) teach, for each field, a softmax regression
on their embeddings. It only speaks when it is nearly sure: measured on sentences that nobody here
trained on and in which the rules found no code, at 0.8 it read 29 of 163 right and none wrong, at
0.7 41 right and 4 wrong. Not for `diploma_origin`: with two codes it is too soon sure of one.
"""

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.embedding import LONGEST, queries
from bot.intake import kept
from bot.intake.reading.lexicon import VOCABULARY, vocabulary
from bot.intake.reading.reading import Reading

SURE = 0.8
"""Probability from which a code is taken for what was meant."""
_NO_CODE = "nothing"
_SPREAD = 4.0
_STEPS = 600
_DECAY = 1e-4
_Matrix = npt.NDArray[np.float64]


class _Model(NamedTuple):
    """One field: the codes, what embeddings are centred on, weights (last row: the bias)."""

    codes: tuple[str, ...]
    middle: _Matrix
    weights: _Matrix

    def probabilities(self, vector: npt.NDArray[Any]) -> _Matrix:
        return np.asarray(_softmax(_features(vector[None, :], self.middle) @ self.weights)[0])


def taught_fields() -> tuple[str, ...]:
    """The fields that have a second reader."""
    return tuple(vocabulary("answer_examples"))


def most_like(field: str, text: str, rules: Reading) -> Reading:
    """What the answer most likely means, or what the rules made of it.

    Args:
        rules: What the rules read: nothing, or options of which one may be chosen.
    """
    if sum(c.isalpha() for c in text) < 3 or text.rstrip().endswith("?"):
        return rules
    model = _models()[field]
    chances = model.probabilities(queries([text[:LONGEST]])[0])
    at = int(chances.argmax())
    code = model.codes[at]
    if chances[at] < SURE or code == _NO_CODE or (rules.options and code not in rules.options):
        return rules
    return Reading(code)


def warm() -> None:
    """Have the models ready (some 15 s, the first time ever)."""
    _models()


def _features(vectors: npt.NDArray[Any], middle: _Matrix) -> _Matrix:
    centred = (np.asarray(vectors, dtype=np.float64) - middle) * _SPREAD
    return np.hstack([centred, np.ones((len(centred), 1))])


def _softmax(scores: _Matrix) -> _Matrix:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def _learned(vectors: npt.NDArray[Any], meant: Sequence[str]) -> _Model:
    """The model of one field; rare codes weigh as much as common ones."""
    codes = tuple(sorted(set(meant)))
    at = np.array([codes.index(code) for code in meant])
    middle = np.asarray(vectors, dtype=np.float64).mean(axis=0)
    features = _features(vectors, middle)
    target = np.eye(len(codes))[at]
    weight = 1 / np.bincount(at)[at]
    weight = (weight / weight.mean())[:, None]
    weights = np.zeros((features.shape[1], len(codes)))
    for _ in range(_STEPS):
        wrong = (_softmax(features @ weights) - target) * weight
        weights -= features.T @ wrong / len(at) + _DECAY * weights
    return _Model(codes, middle, weights)


@functools.cache
def _models() -> Mapping[str, _Model]:
    before = _before()
    if before:
        return before
    with kept.alone("answers"):
        return _before() or _taught()


def _taught() -> Mapping[str, _Model]:
    models = {}
    for field, sentences in vocabulary("answer_examples").items():
        said = [(text, code) for code, texts in sentences.items() for text in texts]
        models[field] = _learned(_embedded([text for text, _ in said]), [c for _, c in said])
    arrays: dict[str, npt.NDArray[Any]] = {}
    for field, model in models.items():
        arrays[f"{field}_codes"] = np.array(model.codes)
        arrays[f"{field}_middle"] = model.middle.astype(np.float32)
        arrays[f"{field}_weights"] = model.weights.astype(np.float32)
    kept.keep("answers", _fingerprint(), **arrays)
    return MappingProxyType(models)


def _embedded(texts: Sequence[str]) -> npt.NDArray[Any]:
    return np.vstack([queries(texts[i : i + 64]) for i in range(0, len(texts), 64)])


@functools.cache
def _fingerprint() -> str:
    return kept.fingerprint([VOCABULARY / "answer_examples.yaml"], _SPREAD, _STEPS, _DECAY)


def _before() -> Mapping[str, _Model] | None:
    """What an earlier start learned from the present sentences, in the present way."""
    arrays = kept.load("answers", _fingerprint())
    if arrays is None:
        return None
    return MappingProxyType(
        {
            field: _Model(
                tuple(str(c) for c in arrays[f"{field}_codes"]),
                arrays[f"{field}_middle"].astype(np.float64),
                arrays[f"{field}_weights"].astype(np.float64),
            )
            for field in taught_fields()
        }
    )

"""The intent model: words first, the meaning of the sentence when words leave a doubt.

A linear support vector machine reads words and letters (in standard Dutch, see
`bot.nlu.dialect`), in about a millisecond. When it is not sure, a small neural network reads the
sentence vector (`bot.nlu.embedding`, 20 to 50 ms) and their log-probabilities are blended. On
people whose sentences were not trained on, that is as good as always reading both, and better
than each alone or both sets of features in one model; figures in `docs/evaluation.md`.
"""

import pathlib
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.nlu import dialect

Probabilities = npt.NDArray[np.float64]
VectorsOf = Callable[[list[str]], npt.NDArray[np.float32]]

SHARPNESS = 4.0
"""Turns the margins of the support vector machine into probabilities that hold on new voices."""
SURE = 0.9
"""From this probability on, the words are enough (six of ten sentences of unseen people; 98%
of those are right)."""
CRISIS = "crisis"
CRISIS_DOUBT = 0.03
"""With another intent first, but this much chance of danger, the meaning is always read."""
VECTOR_SHARE = 0.3
"""Weight of the neural network in the blend."""
VECTOR_SCALE = 0.2
HIDDEN = 256
EPOCHS = 25
BATCH = 64
SEED = 42
ANY_WORD = r"\S+"
LEARNERS = ("sklearn.", "scipy.", "numpy.")
FILE = "intents.skops"


def _log_softmax(scores: Any) -> Probabilities:
    scores = np.asarray(scores, dtype=np.float64)
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


class IntentModel:
    """Learns intents from texts and their vectors.

    Attributes:
        intents: the names, in the order of the columns of `probabilities`.
    """

    def __init__(self) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.neural_network import MLPClassifier
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.preprocessing import StandardScaler
        from sklearn.svm import LinearSVC

        letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        words = TfidfVectorizer(
            token_pattern=ANY_WORD, ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32
        )
        self.by_words: Any = make_pipeline(
            make_union(letters, words), LinearSVC(C=1.0, tol=1e-3, random_state=SEED)
        )
        self.scaler: Any = StandardScaler()
        self.by_meaning: Any = MLPClassifier((HIDDEN,), max_iter=EPOCHS, random_state=SEED)
        self.intents: tuple[str, ...] = ()

    def fit(self, texts: Sequence[str], vectors_of: VectorsOf, intents: Sequence[str]) -> None:
        """Learns from examples; `vectors_of` gives one row a text as it is read.

        Raises:
            ValueError: fewer than two intents.
        """
        from sklearn.exceptions import ConvergenceWarning

        if len(set(intents)) < 2:
            raise ValueError("The intent model needs examples of at least two intents.")
        names = np.asarray(intents)
        read = [dialect.as_read(text) for text in texts]
        self.by_words.fit(read, names)
        vectors = self.scaler.fit_transform(vectors_of(read)) * VECTOR_SCALE
        self.by_meaning.batch_size = min(BATCH, len(read))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is intended
            self.by_meaning.fit(vectors, names)
        self.intents = tuple(str(name) for name in self.by_words.classes_)

    def probabilities(self, texts: Sequence[str], vectors_of: VectorsOf) -> Probabilities:
        """One row a text, one column an intent; rows add up to 1.

        `vectors_of` is called with the texts that words leave in doubt, if there are any.
        """
        read = [dialect.as_read(text) for text in texts]
        margins = np.asarray(self.by_words.decision_function(read))
        if margins.ndim == 1:  # two intents: one margin
            margins = np.stack([-margins, margins], axis=1)
        by_words = _log_softmax(margins * SHARPNESS)
        rows = np.exp(by_words)
        doubtful = np.flatnonzero(~self._sure(rows))
        if len(doubtful):
            vectors = vectors_of([read[index] for index in doubtful])
            chances = self.by_meaning.predict_proba(self.scaler.transform(vectors) * VECTOR_SCALE)
            blend = by_words[doubtful] * (1 - VECTOR_SHARE)
            rows[doubtful] = np.exp(_log_softmax(blend + np.log(chances + 1e-9) * VECTOR_SHARE))
        return np.asarray(rows)

    def _sure(self, rows: Probabilities) -> npt.NDArray[np.bool_]:
        sure = rows.max(axis=1) >= SURE
        if CRISIS in self.intents:
            column = self.intents.index(CRISIS)
            safe = rows[:, column] < CRISIS_DOUBT
            sure &= safe | (rows.argmax(axis=1) == column)
        return np.asarray(sure)

    def save(self, folder: pathlib.Path) -> None:
        """Writes the model to a folder."""
        import skops.io

        content = {
            "words": self.by_words,
            "scaler": self.scaler,
            "meaning": self.by_meaning,
            "intents": list(self.intents),
        }
        skops.io.dump(content, folder / FILE)

    @classmethod
    def load(cls, folder: pathlib.Path) -> "IntentModel":
        """The model that `save` wrote.

        Raises:
            FileNotFoundError: there is none in the folder.
            TypeError: the file holds anything but objects of sklearn, scipy and numpy.
        """
        import skops.io

        path = folder / FILE
        types = skops.io.get_untrusted_types(file=path)
        foreign = [name for name in types if not name.startswith(LEARNERS)]
        if foreign:
            raise TypeError(
                f"{path.name} holds {foreign}: only sklearn's own objects are expected."
            )
        content = skops.io.load(path, trusted=types)
        model = cls()
        model.by_words = content["words"]
        model.scaler = content["scaler"]
        model.by_meaning = content["meaning"]
        model.intents = tuple(content["intents"])
        return model

"""The intent model: words first, the meaning of the sentence when words leave a doubt.

A linear support vector machine reads words and letters (in standard Dutch, see
`bot.nlu.dialect`), in about a millisecond. When it is not sure, a small neural network reads the
sentence vector (`bot.nlu.embedding`, 20 to 50 ms) and their log-probabilities are blended. On
people whose sentences were not trained on, that is as good as always reading both, and better
than each alone or both sets of features in one model; figures in `docs/evaluation.md`.
"""

import dataclasses
import pathlib
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.nlu import danger_model, dialect
from bot.nlu.danger_model import DangerModel

Probabilities = npt.NDArray[np.float64]
VectorsOf = Callable[[list[str]], npt.NDArray[np.float32]]

SHARPNESS = 4.0
"""Turns the margins of the support vector machine into probabilities that hold on new voices."""
SURE = 0.9
"""From this probability on, the words are enough (six of ten sentences of unseen people; 98%
of those are right)."""
CRISIS = "crisis"
VECTOR_SHARE = 0.3
"""Weight of the neural network in the blend."""
VECTOR_SCALE = 0.2
HIDDEN = 256
EPOCHS = 25
LONGEST_LEARNED = 90
"""Characters of a sentence whose meaning is learned. The longer ones hold a third of all letters,
which is what reading costs, and give little (figures in `docs/evaluation-notes.md`)."""
HARDEST_LEARNED = 6_000
"""Sentences whose meaning is learned because words are the least sure of them."""
DANGER_LEARNED = 4_000
"""Sentences whose meaning is learned because words are the least sure whether they are danger."""
EASY_STEP = 16
"""Of the other, easy sentences, the meaning of one in so many is learned."""
BATCH = 64
SEED = 42
ANY_WORD = r"\S+"
LEARNERS = ("sklearn.", "scipy.", "numpy.")
FILE = "intents.skops"


def worth_reading(
    texts: Sequence[str],
    intents: npt.NDArray[Any],
    likely: npt.NDArray[np.float64],
    danger: npt.NDArray[np.float64] | None = None,
) -> npt.NDArray[np.intp]:
    """Which texts the meaning is learned from, as rising indices.

    Of the short ones (`LONGEST_LEARNED`) these are the ones that words are the least sure of,
    because only for such sentences the meaning is asked, those of which words can't tell whether
    they are danger, and an even sample of the easy rest. On four folders left out, 9,800 sentences
    chosen so notice 94.7, 91.9 and 93.0% of danger; as many by their intent alone 94.2, 90.3 and
    91.8%, 13,500 by their intent 94.4, 90.9 and 92.5% (`docs/evaluation-notes.md`).

    Every intent keeps at least one text. The order of the texts does not matter.

    Args:
        likely: how likely words, once learned, find the intent of each text, 0 to 1.
        danger: log-odds of danger by words that were learned from other texts.
    """
    short = np.array([len(text) <= LONGEST_LEARNED for text in texts])
    able = short | ~np.isin(intents, intents[short])
    chosen = np.zeros(len(texts), dtype=bool)

    def first(least: npt.NDArray[np.float64]) -> list[int]:
        return sorted(np.flatnonzero(able).tolist(), key=lambda row: (least[row], texts[row]))

    hardest_first = first(likely)
    chosen[hardest_first[:HARDEST_LEARNED]] = True
    chosen[hardest_first[HARDEST_LEARNED::EASY_STEP]] = True
    if danger is not None:
        chosen[first(np.abs(danger))[:DANGER_LEARNED]] = True
    chosen |= able & ~np.isin(intents, intents[chosen])
    return np.flatnonzero(chosen)


def _log_softmax(scores: Any) -> Probabilities:
    scores = np.asarray(scores, dtype=np.float64)
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


@dataclasses.dataclass(frozen=True)
class Readings:
    """What the model makes of texts: one row (or number) a text.

    Attributes:
        probabilities: one column an intent; rows add up to 1.
        danger: how likely the text speaks of danger, 0 to 1; zeros without `crisis` to learn from.
    """

    probabilities: Probabilities
    danger: npt.NDArray[np.float64]


class IntentModel:
    """Learns intents, and danger, from texts and their vectors.

    Attributes:
        intents: the names, in the order of the columns of `probabilities`.
    """

    def __init__(self) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.neural_network import MLPClassifier
        from sklearn.pipeline import make_union
        from sklearn.preprocessing import StandardScaler
        from sklearn.svm import LinearSVC

        letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        words = TfidfVectorizer(
            token_pattern=ANY_WORD, ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32
        )
        self.features: Any = make_union(letters, words)
        self.by_words: Any = LinearSVC(C=1.0, tol=1e-3, random_state=SEED)
        self.scaler: Any = StandardScaler()
        self.by_meaning: Any = MLPClassifier((HIDDEN,), max_iter=EPOCHS, random_state=SEED)
        self.danger: DangerModel | None = None
        self.intents: tuple[str, ...] = ()

    def fit(self, texts: Sequence[str], vectors_of: VectorsOf, intents: Sequence[str]) -> None:
        """Learns from examples, in whatever order; `vectors_of` gives one row a text as it is read.

        Raises:
            ValueError: fewer than two intents.
        """
        from sklearn.exceptions import ConvergenceWarning

        if len(set(intents)) < 2:
            raise ValueError("The intent model needs examples of at least two intents.")
        examples = sorted(zip(map(dialect.as_read, texts), intents, strict=True))
        read = [text for text, _ in examples]
        names = np.asarray([name for _, name in examples])
        features = self.features.fit_transform(read)
        self.by_words.fit(features, names)
        own = np.searchsorted(self.by_words.classes_, names)
        likely = np.exp(self._read_by_words(features))[np.arange(len(names)), own]
        danger = names == CRISIS
        if danger.any():
            self.danger = DangerModel()
            self.danger.fit(features, danger)
        unseen = self.danger.odds_unseen(features, danger) if self.danger else None
        learned = worth_reading(read, names, likely, unseen)
        vectors = vectors_of([read[index] for index in learned])
        vectors = self.scaler.fit_transform(vectors) * VECTOR_SCALE
        self.by_meaning.batch_size = min(BATCH, len(learned))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is intended
            self.by_meaning.fit(vectors, names[learned])
        self.intents = tuple(str(name) for name in self.by_words.classes_)
        if self.danger:
            self.danger.fit_meaning(vectors, danger[learned])

    def _read_by_words(self, features: Any) -> Probabilities:
        """Log-probabilities of the intents by words alone."""
        margins = np.asarray(self.by_words.decision_function(features))
        if margins.ndim == 1:  # two intents: one margin
            margins = np.stack([-margins, margins], axis=1)
        return _log_softmax(margins * SHARPNESS)

    def read(self, texts: Sequence[str], vectors_of: VectorsOf) -> Readings:
        """Intents and danger of texts.

        `vectors_of` is called with the texts that words leave in doubt, if there are any.
        """
        read = [dialect.as_read(text) for text in texts]
        features = self.features.transform(read)
        by_words = self._read_by_words(features)
        rows = np.exp(by_words)
        doubtful = rows.max(axis=1) < SURE
        odds = np.full(len(read), -np.inf)
        if self.danger:
            odds = self.danger.odds_by_words(features)
            doubtful |= odds >= danger_model.GATE
        which = np.flatnonzero(doubtful)
        if len(which):
            vectors = self.scaler.transform(vectors_of([read[index] for index in which]))
            vectors *= VECTOR_SCALE
            chances = self.by_meaning.predict_proba(vectors)
            blend = by_words[which] * (1 - VECTOR_SHARE)
            rows[which] = np.exp(_log_softmax(blend + np.log(chances + 1e-9) * VECTOR_SHARE))
            if self.danger:
                odds[which] = self.danger.blended(odds[which], vectors)
        if self.danger:
            odds = danger_model.beside_intents(odds, rows[:, self.intents.index(CRISIS)])
        return Readings(rows, danger_model.chance(odds))

    def save(self, folder: pathlib.Path) -> None:
        """Writes the model to a folder."""
        import skops.io

        content = {
            "features": self.features,
            "words": self.by_words,
            "scaler": self.scaler,
            "meaning": self.by_meaning,
            "intents": list(self.intents),
            "danger": [self.danger.by_words, self.danger.by_meaning] if self.danger else None,
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
        model.features = content["features"]
        model.by_words = content["words"]
        model.scaler = content["scaler"]
        model.by_meaning = content["meaning"]
        model.intents = tuple(content["intents"])
        if content["danger"]:
            model.danger = DangerModel()
            model.danger.by_words, model.danger.by_meaning = content["danger"]
        return model

"""How likely a message speaks of danger: words first, the meaning when words leave a doubt.

Apart from the intents, because the difference is another one: "mijn baas vermoordt mij als ik te
laat ben" shares its words with danger and its intent with small talk. It learns from the intent
`crisis` against all others; the folders of `data/nlu/` with a `near_danger.yml`, each by another
writer, hold at least as many sentences that only sound like danger as of danger.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

MEANING_SHARE = 0.5
"""Weight of the meaning in the blend of log-odds; flat between 0.3 and 0.5 on unseen voices."""
INTENT_SHARE = 0.5
"""Weight of what the intent model finds of `crisis`: it knows what else a message may be. On five
folders left out 90.1% of danger is then noticed at once (88.0% without), 96.8% with asking (96.4%),
and 2.8% of calm messages are asked about in vain (5.1%); `docs/evaluation-notes.md`."""
GATE = -3.5
"""From these log-odds by words on, the meaning is read too: 99% of danger in unseen voices, and a
fifth of all other sentences, lies above."""
HIDDEN = 128
EPOCHS = 12
PARTS = 3
SEED = 1
SMALLEST = 1e-6


class DangerModel:
    """Learns from the features and the scaled vectors that the intent model made."""

    def __init__(self) -> None:
        from sklearn.linear_model import LogisticRegression
        from sklearn.neural_network import MLPClassifier

        self.by_words: Any = LogisticRegression(
            C=10, max_iter=1000, class_weight="balanced", solver="liblinear", random_state=SEED
        )
        self.by_meaning: Any = MLPClassifier((HIDDEN,), max_iter=EPOCHS, random_state=SEED)

    def fit(self, features: Any, danger: Any) -> None:
        """Learns the words, from one row a sentence; `danger` says which speak of danger."""
        self.by_words.fit(features, danger)

    def fit_meaning(self, vectors: npt.NDArray[np.float32], danger: Any) -> None:
        """Learns the meaning, from the rows of the sentences whose vectors were made."""
        import warnings

        from sklearn.exceptions import ConvergenceWarning

        self.by_meaning.batch_size = min(200, len(danger))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is intended
            self.by_meaning.fit(vectors, danger)

    def odds_unseen(self, features: Any, danger: Any) -> Numbers:
        """Log-odds of each sentence by words that were learned from two thirds of the others."""
        from sklearn.model_selection import StratifiedKFold, cross_val_predict

        parts = min(PARTS, int(np.bincount(danger).min()))
        if parts < 2:
            return self.odds_by_words(features)
        folds = StratifiedKFold(parts, shuffle=True, random_state=SEED)
        odds = cross_val_predict(
            self.by_words, features, danger, cv=folds, method="decision_function"
        )
        return np.asarray(odds, dtype=np.float64)

    def odds_by_words(self, features: Any) -> Numbers:
        """Log-odds of danger, one a row."""
        return np.asarray(self.by_words.decision_function(features), dtype=np.float64)

    def blended(self, by_words: Numbers, vectors: npt.NDArray[np.float32]) -> Numbers:
        """Log-odds with the meaning weighed in, for the rows whose vectors are given."""
        chances = self.by_meaning.predict_proba(vectors) + SMALLEST
        by_meaning = np.log(chances[:, 1]) - np.log(chances[:, 0])
        return np.asarray(by_words * (1 - MEANING_SHARE) + by_meaning * MEANING_SHARE)


def beside_intents(odds: Numbers, crisis: Numbers) -> Numbers:
    """Log-odds with the intents weighed in: how likely each row is `crisis` of all intents."""
    likely = np.clip(crisis, SMALLEST, 1 - SMALLEST)
    by_intents = np.log(likely) - np.log1p(-likely)
    return np.asarray(odds * (1 - INTENT_SHARE) + by_intents * INTENT_SHARE)


def chance(odds: Numbers) -> Numbers:
    """Log-odds as numbers from 0 to 1; only their order and the thresholds of `danger` count."""
    return np.asarray(1 / (1 + np.exp(-odds)))

"""Shares with their confidence interval, F1, confusions, quantiles."""

import collections
import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence

Z95 = 1.959964
"""Standard normal quantile of a two-sided 95% interval."""


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95% Wilson score interval of a share; (0, 1) when there is nothing."""
    if not total:
        return 0.0, 1.0
    share = hits / total
    denominator = 1 + Z95**2 / total
    centre = (share + Z95**2 / (2 * total)) / denominator
    half = Z95 * math.sqrt(share * (1 - share) / total + Z95**2 / (4 * total**2)) / denominator
    return max(0.0, centre - half), min(1.0, centre + half)


@dataclasses.dataclass(frozen=True)
class Share:
    """So many hits of so many; prints as `93.1% (91.0-94.8), 620 of 666`."""

    hits: int
    total: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> "Share":
        listed = list(outcomes)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    def __str__(self) -> str:
        if not self.total:
            return "-"
        low, high = wilson(self.hits, self.total)
        return (
            f"{100 * self.value:.1f}% ({100 * low:.1f}-{100 * high:.1f}), "
            f"{self.hits} of {self.total}"
        )


@dataclasses.dataclass(frozen=True)
class ClassScore:
    """Precision, recall and F1 of one class (0 to 1), and how often it was expected."""

    precision: float
    recall: float
    f1: float
    support: int


def f1_by_class(expected: Sequence[str], actual: Sequence[str | None]) -> Mapping[str, ClassScore]:
    """The scores of every class that was expected at least once."""
    support = collections.Counter(expected)
    given = collections.Counter(actual)
    right = collections.Counter(
        want for want, got in zip(expected, actual, strict=True) if want == got
    )
    scores: dict[str, ClassScore] = {}
    for name in sorted(support):
        precision = right[name] / given[name] if given[name] else 0.0
        recall = right[name] / support[name]
        both = precision + recall
        scores[name] = ClassScore(
            precision, recall, 2 * precision * recall / both if both else 0.0, support[name]
        )
    return scores


def macro_f1(expected: Sequence[str], actual: Sequence[str | None]) -> float:
    """The mean F1 over the expected classes, each counting the same; 0 when there are none."""
    scores = f1_by_class(expected, actual)
    return sum(score.f1 for score in scores.values()) / len(scores) if scores else 0.0


def confusions(
    expected: Sequence[str], actual: Sequence[str | None], limit: int = 20
) -> list[tuple[str, str, int]]:
    """The most frequent mistakes: (expected, taken for, times)."""
    wrong = collections.Counter(
        (want, str(got)) for want, got in zip(expected, actual, strict=True) if want != got
    )
    return [(want, got, times) for (want, got), times in wrong.most_common(limit)]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lies; 0 when there are none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

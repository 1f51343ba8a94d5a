"""Figures of the evaluation."""

import pytest

from bot.evaluation import measures
from bot.evaluation.measures import Share


def test_the_wilson_interval_is_that_of_the_books() -> None:
    # 9 of 10: Wilson 95% = 0.596 to 0.982
    low, high = measures.wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert measures.wilson(0, 0) == (0.0, 1.0)


def test_macro_f1_counts_each_intent_the_same() -> None:
    expected = ["a", "a", "a", "b"]
    actual = ["a", "a", "b", "b"]
    scores = measures.f1_by_class(expected, actual)
    assert scores["a"].f1 == pytest.approx(0.8)
    assert scores["b"].f1 == pytest.approx(2 / 3)
    assert measures.macro_f1(expected, actual) == pytest.approx((0.8 + 2 / 3) / 2)
    assert measures.macro_f1([], []) == 0.0


def test_confusions_come_most_frequent_first() -> None:
    actual = measures.confusions(["a", "a", "b"], ["b", "b", None])
    assert actual == [("a", "b", 2), ("b", "None", 1)]


def test_a_share_prints_with_its_interval() -> None:
    assert str(Share(9, 10)) == "90.0% (59.6-98.2), 9 of 10"
    assert str(Share(0, 0)) == "-"


def test_quantiles() -> None:
    assert measures.quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert measures.quantile([], 0.5) == 0.0

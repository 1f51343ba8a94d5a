"""Tests of which sentences the meaning is learned from (learning itself: `in_rasa.py`)."""

import random

import numpy as np
import pytest

from bot.nlu import intent_model
from bot.nlu.intent_model import LONGEST_LEARNED, worth_reading


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intent_model, "HARDEST_LEARNED", 4)
    monkeypatch.setattr(intent_model, "EASY_STEP", 3)


def chosen(examples: list[tuple[str, str, float]]) -> set[str]:
    texts, intents, likely = zip(*examples, strict=True)
    return {texts[row] for row in worth_reading(texts, np.array(intents), np.array(likely))}


EXAMPLES = [(f"zin {number}", "inform", number / 20) for number in range(16)]


@pytest.mark.usefixtures("few")
def test_the_hardest_are_read_and_an_even_sample_of_the_rest() -> None:
    # GIVEN sixteen sentences, of which words find each one likelier than the one before
    # WHEN four hard ones and one in three of the others may be read
    # THEN these are the first four, and every third of the twelve others
    assert chosen(EXAMPLES) == {f"zin {number}" for number in (0, 1, 2, 3, 4, 7, 10, 13)}


@pytest.mark.usefixtures("few")
def test_the_order_of_the_examples_does_not_matter() -> None:
    # GIVEN examples of which some are equally likely
    examples = [(text, intent, round(likely, 1)) for text, intent, likely in EXAMPLES]
    shuffled = random.Random(5).sample(examples, len(examples))
    assert shuffled != examples
    assert chosen(shuffled) == chosen(examples)


@pytest.mark.usefixtures("few")
def test_an_easy_intent_is_read_too() -> None:
    # GIVEN an intent that words always find, and that the sample of easy ones passes by
    easy = [("dag", "greet", 0.98), ("hallo", "greet", 0.99)]
    assert {"dag", "hallo"} <= chosen([*EXAMPLES[:14], *easy])


@pytest.mark.usefixtures("few")
def test_long_sentences_are_read_only_of_an_intent_without_short_ones() -> None:
    # GIVEN a hard long sentence beside short ones of its intent, and one that is alone
    long = "x" * (LONGEST_LEARNED + 1)
    read = chosen([*EXAMPLES, (f"{long}a", "inform", 0.0), (f"{long}b", "stop", 0.9)])
    assert f"{long}a" not in read
    assert f"{long}b" in read


@pytest.mark.usefixtures("few")
def test_what_may_be_danger_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN easy sentences, of which words can't tell whether two of them are danger
    monkeypatch.setattr(intent_model, "DANGER_LEARNED", 2)
    texts, intents, likely = zip(*EXAMPLES, strict=True)
    odds = np.array([9.0 + number for number in range(16)])
    odds[[5, 11]] = 0.5, -0.4
    # WHEN it is chosen what is read
    read = worth_reading(texts, np.array(intents), np.array(likely), odds)
    # THEN the two are, beside the hard ones
    assert {5, 11} <= set(read.tolist())
    assert {0, 1, 2, 3} <= set(read.tolist())
    assert 12 not in read


def test_few_sentences_are_all_read() -> None:
    assert len(chosen(EXAMPLES)) == len(EXAMPLES)

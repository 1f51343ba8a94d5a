"""The product itself: every text of a client is simple Dutch."""

from collections import Counter

import pytest

from bot.language import checking, collecting, measuring
from bot.language.lexicon import Lexicon
from tests.language.conftest import ROOT


def test_no_text_of_a_client_is_hard() -> None:
    assert [str(one) for one in checking.check(ROOT)] == []


def test_exemptions_stay_few() -> None:
    assert len(collecting.exemptions(ROOT)) <= 10


def test_the_figures_that_were_promised(known: Lexicon) -> None:
    figures = measuring.measure(collecting.collect(ROOT), known)
    assert figures.words_a_sentence <= 7.5
    assert figures.longest <= 12
    assert figures.explained == pytest.approx(1.0, abs=0.001)
    assert figures.everyday >= 0.95  # the rest is in the glossary: docs/plain-dutch.md
    assert figures.chosen_mean >= 95
    assert figures.passive == 0


def test_every_word_that_is_read_in_a_chat_can_be_asked(known: Lexicon) -> None:
    """Words of the questions: a term has an entry, and so have most everyday words of content."""
    from bot import catalogue

    asked = Counter[bool]()
    for text in collecting.collect(ROOT):
        if text.file.startswith("domain/") and text.kind == "bubble":
            for word, sort in known.sorted_words(text.text):
                if sort == "glossary" and text.text.count(word) and len(word) > 3:
                    asked[catalogue.explain(word) is not None] += 1
    assert asked[True] > 20
    assert asked[False] <= 0.2 * asked[True]


@pytest.mark.parametrize(
    "words", ["Ik zie je.", "ik wil naar huis gaan", "Wat wil je graag leren?"]
)
def test_dutch_in_code_is_recognised(words: str, known: Lexicon) -> None:
    assert checking.is_dutch(words, known)


@pytest.mark.parametrize("words", ["utter_x", "application/json", "SELECT 1 FROM x", "text/html"])
def test_code_is_no_dutch(words: str, known: Lexicon) -> None:
    assert not checking.is_dutch(words, known)

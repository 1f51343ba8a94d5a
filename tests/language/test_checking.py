"""The product itself: every text of a client is simple Dutch."""

import pathlib
from collections import Counter

import pytest

from bot import catalogue
from bot.language import checking, collecting, lexicon, measuring, reading
from bot.language.lexicon import DATA, Lexicon
from tests.language.conftest import ROOT


def test_no_text_of_a_client_is_hard() -> None:
    assert [str(one) for one in checking.check(ROOT)] == []


def test_exemptions_stay_few() -> None:
    assert len(collecting.exemptions(ROOT)) <= 10


def test_the_figures_that_were_promised(known: Lexicon) -> None:
    figures = measuring.measure(collecting.collect(ROOT), known)
    assert figures.words_a_sentence <= 7.5
    assert figures.longest <= 12
    assert figures.everyday >= 0.98
    assert figures.explained == 1.0
    assert figures.flesch_mean >= 95
    assert figures.flesch_lowest >= 80
    assert figures.passive == 0


def test_every_word_of_a_message_can_be_asked(known: Lexicon) -> None:
    """Of all but these explanations themselves; not names and small words (de, of)."""
    small = listed_under(DATA / "everyday.txt", "kleine woorden")
    unexplained = Counter[str]()
    asked = 0
    for text in collecting.collect(ROOT):
        if text.kind in ("aid", "name") or text.file.endswith("words.yaml"):
            continue
        for word, sort in known.sorted_words(reading.GAP.sub(" ", text.text)):
            if sort == "name" or word[0].isdigit() or small & set(lexicon.forms(word)[:2]):
                continue
            asked += 1
            if catalogue.asked_word(f"wat betekent {word}?") is None:
                unexplained[word.lower()] += 1
    assert unexplained.total() <= 0.03 * asked, unexplained.most_common(40)


def listed_under(file: pathlib.Path, title: str) -> set[str]:
    """The words of one section of a list."""
    section = file.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    return set(section.split())


@pytest.mark.parametrize(
    "words", ["Ik zie je.", "ik wil naar huis gaan", "Wat wil je graag leren?"]
)
def test_dutch_in_code_is_recognised(words: str, known: Lexicon) -> None:
    assert checking.is_dutch(words, known)


@pytest.mark.parametrize("words", ["utter_x", "application/json", "SELECT 1 FROM x", "text/html"])
def test_code_is_no_dutch(words: str, known: Lexicon) -> None:
    assert not checking.is_dutch(words, known)


def test_each_explanation_of_a_question_gives_an_example() -> None:
    texts = [one for one in collecting.collect(ROOT) if one.file == "domain/explanations.yml"]
    assert len(texts) > 40
    assert [one.path for one in texts if "voorbeeld" not in one.text] == []

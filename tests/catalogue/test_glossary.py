"""Hard words in questions, with typos."""

import pytest

from bot.catalogue.glossary import explain
from bot.catalogue.loading import Catalogue


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("wat is nt2", "NT2"),
        ("NT2?", "NT2"),
        ("wat betekent knelpuntberoep", "knelpuntberoep"),
        ("wat is een knelpunt beroep", "knelpuntberoep"),
        ("wat is een gradaat", "graduaat"),
        ("ik begrijp leefloon niet", "leefloon"),
        ("wat is de mutualiteit", "ziekenfonds"),
        ("naric", "NARIC"),
        ("wat is een diploma secundair", "diploma secundair"),
        ("stemplen", "uitkering"),
        ("wat is hbo5", "HBO5"),
        ("algemene vormng", "algemene vorming"),
    ],
)
def test_the_word_is_found(real: Catalogue, text: str, word: str) -> None:
    found = explain(text, real)
    assert found is not None
    assert found.word == word


@pytest.mark.parametrize("text", ["", "wat is dat", "hallo", "goeiedag", "ik heet Jan", "🙂"])
def test_other_words_are_left_alone(real: Catalogue, text: str) -> None:
    assert explain(text, real) is None


def test_every_form_leads_to_its_entry(real: Catalogue) -> None:
    for entry in real.glossary:
        for form in (entry.word, *entry.also):
            assert explain(f"wat is {form}", real) == entry, form

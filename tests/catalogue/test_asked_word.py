"""The meaning of a word, everyday or hard, when exactly that is asked."""

import pathlib
import shutil

import pytest

from bot import catalogue
from bot.catalogue.loading import Catalogue


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Wat betekent bewaren?", "bewaren"),
        ("wat betekent bewaar", "bewaren"),
        ("wat is een opleiding", "opleiding"),
        ("Wat betekent het woord 'overslaan'?", "overslaan"),
        ("ik begrijp het woord tolk niet", "tolk"),
        ("wat bedoel je met NT2", "NT2"),
        ("betekenis van leefloon", "leefloon"),
        ("wa is vervoer", "vervoer"),
    ],
)
def test_the_word_is_explained_with_an_example(real: Catalogue, text: str, word: str) -> None:
    found = catalogue.asked_word(text, real)
    assert found is not None
    assert found.word == word
    assert found.example


@pytest.mark.parametrize(
    "text",
    ["wat is de prijs", "wat is de prijs van nt2", "wat is je adres", "ik wil kok worden",
     "ik heb een afspraak", "waarom vraag je mijn postcode", "opleiding", "", "wat is dat"],
)  # fmt: skip
def test_another_question_asks_for_no_meaning(real: Catalogue, text: str) -> None:
    assert catalogue.asked_word(text, real) is None


def test_every_word_and_form_can_be_asked(real: Catalogue) -> None:
    for entry in (*real.words, *real.glossary):
        for form in (entry.word, *entry.also):
            assert catalogue.asked_word(f"wat betekent {form}?", real), form


def test_a_catalogue_without_words_still_loads(
    real_folder: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    shutil.copytree(real_folder, tmp_path / "old")
    (tmp_path / "old" / "words.yaml").unlink()
    assert catalogue.load(tmp_path / "old").words == ()

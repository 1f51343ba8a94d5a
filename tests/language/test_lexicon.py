"""Which words are everyday words, terms, names, or hard."""

import pytest
import wordfreq

from bot.language import lexicon
from bot.language.lexicon import DATA, Lexicon, listed


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("leert", "everyday"), ("scholen", "everyday"), ("huisje", "everyday"),
        ("prijzen", "everyday"), ("kies", "everyday"), ("opgeschreven", "everyday"),
        ("avondles", "everyday"), ("dagopvang", "everyday"),
        ("CVO", "glossary"), ("graduaten", "glossary"),
        ("VDAB", "name"), ("Genk", "name"), ("Fatima", "name"), ("12", "number"),
        ("implementatie", "hard"), ("competentie", "hard"), ("XQZ", "hard"),
    ],
)  # fmt: skip
def test_sorts_of_words(word: str, expected: str, known: Lexicon) -> None:
    assert known.sorted_words(word) == [(word, expected)]


def test_a_term_of_several_words_is_one_term(known: Lexicon) -> None:
    found = known.sorted_words("Je haalt een diploma secundair.")
    assert [sort for _, sort in found] == ["everyday"] * 3 + ["glossary"] * 2


def test_the_list_is_about_two_thousand_words() -> None:
    assert 1900 <= len(listed(DATA / "everyday.txt")) <= 2050


def test_the_words_are_really_used_in_dutch() -> None:
    """Zipf 2 is once in ten million words: a household word may be rare in writing, not unknown."""
    whole = [word for word in listed(DATA / "everyday.txt") if word.isalpha() and len(word) > 3]
    common = [word for word in whole if wordfreq.zipf_frequency(word, "nl") >= 3]
    rare = [word for word in whole if wordfreq.zipf_frequency(word, "nl") == 0]
    assert len(common) > 0.75 * len(whole)
    assert len(rare) < 0.02 * len(whole), rare


def test_few_everyday_words_are_in_the_glossary_too(known: Lexicon) -> None:
    """The glossary knows more forms of them (dop, consulent), so that these can be asked too."""
    assert known.terms & known.everyday == {"begeleider", "inkomen", "stage", "uitkering"}


def test_a_term_of_several_words_is_listed_word_by_word(known: Lexicon) -> None:
    assert [known.is_listed(word) for word in ("Huis", "Nederlands", "secundair", "CVO")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_forms_keep_the_word_itself_first() -> None:
    assert lexicon.forms("Scholen")[0] == "scholen"
    assert "school" in lexicon.forms("Scholen")

"""Clauses of a long answer, and whom they are about."""

import pytest

from bot.intake.reading.clauses import about_others, clauses
from bot.intake.reading.lexicon import tokens


def test_a_long_answer_is_cut_at_punctuation_and_joints() -> None:
    words = tokens("ik heb een auto maar geen geld, want ik werk niet")
    assert [words[begin] for begin, _ in clauses(words)] == ["ik", "maar", "want"]


def test_more_words_cut_when_asked() -> None:
    words = tokens("lagere school dan gaan werken")
    assert len(clauses(words)) == 1
    assert [words[begin] for begin, _ in clauses(words, ("dan",))] == ["lagere", "dan"]


@pytest.mark.parametrize(
    ("given_clause", "expected"),
    [
        ("mijn dochter zit in het derde", True),
        ("onze zoon studeert aan de unief", True),
        ("zoon 3de leerjaar", True),
        ("mijn papa heeft mij van school gehaald", False),
        ("ik zorg voor mijn moeder", False),
        ("de school is ver", False),
    ],
)
def test_a_clause_may_be_about_somebody_else(given_clause: str, expected: bool) -> None:
    assert about_others(tokens(given_clause)) is expected

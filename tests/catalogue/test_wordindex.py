"""Looking words up gives what comparing with every word would give."""

import hypothesis
import hypothesis.strategies as st
import pytest

from bot.catalogue.loading import Catalogue
from bot.catalogue.wordindex import WordIndex, fold, words

TITLES = ("dokter", "dokters", "doktersassistent", "automonteur", "monteur", "lassen", "zorgen")


@pytest.fixture(scope="module")
def small() -> WordIndex:
    return WordIndex([[(title, 1.0)] for title in TITLES], frozenset({"graag"}))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("dokter", {"dokter": 1.0, "dokters": 0.85, "doktersassistent": 0.6}),
        ("dokters", {"dokters": 1.0, "dokter": 0.85, "doktersassistent": 0.6}),
        ("fietsmonteur", {"monteur": 0.8}),
        ("monteur", {"monteur": 1.0, "automonteur": 0.7}),
        ("wassen", {}),
        ("graag", {}),
        ("", {}),
    ],
)
def test_what_a_word_may_stand_for(
    small: WordIndex, asked: str, expected: dict[str, float]
) -> None:
    scores = dict(zip(TITLES, small.scores(asked).tolist(), strict=True))
    found = {title: round(score, 2) for title, score in scores.items() if score > 0.0}
    assert expected.items() <= found.items()
    assert all(title in expected or score < 0.9 for title, score in found.items())


def test_a_typo_counts_for_less_than_the_word(small: WordIndex) -> None:
    scores = dict(zip(TITLES, small.scores("laseen").tolist(), strict=True))
    assert 0.6 < scores["lassen"] < 0.9


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    index = WordIndex(
        [[("koken brood", 1.0)], [("koken", 1.0)], [("koken", 1.0)], [("brood", 1.0)]],
        frozenset(),
    )
    scores = index.scores("koken brood").tolist()
    assert scores[0] == 1.0
    assert scores[3] > scores[1]


@hypothesis.given(st.text(alphabet="abdeiklmnorstvwz ", max_size=40))
@hypothesis.settings(max_examples=60, deadline=None)
def test_scores_are_shares(real: Catalogue, text: str) -> None:
    index = WordIndex([[(course.title, 1.0)] for course in real.courses], frozenset())
    scores = index.scores(text)
    assert len(scores) == len(real.courses)
    assert float(scores.min()) >= 0.0
    assert float(scores.max()) <= 1.0


def test_scores_that_are_kept_cannot_be_changed(small: WordIndex) -> None:
    with pytest.raises(ValueError, match="read-only"):
        small.scores("dokter")[0] = 5.0


def test_folding() -> None:
    assert fold("Één Straße") == "een strasse"
    assert words("'s Avonds, koken!") == ["avonds", "koken"]


def test_a_course_that_many_schools_give_makes_its_words_no_less_rare() -> None:
    courses = [[("lassen", 1.0)], [("vissen", 1.0)], *([[("koken", 1.0)]] * 50)]
    about = [0, 1, *[2] * 50]
    alike = WordIndex(courses, frozenset(), about)
    scores = alike.scores("lassen koken")
    assert scores[0] == pytest.approx(scores[2])
    apart = WordIndex(courses, frozenset()).scores("lassen koken")
    assert apart[0] > 3 * apart[2]


def test_a_common_word_that_no_course_holds_takes_little_from_the_rest() -> None:
    index = WordIndex([[("imker", 1.0)], [("lasser", 1.0)]], frozenset())
    filler, unknown = index.scores("imker altijd"), index.scores("imker zwaluwstaart")
    assert filler[0] > 0.8
    assert unknown[0] == pytest.approx(0.5, abs=0.05)


def test_one_rare_word_names_a_course_whatever_else_is_told() -> None:
    # GIVEN a word that one course holds, and one that all hold
    index = WordIndex([[("arabisch taal", 1.0)], *([[("frans taal", 1.0)]] * 30)], frozenset())
    # WHEN it stands in a long story, THEN the share is low but the word is as strong
    alone, story = "arabisch", "arabisch taal zwaluwstaart boterbloem klaproos"
    assert index.scores(story)[0] < 0.5 < index.scores(alone)[0]
    assert index.strongest(story)[0] == index.strongest(alone)[0] > 0.7
    assert index.strongest(story)[1] < 0.3

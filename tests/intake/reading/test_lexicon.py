"""Phrases, misspellings, sounds."""

import pytest
import yaml

from bot.intake.reading.lexicon import VOCABULARY, Lexicon, tokens, vocabulary


def test_the_longest_phrase_wins() -> None:
    lexicon = Lexicon({"a": ["school"], "b": ["lagere school"]})
    assert lexicon.codes("de lagere school") == ["b"]


@pytest.mark.parametrize("given_word", ["ferpleegster", "verplegster", "verpleegsterr"])
def test_misspelled_words_are_found(given_word: str) -> None:
    assert Lexicon({"care": ["verpleegster"]}).codes(given_word) == ["care"]


def test_a_common_word_is_no_misspelling() -> None:
    assert Lexicon({"food": ["bakken"]}).codes("ik wil pakken") == []


@pytest.mark.parametrize(
    ("given_phrase", "given_text"),
    [
        ("kapsel*", "kapseltjes"),
        ("*winkel", "schoenwinkel"),
        ("wie past .. kinderen", "wie past op mijn kinderen"),
        ("re:[34] ?bso", "4bso"),
        ("=niks", "niks."),
        ("厨师", "我想当厨师"),
    ],
)
def test_the_notation_of_phrases(given_phrase: str, given_text: str) -> None:
    assert Lexicon({"x": [given_phrase]}).codes(given_text) == ["x"]


def test_a_whole_answer_phrase_does_not_match_inside_a_sentence() -> None:
    assert Lexicon({"x": ["=niks"]}).codes("ik kan niks betalen") == []


def test_ignored_words_hide_their_look_alikes() -> None:
    lexicon = Lexicon({"_": ["hotelschool"], "higher": ["hogeschool"]})
    assert lexicon.codes("hotelschool") == []


def test_tokens_are_folded() -> None:
    assert tokens("Ik wíl – 4BSO, ’s avonds!") == ["ik", "wil", "4bso", ",", "s", "avonds", "!"]


@pytest.mark.parametrize("path", sorted(VOCABULARY.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_vocabulary_file_can_be_read(path: object) -> None:
    assert vocabulary(path.stem)  # type: ignore[attr-defined]


def test_no_phrase_is_repeated_under_one_code() -> None:
    for name in ("themes", "schedule", "referral_source"):
        content = yaml.load(
            (VOCABULARY / f"{name}.yaml").read_text(encoding="utf-8"),
            Loader=yaml.CBaseLoader,  # noqa: S506
        )
        for code, phrases in content.items():
            assert isinstance(phrases, list | dict), code
            assert all(str(p).strip() for p in phrases), code

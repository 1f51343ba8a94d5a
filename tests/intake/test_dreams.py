"""From dreams to themes."""

import time

import pytest

from bot import contract, intake
from tests.intake.examples import examples


@pytest.mark.parametrize(("given_dream", "expected_themes"), examples("dreams").items())
def test_a_dream_has_the_themes_that_it_names(given_dream: str, expected_themes: list[str]) -> None:
    assert sorted(intake.dream_themes(given_dream)) == sorted(expected_themes)


def test_every_theme_of_the_contract_has_words() -> None:
    from bot.intake.reading.lexicon import vocabulary

    words = vocabulary("themes")
    assert set(words) == set(contract.labels("themes"))
    assert all(len(phrases) >= 40 for phrases in words.values())


@pytest.mark.parametrize("given_text", ["", "   ", "😀", "a" * 10_000, "kapper " * 2000])
def test_odd_texts_do_no_harm(given_text: str) -> None:
    assert intake.dream_themes(given_text) in ([], ["hair_beauty"])


def test_the_words_of_a_dream_are_looked_up_quickly() -> None:
    intake.dream_themes("ik wil kapper worden")
    start = time.process_time()
    for n in range(20):
        intake.dream_themes(f"ik zou zo graag iets met oudee mensen doen in rusthuis{n}s")
    assert (time.process_time() - start) / 20 < 0.015

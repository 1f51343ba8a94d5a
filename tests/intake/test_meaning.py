"""Themes by the meaning of a sentence."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from bot import contract
from bot.intake import meaning
from bot.intake.reading.lexicon import vocabulary
from bot.settings import settings
from tests.intake.examples import examples


@pytest.fixture
def short_prototypes(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], object]]:
    """Two example sentences, embedded anew at each call."""
    few = {"care": ["mensen verzorgen"], meaning.NOTHING: ["het regent"]}
    monkeypatch.setattr(meaning, "vocabulary", lambda _name: few)
    return meaning._prototypes.__wrapped__


def test_the_vectors_are_kept_for_the_next_start(
    short_prototypes: Callable[[], tuple[object, meaning.Vectors]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, made = short_prototypes()
    monkeypatch.setattr(meaning, "embed", lambda _texts: pytest.fail("made again"))
    _, kept = short_prototypes()

    assert np.allclose(made, kept, atol=1e-3)


def test_a_damaged_file_is_made_again(
    short_prototypes: Callable[[], tuple[object, meaning.Vectors]],
) -> None:
    (settings().var / "prototypes.npz").write_bytes(b"PK\x03\x04 no")
    _, made = short_prototypes()

    assert made.shape[0] == 2


def test_every_theme_has_example_sentences() -> None:
    assert set(vocabulary("prototypes")) == {*contract.labels("themes"), meaning.NOTHING}


def test_dreams_without_a_job_word_mostly_find_their_theme_and_hardly_ever_a_wrong_one() -> None:
    found = {text: meaning.themes_by_meaning(text) for text in examples("meanings")}
    expected = {t: [] if theme == "none" else [theme] for t, theme in examples("meanings").items()}
    wrong = [t for t in found if found[t] and found[t] != expected[t]]
    right = [t for t in found if found[t] and found[t] == expected[t]]
    assert len(wrong) <= 2, wrong
    assert len(right) >= 0.7 * sum(bool(themes) for themes in expected.values())

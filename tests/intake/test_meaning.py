"""Themes by what was learned from example sentences."""

import pathlib
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from bot import contract, intake
from bot.intake import kept, meaning
from bot.intake.dream_words import dream_tokens, find
from tests.intake.examples import examples


@pytest.fixture
def few_examples(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], meaning.Models]]:
    """A folder of its own and three examples; learned or read again at each call."""
    few = [
        ("mensen verzorgen", ("care",)),
        ("lekker eten maken", ("hospitality_food",)),
        ("het regent", (meaning.NOTHING,)),
    ]
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "cache")
    monkeypatch.setattr(meaning, "examples", lambda: few)
    return meaning.ready


def _scores(models: meaning.Models) -> meaning.Scores:
    found = find(dream_tokens("eten maken"))
    return models.plain.scores(found, models.plain.near(meaning.query("eten maken")))


def test_what_was_learned_is_kept_for_the_next_start(
    few_examples: Callable[[], meaning.Models], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _scores(few_examples())
    monkeypatch.setattr(meaning, "_learned", lambda _progress: pytest.fail("learned again"))

    again = _scores(few_examples())

    assert max(made, key=lambda t: made[t]) == "hospitality_food"
    assert {t: pytest.approx(s, abs=1e-3) for t, s in made.items()} == dict(again)


def test_only_new_examples_are_read_again(
    few_examples: Callable[[], meaning.Models], monkeypatch: pytest.MonkeyPatch
) -> None:
    few_examples()
    more = [*meaning.examples(), ("muren metsen", ("construction",))]
    monkeypatch.setattr(meaning, "examples", lambda: more)
    monkeypatch.setattr(meaning, "_fingerprint", lambda: "another")
    counted = []

    meaning.ready(lambda done, total: counted.append((done, total)))

    assert counted == [(1, 1)]


@pytest.mark.parametrize("given_content", [b"", b"PK\x03\x04 no"])
def test_a_damaged_file_is_made_again(
    few_examples: Callable[[], meaning.Models], given_content: bytes
) -> None:
    few_examples()
    for name in ("dreams", "dream-vectors"):
        (kept.FOLDER / f"{name}.npz").write_bytes(given_content)

    learned = few_examples()

    assert learned.full.meanings.shape == (3, 384)


def test_without_a_place_to_keep_it_everything_still_works(
    few_examples: Callable[[], meaning.Models], tmp_path: pathlib.Path
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")

    assert _scores(few_examples())["hospitality_food"] > 0.2


def test_another_vocabulary_is_learned_anew(
    few_examples: Callable[[], meaning.Models], monkeypatch: pytest.MonkeyPatch
) -> None:
    few_examples()
    monkeypatch.setattr(meaning, "_fingerprint", lambda: "another")

    assert meaning._before() is None


def test_every_theme_has_examples() -> None:
    counted = dict.fromkeys(meaning.themes(), 0)
    for _, themes in meaning.examples():
        for theme in themes:
            counted[theme] += 1
    assert set(counted) == {*contract.labels("themes"), meaning.NOTHING}
    assert min(counted.values()) >= 40


def test_letters_alone_are_kept_too_and_read_no_meaning(
    few_examples: Callable[[], meaning.Models],
) -> None:
    made = few_examples()

    again = few_examples()

    assert not len(again.spelled.by_meaning)
    assert np.allclose(made.spelled.by_letters, again.spelled.by_letters, atol=1e-3)


def test_scores_tell_a_theme_from_no_dream() -> None:
    judged = meaning.judge(find(dream_tokens("gewonde mensen verbinden")))
    silent = meaning.judge(find(dream_tokens("ik wil dat het morgen mooi weer is")))

    assert max(judged.plain, key=lambda t: judged.plain[t]) == "care"
    assert max(silent.plain, key=lambda t: silent.plain[t]) == meaning.NOTHING
    assert np.isfinite(list(judged.full.values())).all()


def test_dreams_without_a_job_word_mostly_find_their_theme_and_hardly_ever_a_wrong_one() -> None:
    found = {text: intake.dream_themes(text) for text in examples("meanings")}
    expected = {t: [] if theme == "none" else [theme] for t, theme in examples("meanings").items()}
    wrong = [t for t in found if found[t] and found[t] != expected[t]]
    right = [t for t in found if found[t] and found[t] == expected[t]]
    assert len(wrong) <= 4, wrong
    assert len(right) >= 0.75 * sum(bool(themes) for themes in expected.values())

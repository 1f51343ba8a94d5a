"""Sentence vectors."""

import pathlib
from collections.abc import Sequence

import numpy as np
import pytest

from bot.nlu import embedding


@pytest.mark.parametrize("models", [["e5"], ["e5", "e5"]])
def test_like_sentences_lie_closer_than_unlike_ones(models: list[str]) -> None:
    # GIVEN two ways to ask the price, and one other sentence
    rows = embedding.encode(["hoeveel kost dat", "wat is de prijs", "ik hou van katten"], models)
    # THEN the two are nearer to each other than to the other
    assert rows.shape == (3, sum(embedding.DIMENSIONS[name] for name in models))
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert np.allclose(np.linalg.norm(rows, axis=1) ** 2, len(models), atol=1e-2)


def test_an_empty_text_gets_zeros() -> None:
    rows = embedding.encode(["", "dag"], ["e5"])
    assert not rows[0].any()
    assert rows[1].any()
    assert embedding.encode([], ["e5"]).shape == (0, 384)


def test_many_texts_each_get_their_own_row_and_progress_is_told() -> None:
    # GIVEN texts of mixed length, one of them twice
    given = [f"{'heel ' * (index % 7)}goed {index}" for index in range(100)] + ["heel goed 1"]
    told: list[tuple[int, int]] = []
    # WHEN they are read
    actual = embedding.encode_all(given, ["e5"], progress=lambda *now: told.append(now))
    # THEN a row is that of the text alone
    assert np.allclose(actual[41], embedding.encode([given[41]], ["e5"])[0], atol=1e-3)
    assert np.array_equal(actual[100], actual[1])
    assert told[-1] == (100, 100)


def test_only_new_texts_are_computed_again(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN vectors that were kept the last time
    kept = tmp_path / "cache" / "vectors.npz"
    before = embedding.encode_all(["dag", "één twee"], ["e5"], kept=kept)
    computed: list[str] = []
    encode = embedding.encode

    def spy(texts: Sequence[str], models: Sequence[str]) -> embedding.Matrix:
        computed.extend(texts)
        return encode(texts, models)

    monkeypatch.setattr(embedding, "encode", spy)
    # WHEN one text is new
    after = embedding.encode_all(["één twee", "drie"], ["e5"], kept=kept)
    # THEN only that one is computed, and texts that are gone are forgotten
    assert computed == ["drie"]
    assert np.array_equal(after[0], before[1])
    assert set(embedding._read_kept(kept)) == {"één twee", "drie"}


def test_a_damaged_file_of_vectors_counts_as_empty(tmp_path: pathlib.Path) -> None:
    kept = tmp_path / "vectors.npz"
    kept.write_bytes(b"PK\x03\x04 no zip")
    assert embedding.encode_all(["dag"], ["e5"], kept=kept).shape == (1, 384)
    assert embedding.encode_all([], ["e5"], kept=kept).shape == (0, 384)


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(KeyError):
        embedding.encode(["dag"], ["bert"])

"""Vectors of example sentences are made once."""

from pathlib import Path

import numpy as np
import pytest

from bot.intake import kept
from bot.intake.vectors import vectors_of


def test_only_new_sentences_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    told: list[tuple[int, int]] = []
    # given vectors of one sentence
    first = vectors_of("some", ["ik zoek werk"])
    # when they are asked again with another one
    again = vectors_of("some", ["ik ben ziek", "ik zoek werk"], lambda *news: told.append(news))
    # then only that one was read
    assert told == [(1, 1)]
    assert np.allclose(again[1], first[0], atol=1e-3)
    assert again.shape == (2, first.shape[1])

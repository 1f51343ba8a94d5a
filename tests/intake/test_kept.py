"""Keeping what was learned."""

import pathlib

import numpy as np
import pytest

from bot.intake import kept


@pytest.fixture(autouse=True)
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "cache")
    return tmp_path / "cache"


def test_what_is_kept_comes_back() -> None:
    kept.keep("words", "first", rows=np.arange(3))

    arrays = kept.load("words", "first")

    assert arrays is not None
    assert arrays["rows"].tolist() == [0, 1, 2]


def test_what_was_learned_from_something_else_counts_as_missing() -> None:
    kept.keep("words", "first", rows=np.arange(3))

    assert kept.load("words", "second") is None
    assert kept.load("others") is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no"])
def test_a_damaged_file_counts_as_missing(folder: pathlib.Path, content: bytes) -> None:
    kept.keep("words", "first", rows=np.arange(3))
    (folder / "words.npz").write_bytes(content)

    assert kept.load("words", "first") is None


def test_without_a_folder_nothing_is_kept_and_nothing_breaks(folder: pathlib.Path) -> None:
    folder.write_text("a file where the folder should be")

    kept.keep("words", "first", rows=np.arange(3))
    with kept.alone("words"):
        assert kept.load("words", "first") is None


def test_a_changed_file_changes_the_fingerprint(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("a")
    before = kept.fingerprint([file], 1)
    file.write_text("b")

    assert len({before, kept.fingerprint([file], 1), kept.fingerprint([file], 2)}) == 3

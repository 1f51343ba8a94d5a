"""Search by free text: typos, place, hours; words alone when there are no embeddings."""

import pathlib
import threading

import numpy as np
import pytest

from bot import embedding
from bot.catalogue import finding, vectors
from bot.catalogue.advice import search
from bot.catalogue.loading import Catalogue
from bot.settings import settings


def ids(text: str, catalogue: Catalogue, record: dict[str, object] | None = None) -> list[str]:
    return [found.course.id for found in search(text, record or {}, catalogue=catalogue)]


def test_hours_and_place_in_the_text_count(sample: Catalogue) -> None:
    question = finding.understand("avondlessen lassen in Roeselare", sample)
    assert question.schedule == {"evening"}
    assert question.postcodes[0] == "8800"
    assert question.text.split()[0] == "lassen"
    assert ids("avondlessen lassen in Roeselare", sample) == ["lassen-avond"]


def test_a_place_without_in_is_seen_too(sample: Catalogue) -> None:
    assert finding.understand("lassen roeselare", sample).postcodes[0] == "8800"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lasen", "lassen-genk"),
        ("verpleegstr", "verpleegkunde"),
        ("zorgkundge", "zorg-genk"),
        ("poetsn", "poets"),
        ("busschauffeur", "bus"),
    ],
)
def test_typos_are_understood(sample: Catalogue, text: str, expected: str) -> None:
    assert expected in ids(text, sample, {"postcode": "3600"})


def test_what_means_the_same_is_found(sample: Catalogue) -> None:
    assert "zorg-genk" in ids("patiënten in een hospitaal", sample, {"postcode": "3600"})


@pytest.mark.parametrize("text", ["", "   ", "zzxxqqj", "🙂", "de het een", "\x00", "?" * 10_000])
def test_nothing_is_found_for_nothing(sample: Catalogue, text: str) -> None:
    assert ids(text, sample) == []


def test_a_long_text_is_no_problem(sample: Catalogue) -> None:
    assert "lassen-genk" in ids("lassen " * 3000, sample, {"postcode": "3600"})


def test_words_alone_still_find(sample: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "engine", lambda: None)
    assert ids("lassen", sample, {"postcode": "3600"})[0] == "lassen-genk"


def test_vectors_are_kept_in_a_file_and_a_damaged_one_is_made_again(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an empty folder and a model that counts
    calls: list[int] = []

    class Fake:
        def passage(self, texts: list[str]) -> np.ndarray:
            calls.append(len(texts))
            return np.ones((len(texts), embedding.DIMENSIONS), dtype=np.float32)

    monkeypatch.setenv("LEERWIJZER_VAR", str(tmp_path))
    monkeypatch.setattr(embedding, "engine", Fake)
    monkeypatch.setattr(vectors, "_known", {})
    settings.cache_clear()
    try:
        assert vectors.passages(["a", "b"]).shape == (2, embedding.DIMENSIONS)
        # WHEN another process starts, it reads the file
        vectors._known.clear()
        assert vectors.passages(["b", "a"]).shape == (2, embedding.DIMENSIONS)
        assert calls == [2]
        # WHEN the file is damaged, the vectors are made again
        vectors._known.clear()
        (tmp_path / "vectors.npz").write_bytes(b"PK\x03\x04 no")
        assert vectors.passages(["a"]).shape == (1, embedding.DIMENSIONS)
        assert calls == [2, 1]
    finally:
        settings.cache_clear()


def test_while_vectors_are_made_words_decide(
    sample: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = threading.Event()
    busy.set()
    monkeypatch.setattr(vectors, "_warming", busy)
    assert ids("lassen", sample, {"postcode": "3600"})[0] == "lassen-genk"

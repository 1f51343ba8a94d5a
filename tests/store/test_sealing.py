"""What is sealed opens with the same secret and purpose only."""

from collections.abc import Iterator

import pytest

from bot import store
from bot.settings import settings


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LEERWIJZER_SECRET", "s" * 32)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_what_is_sealed_is_opened_again_and_never_looks_the_same() -> None:
    sealed = store.seal("JBSWY3DPEHPK3PXP", "totp-1")
    assert store.unseal(sealed, "totp-1") == "JBSWY3DPEHPK3PXP"
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert store.seal("JBSWY3DPEHPK3PXP", "totp-1") != sealed
    assert len(store.seal("A" * 32, "totp-1")) <= 255, "the column takes it"


def test_another_purpose_another_secret_or_a_changed_letter_open_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealed = store.seal("geheim", "totp-1")
    changed = sealed[:30] + ("A" if sealed[30] != "A" else "B") + sealed[31:]
    assert store.unseal(sealed, "totp-2") is None
    assert store.unseal(changed, "totp-1") is None
    assert store.unseal("", "totp-1") is None
    monkeypatch.setenv("LEERWIJZER_SECRET", "t" * 32)
    settings.cache_clear()
    assert store.unseal(sealed, "totp-1") is None

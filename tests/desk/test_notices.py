"""A wrong catalogue is told to who can have it mended, and to nobody else."""

import pathlib
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.catalogue import watch
from bot.settings import settings
from tests.catalogue.conftest import REAL
from tests.desk.conftest import Browser


@pytest.fixture
def wrong_catalogue(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pathlib.Path]:
    folder = tmp_path / "catalogue"
    shutil.copytree(REAL, folder)
    path = folder / "courses" / "zorg.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("type: vocational", "type: vocasional", 1), encoding="utf-8")
    monkeypatch.setenv("LEERWIJZER_CATALOGUE", str(folder))
    settings.cache_clear()
    watch.problems()
    watch._watches[folder].wait()
    yield folder
    settings.cache_clear()


@pytest.mark.parametrize(
    ("role", "told"), [("coordinator", True), ("administrator", True), ("counsellor", False)]
)
def test_a_wrong_catalogue_is_told_to_who_can_have_it_mended(
    browser: Browser,
    make_user: Callable[..., Any],
    wrong_catalogue: pathlib.Path,
    role: str,
    told: bool,
) -> None:
    make_user(role=role)
    browser.log_in()
    page = browser.get("/desk/").text
    assert ("De catalogus heeft 1 fout" in page) is told
    assert ("courses/zorg.yaml, lijn 5" in page) is told

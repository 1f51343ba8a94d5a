"""A small catalogue of our own beside the real files, so that tests do not hang on content."""

import datetime as dtm
import pathlib
import shutil
from collections.abc import Callable

import pytest

from bot.catalogue import loading
from bot.catalogue.loading import Catalogue

REAL = pathlib.Path(__file__).resolve().parents[2] / "catalogue"
SAMPLE = pathlib.Path(__file__).parent / "sample" / "courses.yaml"
TODAY = dtm.date(2026, 11, 22)


@pytest.fixture(scope="session")
def today() -> dtm.date:
    return TODAY


@pytest.fixture(scope="session")
def real_folder() -> pathlib.Path:
    return REAL


@pytest.fixture(scope="session")
def real() -> Catalogue:
    return loading.load(REAL)


def copy_folder(target: pathlib.Path) -> pathlib.Path:
    """The real files, with the sample's courses instead of the real ones."""
    shutil.copytree(REAL, target, ignore=shutil.ignore_patterns("courses"))
    (target / "courses").mkdir()
    shutil.copy(SAMPLE, target / "courses" / "all.yaml")
    return target


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    return copy_folder(tmp_path / "catalogue")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return loading.load(copy_folder(tmp_path_factory.mktemp("sample") / "catalogue"))


@pytest.fixture
def edit(folder: pathlib.Path) -> Callable[[str, str, str], None]:
    """Replace a piece of text in one file of the folder."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace

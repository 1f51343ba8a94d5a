"""The benchmark of the catalogue: what counts as right, the rivals, the page."""

import pathlib
from typing import Any

import pytest

from benchmarks import catalogue as bench
from benchmarks import courses, rivals
from bot.catalogue import Catalogue, check, load
from tests.catalogue.conftest import REAL


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    target = tmp_path_factory.mktemp("larger") / "catalogue"
    return load(courses.build(target, REAL, 400))


def test_generated_courses_pass_the_check(tmp_path: pathlib.Path) -> None:
    target = courses.build(tmp_path / "catalogue", REAL, 400)
    problems, _, count = check.check(target)
    assert not problems
    assert count == len(load(REAL).courses) + 400


def test_generated_courses_are_varied(larger: Catalogue) -> None:
    made = [course for course in larger.courses if course.id.startswith("gen-")]
    assert len({course.themes[0] for course in made}) == 24
    assert len({course.title for course in made}) > 350
    assert len({course.places[0] for course in made}) > 100


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ([{"title_any": ["lassen"]}], None, True),
        ([{"title_any": ["lassen"]}], [{"themes_any": ["engineering"]}], False),
        ([{"title_any": ["kapper"]}], None, False),
    ],
)
def test_right_needs_one_that_is_good_and_none_that_is_bad(
    larger: Catalogue, good: Any, bad: Any, expected: bool
) -> None:
    shown = [next(course for course in larger.courses if course.title == "Lassen")]
    assert bench.right({"good": good, "bad": bad}, shown) is expected


def test_full_text_search_finds_words_and_nothing_for_nothing(larger: Catalogue) -> None:
    search = rivals.fts5(larger)
    assert any("imker" in course.title.lower() for course in search("ik wil imker worden"))
    assert list(search('"; DROP TABLE c; --')) == list(search("drop table"))
    assert list(search("")) == []


def test_the_page_shows_every_size() -> None:
    one = {"median": 1.5, "p95": 2.0, "cpu": 1.0, "right": 0.975, "real": 1.0}
    measured = [
        {"courses": count, "texts": 5, "dreams": 3, "read_s": 1.0, "load_s": 2.0, "load_cpu": 1.9,
         "vectors_made": 0, "vectors_s": 0.1, "memory": 123.0,
         "found": {"match": one, "fts5": one, "embeddings": one}}
        for count in (390, 50_390)
    ]  # fmt: skip
    page = bench.report(measured)
    assert "| 50,390 | 2.0 (1.9) | 1.5 | 2.0 | 1.0 | 123 |" in page
    assert page.count("97.5%") == 6

"""The mistakes of the files as they are now, without ever waiting for them."""

import logging
import pathlib
from collections.abc import Callable

import pytest

from bot.catalogue.watch import Watch

Edit = Callable[[str, str, str], None]


def test_a_mistake_shows_until_it_is_mended(
    folder: pathlib.Path, edit: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    # GIVEN a good catalogue
    clock = [0.0]
    watch = Watch(folder, clock=lambda: clock[0])

    def look() -> tuple[str, ...]:
        clock[0] += 6.0
        watch.problems()
        watch.wait()
        return tuple(map(str, watch.problems()))

    assert look() == ()
    # WHEN a file becomes wrong, it is told, and the log says so once
    edit("courses/all.yaml", "type: evc", "type: evcc")
    with caplog.at_level(logging.ERROR):
        assert "lijn 7" in look()[0]
        assert "lijn 7" in look()[0]
    assert [r.getMessage().split()[0] for r in caplog.records] == ["catalogue_wrong"]
    # WHEN it is mended, nothing is left
    edit("courses/all.yaml", "type: evcc", "type: evc")
    assert look() == ()


def test_the_files_are_not_looked_at_all_the_time(folder: pathlib.Path, edit: Edit) -> None:
    clock = [0.0]
    watch = Watch(folder, clock=lambda: clock[0])
    watch.problems()
    watch.wait()
    edit("courses/all.yaml", "type: evc", "type: evcc")
    clock[0] = 4.0
    watch.problems()
    watch.wait()
    assert watch.problems() == ()

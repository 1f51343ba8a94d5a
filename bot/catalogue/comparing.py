"""What a change of the catalogue changes for people: two versions side by side."""

import contextlib
import dataclasses
import datetime as dtm
import io
import pathlib
import subprocess  # git reads old versions
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

from bot.catalogue import advice, examples
from bot.catalogue.loading import Catalogue


class NoVersion(Exception):  # noqa: N818
    """There is no such version; the message says in Dutch why."""


@dataclasses.dataclass(frozen=True)
class Changed:
    """What becomes different for one example; empty lists: nothing."""

    id: str
    who: str
    courses_in: list[str]
    courses_out: list[str]
    first_step: tuple[str, str] | None
    """Before and after, when it changed; "" for no step."""
    path: tuple[list[str], list[str]] | None
    support_in: list[str]
    support_out: list[str]
    order: bool
    """The same courses in another order."""

    @property
    def anything(self) -> bool:
        """Whether anything changed."""
        return bool(
            self.courses_in or self.courses_out or self.first_step or self.path
            or self.support_in or self.support_out or self.order
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True)
class Difference:
    """Courses that came, went or changed, and what that means for people."""

    added: list[str]
    removed: list[str]
    edited: list[str]
    people: list[Changed]

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def compare(
    old: Catalogue, new: Catalogue, people: Sequence[examples.Person], *, today: dtm.date
) -> Difference:
    """The difference between two catalogues, for the courses and for each person."""
    return Difference(
        added=[one for one in new.by_id if one not in old.by_id],
        removed=[one for one in old.by_id if one not in new.by_id],
        edited=[one for one in new.by_id if one in old.by_id and old.by_id[one] != new.by_id[one]],
        people=[_changed(person, old, new, today) for person in people],
    )


def _changed(person: examples.Person, old: Catalogue, new: Catalogue, today: dtm.date) -> Changed:
    before = advice.advise(person.record, old, today=today)
    after = advice.advise(person.record, new, today=today)
    was, now = ([one.course.id for one in found.courses] for found in (before, after))
    walked, walks = ([step.course_id for step in found.path] for found in (before, after))
    helped, helps = ([one.id for one in found.support] for found in (before, after))
    first = (walked[0] if walked else "", walks[0] if walks else "")
    return Changed(
        id=person.id,
        who=person.who,
        courses_in=[one for one in now if one not in was],
        courses_out=[one for one in was if one not in now],
        first_step=first if first[0] != first[1] else None,
        path=(walked, walks) if walked != walks else None,
        support_in=[one for one in helps if one not in helped],
        support_out=[one for one in helped if one not in helps],
        order=was != now and sorted(was) == sorted(now),
    )


@contextlib.contextmanager
def version(name: str, folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """A folder with the catalogue called `name`: a folder, or a git revision of `folder`.

    Raises:
        NoVersion: it is neither.
    """
    if name and pathlib.Path(name).is_dir():
        yield pathlib.Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="leerwijzer-catalogue-") as target:
        archive = _git(folder, "archive", "--format=tar", _revision(folder, name))
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(target, filter="data")
        yield pathlib.Path(target)


def _revision(folder: pathlib.Path, name: str) -> str:
    """The full name of a revision; git never takes it for an option."""
    found = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    return found.decode().strip()


def _git(folder: pathlib.Path, *args: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  fixed words; the revision was resolved by git
            ["git", "-C", str(folder), *args],  # noqa: S607
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoVersion("git is er niet. Geef twee mappen.") from None
    if done.returncode != 0:
        raise NoVersion("Dit is geen map en geen versie in git. Probeer: HEAD, of een map.")
    return done.stdout

"""What the matching knows of a person: the intake record, read without guessing."""

import dataclasses
import typing
from collections.abc import Mapping
from typing import Any

from bot.catalogue import model

EDUCATION: tuple[str, ...] = typing.get_args(model.Education)
DUTCH: tuple[str, ...] = typing.get_args(model.Dutch)
UPPER_SECONDARY = EDUCATION.index("upper_secondary")
HIGHER = EDUCATION.index("higher")
RECOGNISED = "erkend-diploma"
"""Certificate of a higher diploma from abroad that counts here; recognition (NARIC) gives it."""

_AGES = {
    "16_17": (16, 17),
    "18_25": (18, 25),
    "26_34": (26, 34),
    "35_44": (35, 44),
    "45_54": (45, 54),
    "55_plus": (55, 120),
}


@dataclasses.dataclass(frozen=True)
class Person:
    """Levels are places in `EDUCATION` and `DUTCH`; None means that nobody said it."""

    education: int | None
    dutch: int | None
    foreign: bool
    """There is a diploma from abroad that is not (known to be) recognised here."""
    ages: tuple[int, int] | None
    situation: str | None
    schedule: frozenset[str]
    barriers: frozenset[str]
    postcode: str | None
    certificates: frozenset[str] = frozenset()
    """What somebody already holds of what courses ask and give."""
    abroad: bool | None = None
    """Whether the diploma is from abroad; None when nobody said where it is from."""

    @property
    def has_diploma(self) -> bool | None:
        """Whether there is a secondary diploma that counts here; None when that is not sure."""
        if self.education is None:
            return None
        if self.education < UPPER_SECONDARY:
            return False
        return None if self.foreign else True

    @property
    def to_recognise(self) -> bool | None:
        """Whether there is a diploma from abroad that can be recognised; None: not known."""
        if self.foreign:
            return True
        if self.abroad is False or (self.education is not None and not self.schooled):
            return False
        return None if self.education is None or self.abroad is None else False

    @property
    def schooled(self) -> bool:
        """A diploma of secondary school or more, wherever it is from."""
        return self.education is not None and self.education >= UPPER_SECONDARY


def person(record: Mapping[str, Any]) -> Person:
    """Read an intake record; fields that are missing or None stay unknown."""
    education = _place(EDUCATION, record.get("education_level"))
    origin = record.get("diploma_origin")
    recognised = record.get("diploma_recognised") == "yes"
    counts = origin == "abroad" and recognised
    return Person(
        education=education,
        dutch=_place(DUTCH, record.get("dutch_level")),
        foreign=origin == "abroad"
        and education is not None
        and education >= UPPER_SECONDARY
        and not recognised,
        ages=_AGES.get(str(record.get("age_band"))),
        situation=record.get("situation") or None,
        schedule=frozenset(record.get("schedule") or ()),
        barriers=frozenset(record.get("barriers") or ()),
        postcode=record.get("postcode") or None,
        certificates=frozenset({RECOGNISED} if counts and education == HIGHER else ()),
        abroad={"abroad": True, "belgium": False}.get(str(origin)),
    )


def _place(levels: tuple[str, ...], code: Any) -> int | None:
    return levels.index(code) if code in levels else None

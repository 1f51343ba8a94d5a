"""Mistakes that show only when files are laid side by side."""

import dataclasses
import datetime as dtm
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from bot import contract
from bot.catalogue import model
from bot.catalogue.explaining import nearest
from bot.catalogue.yamlread import Document, Problem


@dataclasses.dataclass
class Listed:
    """The good entries of one kind, where they stand, and the names of the wrong ones."""

    entries: dict[str, Any] = dataclasses.field(default_factory=dict)
    at: dict[str, tuple[str, Document, int]] = dataclasses.field(default_factory=dict)
    wrong: set[str] = dataclasses.field(default_factory=set)
    unread: list[tuple[Mapping[str, Any], str, Document, int]] = dataclasses.field(
        default_factory=list
    )
    """Entries with a mistake, as they stand in their file."""
    whole: bool = True
    """False: a file could not be read, so that what others name in it is not to be judged."""

    def where(self, name: str, *keys: str) -> tuple[str, int]:
        """File and line of an entry, or of one of its keys."""
        file, document, index = self.at[name]
        return file, document.line((index, *keys))

    def broken(self, raw: Any, key: str, at: tuple[str, Document, int]) -> None:
        """Keep an entry that is wrong: it exists, and what it names is still to be judged."""
        if isinstance(raw, dict):
            self.unread.append((raw, *at))
            if raw.get(key):
                self.wrong.add(str(raw[key]))

    def knows(self, name: str) -> bool:
        """Whether there is such an entry, right or wrong, as far as the files could be read."""
        return name in self.entries or name in self.wrong or not self.whole


def problems(lists: Mapping[str, Listed]) -> Iterator[Problem]:
    """Names, codes and postcodes that do not fit what the other files hold."""
    courses, providers, tariffs = lists["courses"], lists["providers"], lists["tariffs"]
    given = {name for course in courses.entries.values() for name in course.gives.certificates}
    all_read = courses.whole and not courses.wrong
    for raw, file, document, index in courses.unread:
        for key, listed in (("provider", providers), ("tariff", tariffs)):
            name = raw.get(key)
            if isinstance(name, str) and not listed.knows(name):
                at = (file, document.line((index, key)))
                yield _unknown(key, name, str(raw.get("id")), listed, at)
    for course_id, course in courses.entries.items():
        if not providers.knows(course.provider):
            at = courses.where(course_id, "provider")
            yield _unknown("provider", course.provider, course_id, providers, at)
        if course.tariff is not None and not tariffs.knows(course.tariff):
            at = courses.where(course_id, "tariff")
            yield _unknown("tariff", course.tariff, course_id, tariffs, at)
        asked = (("asks", course.asks.certificates), ("gives", course.gives.education_with))
        for part, names in asked if all_read else ():
            for name in names:
                if name not in given:
                    near = nearest(name, sorted(given))
                    yield Problem(
                        *courses.where(course_id, part),
                        f"geen enkele opleiding geeft het bewijs '{name}' "
                        f"dat '{course_id}' vraagt.",
                        f"Bedoel je '{near}'?"
                        if near
                        else "Zet het bij gives.certificates van een opleiding, "
                        "of bij asks.other als zin.",
                    )
        if course.type in ("hbo5", "bachelor") and course.asks.education is None:
            yield Problem(
                *courses.where(course_id, "type"),
                f"'{course_id}' is {course.type} maar vraagt geen schoolniveau.",
                "Zet asks.education erbij, meestal upper_secondary.",
            )
        if course.checked_on > dtm.date(2100, 1, 1):
            yield Problem(
                *courses.where(course_id, "checked_on"),
                "checked_on ligt te ver in de toekomst.",
                "Kijk het jaar na.",
            )
    for kind in ("support", "tariffs"):
        for entry_id, entry in lists[kind].entries.items():
            conditions = (
                [entry.when] if kind == "support" else [r.when for r in [entry.reduced] if r]
            )
            for when in conditions:
                yield from _codes(entry_id, when, lists[kind].where(entry_id, "when"))
    if lists["leerwinkels"].whole and not lists["leerwinkels"].wrong:
        yield from _regions(lists["leerwinkels"])


def _unknown(key: str, name: str, course_id: str, listed: Listed, at: tuple[str, int]) -> Problem:
    near = nearest(name, list(listed.entries))
    if key == "provider":
        what = f"de school '{name}' van '{course_id}' staat niet in providers.yaml."
        remedy = "Zet de school in providers.yaml."
    else:
        what = f"het tarief '{name}' van '{course_id}' staat niet in tariffs.yaml."
        remedy = f"Kies uit: {', '.join(listed.entries)}."
    return Problem(*at, what, f"Bedoel je '{near}'?" if near else remedy)


def _codes(entry_id: str, when: Mapping[str, list[str]], at: tuple[str, int]) -> Iterator[Problem]:
    for field, values in when.items():
        codes = contract.labels(str(contract.fields()[field].codes))
        for value in values:
            if value not in codes:
                near = nearest(value, list(codes))
                yield Problem(
                    *at,
                    f"'{entry_id}': {field} kent de code '{value}' niet.",
                    (f"Bedoel je '{near}'? " if near else "") + f"Kies uit: {', '.join(codes)}.",
                )


def _regions(listed: Listed) -> Iterator[Problem]:
    leerwinkels: Mapping[str, model.Leerwinkel] = listed.entries
    ranges = sorted(
        (region.first, region.last, code)
        for code, leerwinkel in leerwinkels.items()
        for region in leerwinkel.regions
    )
    for (_, last, code), (first, _, other) in itertools.pairwise(ranges):
        if first <= last:
            yield Problem(
                *listed.where(other, "regions"),
                f"postcode {first} hoort bij '{code}' en bij '{other}'.",
                "Laat elke postcode bij een Leerwinkel horen.",
            )
    for code in contract.labels("leerwinkel"):
        if code not in leerwinkels:
            yield Problem(
                "leerwinkels.yaml", 1, f"de Leerwinkel '{code}' ontbreekt.", "Zet hem erbij."
            )

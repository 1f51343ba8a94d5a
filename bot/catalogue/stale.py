"""What somebody has to check again: old, expired, or never sure."""

import dataclasses
import datetime as dtm
from typing import Any

from bot.catalogue import model
from bot.catalogue.loading import Catalogue


@dataclasses.dataclass(frozen=True)
class Stale:
    """An entry that somebody must check again."""

    kind: str
    id: str
    why: str
    source: str
    checked_on: dtm.date

    def to_json(self) -> dict[str, Any]:
        return {**dataclasses.asdict(self), "checked_on": self.checked_on.isoformat()}


def stale(catalogue: Catalogue, *, today: dtm.date, days: int = 365) -> list[Stale]:
    """What is old or not sure, the longest unchecked first."""
    groups: tuple[tuple[str, list[tuple[str, model.Sourced]]], ...] = (
        ("opleiding", [(course.id, course) for course in catalogue.courses]),
        ("tarief", list(catalogue.tariffs.items())),
        ("hulp", [(measure.id, measure) for measure in catalogue.measures]),
        ("leerwinkel", list(catalogue.leerwinkels.items())),
    )
    found = []
    for kind, entries in groups:
        for entry_id, entry in entries:
            why = _why(entry, today, days)
            if why:
                found.append(Stale(kind, entry_id, why, entry.source, entry.checked_on))
    return sorted(found, key=lambda entry: (entry.checked_on, entry.kind, entry.id))


def _why(entry: model.Sourced, today: dtm.date, days: int) -> str:
    age = (today - entry.checked_on).days
    if age > days:
        return f"{age} dagen geleden nagekeken"
    if isinstance(entry, model.Tariff) and entry.valid_until and entry.valid_until < today:
        return f"geldig tot {entry.valid_until}"
    if not entry.verified:
        return "nog niet zeker"
    if entry.source_date and int(entry.source_date[:4]) < today.year - 1:
        return f"bron van {entry.source_date}"
    return ""


@dataclasses.dataclass(frozen=True)
class Page:
    """One source, and everything that has to be checked on it: one visit does them all."""

    source: str
    entries: tuple[Stale, ...]

    @property
    def oldest(self) -> dtm.date:
        """The day on which the longest unchecked entry was checked."""
        return min(entry.checked_on for entry in self.entries)


def by_page(found: list[Stale]) -> list[Page]:
    """The entries by source: the longest unchecked page first, then the one with most on it."""
    pages: dict[str, list[Stale]] = {}
    for entry in found:
        pages.setdefault(entry.source, []).append(entry)
    grouped = [Page(source, tuple(entries)) for source, entries in pages.items()]
    return sorted(grouped, key=lambda page: (page.oldest, -len(page.entries), page.source))


def worklist(pages: list[Page], catalogue: Catalogue, *, today: dtm.date) -> str:
    """The pages as a list to tick off (Markdown)."""
    count = sum(len(page.entries) for page in pages)
    lines = [
        f"# Na te kijken op {today}",
        "",
        f"{len(pages)} pagina's, {count} stukken, het oudste eerst.",
        "Juist? Zet `checked_on` op vandaag. Vink het hier af.",
    ]
    for page in pages:
        lines += ["", f"## {page.source}", ""]
        for entry in page.entries:
            where = catalogue.where.get(entry.id) if entry.kind == "opleiding" else None
            at = f" ({where[0]}, lijn {where[1]})" if where else ""
            lines.append(f"- [ ] {entry.kind} `{entry.id}`: {entry.why}{at}")
    return "\n".join(lines) + "\n"

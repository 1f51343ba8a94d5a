"""Checks of a whole catalogue: mistakes for which it is refused, mistakes that only have to be
mended, and remarks.
"""

import datetime as dtm
import pathlib
import re
from collections.abc import Iterator

from bot import contract, places
from bot.catalogue import examples, feasible, loading, model, schema
from bot.catalogue.loading import Catalogue, CatalogueError
from bot.catalogue.stale import stale
from bot.catalogue.yamlread import Problem

PRICE = re.compile(r"€|\b(?:euro|eur)\b", re.IGNORECASE)
FORMAL = re.compile(r"\b(?:u|uw|uzelf|gij)\b", re.IGNORECASE)
ABBREVIATION = re.compile(r"\b[A-Z]{3,}[0-9]?\b")
LONG_WORD = 24
"""Letters from which a word is called hard."""
SHOWN = 8
"""Names in one remark; the rest is counted."""


def check(
    folder: pathlib.Path, *, today: dtm.date | None = None
) -> tuple[list[Problem], list[str], int]:
    """All mistakes, all remarks (which stop nothing), and the number of courses.

    Args:
        folder: the folder of the catalogue.
        today: the day; without it nothing is said about dates.
    """
    try:
        catalogue = loading.load(folder)
    except CatalogueError as error:
        return error.problems, [], 0
    found = refused(catalogue) + examples.read(folder)[1]
    found += _future(catalogue, today) if today else []
    remarks = [*_remarks(catalogue, today), *schema.remarks(folder)]
    found.sort(key=lambda problem: (problem.file, problem.line))
    return found, remarks, len(catalogue.courses)


def refusals(folder: pathlib.Path) -> list[Problem]:
    """Only the mistakes for which the bot keeps the old catalogue."""
    try:
        return refused(loading.load(folder))
    except CatalogueError as error:
        return error.problems


def refused(catalogue: Catalogue) -> list[Problem]:
    """Mistakes in files that could be read, but that the bot does not use like this."""
    return [*_places(catalogue), *_closed(catalogue), *_prices(catalogue)]


def _places(catalogue: Catalogue) -> Iterator[Problem]:
    known: dict[str, bool] = {}
    for course in catalogue.courses:
        for postcode in course.places:
            if postcode not in known:
                known[postcode] = places.place(postcode) is not None
            if not known[postcode]:
                yield Problem(
                    *catalogue.where[course.id],
                    f"postcode {postcode} van '{course.id}' bestaat niet.",
                    "Kijk de postcode na.",
                )


def _closed(catalogue: Catalogue) -> Iterator[Problem]:
    for one in feasible.closed(catalogue):
        course = one.course
        asked = ", ".join(f"'{name}'" for name in course.asks.certificates)
        if one.waits_for:
            others = ", ".join(f"'{other}'" for other in one.waits_for)
            what = f"'{course.id}' en {others} wachten op elkaar: niemand kan beginnen."
            remedy = f"Hoe begint iemand? Kijk asks.certificates na ({asked})."
        elif one.clash:
            what = f"niemand kan beginnen met '{course.id}': {one.clash} botsen."
            remedy = "Pas een van de twee aan."
        elif course.asks.certificates:
            what = f"niemand kan beginnen met '{course.id}': eerst is {asked} nodig."
            remedy = "Alleen deze opleiding geeft dat, of niemand komt bij wie het geeft."
        else:
            what = f"niemand kan beginnen met '{course.id}': wat asks vraagt, kan niet samen."
            remedy = "Kijk bij asks naar education, no_diploma en foreign_diploma."
        yield Problem(*catalogue.where[course.id], what, remedy)


def _prices(catalogue: Catalogue) -> Iterator[Problem]:
    for course in catalogue.courses:
        texts = (course.summary, course.sign_up, course.duration or "", *course.asks.other)
        wrong = next((text for text in texts if PRICE.search(text)), None)
        if wrong is not None:
            yield Problem(
                *catalogue.where[course.id],
                f"in '{course.id}' staat een prijs in een zin: \"{wrong}\"",
                "Haal hem weg. Zet de prijs in tariffs.yaml en noem het tarief bij 'tariff:'.",
            )
        if (
            course.tariff is None
            and (course.hours or course.study_points)
            and ("gratis" in f"{course.summary} {course.sign_up}".lower())
        ):
            yield Problem(
                *catalogue.where[course.id],
                f"'{course.id}' noemt zich gratis, maar heeft geen tarief.",
                "Zet 'tariff:' erbij, met een id uit tariffs.yaml.",
            )


def _future(catalogue: Catalogue, today: dtm.date) -> list[Problem]:
    entries: list[tuple[str, int, str, model.Sourced]] = [
        (*catalogue.where[course.id], course.id, course) for course in catalogue.courses
    ]
    entries += [("tariffs.yaml", 1, name, one) for name, one in catalogue.tariffs.items()]
    entries += [("support/", 1, measure.id, measure) for measure in catalogue.measures]
    entries += [("leerwinkels.yaml", 1, name, one) for name, one in catalogue.leerwinkels.items()]
    return [
        Problem(
            file,
            line,
            f"checked_on van '{name}' ligt in de toekomst ({entry.checked_on}).",
            f"Schrijf de dag waarop je het nakeek, vandaag is {today}.",
        )
        for file, line, name, entry in entries
        if entry.checked_on > today
    ]


def _remarks(catalogue: Catalogue, today: dtm.date | None) -> Iterator[str]:
    themes = {theme for course in catalogue.courses for theme in course.themes}
    types = {course.type for course in catalogue.courses}
    used = {course.provider for course in catalogue.courses}
    unused = [name for name in catalogue.providers if name not in used]
    without = [t for t in contract.labels("themes") if t not in themes]
    untaught = [t for t in contract.course_types() if t not in types]
    yield from _listed("geen opleiding voor thema", without)
    yield from _listed("geen opleiding van soort", untaught)
    yield from _listed("geen opleiding bij school", unused)
    priced = [c.id for c in catalogue.courses if c.tariff is None and (c.hours or c.study_points)]
    yield from _listed("wel lesuren of studiepunten, maar geen tarief", priced)
    yield from _listed("zegt 'u', schrijf 'je'", _texts(catalogue, FORMAL))
    yield from _listed("moeilijk woord, niet in glossary.yaml", _hard(catalogue))
    if today is None:
        return
    old = stale(catalogue, today=today)
    if old:
        yield (
            f"{len(old)} stukken zijn na te kijken, het oudste van {old[0].checked_on}. "
            "Zie: leerwijzer catalogue stale"
        )


def _listed(what: str, names: list[str]) -> Iterator[str]:
    if names:
        more = f" en nog {len(names) - SHOWN}" if len(names) > SHOWN else ""
        yield f"{what}: {', '.join(names[:SHOWN])}{more}"


def _read_by_clients(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for course in catalogue.courses:
        yield course.id, f"{course.summary} {course.sign_up}"
    for measure in catalogue.measures:
        yield measure.id, measure.text


def _texts(catalogue: Catalogue, pattern: re.Pattern[str]) -> list[str]:
    return [name for name, text in _read_by_clients(catalogue) if pattern.search(text)]


def _hard(catalogue: Catalogue) -> list[str]:
    """Very long words and abbreviations that the glossary does not explain."""
    explained = {
        word.casefold()
        for entry in catalogue.glossary
        for text in (entry.word, *entry.also)
        for word in text.split()
    }
    explained |= {
        word.casefold() for one in catalogue.providers.values() for word in one.name.split()
    }
    found: dict[str, str] = {}
    for name, text in _read_by_clients(catalogue):
        words = [*ABBREVIATION.findall(text)]
        words += [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= LONG_WORD]
        for word in words:
            if word.casefold() not in explained:
                found.setdefault(word, name)
    return [f"{word} ({name})" for word, name in found.items()]

"""What a course costs: computed from the tariffs, with source and date. Never a fixed text."""

import datetime as dtm
import decimal
import urllib.parse
from collections.abc import Mapping
from typing import Any

import numpy as np
import rapidfuzz

from bot.catalogue import finding, loading, model
from bot.catalogue.loading import Catalogue
from bot.catalogue.support import applies

MOST_TARIFFS = 2
MOST_GENERAL = 5


def euro(amount: decimal.Decimal) -> str:
    """An amount as people write it: 72 or 1,50."""
    if amount == amount.to_integral_value():
        return str(int(amount))
    return f"{amount:.2f}".replace(".", ",")


def cost(
    text: str,
    record: Mapping[str, Any] | None = None,
    catalogue: Catalogue | None = None,
    *,
    today: dtm.date | None = None,
) -> list[str]:
    """Simple Dutch lines on what the kind of course in the text costs; else the general picture.

    The last line names source and date; the one before tells where to check.
    """
    catalogue = catalogue or loading.current()
    record = record or {}
    today = today or dtm.datetime.now(tz=dtm.timezone.utc).date()
    valid = [tariff for tariff in catalogue.tariffs.values() if tariff.valid_on(today)]
    found = _named(text, valid)
    if found:
        lines: list[str] = []
        for tariff in found[:MOST_TARIFFS]:
            lines += _lines(tariff, record, catalogue, detail=tariff is found[0])
        return [*lines, *_sources(found[:1], catalogue)]
    course = _course(text, catalogue)
    if course is not None:
        tariff = catalogue.tariffs[str(course.tariff)]
        if tariff.valid_on(today):
            lines = _lines(tariff, record, catalogue, course=course, detail=True)
            return [*lines, *_sources([tariff], catalogue)]
    general = sorted((t for t in valid if t.general and t.general_text), key=lambda t: t.order)
    dearest_first = general[:MOST_GENERAL]
    lines = [catalogue.phrases.cost_general]
    lines += [str(tariff.general_text) for tariff in dearest_first]
    return [*lines, *_sources(dearest_first[:1], catalogue)]


def of_course(
    course: model.Course,
    record: Mapping[str, Any],
    catalogue: Catalogue,
    *,
    today: dtm.date | None = None,
) -> list[str]:
    """Simple Dutch lines on what this course costs; [] when no tariff is known for that day.

    Its hours times the tariff, with the reduction that may hold for this person;
    the last line names the source and date of the tariff.
    """
    today = today or dtm.datetime.now(tz=dtm.timezone.utc).date()
    tariff = catalogue.tariffs.get(course.tariff or "")
    if tariff is None or not tariff.valid_on(today):
        return []
    lines = _lines(tariff, record, catalogue, course=course)
    return [*lines, *_sources([tariff], catalogue)]


def _named(text: str, tariffs: list[model.Tariff]) -> list[model.Tariff]:
    """Tariffs whose words stand in the text; the longest word decides, typos included."""
    asked = f" {' '.join(finding.words(text))} "
    ranked = []
    for tariff in tariffs:
        best = 0
        for word in tariff.words:
            form = " ".join(finding.words(word))
            if f" {form} " in asked:
                best = max(best, len(form) + 1)
            elif len(form) >= 6 and any(_alike(form, part) for part in _parts(asked, form)):
                best = max(best, len(form))
        if best:
            ranked.append((-best, tariff.order, tariff.id, tariff))
    ranked.sort(key=lambda found: found[:3])
    longest = -ranked[0][0] if ranked else 0
    return [tariff for length, _, _, tariff in ranked if -length >= longest - 1]


def _alike(form: str, part: str) -> bool:
    pairs = zip(form.split(), part.split(), strict=True)
    return rapidfuzz.fuzz.ratio(form, part) >= 85 and all(
        rapidfuzz.fuzz.ratio(one, other) >= 75 for one, other in pairs
    )


def _parts(asked: str, form: str) -> list[str]:
    tokens, length = asked.split(), len(form.split())
    return [" ".join(tokens[at : at + length]) for at in range(len(tokens) - length + 1)]


def _course(text: str, catalogue: Catalogue) -> model.Course | None:
    """The course that the text names, if it has a tariff."""
    scores = finding.index(catalogue).by_words(text)
    for number in np.argsort(-scores, kind="stable")[:5].tolist():
        course: model.Course = catalogue.courses[number]
        if float(scores[number]) >= 0.45 and course.tariff:
            return course
    return None


def _lines(
    tariff: model.Tariff,
    record: Mapping[str, Any],
    catalogue: Catalogue,
    *,
    course: model.Course | None = None,
    detail: bool = True,
) -> list[str]:
    phrases = catalogue.phrases
    title = tariff.title
    if tariff.amount is None:
        said = [phrases.cost_not_known.format(title=title)]
    elif tariff.amount == 0 and tariff.base == 0:
        said = [phrases.cost_free.format(title=title)]
    elif tariff.unit == "hour":
        said = [phrases.cost_hour.format(title=title, amount=euro(tariff.amount))]
    elif tariff.unit == "study_point":
        filled = {"title": title, "base": euro(tariff.base), "amount": euro(tariff.amount)}
        said = [phrases.cost_study_point.format(**filled)]
    else:
        said = [phrases.cost_once.format(title=title, amount=euro(tariff.base + tariff.amount))]
    if not detail:
        return said
    example = _example(tariff, course, catalogue)
    if example:
        said.append(example)
    if tariff.maximum is not None:
        said.append(phrases.cost_maximum.format(total=euro(tariff.maximum)))
    said += _reduced(tariff, record, catalogue, _units(tariff, course))
    said += tariff.notes
    return said


def _example(tariff: model.Tariff, course: model.Course | None, catalogue: Catalogue) -> str | None:
    units, text = tariff.example, tariff.example_text
    if course is not None and (own := _units(tariff, course)):
        units, text = own, f"{course.title}, {own} lesuren"
    if not units or not text or not tariff.amount:
        return None
    total = tariff.price(units)
    assert total is not None
    return catalogue.phrases.cost_example.format(example=text, total=euro(total))


def _units(tariff: model.Tariff, course: model.Course | None) -> int | None:
    """How many units of this tariff the course takes, when that is known.

    Only hours: study points are paid for each year anew, with the fixed part of that year.
    """
    return course.hours if course is not None and tariff.unit == "hour" else None


def _reduced(
    tariff: model.Tariff, record: Mapping[str, Any], catalogue: Catalogue, units: int | None
) -> list[str]:
    reduced = tariff.reduced
    if reduced is None:
        return []
    holds = None
    if reduced.when:
        probe = model.Measure.model_construct(when=reduced.when)
        holds = applies(probe, record)
    if holds is False:
        return []
    said = [reduced.text]
    total = reduced.base + reduced.amount
    if units and (whole := tariff.price(units, reduced=True)):
        said.append(catalogue.phrases.cost_reduced.format(amount=euro(whole)))
    elif total == 0:
        said.append(catalogue.phrases.cost_reduced_free)
    elif tariff.unit != "study_point" or reduced.amount == 0:
        said.append(catalogue.phrases.cost_reduced.format(amount=euro(total)))
    return said


def _sources(tariffs: list[model.Tariff], catalogue: Catalogue) -> list[str]:
    phrases = catalogue.phrases
    said = []
    for tariff in tariffs:
        said.append(phrases.cost_check.format(who=tariff.ask_at))
        site = urllib.parse.urlsplit(tariff.source).netloc.rstrip(".").removeprefix("www.")
        if tariff.source_date:
            said.append(phrases.cost_source.format(source=site, date=tariff.source_date))
        else:
            said.append(phrases.cost_source_undated.format(source=site))
    return said

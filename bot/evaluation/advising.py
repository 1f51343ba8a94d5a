"""Measures the advice: is the right course shown, is the first step right, is help named?

A person is advised as `leerwijzer match` does it: dream to themes, themes and record to courses,
path and support. What is right was written apart from the code, as criteria: a course meets a
criterion when it has one of `types_any`, one of `themes_any` and a title in which one of the
regular expressions `title_any` is found (whichever of the three are given).
"""

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.catalogue import Advice, Catalogue, Course
from bot.contract import labels
from bot.evaluation.measures import Share

Row = Mapping[str, Any]
FIRST = 3
"""So many courses count as shown."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came out for one person; None: the set says nothing about it."""

    row: Row
    advice: Advice
    right: bool | None
    """One of the first three courses is right."""
    unwanted: bool
    """One of the first three courses must not be shown."""
    first_good: bool | None
    first_wrong: bool | None
    end_right: bool | None
    """The path ends where it should."""
    topics: Mapping[str, bool]
    """Topic of help -> whether it is named."""
    infeasible: str
    """Why a step of the path can't be done after the steps before it; empty when all can."""


def meets(course: Course, criterion: Row) -> bool:
    """Whether a course meets one criterion."""
    titles = criterion.get("title_any")
    types, themes = criterion.get("types_any"), criterion.get("themes_any")
    return (
        (not types or course.type in types)
        and (not themes or bool(set(themes) & set(course.themes)))
        and (not titles or any(re.search(title, course.title, re.IGNORECASE) for title in titles))
    )


def meets_any(course: Course, criteria: Iterable[Row] | None) -> bool:
    """Whether a course meets one of the criteria."""
    return any(meets(course, criterion) for criterion in criteria or ())


def measure(
    rows: Sequence[Row], catalogue: Catalogue, advise: Callable[[Row, Catalogue], Advice]
) -> list[Outcome]:
    """Advise everybody in a set and compare with what was asked for."""
    return [_outcome(row, catalogue, advise(row["record"], catalogue)) for row in rows]


def _outcome(row: Row, catalogue: Catalogue, advice: Advice) -> Outcome:
    shown = [found.course for found in advice.courses[:FIRST]]
    steps = [catalogue.by_id[step.course_id] for step in advice.path]
    first = row.get("first_step")
    told = [f"{found.id} {found.title} {found.topic}" for found in advice.support]
    return Outcome(
        row=row,
        advice=advice,
        right=any(meets_any(course, row["good"]) for course in shown) if "good" in row else None,
        unwanted=any(meets_any(course, row.get("bad")) for course in shown),
        first_good=bool(steps) and meets_any(steps[0], first["good"]) if first else None,
        first_wrong=bool(steps) and meets_any(steps[0], first.get("wrong")) if first else None,
        end_right=bool(steps) and meets_any(steps[-1], row["path_end"])
        if row.get("path_end")
        else None,
        topics={
            topic["topic"]: any(
                re.search(pattern, text, re.IGNORECASE) for pattern in topic["any"] for text in told
            )
            for topic in row.get("topics", ())
        },
        infeasible=infeasible(steps, row["record"]),
    )


def infeasible(steps: Sequence[Course], record: Row) -> str:
    """The first step whose known conditions are not met by then, and which one; "" when none is.

    Written apart from the search of `bot.catalogue.path`, from what courses ask and give. What
    the record does not say never stands in the way.
    """
    education = list(labels("education_level"))
    dutch = list(labels("dutch_level"))
    level, speaks = record.get("education_level"), record.get("dutch_level")
    abroad = record.get("diploma_origin") == "abroad"
    recognised = record.get("diploma_recognised") == "yes"
    held: set[str] = set()
    if level == "higher" and abroad and recognised:
        held.add("erkend-diploma")
    for course in steps:
        asks, gives = course.asks, course.gives
        reasons = {
            "education": _below(level, asks.education, education),
            "education_at_most": _below(asks.education_at_most, level, education),
            "dutch": _below(speaks, asks.dutch, dutch),
            "dutch_at_most": _below(asks.dutch_at_most, speaks, dutch),
            "certificates": not set(asks.certificates) <= held,
            "age": _too_young(record.get("age_band"), asks.age),
            "age_at_most": _too_old(record.get("age_band"), asks.age_at_most),
            "situation": bool(asks.situation and record.get("situation"))
            and record["situation"] not in asks.situation,
            "no_diploma": asks.no_diploma and not abroad and level in ("upper_secondary", "higher"),
            "foreign_diploma": asks.foreign_diploma
            and (recognised or record.get("diploma_origin") == "belgium"),
        }
        failed = [name for name, wrong in reasons.items() if wrong]
        if failed:
            return f"{course.id}: {', '.join(failed)}"
        if gives.education and set(gives.education_with) <= held:
            level = _higher(level, gives.education, education)
        if gives.dutch:
            speaks = _higher(speaks, gives.dutch, dutch)
        held |= set(gives.certificates)
    return ""


def _below(has: str | None, asked: str | None, order: Sequence[str]) -> bool:
    return has is not None and asked is not None and order.index(has) < order.index(asked)


def _higher(one: str | None, other: str, order: Sequence[str]) -> str | None:
    return other if one is None or order.index(other) > order.index(one) else one


def _ages(band: str | None) -> tuple[int, int] | None:
    if not band:
        return None
    first, _, last = band.partition("_")
    return int(first), int(last) if last.isdigit() else 120


def _too_young(band: str | None, asked: int | None) -> bool:
    ages = _ages(band)
    return bool(ages and asked and ages[1] < asked)


def _too_old(band: str | None, asked: int | None) -> bool:
    ages = _ages(band)
    return bool(ages and asked and ages[0] > asked)


def headlines(outcomes: Sequence[Outcome]) -> list[tuple[str, str, str]]:
    """What, aim and figure, for the first table of the report."""
    named = [hit for outcome in outcomes for hit in outcome.topics.values()]
    lines: list[tuple[str, str, Share]] = [
        (
            "right course among the first three",
            "95%",
            Share.of(o.right for o in outcomes if o.right is not None),
        ),
        (
            "a course that must not be shown",
            "",
            Share.of(o.unwanted for o in outcomes if o.row.get("bad")),
        ),
        (
            "first step acceptable",
            "95%",
            Share.of(o.first_good for o in outcomes if o.first_good is not None),
        ),
        (
            "first step wrong",
            "0%",
            Share.of(o.first_wrong for o in outcomes if o.first_wrong is not None),
        ),
        (
            "path ends at the dream",
            "",
            Share.of(o.end_right for o in outcomes if o.end_right is not None),
        ),
        ("due topics of help named", "97%", Share.of(named)),
        ("path feasible", "100%", Share.of(not o.infeasible for o in outcomes)),
    ]
    return [(what, aim, str(share)) for what, aim, share in lines if share.total]


def worst(outcomes: Sequence[Outcome]) -> list[tuple[str, str, str, str]]:
    """Each person for whom something is wrong: id, dream, what is wrong, what was shown."""
    lines = []
    for outcome in outcomes:
        faults = list(_faults(outcome))
        if faults:
            shown = ", ".join(found.course.id for found in outcome.advice.courses[:FIRST])
            steps = " > ".join(step.course_id for step in outcome.advice.path)
            lines.append(
                (
                    str(outcome.row.get("id", "")),
                    str(outcome.row["record"].get("dream") or "-"),
                    "; ".join(faults),
                    f"{shown} / {steps or '-'}",
                )
            )
    return lines


def _faults(outcome: Outcome) -> Iterable[str]:
    if outcome.right is False:
        yield "no right course"
    if outcome.unwanted:
        yield "a course that must not be shown"
    if outcome.first_wrong:
        yield "first step wrong"
    elif outcome.first_good is False:
        yield "first step not accepted"
    if outcome.end_right is False:
        yield "path ends elsewhere"
    missed = [topic for topic, hit in outcome.topics.items() if not hit]
    if missed:
        yield f"not named: {', '.join(missed)}"
    if outcome.infeasible:
        yield f"not feasible: {outcome.infeasible}"

"""What helps against a barrier, and what the rules say about a situation."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, get_args

from bot.catalogue import loading, model
from bot.catalogue.choosing import mentions
from bot.catalogue.loading import Catalogue
from bot.catalogue.regions import leerwinkel_for

PER_BARRIER = 2
"""Measures shown for one barrier: more is not read."""

TOPICS: tuple[str, ...] = get_args(model.Topic)

_LOW_DUTCH = ("a0", "a1", "a2")


def applies(measure: model.Measure, record: Mapping[str, Any]) -> bool | None:
    """True: every condition is met; None: a field is not known; False: one is not met."""
    unknown = False
    for field, codes in measure.when.items():
        value = record.get(field)
        if field == "leerwinkel" and not value and record.get("postcode"):
            value = leerwinkel_for(str(record["postcode"])) or "?"
        if value is None or value == [] or value == "":
            unknown = True
        elif isinstance(value, (list, tuple, set, frozenset)):
            if not set(value) & set(codes):
                return False
        elif value not in codes:
            return False
    return None if unknown else True


def measures(
    topic: str, record: Mapping[str, Any], catalogue: Catalogue | None = None
) -> list[model.Measure]:
    """Measures of a topic for this person, best first.

    First what is meant for the person's own situation, then what is for everybody, then what
    may apply but depends on something that nobody said. What certainly does not apply is left out.

    Raises:
        KeyError: there is no such topic.
    """
    if topic not in TOPICS:
        raise KeyError(topic)
    ranked = []
    for measure in (catalogue or loading.current()).measures:
        if measure.topic == topic:
            holds = applies(measure, record)
            if holds is not False:
                rank = 2 if holds is None else (0 if measure.when else 1)
                ranked.append((rank, measure.order, measure.id, measure))
    return [measure for *_, measure in sorted(ranked, key=lambda found: found[:3])]


def support(
    record: Mapping[str, Any], catalogue: Catalogue, types: Collection[str] = ()
) -> list[model.Measure]:
    """For each barrier the measures that help most, then those for the situation and the courses.

    What matters most comes first: of each barrier the best measure, in the order in which they
    were named, then of the situation, then the rest. Whoever is ill first asks the doctor of the
    health insurance fund: a benefit hangs on it.

    Args:
        record: the fields that are known.
        catalogue: the catalogue.
        types: types of the courses that are shown.
    """
    found: dict[str, model.Measure] = {}
    for topic in _topics(record, types):
        ours = [m for m in measures(topic, record, catalogue) if applies(m, record) is True]
        named = topic in (record.get("barriers") or ())
        maybe = measures(topic, record, catalogue) if named else []
        listed = [m for m in [*ours, *maybe] if m.id not in found and _calls_for(m, record, types)]
        for measure in listed[:PER_BARRIER]:
            found[measure.id] = measure
    for topic in TOPICS:
        usual = sum(measure.always and measure.topic == topic for measure in found.values())
        for measure in measures(topic, record, catalogue):
            if measure.id in found or applies(measure, record) is not True:
                continue
            special = measure.words or measure.for_types
            if not (special or measure.always) or not _calls_for(measure, record, types):
                continue
            if special or usual < PER_BARRIER:
                found[measure.id] = measure
                usual += measure.always
    ordered = _one_of_each(list(found.values()))
    return sorted(ordered, key=lambda measure: not measure.first)


def _one_of_each(found: list[model.Measure]) -> list[model.Measure]:
    """The first measure of every topic before a second of any: clients read the first few."""
    first = {measure.topic: measure.id for measure in reversed(found)}
    return sorted(found, key=lambda measure: first[measure.topic] != measure.id)


def _calls_for(measure: model.Measure, record: Mapping[str, Any], types: Collection[str]) -> bool:
    """Whether the words of the client and the courses shown call for this measure."""
    if measure.for_types and not set(measure.for_types) & set(types):
        return False
    text = f"{record.get('dream') or ''} {record.get('strengths') or ''}"
    return not measure.words or mentions(text, measure.words)


def _topics(record: Mapping[str, Any], types: Collection[str]) -> Iterable[str]:
    named = [topic for topic in record.get("barriers") or () if topic in TOPICS]
    if record.get("situation") == "sick_or_disabled":
        named = ["health", *(topic for topic in named if topic != "health")]
    yield from named
    if record.get("situation") in (
        "job_seeking", "sick_or_disabled", "living_wage", "school_leaver_waiting",
        "child_benefit", "no_income", "neet",
    ):  # fmt: skip
        yield "benefits"
    abroad = record.get("diploma_origin") == "abroad"
    if abroad and record.get("diploma_recognised") != "yes" and "foreign_diploma" not in named:
        yield "foreign_diploma"
    learns = "nt2" in types or record.get("dutch_level") in _LOW_DUTCH
    if learns and "language" not in named:
        yield "language"

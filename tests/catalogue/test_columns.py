"""The columns say of thousands of courses what the matching says of one."""

import numpy as np
import pytest

from bot.catalogue import columns, match, path
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import person

PEOPLE = [
    {},
    {"postcode": "3600", "schedule": ["evening"], "dutch_level": "a1", "education_level": "none"},
    {"postcode": "8400", "barriers": ["mobility"], "schedule": ["online"], "age_band": "16_17"},
    {"education_level": "higher", "diploma_origin": "abroad", "dutch_level": "b1"},
    {"education_level": "upper_secondary", "diploma_origin": "belgium", "dutch_level": "c1",
     "situation": "working", "postcode": "9000", "age_band": "55_plus"},
    {"postcode": "0000", "situation": "living_wage", "education_level": "lower_secondary"},
]  # fmt: skip


@pytest.mark.parametrize("record", PEOPLE)
def test_a_course_that_is_open_is_never_left_out(
    real: Catalogue, record: dict[str, object]
) -> None:
    who = person(record)
    facts = columns.of(real)
    rows = np.arange(len(real.courses))
    opened, ready = facts.open(who, rows), facts.ready(who, rows)
    for number, course in enumerate(real.courses):
        if path.fixed_met(course, who):
            assert opened[number], course.id
            if path.meets(course, path.start(who), who, real) and not course.asks.certificates:
                assert ready[number], course.id


@pytest.mark.parametrize("record", PEOPLE)
def test_reach_and_hours_are_those_of_the_matching(
    real: Catalogue, record: dict[str, object]
) -> None:
    who = person(record)
    facts = columns.of(real)
    rows = np.arange(len(real.courses))
    reach, hours = facts.reach(who, rows), facts.schedule(who, rows)
    for number, course in enumerate(real.courses):
        given = match.fit(course, who, real)
        assert hours[number] == pytest.approx(match.schedule_score(course, given, who)), course.id
        if not course.online:
            wanted = match.reach_score(course, given, who)
            assert reach[number] == pytest.approx(wanted, abs=0.11), course.id


def test_columns_are_made_once(real: Catalogue) -> None:
    assert columns.of(real) is columns.of(real)

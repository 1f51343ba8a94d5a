"""Twelve people and what their advice must and must not hold, on the real catalogue."""

import dataclasses
import datetime as dtm
from typing import Any

import pytest

from bot.catalogue.advice import advise
from bot.catalogue.loading import Catalogue


@dataclasses.dataclass(frozen=True)
class Persona:
    """Somebody, and what the advice for them must and must not hold."""

    who: str
    record: dict[str, Any]
    types: set[str] = dataclasses.field(default_factory=set)
    """At least one of these types among the courses."""
    theme: str | None = None
    first_step: set[str] = dataclasses.field(default_factory=set)
    """Types that the first step may have; empty: any."""
    last_step: set[str] = dataclasses.field(default_factory=set)
    never: set[str] = dataclasses.field(default_factory=set)
    """Types that may not be offered."""
    topics: set[str] = dataclasses.field(default_factory=set)
    near_km: float | None = None


PERSONAS = [
    Persona(
        "Fatima: moeder, weinig Nederlands, wil verpleegster worden",
        {
            "dream": "ik wil verpleegster worden", "dream_themes": ["care"],
            "education_level": "lower_secondary", "dutch_level": "a1", "postcode": "3600",
            "situation": "job_seeking", "barriers": ["language", "childcare"],
            "schedule": ["day"], "age_band": "26_34",
        },
        types={"hbo5", "second_chance", "vocational"}, theme="care",
        first_step={"nt2", "basic_education"}, last_step={"hbo5", "bachelor"},
        topics={"language", "childcare", "benefits"},
    ),
    Persona(
        "Ahmed: bijna geen school, nog geen Nederlands, geen droom",
        {"education_level": "none", "dutch_level": "a0", "postcode": "2800",
         "situation": "living_wage"},
        types={"nt2", "basic_education"}, first_step={"nt2", "basic_education"},
        never={"bachelor", "hbo5"}, topics={"benefits", "language"},
    ),
    Persona(
        "Ben: 30, geen diploma, wil een diploma",
        {"dream": "ik wil mijn diploma halen", "dream_themes": ["diploma"],
         "education_level": "lower_secondary", "dutch_level": "c1", "postcode": "9000",
         "situation": "working", "schedule": ["evening"], "barriers": ["time"],
         "age_band": "26_34"},
        types={"second_chance"}, theme="diploma", first_step={"second_chance"},
        never={"nt2"}, topics={"time"},
    ),
    Persona(
        "Lies: diploma secundair, wil naar de hogeschool",
        {"dream": "sociaal werk studeren", "dream_themes": ["social_work", "higher_education"],
         "education_level": "upper_secondary", "diploma_origin": "belgium",
         "dutch_level": "c1", "postcode": "8500", "situation": "school_leaver_waiting",
         "age_band": "18_25", "barriers": ["finance"]},
        types={"hbo5", "bachelor"}, theme="social_work", never={"nt2", "basic_education"},
        topics={"finance", "benefits"},
    ),
    Persona(
        "Omar: ingenieur met diploma uit Syrië",
        {"dream": "weer met computers werken", "dream_themes": ["ict"],
         "education_level": "higher", "diploma_origin": "abroad",
         "diploma_recognised": "no", "dutch_level": "b1", "postcode": "1000",
         "situation": "job_seeking", "barriers": ["foreign_diploma"], "age_band": "35_44"},
        theme="ict", never={"basic_education"}, topics={"foreign_diploma", "benefits"},
    ),
    Persona(
        "Rita: 56, ziek, rug kapot, wil kantoorwerk",
        {"dream": "werk op kantoor", "dream_themes": ["business_admin"],
         "education_level": "lower_secondary", "dutch_level": "c1", "postcode": "3500",
         "situation": "sick_or_disabled", "barriers": ["health"], "age_band": "55_plus"},
        theme="business_admin", never={"nt2"}, topics={"health", "benefits"},
    ),
    Persona(
        "Kevin: 17, wil autotechniek",
        {"dream": "auto's herstellen", "dream_themes": ["engineering"],
         "education_level": "lower_secondary", "dutch_level": "c1", "postcode": "8400",
         "situation": "neet", "age_band": "16_17"},
        theme="engineering", never={"nt2"}, topics={"benefits"},
    ),
    Persona(
        "Maria: poetst al lang, wil papieren van haar werk",
        {"dream": "ik wil poetsen", "dream_themes": ["cleaning"], "education_level": "primary",
         "dutch_level": "a2", "postcode": "3500", "situation": "job_seeking",
         "barriers": ["confidence", "digital"]},
        theme="cleaning", never={"bachelor"}, topics={"confidence", "digital"},
    ),
    Persona(
        "Yusuf: wil vrachtwagenchauffeur worden",
        {"dream": "met een vrachtwagen rijden", "dream_themes": ["transport_logistics"],
         "education_level": "primary", "dutch_level": "a2", "postcode": "9000",
         "situation": "job_seeking", "age_band": "26_34", "barriers": ["mobility"]},
        types={"vdab"}, theme="transport_logistics", topics={"mobility"},
    ),
    Persona(
        "Sofie: wil een eigen kapsalon, werkt, alleen 's avonds",
        {"dream": "een eigen kapsalon", "dream_themes": ["hair_beauty", "self_employed"],
         "education_level": "upper_secondary", "diploma_origin": "belgium",
         "dutch_level": "c1", "postcode": "3000", "situation": "working",
         "schedule": ["evening"], "age_band": "26_34"},
        theme="hair_beauty", never={"nt2", "basic_education"},
    ),
    Persona(
        "Elena: kinderen, Nederlands goed, zonder auto in Oostende",
        {"dream": "werken in een crèche", "dream_themes": ["childcare"],
         "education_level": "upper_secondary", "diploma_origin": "abroad",
         "dutch_level": "b2", "postcode": "8400", "situation": "no_income",
         "barriers": ["mobility", "finance"], "age_band": "35_44"},
        theme="childcare", topics={"mobility", "finance", "foreign_diploma"}, near_km=60,
    ),
    Persona(
        "Jan: zei alleen dat hij wil koken",
        {"dream": "kok worden", "dream_themes": ["hospitality_food"]},
        theme="hospitality_food",
    ),
]  # fmt: skip


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.who.split(":")[0])
def test_advice_of(persona: Persona, real: Catalogue, today: dtm.date) -> None:
    found = advise(persona.record, real, today=today)
    shown = [match.course for match in found.courses]
    types = {course.type for course in shown}
    assert 2 <= len(shown) <= 3
    if persona.theme:
        assert persona.theme in shown[0].themes
    if persona.types:
        assert persona.types & types
    assert not persona.never & types
    assert not persona.never & {step.type for step in found.path}
    if persona.first_step:
        assert found.path[0].type in persona.first_step
    if persona.last_step:
        assert found.path[-1].type in persona.last_step
    assert persona.topics <= {measure.topic for measure in found.support}
    assert len(types) >= 2
    if persona.near_km:
        assert not any("ver:" in text for match in found.courses for text in match.missing)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.who.split(":")[0])
def test_the_first_step_can_be_done_now(persona: Persona, real: Catalogue, today: dtm.date) -> None:
    found = advise(persona.record, real, today=today)
    first = next(c for c in real.courses if c.id == found.path[0].course_id)
    level = persona.record.get("dutch_level")
    if level and first.asks.dutch:
        assert level >= first.asks.dutch


@pytest.mark.parametrize(
    ("given_age", "for_the_young"), [({}, False), ({"age_band": "18_25"}, True)]
)
def test_a_path_through_what_is_for_the_young_needs_an_age(
    given_age: dict[str, str], for_the_young: bool, real: Catalogue, today: dtm.date
) -> None:
    record = {"dream": "verpleegster worden", "education_level": "primary", "dutch_level": "a2",
              "postcode": "9000", "situation": "job_seeking", **given_age}  # fmt: skip

    steps = advise(record, real, today=today).path

    courses = {course.id: course for course in real.courses}
    young = [courses[step.course_id].asks.age_at_most is not None for step in steps]
    assert steps
    assert any(young) is for_the_young

"""Paths: every step can be done by who did the steps before it."""

import datetime as dtm
import typing
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import model, path
from bot.catalogue.advice import advise
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import DUTCH, EDUCATION, Person, person

CERTIFICATES = ("aav", "beroepscertificaat", "zorg", "erkend-diploma")
TYPES = typing.get_args(model.CourseType)


SCHOOL = model.Provider(id="school", name="School", kind="cvo")
THEMES = st.sampled_from(["care", "dutch", "diploma", "ict"])


def optional(*values: str) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.sampled_from(values))


@st.composite
def courses(draw: st.DrawFn, number: int) -> model.Course:
    return model.Course.model_validate(
        {
            "id": f"c{number}",
            "title": f"Cursus {number}",
            "provider": "school",
            "type": draw(st.sampled_from(TYPES)),
            "themes": [draw(THEMES)],
            "everywhere": True,
            "asks": {
                "education": draw(optional(*EDUCATION)),
                "dutch": draw(optional(*DUTCH)),
                "dutch_at_most": draw(optional(*DUTCH)),
                "education_at_most": draw(optional(*EDUCATION)),
                "foreign_diploma": draw(st.booleans()),
                "age_at_most": draw(st.one_of(st.none(), st.sampled_from([17, 24]))),
                "situation": draw(st.lists(st.sampled_from(["working", "neet"]), max_size=1)),
                "no_diploma": draw(st.booleans()),
                "age": draw(st.one_of(st.none(), st.sampled_from([18, 21]))),
                "certificates": draw(st.lists(st.sampled_from(CERTIFICATES), max_size=2)),
            },
            "gives": {
                "education": draw(optional(*EDUCATION)),
                "education_with": draw(st.lists(st.sampled_from(CERTIFICATES), max_size=1)),
                "dutch": draw(optional(*DUTCH)),
                "certificates": draw(st.lists(st.sampled_from(CERTIFICATES), max_size=2)),
            },
            "summary": "Je leert.",
            "sign_up": "Bel.",
            "source": "https://example.org",
            "checked_on": dtm.date(2026, 11, 22),
            "verified": True,
        }
    )


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[model.Course, ...]:
    return tuple(draw(courses(n)) for n in range(draw(st.integers(1, 9))))


PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "education_level": st.sampled_from(EDUCATION),
        "dutch_level": st.sampled_from(DUTCH),
        "age_band": st.sampled_from(["16_17", "18_25", "35_44"]),
        "situation": st.sampled_from(["working", "neet", "job_seeking"]),
        "diploma_origin": st.sampled_from(["belgium", "abroad"]),
        "diploma_recognised": st.sampled_from(["yes", "no", "unknown"]),
    },
)


def small(content: tuple[model.Course, ...], real: Catalogue) -> Catalogue:
    return Catalogue(
        courses=content,
        providers=MappingProxyType({"school": SCHOOL}),
        tariffs=MappingProxyType({}),
        leerwinkels=MappingProxyType({}),
        measures=(),
        glossary=(),
        phrases=real.phrases,
        usual=real.usual,
        labels=real.labels,
        where=MappingProxyType({}),
    )


def walk(steps: typing.Iterable[model.Course], who: Person, catalogue: Catalogue) -> None:
    """Written apart from the code under test: check each condition by hand."""
    education, dutch, held = who.education, who.dutch, set(who.certificates)
    for course in steps:
        asks, gives = course.asks, course.gives
        if asks.education and education is not None:
            assert EDUCATION.index(asks.education) <= education
        if asks.dutch and dutch is not None:
            assert DUTCH.index(asks.dutch) <= dutch
        if asks.dutch_at_most and dutch is not None:
            assert dutch <= DUTCH.index(asks.dutch_at_most)
        if asks.education_at_most and education is not None:
            assert education <= EDUCATION.index(asks.education_at_most)
        assert set(asks.certificates) <= held
        if asks.age and who.ages:
            assert who.ages[1] >= asks.age
        if asks.age_at_most and who.ages:
            assert who.ages[0] <= asks.age_at_most
        if asks.situation and who.situation:
            assert who.situation in asks.situation
        if asks.foreign_diploma:
            assert who.abroad is not False
            assert who.foreign or who.education is None or who.abroad is None
        if asks.no_diploma and not who.foreign and education is not None:
            assert education < EDUCATION.index("upper_secondary")
        if gives.education and set(gives.education_with) <= held:
            education = max(
                -1 if education is None else education, EDUCATION.index(gives.education)
            )
        if gives.dutch:
            dutch = max(-1 if dutch is None else dutch, DUTCH.index(gives.dutch))
        held |= set(gives.certificates)


@settings(max_examples=60, deadline=None)
@given(content=catalogues(), record=PEOPLE)
def test_every_step_is_met_by_the_person_or_by_an_earlier_step(
    real: Catalogue, content: tuple[model.Course, ...], record: dict[str, str]
) -> None:
    catalogue, who = small(content, real), person(record)
    routes = path.Routes(who, catalogue)
    for course in content:
        route = routes.to(course)
        if route is not None:
            assert len(route.before) <= path.MOST_STEPS
            assert len({step.id for step in route.before}) == len(route.before)
            walk([*route.before, course], who, catalogue)


@settings(max_examples=50, deadline=None)
@given(content=catalogues(), record=PEOPLE, themes=st.lists(THEMES, max_size=2, unique=True))
def test_the_path_of_the_advice_can_be_walked(
    real: Catalogue, content: tuple[model.Course, ...], record: dict[str, str], themes: list[str]
) -> None:
    catalogue = small(content, real)
    found = advise({**record, "dream_themes": themes}, catalogue, today=dtm.date(2026, 11, 22))
    steps = [catalogue.by_id[step.course_id] for step in found.path]
    walk(steps, person(record), catalogue)
    assert len({step.id for step in steps}) == len(steps), "no loop"


@settings(max_examples=40, deadline=None)
@given(content=catalogues(), record=PEOPLE)
def test_a_course_that_can_start_now_needs_no_steps(
    real: Catalogue, content: tuple[model.Course, ...], record: dict[str, str]
) -> None:
    catalogue, who = small(content, real), person(record)
    routes = path.Routes(who, catalogue)
    for course in content:
        if path.meets(course, path.start(who), who, catalogue):
            route = routes.to(course)
            assert route is not None
            assert not route.before


def test_a_nurse_starts_with_dutch_and_a_diploma(sample: Catalogue) -> None:
    # GIVEN somebody with a little Dutch and no diploma
    who = person({"education_level": "lower_secondary", "dutch_level": "a1"})
    # WHEN the way to nursing is searched
    route = path.Routes(who, sample).to(sample.by_id["verpleegkunde"])
    # THEN Dutch comes first and the diploma before nursing
    assert route is not None
    steps = [course.id for course in route.before]
    assert steps[0] == "nt2-cvo"
    walk([*route.before, sample.by_id["verpleegkunde"]], who, sample)


def test_two_halves_make_a_diploma_in_either_order(sample: Catalogue) -> None:
    state = path.State(2, 3)
    one = path.after(sample.by_id["aav"], path.after(sample.by_id["zorg-genk"], state))
    other = path.after(sample.by_id["zorg-genk"], path.after(sample.by_id["aav"], state))
    assert one.education == other.education == EDUCATION.index("upper_secondary")
    assert path.after(sample.by_id["aav"], state).education == 2


def test_what_can_be_done_now_comes_first(real: Catalogue) -> None:
    # GIVEN lessons of Dutch in front of recognition, which waits for nothing
    record = {"education_level": "higher", "diploma_origin": "abroad", "dutch_level": "b1"}
    steps = [real.by_id[one] for one in ("nt2-cvo-2-3", "naric-zorgberoep", "visum-arts")]
    # WHEN recognition is the easiest
    ordered = path.easiest_first(
        steps, person(record), real, lambda course: 2.0 if course.type == "nt2" else 1.0
    )
    # THEN it comes first, and what asks both stays last
    assert [step.id for step in ordered] == ["naric-zorgberoep", "nt2-cvo-2-3", "visum-arts"]
    walk(ordered, person(record), real)


def test_nothing_is_assumed_of_what_nobody_said(sample: Catalogue) -> None:
    route = path.Routes(person({}), sample).to(sample.by_id["verpleegkunde"])
    assert route is not None
    assert not route.before


def test_what_cannot_be_learned_has_no_way(sample: Catalogue) -> None:
    who = person({"age_band": "16_17", "education_level": "primary", "dutch_level": "c1"})
    assert path.Routes(who, sample).to(sample.by_id["bus"]) is None

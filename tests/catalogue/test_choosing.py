"""What is offered to whom, on the real catalogue: each class of fault that counsellors named."""

import datetime as dtm
import itertools
import typing

import pytest

from bot import contract
from bot.catalogue import choosing, match
from bot.catalogue.advice import Advice, advise
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import person
from tests.catalogue.test_path import walk

ENGINEER: dict[str, typing.Any] = {
    "dream": "ik was ingenieur in Syrië, ik wil weer als ingenieur werken",
    "education_level": "higher",
    "diploma_origin": "abroad",
    "diploma_recognised": "no",
    "dutch_level": "a2",
    "situation": "job_seeking",
    "postcode": "3600",
    "age_band": "35_44",
}
NURSE = {**ENGINEER, "dream": "verpleegster, dat deed ik in Congo ook", "dutch_level": "b1"}
WEAK_READER: dict[str, typing.Any] = {
    "education_level": "primary",
    "dutch_level": "b1",
    "postcode": "3600",
    "age_band": "26_34",
}


@pytest.fixture(scope="module")
def told(real: Catalogue, today: dtm.date) -> typing.Callable[..., Advice]:
    def ask(record: dict[str, typing.Any], **changed: typing.Any) -> Advice:
        return advise({**record, **changed}, real, today=today)

    return ask


Ask = typing.Callable[..., Advice]


def shown(found: Advice) -> list[str]:
    return [one.course.id for one in found.courses]


def path(found: Advice) -> list[str]:
    return [step.course_id for step in found.path]


@pytest.mark.parametrize("record", [ENGINEER, NURSE], ids=["engineer", "nurse"])
def test_a_diploma_from_abroad_is_recognised_first(
    told: Ask, record: dict[str, typing.Any]
) -> None:
    # GIVEN somebody who studied elsewhere and wants that work again
    found = told(record)
    # THEN recognition is the first step, Dutch comes on the way, the work is at the end
    assert path(found)[0].startswith("naric-")
    assert any(step.type == "nt2" for step in found.path)
    assert path(found)[-1] in ("weer-ingenieur", "visum-verpleegkundige")
    # AND nobody is sent back to school for less than they have
    assert not {"basic_education", "second_chance"} & {c.course.type for c in found.courses}
    assert "foreign_diploma" in {measure.topic for measure in found.support}


def test_a_recognised_diploma_needs_no_recognition(told: Ask) -> None:
    found = told(ENGINEER, diploma_recognised="yes", dutch_level="b2")
    assert path(found) == ["weer-ingenieur"]
    assert not any(course.startswith("naric-") for course in shown(found))


def test_recognition_is_not_for_a_diploma_of_here(told: Ask) -> None:
    found = told(ENGINEER, diploma_origin="belgium", diploma_recognised=None)
    ids = {*shown(found), *path(found)}
    assert not any(one.startswith(("naric-", "weer-")) for one in ids)


def test_another_dream_than_the_diploma_is_taken_seriously(told: Ask) -> None:
    found = told(ENGINEER, dream="kok worden")
    assert not any(one.startswith("naric-") for one in path(found))
    assert "hospitality_food" in found.courses[0].course.themes


def test_only_what_was_tells_what_is_dreamt_of(real: Catalogue) -> None:
    # GIVEN a dream that only tells of the past, and one with a wish behind it
    record = {"dream": "in mijn land was ik bakker"}
    then = choosing.wish(record, person(record), real)
    now = choosing.wish({"dream": "ik was bakker, nu wil ik kapper worden"}, person({}), real)
    assert "hospitality_food" in then.themes
    assert now.themes == ("hair_beauty",)


def test_an_own_salon_shows_hair_and_business(told: Ask) -> None:
    for words in ("een eigen kapsalon", "eigen kapsalon openen"):
        found = told({"dream": words, "education_level": "primary", "dutch_level": "b1"})
        themes = {theme for one in found.courses for theme in one.course.themes}
        assert {"hair_beauty", "self_employed"} <= themes
        assert "hair_beauty" in found.courses[0].course.themes


def test_two_dreams_are_both_shown(told: Ask) -> None:
    found = told(WEAK_READER, dream="kok of misschien iets in de zorg")
    themes = {theme for one in found.courses for theme in one.course.themes}
    assert {"hospitality_food", "care"} <= themes


def test_exams_without_lessons_are_not_for_weak_readers(told: Ask) -> None:
    found = told(WEAK_READER, dream="mijn diploma secundair halen")
    assert "examencommissie" not in shown(found)
    assert "examencommissie" not in path(found)


@pytest.mark.parametrize("level", ["upper_secondary", "higher"])
def test_reading_and_writing_lessons_are_not_for_the_schooled(told: Ask, level: str) -> None:
    found = told(ENGINEER, dream="nederlands leren", dutch_level="a0", education_level=level)
    assert not any("alfa" in one or "ligo" in one for one in [*shown(found), *path(found)])
    assert found.path[0].type == "nt2"


def test_who_can_not_read_gets_slow_lessons(told: Ask) -> None:
    found = told(WEAK_READER, dream="naaien", education_level="none", dutch_level="a0")
    assert path(found)[0] in ("nt2-alfa-ligo", "nt2-ligo-1")


def test_a_doctor_is_far_and_not_refused(told: Ask) -> None:
    found = told(WEAK_READER, dream="dokter worden", education_level="lower_secondary")
    assert path(found)[-1] == "bachelor-geneeskunde"
    assert len(path(found)) > 2
    assert "bachelor-geneeskunde" in shown(found)


def test_a_far_first_step_says_so_and_names_the_school(real: Catalogue, today: dtm.date) -> None:
    # GIVEN a course for firefighters that is only given far from Virton's Flemish neighbours
    record = {"dream": "brandweer", "postcode": "8660", "dutch_level": "c1", "age_band": "26_34"}
    found = advise({**record, "education_level": "upper_secondary"}, real, today=today)
    first = found.path[0]
    assert first.provider
    told_far = any("het is ver" in text for text in found.courses[0].missing)
    assert (first.far_km is not None) == told_far


def test_too_young_for_now_is_shown_with_a_first_step(told: Ask) -> None:
    found = told(
        {"dream": "bij het leger", "age_band": "16_17", "education_level": "lower_secondary",
         "dutch_level": "c1", "postcode": "3600"}
    )  # fmt: skip
    soldier = next(one for one in found.courses if one.course.id == "soldaat-matroos-defensie")
    assert "je moet minstens 18 jaar zijn" in soldier.missing
    assert "soldaat-matroos-defensie" not in path(found)
    assert found.path


def test_who_does_not_know_gets_something_to_choose_with(told: Ask) -> None:
    found = told(WEAK_READER, dream="geen idee", education_level="lower_secondary")
    assert found.themes == []
    assert any(one.course.for_undecided for one in found.courses)


def test_experience_opens_a_test_instead_of_school(told: Ask) -> None:
    record = {"education_level": "lower_secondary", "dutch_level": "c1", "situation": "working"}
    found = told(record, dream="ik doe al 15 jaar onthaal van kinderen en wil een diploma")
    assert "evc" in {one.course.type for one in found.courses}
    assert "evc" in {measure.id for measure in found.support}


def test_experience_is_read_as_whole_words(real: Catalogue) -> None:
    assert choosing.experienced("ik doe dit al 15 jaar", real)
    assert choosing.experienced("ik ben 15 jaar lasser geweest", real)
    assert not choosing.experienced("ik wil naar het voorbereidend jaar", real)


@pytest.mark.parametrize(
    "text",
    ["ik ben 35 jaar en wil kok worden", "ik wil kok worden, ik ben 20 jaar", "ik ben 52 jaar oud",
     "ik stopte 10 jaar geleden met school", "ik deed 4 jaar secundair"],
)  # fmt: skip
def test_an_age_is_no_experience(text: str, real: Catalogue) -> None:
    assert not choosing.experienced(text, real)


@pytest.mark.parametrize(
    "dream",
    ["ik werk 20 jaar als elektricien en wil een diploma", "ik ben al jaren kok zonder diploma",
     "ik doe al 12 jaar poetswerk maar heb geen papier"],
)  # fmt: skip
@pytest.mark.parametrize("record", [{}, {"education_level": "lower_secondary", "postcode": "3600"}])
def test_who_has_the_experience_and_no_paper_sees_a_way_to_prove_it(
    dream: str, record: dict[str, str], told: Ask
) -> None:
    found = told(record, dream=dream)
    assert "evc" in [one.course.type for one in found.courses[:2]]
    assert len({one.course.type for one in found.courses}) >= 2, "and another kind of route"


def test_a_test_of_another_trade_is_not_offered(told: Ask) -> None:
    found = told({}, dream="ik ben al jaren kok zonder diploma, ik wil een papier")
    assert "evc-uitbener" not in {one.course.id for one in found.courses}
    butcher = told({}, dream="ik ben al jaren slager zonder diploma, ik wil een papier")
    assert "evc-uitbener" in {one.course.id for one in butcher.courses}


def test_no_test_of_experience_for_who_wants_other_work(told: Ask) -> None:
    found = told({}, dream="ik werk al 10 jaar in de fabriek en wil verpleegster worden")
    assert "evc" not in {one.course.type for one in found.courses}


def test_the_doctor_of_the_insurance_fund_comes_first(told: Ask) -> None:
    found = told(
        WEAK_READER, dream="kantoor", situation="sick_or_disabled",
        barriers=["finance", "mobility", "health"],
    )  # fmt: skip
    assert found.support[0].id == "dokter-eerst"


def test_help_follows_the_courses_that_are_shown(told: Ask) -> None:
    student = told({"dream": "sociaal werk", "education_level": "upper_secondary",
                    "diploma_origin": "belgium", "dutch_level": "c1"})  # fmt: skip
    worker = told(WEAK_READER, dream="mijn diploma secundair halen", situation="working")
    assert "studietoelage" in {measure.id for measure in student.support}
    assert {"diplomapremie", "opleidingsverlof"} <= {measure.id for measure in worker.support}


def test_fear_of_computers_keeps_lessons_on_a_screen_away(real: Catalogue) -> None:
    online = real.by_id["tko-leah"]
    afraid = person({"barriers": ["digital"]})
    wants = person({"schedule": ["online"]})
    given = match.fit(online, afraid, real)
    assert match.reach_score(online, given, afraid) < match.reach_score(online, given, wants)


SWEEP = [
    {"education_level": level, "dutch_level": dutch, **origin}
    for level, dutch, origin in [
        ("none", "a0", {}), ("none", "b1", {}), ("primary", "a1", {}), ("primary", "c1", {}),
        ("lower_secondary", "a2", {}), ("lower_secondary", "c1", {}),
        ("upper_secondary", "a0", {"diploma_origin": "abroad", "diploma_recognised": "no"}),
        ("upper_secondary", "c1", {"diploma_origin": "belgium"}),
        ("higher", "a1", {"diploma_origin": "abroad", "diploma_recognised": "unknown"}),
        ("higher", "b2", {"diploma_origin": "abroad", "diploma_recognised": "yes"}),
        ("higher", "c1", {"diploma_origin": "belgium"}),
    ]
]  # fmt: skip


@pytest.mark.parametrize("theme", sorted(contract.labels("themes")))
def test_everybody_gets_a_first_step_that_is_open(
    real: Catalogue, today: dtm.date, theme: str
) -> None:
    for record, postcode in zip(SWEEP, itertools.cycle(("8400", "1000", "3600")), strict=False):
        whole = {**record, "dream_themes": [theme], "postcode": postcode, "age_band": "26_34"}
        found = advise(whole, real, today=today)
        steps = [real.by_id[one] for one in path(found)]
        assert steps, whole
        walk(steps, person(whole), real)
        assert theme in steps[-1].themes, whole
        assert any(theme in one.course.themes for one in found.courses), whole
        if record["education_level"] in ("none", "primary"):
            assert steps[0].type not in ("bachelor", "hbo5"), whole
        if record["education_level"] in ("upper_secondary", "higher"):
            assert not steps[0].asks.no_diploma, whole
        if record["dutch_level"] == "c1":
            assert not any(step.type == "nt2" for step in steps), whole


def test_the_end_of_the_path_does_not_push_out_the_only_other_route(told: Ask) -> None:
    # GIVEN two courses of one kind and one of another, and a path that ends at a fourth
    record = {
        "dream": "ik wil mijn diploma halen", "dream_themes": ["diploma"], "postcode": "9000",
        "education_level": "lower_secondary", "dutch_level": "c1", "situation": "working",
        "schedule": ["evening"], "age_band": "26_34",
    }  # fmt: skip
    found = told(record)
    assert path(found)[-1] in shown(found)
    assert len({one.course.type for one in found.courses}) > 1


@pytest.mark.parametrize("postcode", ["3600", "3700", "8000", "9000", "1000"])
@pytest.mark.parametrize("dream", ["ik wil koken leren", "leren koken", "koken"])
def test_a_course_for_pleasure_is_not_the_first_for_who_did_not_say_so(
    told: Ask, real: Catalogue, dream: str, postcode: str
) -> None:
    found = told(WEAK_READER, dream=dream, education_level="lower_secondary", postcode=postcode)
    assert not real.by_id[shown(found)[0]].leisure
    assert not real.by_id[path(found)[0]].leisure


@pytest.mark.parametrize(
    "dream", ["ik wil koken leren voor thuis", "koken als hobby", "leren koken voor mezelf"]
)
def test_who_learns_for_pleasure_gets_it_first(told: Ask, real: Catalogue, dream: str) -> None:
    found = told(WEAK_READER, dream=dream, education_level="lower_secondary", postcode="3700")
    assert real.by_id[shown(found)[0]].leisure


@pytest.mark.parametrize("dream", ["ik wil mn rijbewijs halen", "rijbewijs", "mijn rijbewijs b"])
def test_a_driving_licence_is_the_one_for_a_car_with_its_theory(told: Ask, dream: str) -> None:
    found = told(WEAK_READER, dream=dream, education_level="lower_secondary")
    assert shown(found)[0] == "rijbewijs-b-rijschool"
    assert "theorie-rijbewijs-ligo" in shown(found)
    assert path(found) == ["rijbewijs-b-rijschool"]


def test_the_letter_of_a_driving_licence_counts(told: Ask) -> None:
    found = told(WEAK_READER, dream="mijn rijbewijs c halen", education_level="lower_secondary")
    assert path(found) == ["rijbewijs-c-rijschool"]


@pytest.mark.parametrize(
    ("dream", "refused"),
    [
        ("iets in een winkel verkopen maar geen vlees snijden", "slager-cvo-regio"),
        ("iets met schoonheid maar niet met voeten", "pedicure-cvo-regio"),
    ],
)
def test_what_a_dream_refuses_is_not_found_by_its_words(
    told: Ask, dream: str, refused: str
) -> None:
    assert refused not in shown(told({"dream": dream, "education_level": "lower_secondary"}))
    # the same words, wished, do find it
    wished = dream.replace(" maar geen", " en").replace(" maar niet", " en")
    assert refused in shown(told({"dream": wished, "education_level": "lower_secondary"}))


def test_who_lacks_a_licence_still_gets_it_first(told: Ask) -> None:
    found = told({"dream": "ik heb geen rijbewijs en ik wil koerier worden"})
    assert path(found)[0] == "rijbewijs-b-rijschool"


def test_a_long_story_that_names_a_course_shows_it(told: Ask) -> None:
    found = told({"dream": "ik wil Excel beter kennen, mijn collega's lachen altijd op het werk"})
    assert any(one.startswith("office-") for one in shown(found))


def test_the_three_are_not_about_the_same_when_others_answer_too(
    told: Ask, real: Catalogue
) -> None:
    found = told({"dream": "kapper", "postcode": "9000", "education_level": "lower_secondary"})
    firsts = [one.course.title.split()[0] for one in found.courses]
    assert len(set(firsts)) > 1


def test_words_that_name_courses_of_all_kinds_give_no_theme(
    real: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    relevance = {course.id: 0.5 for course in real.courses if not course.for_undecided}
    relevance |= {course.id: 0.0 for course in real.courses if course.for_undecided}
    assert choosing._themes_of_named("voltijds", relevance, real) == []
    social = {
        course.id: 0.5 if course.themes[0] == "social_work" else 0.1 for course in real.courses
    }
    monkeypatch.setattr(choosing, "SAYS_SOME", 0.0)
    assert choosing._themes_of_named("mensen", social, real) == ["social_work"]

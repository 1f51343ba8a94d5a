"""The advice on a small catalogue of our own: ranking, reasons, fairness, nothing assumed."""

import collections
import datetime as dtm
import typing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import contract, embedding
from bot.catalogue import model
from bot.catalogue.advice import advise, to_check
from bot.catalogue.loading import Catalogue

JOB_SEEKER = {
    "dream": "ik wil verpleegster worden",
    "dream_themes": ["care"],
    "education_level": "lower_secondary",
    "dutch_level": "a1",
    "postcode": "3600",
    "situation": "job_seeking",
    "barriers": ["mobility", "childcare"],
    "schedule": ["day"],
}


def ids(advice: typing.Any) -> list[str]:
    return [found.course.id for found in advice.courses]


def test_a_far_dream_is_not_refused_but_becomes_a_path(sample: Catalogue, today: dtm.date) -> None:
    found = advise(JOB_SEEKER, sample, today=today)
    steps = [step.course_id for step in found.path]
    assert steps[0] == "nt2-cvo"
    assert steps[-1] == "verpleegkunde"
    assert {"zorg-genk", "verpleegkunde"} <= set(ids(found))
    assert ids(found)[-1] == "nt2-cvo"
    assert "dit is een goede eerste stap" in found.courses[-1].reasons


def test_reasons_and_what_is_missing_are_named(sample: Catalogue, today: dtm.date) -> None:
    found = {m.course.id: m for m in advise(JOB_SEEKER, sample, today=today).courses}
    care = found["zorg-genk"]
    assert care.reasons[0] == "omdat je graag voor mensen zorgt"
    assert "dicht bij jou" in care.reasons
    assert care.missing == ["eerst meer Nederlands: een brief van school of werk lezen"]
    assert "eerst nog nodig: een diploma secundair" in found["verpleegkunde"].missing


def test_unknown_is_neither_yes_nor_no(sample: Catalogue, today: dtm.date) -> None:
    # GIVEN only a theme
    found = {
        m.course.id: m for m in advise({"dream_themes": ["care"]}, sample, today=today).courses
    }
    # THEN nothing counts as missing, and what decides is asked
    nursing = found["verpleegkunde"]
    assert not nursing.missing
    assert any("Nederlands" in text for text in nursing.unknown)
    assert any("school" in text for text in nursing.unknown)
    assert "je hebt wellicht alles om te starten" not in nursing.reasons


def test_far_places_give_way_to_near_ones(sample: Catalogue, today: dtm.date) -> None:
    record = {"dream_themes": ["care"], "dutch_level": "b1", "education_level": "primary"}
    assert "zorg-oostende" not in ids(advise({**record, "postcode": "3600"}, sample, today=today))
    assert ids(advise({**record, "postcode": "8400"}, sample, today=today))[0] == "zorg-oostende"


def test_two_kinds_of_route_are_shown_when_they_exist(sample: Catalogue, today: dtm.date) -> None:
    for themes in (["care"], ["childcare"], ["engineering"], ["diploma"]):
        record = {"dream_themes": themes, "dutch_level": "c1", "situation": "job_seeking"}
        shown = advise(record, sample, today=today).courses
        assert len({found.course.type for found in shown}) >= 2 or themes == ["diploma"]


def test_equal_schools_take_turns(sample: Catalogue, today: dtm.date) -> None:
    # GIVEN two schools that are equal in everything
    record = {"dream_themes": ["childcare"], "dutch_level": "b2", "postcode": "2800"}
    first: collections.Counter[str] = collections.Counter()
    for day in range(200):
        found = advise(record, sample, today=today + dtm.timedelta(days=day))
        first[ids(found)[0]] += 1
    # THEN each is first about as often
    assert set(first) == {"kind-1", "kind-2"}
    assert min(first.values()) >= 70


def test_the_same_question_on_the_same_day_has_the_same_answer(
    sample: Catalogue, today: dtm.date
) -> None:
    assert advise(JOB_SEEKER, sample, today=today) == advise(JOB_SEEKER, sample, today=today)


def test_who_you_are_does_not_steer_the_turns(sample: Catalogue, today: dtm.date) -> None:
    named = {**JOB_SEEKER, "name": "An", "phone": "+32470000000", "consent": True}
    assert advise(named, sample, today=today) == advise(JOB_SEEKER, sample, today=today)


def test_a_course_for_others_is_not_shown(sample: Catalogue, today: dtm.date) -> None:
    record = {"dream_themes": ["engineering"], "situation": "working", "postcode": "3600"}
    assert "lassen-genk" not in ids(advise(record, sample, today=today))


def test_a_theme_without_courses_gets_general_first_steps(
    sample: Catalogue, today: dtm.date
) -> None:
    record = {"dream_themes": ["sports"], "dutch_level": "a0", "education_level": "none"}
    found = advise(record, sample, today=today)
    assert found.themes == ["sports"]
    assert found.courses
    assert found.path[0].course_id == "nt2-ligo"
    assert found.path[-1].why == "dit komt het dichtst bij je droom"


def test_no_dream_gives_general_first_steps(sample: Catalogue, today: dtm.date) -> None:
    found = advise({"dutch_level": "a0", "education_level": "none"}, sample, today=today)
    assert found.themes == []
    assert ids(found)[0] == "nt2-ligo"
    assert "een goed begin als je nog niet kiest" in found.courses[0].reasons
    assert advise({}, sample, today=today).courses


def test_a_foreign_diploma_is_for_the_school_to_judge(sample: Catalogue, today: dtm.date) -> None:
    record = {
        "dream": "verpleegkundige",
        "dream_themes": ["care"],
        "education_level": "higher",
        "diploma_origin": "abroad",
        "diploma_recognised": "no",
        "dutch_level": "b2",
    }
    found = advise(record, sample, today=today)
    nursing = next(m for m in found.courses if m.course.id == "verpleegkunde")
    assert not nursing.missing
    assert "de school kijkt of je diploma van een ander land telt" in nursing.unknown
    assert "je hebt het diploma dat nodig is" not in nursing.reasons
    assert "foreign_diploma" in {m.topic for m in found.support}


def test_too_young_is_told_and_not_hidden(sample: Catalogue, today: dtm.date) -> None:
    record = {"dream_themes": ["transport_logistics"], "age_band": "16_17", "dutch_level": "b1"}
    found = advise(record, sample, today=today)
    assert found.courses[0].missing[0] == "je moet minstens 21 jaar zijn"
    assert all(step.course_id != "bus" for step in found.path)


def test_support_covers_every_barrier(sample: Catalogue, today: dtm.date) -> None:
    for situation in contract.labels("situation"):
        record = {"barriers": list(contract.labels("barriers")), "situation": situation}
        topics = {measure.topic for measure in advise(record, sample, today=today).support}
        assert set(record["barriers"]) <= topics


def test_facts_that_are_old_or_not_sure_are_to_be_checked(
    sample: Catalogue, today: dtm.date
) -> None:
    sure = sample.by_id["zorg-genk"]
    assert not to_check(sure, today)
    assert to_check(sure, today + dtm.timedelta(days=400))
    assert to_check(sample.by_id["zorg-oostende"], today)
    assert to_check(sure.model_copy(update={"source_date": "2019"}), today)


def test_json_and_card_hold_what_the_contract_names(sample: Catalogue, today: dtm.date) -> None:
    found = advise(JOB_SEEKER, sample, today=today)
    content = found.to_json()
    assert set(content) == {"themes", "courses", "path", "support"}
    assert {"id", "title", "type", "provider", "reasons", "missing"} <= set(content["courses"][0])
    assert set(content["path"][0]) == {"step", "course_id", "title", "type", "why"}
    assert set(content["support"][0]) == {"id", "title", "topic"}
    assert set(found.courses[0].card()) == {
        "id", "title", "provider", "place", "type", "reasons", "missing", "check", "source",
        "checked_on",
    }  # fmt: skip


def codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(contract.labels(name)))


RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "dream_themes": st.lists(codes("themes"), max_size=3, unique=True),
        "education_level": codes("education_level"),
        "diploma_origin": codes("diploma_origin"),
        "diploma_recognised": codes("yes_no_unknown"),
        "dutch_level": codes("dutch_level"),
        "situation": codes("situation"),
        "barriers": st.lists(codes("barriers"), max_size=4, unique=True),
        "schedule": st.lists(codes("schedule"), max_size=3, unique=True),
        "postcode": st.sampled_from(["3600", "1000", "8400", "9000", "2800", "4000", "9999"]),
        "age_band": codes("age_band"),
    },
)


@settings(max_examples=80, deadline=None)
@given(record=RECORDS)
def test_every_record_gets_sound_advice(
    real: Catalogue, today: dtm.date, record: dict[str, typing.Any]
) -> None:
    found = advise(record, real, today=today)
    # a choice, not a catalogue; no course twice
    assert 1 <= len(found.courses) <= 3
    assert len(set(ids(found))) == len(found.courses)
    assert found.path, "no dream is refused"
    for match in found.courses:
        assert match.reasons or match.missing
        for phrase in [*match.reasons, *match.missing, *match.unknown]:
            assert "{" not in phrase
            assert all(len(part.split()) <= 13 for part in model.sentences(phrase))
    # what nobody said is never held against somebody
    if "dutch_level" not in record:
        assert not any("Nederlands" in text for m in found.courses for text in m.missing)
    if "age_band" not in record:
        assert not any("jaar zijn" in text for m in found.courses for text in m.missing)
    # what certainly does not apply is not offered as help
    for measure in found.support:
        for field, wanted in measure.when.items():
            value = record.get(field)
            if isinstance(value, str):
                assert value in wanted


@pytest.mark.parametrize("theme", sorted(contract.labels("themes")))
def test_every_theme_gets_courses_of_that_theme(
    real: Catalogue, today: dtm.date, theme: str
) -> None:
    record = {"dream_themes": [theme], "dutch_level": "b1", "education_level": "upper_secondary"}
    found = advise({**record, "diploma_origin": "belgium"}, real, today=today)
    assert theme in found.courses[0].course.themes


def test_a_dream_is_embedded_at_most_once(
    real: Catalogue, today: dtm.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a dream whose words leave a doubt, with a story around what is wished
    dream = "ik heb altijd in de horeca gestaan, maar nu wil ik iets doen met wie gekwetst is"
    read: list[str] = []
    real_queries = embedding.queries
    monkeypatch.setattr(
        embedding, "queries", lambda texts: read.extend(texts) or real_queries(texts)
    )
    embedding.query.cache_clear()
    # WHEN themes, search and what comes after "ik wil" all need its meaning
    found = advise({"dream": dream, "postcode": "9000"}, real, today=today)
    # THEN it was read once
    assert found.courses
    assert len(read) == 1

"""The real catalogue: clean, complete, plain."""

import datetime as dtm
import pathlib
import re

from bot import contract, places
from bot.catalogue import check, regions
from bot.catalogue.advice import advise
from bot.catalogue.loading import Catalogue
from bot.catalogue.support import TOPICS, measures


def test_it_checks_clean(real_folder: pathlib.Path) -> None:
    problems, _, count = check.check(real_folder)
    assert not problems
    assert count >= 350


def test_every_theme_and_type_is_covered(real: Catalogue) -> None:
    themes = {theme for course in real.courses for theme in course.themes}
    assert themes == set(contract.labels("themes"))
    assert {course.type for course in real.courses} == set(contract.course_types())


def test_every_postcode_of_flanders_and_brussels_has_one_leerwinkel(real: Catalogue) -> None:
    given_postcodes = [
        code
        for first, last in ((1000, 1299), (1500, 3999), (8000, 9999))
        for number in range(first, last + 1)
        if places.place(code := str(number)) is not None
    ]
    assert [c for c in given_postcodes if regions.leerwinkel_for(c, real) is None] == []
    assert regions.leerwinkel_for("3600", real) == "genk"
    assert regions.leerwinkel_for("1000", real) == "brussel"
    assert regions.leerwinkel_for("2000", real) == "mechelen"
    assert regions.leerwinkel_for("9000", real) == "gent"
    assert regions.leerwinkel_for("8400", real) == "west_vlaanderen"
    assert regions.leerwinkel_for("3000", real) == "leuven"
    assert regions.is_nearest_only("2000", real)
    assert not regions.is_nearest_only("2800", real)


def test_wallonia_and_nonsense_have_none(real: Catalogue) -> None:
    for postcode in ("4000", "1300", "7500", "0000", "36000", "abcd", "", "３６００"):
        assert regions.leerwinkel_for(postcode, real) is None


def test_every_leerwinkel_postcode_belongs_to_its_province(real: Catalogue) -> None:
    expected = {
        "Limburg": "genk",
        "Oost-Vlaanderen": "gent",
        "West-Vlaanderen": "west_vlaanderen",
        "Antwerpen": "mechelen",
    }
    for number in range(1500, 10_000):
        place = places.place(str(number))
        if place is not None and place.province in expected:
            found = regions.leerwinkel_for(place.postcode, real)
            assert found == expected[place.province], place


def test_leerwinkels_hold_no_phone_that_nobody_saw(real: Catalogue) -> None:
    assert all(one.phone is None for one in real.leerwinkels.values())
    assert all(one.email and one.bring for one in real.leerwinkels.values())


def test_every_topic_has_help(real: Catalogue) -> None:
    for topic in TOPICS:
        assert measures(topic, {}, real), topic


def test_every_barrier_has_help_for_every_situation(real: Catalogue) -> None:
    for barrier in contract.labels("barriers"):
        for situation in contract.labels("situation"):
            assert measures(barrier, {"situation": situation}, real), (barrier, situation)


def test_rules_about_benefits_are_always_to_be_checked(real: Catalogue) -> None:
    assert all(measure.careful for measure in real.measures if measure.topic == "benefits")


def test_the_glossary_has_fifty_words(real: Catalogue) -> None:
    assert len(real.glossary) >= 50


def test_prices_stand_only_in_the_tariffs(real: Catalogue) -> None:
    for course in real.courses:
        text = f"{course.title} {course.summary} {course.sign_up} {course.duration}"
        assert not re.search(r"\beuro\b|€", text), course.id


def test_what_is_verified_comes_from_the_school_or_the_government_itself(real: Catalogue) -> None:
    weak = re.compile(
        r"hln\.|nieuwsblad|standaard|knack|kw\.be|vrt\.be|tijd\.be|gva\.|hbvl|metrotime|bruzz|focus-wtv"
        r"|demorgen|wikipedia|allessiaclaes|pulsmagazine|blog"
    )
    for entry in (*real.courses, *real.measures, *real.tariffs.values()):
        assert not (entry.verified and weak.search(entry.source)), entry.id


def test_general_knowledge_is_never_shown_as_if_a_page_said_it(real: Catalogue) -> None:
    general = [course for course in real.courses if course.general_knowledge]
    assert general
    assert not any(course.verified for course in general)
    record = {"dream": "treinbestuurder", "dutch_level": "c1"}
    cards = [one.card() for one in advise(record, real, today=dtm.date(2026, 11, 22)).courses]
    card = next(card for card in cards if card["id"] == "treinbestuurder")
    assert card["source"] == ""
    assert card["check"]


def test_lessons_of_dutch_say_where_they_lead(real: Catalogue) -> None:
    lessons = [course for course in real.courses if course.type == "nt2"]
    without = [course.id for course in lessons if not course.gives.dutch]
    assert without == ["nt2-linguapolis", "nederlands-ondernemers-syntra"]
    assert {course.gives.dutch for course in lessons} >= {"a1", "a2", "b1", "b2", "c1"}

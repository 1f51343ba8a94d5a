"""The check of a whole catalogue: what nobody can enter, loops, prices, dates, first lines."""

import datetime as dtm
import pathlib
from collections.abc import Callable

import pytest

from bot.catalogue import check, schema

Edit = Callable[[str, str, str], None]
ZORG = "asks: {age: 18, dutch: b1}"


def told(folder: pathlib.Path, today: dtm.date) -> list[str]:
    return [str(problem) for problem in check.check(folder, today=today)[0]]


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        ("{age: 30, age_at_most: 20}", "age en age_at_most botsen"),
        ("{education: higher, education_at_most: primary}", "education en education_at_most"),
        ("{dutch: b2, dutch_at_most: a1}", "dutch en dutch_at_most botsen"),
        ("{foreign_diploma: true, education_at_most: primary}", "foreign_diploma en"),
        ("{no_diploma: true, foreign_diploma: true, education: higher, age_at_most: 15}",
         "wat asks vraagt, kan niet samen"),
    ],
)  # fmt: skip
def test_what_nobody_can_enter_is_a_mistake(
    folder: pathlib.Path, edit: Edit, today: dtm.date, asks: str, expected: str
) -> None:
    edit("courses/all.yaml", ZORG, f"asks: {asks}")
    found = told(folder, today)
    assert len(found) == 1
    assert "lijn 5: niemand kan beginnen met 'zorg-genk'" in found[0]
    assert expected in found[0]


def test_courses_that_only_lead_to_each_other_are_a_mistake(
    folder: pathlib.Path, edit: Edit, today: dtm.date
) -> None:
    # GIVEN a course that asks what only the next one gives, and the other way round
    path = folder / "courses" / "all.yaml"
    text = path.read_text(encoding="utf-8")
    first = next(line for line in text.split("\n") if "id: zorg-genk" in line)
    one = first.replace("id: zorg-genk", "id: kip").replace(ZORG, "asks: {certificates: [ei]}")
    two = first.replace("id: zorg-genk", "id: ei").replace(ZORG, "asks: {certificates: [kip]}")
    gives = first[first.index("gives: {") : first.index("}", first.index("gives: {")) + 1]
    one = one.replace(gives, "gives: {certificates: [kip]}")
    two = two.replace(gives, "gives: {certificates: [ei]}")
    path.write_text(f"{text.rstrip()}\n{one}\n{two}\n", encoding="utf-8")
    # WHEN it is checked
    found = told(folder, today)
    # THEN both are named, with what they wait for
    assert len(found) == 2
    assert "'kip' en 'ei' wachten op elkaar" in found[0]
    assert "asks.certificates" in found[0]


def test_a_price_in_a_sentence_is_a_mistake(
    folder: pathlib.Path, edit: Edit, today: dtm.date
) -> None:
    edit("courses/all.yaml", "summary: Je leert Nederlands.", "summary: Je betaalt 10 euro.")
    assert any("staat een prijs in een zin" in line for line in told(folder, today))


def test_a_date_in_the_future_is_a_mistake_but_not_refused(
    folder: pathlib.Path, edit: Edit, today: dtm.date
) -> None:
    edit("courses/all.yaml", "checked_on: 2026-11-22", "checked_on: 2026-11-23")
    found = told(folder, today)
    assert len(found) == 1
    assert "ligt in de toekomst (2026-11-23)" in found[0]
    assert not check.refusals(folder)


def test_remarks_stop_nothing(folder: pathlib.Path, edit: Edit, today: dtm.date) -> None:
    edit("courses/all.yaml", "summary: Je leert Nederlands.", "summary: U leert KLMNO.")
    edit("schema/course.json", "Soort opleiding.", "Soort.")
    problems, remarks, count = check.check(folder, today=today)
    assert not problems
    assert count == 16
    text = "\n".join(remarks)
    assert "courses/all.yaml: je editor helpt hier niet. Zet op lijn 1:" in text
    assert "zegt 'u', schrijf 'je': nt2-cvo" in text
    assert "KLMNO (nt2-cvo)" in text
    assert "schema/course.json is oud of ontbreekt" in text


def test_examples_are_checked(folder: pathlib.Path, edit: Edit, today: dtm.date) -> None:
    edit("examples.yaml", "education_level: primary", "education_level: primair")
    assert any(
        line.startswith("examples.yaml, lijn 4: 'fatima': education_level kent de code")
        for line in told(folder, today)
    )


def test_each_file_names_its_schema(real_folder: pathlib.Path) -> None:
    assert list(schema.remarks(real_folder)) == []

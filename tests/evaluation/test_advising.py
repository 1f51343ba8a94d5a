"""Measuring advice to whole people."""

import datetime as dtm
import json
import pathlib
from typing import Any

import pytest
from click.testing import CliRunner

from bot.catalogue import Advice, Catalogue, Course, Step, current
from bot.evaluation import advising
from bot.evaluation.__main__ import main


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return current()


def course(**given: Any) -> Course:
    return Course.model_validate(
        {
            "id": "les", "title": "Zorgkundige in Genk", "provider": "school", "type": "vdab",
            "themes": ["care"], "everywhere": True, "summary": "Je leert.", "sign_up": "Bel.",
            "source": "https://example.org", "checked_on": dtm.date(2026, 11, 22),
            "verified": False, **given,
        }
    )  # fmt: skip


def advice(*steps: Course) -> Advice:
    path = [
        Step(number, step.id, step.title, step.type, "")
        for number, step in enumerate(steps, start=1)
    ]
    return Advice(themes=[], courses=[], path=path, support=[])


def test_a_criterion_needs_all_that_it_names() -> None:
    assert advising.meets(course(), {"title_any": ["verpleeg", "^zorg"]})
    assert advising.meets(course(), {"types_any": ["vdab"], "themes_any": ["care", "dutch"]})
    assert not advising.meets(course(), {"types_any": ["nt2"], "title_any": ["zorg"]})
    assert not advising.meets_any(course(), None)


def test_a_step_that_nobody_made_possible_is_found() -> None:
    # GIVEN a course that asks more Dutch than the person has
    nursing = course(asks={"dutch": "b2", "education": "upper_secondary"})
    record = {"dutch_level": "a2", "education_level": "upper_secondary"}
    # THEN it is not feasible alone, and is after a course that gives that level
    assert advising.infeasible([nursing], record) == "les: dutch"
    lessons = course(id="nt2", type="nt2", gives={"dutch": "b2"})
    assert not advising.infeasible([lessons, nursing], record)
    # AND what nobody said does not stand in the way
    assert not advising.infeasible([nursing], {})


@pytest.mark.parametrize(
    ("asks", "record", "why"),
    [
        ({"age": 18}, {"age_band": "16_17"}, "age"),
        ({"age_at_most": 24}, {"age_band": "55_plus"}, "age_at_most"),
        ({"education_at_most": "primary"}, {"education_level": "higher"}, "education_at_most"),
        ({"dutch_at_most": "a1"}, {"dutch_level": "c1"}, "dutch_at_most"),
        ({"certificates": ["aav"]}, {}, "certificates"),
        ({"situation": ["working"]}, {"situation": "neet"}, "situation"),
        ({"no_diploma": True}, {"education_level": "higher"}, "no_diploma"),
        ({"foreign_diploma": True}, {"diploma_origin": "belgium"}, "foreign_diploma"),
    ],
)
def test_every_condition_is_looked_at(
    asks: dict[str, Any], record: dict[str, Any], why: str
) -> None:
    assert advising.infeasible([course(asks=asks)], record) == f"les: {why}"


def test_first_step_end_and_topics_are_compared(real: Catalogue) -> None:
    # GIVEN somebody whose path has a wrong first step and who hears of no help
    first = real.by_id["nt2-cvo-1-1"]
    last = real.by_id["zorgkundige-cvo-regio"]
    row = {
        "id": "x",
        "record": {"dream": "zorg", "dutch_level": "a0"},
        "first_step": {"good": [{"types_any": ["vdab"]}], "wrong": [{"types_any": ["nt2"]}]},
        "path_end": [{"title_any": ["zorgkund"]}],
        "topics": [{"topic": "money", "any": ["korting"]}],
    }
    # WHEN that is measured
    outcomes = advising.measure([row], real, lambda record, catalogue: advice(first, last))
    # THEN each fault is in the table and among the worst
    figures = {what: figure for what, _, figure in advising.headlines(outcomes)}
    assert figures["first step wrong"].endswith("1 of 1")
    assert figures["path ends at the dream"].endswith("1 of 1")
    assert figures["due topics of help named"].endswith("0 of 1")
    assert figures["path feasible"].endswith("0 of 1")
    (worst,) = advising.worst(outcomes)
    assert "first step wrong" in worst[2]
    assert "not named: money" in worst[2]
    assert "zorgkundige-cvo-regio: dutch" in worst[2]


def test_people_are_measured_from_another_folder(tmp_path: pathlib.Path) -> None:
    # GIVEN a set with somebody who wants to cook
    row = {"id": "m1", "record": {"dream": "kok worden"}, "good": [{"title_any": ["kok"]}]}
    (tmp_path / "matching.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    # WHEN only people are measured
    result = CliRunner().invoke(main, ["--people", "--sets", str(tmp_path)])
    # THEN the table is printed
    assert result.exit_code == 0, result.output
    assert "| matching: right course among the first three | 95% | 100.0%" in result.output
    assert "1 of 1" in result.output


def test_totals_show_no_sentence(tmp_path: pathlib.Path) -> None:
    # GIVEN somebody whose dream no course answers
    row = {"id": "m1", "record": {"dream": "kok worden"}, "good": [{"title_any": ["nergens"]}]}
    (tmp_path / "matching.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    # WHEN only totals are asked for
    result = CliRunner().invoke(main, ["--people", "--totals", "--sets", str(tmp_path)])
    # THEN the figure is there and the sentence is not
    assert "0 of 1" in result.output
    assert "kok worden" not in result.output


def test_a_folder_without_sets_is_told(tmp_path: pathlib.Path) -> None:
    result = CliRunner().invoke(main, ["--people", "--sets", str(tmp_path)])
    assert result.exit_code == 1
    assert "no matching.jsonl or advice.jsonl" in result.output

"""The counsellor's summary."""

from typing import Any

import pytest

from bot import contract, intake

FULL: dict[str, Any] = {
    "consent": True,
    "dream": "ik wil kok worden",
    "dream_themes": ["hospitality_food"],
    "education_level": "lower_secondary",
    "diploma_origin": "abroad",
    "diploma_recognised": "unknown",
    "dutch_level": "a2",
    "situation": "living_wage",
    "barriers": ["finance", "childcare"],
    "schedule": ["day"],
    "postcode": "3600",
    "leerwinkel": "genk",
    "strengths": "ik kook elke dag voor tien mensen",
    "age_band": "26_34",
    "languages": ["tr", "nl"],
    "referral_source": "word_of_mouth",
    "name": "Fatma Yilmaz",
    "phone": "+32478123456",
    "email": "fatma@example.be",
    "gender": "female",
}
SHOWN: dict[str, Any] = {
    "courses": [{"id": "kok", "title": "Kok", "provider": "CVO", "shortage": True}],
    "liked": ["kok"],
    "path": [{"step": 1, "title": "Nederlands"}, {"step": 2, "title": "Kok"}],
    "support": [{"id": "opvang", "title": "Opvang tijdens de les", "topic": "childcare"}],
}


def _lines(summary: intake.Summary) -> list[Any]:
    return [line for area in (*summary.areas, summary.about) for line in area.lines]


def test_help_that_the_client_did_not_read_yet_is_there_too() -> None:
    left = {"id": "bus", "title": "De Lijn met korting", "topic": "mobility"}
    summary = intake.summary({}, {}, {**SHOWN, "support_left": [left]})
    lines = {line.label: line.text for line in _lines(summary) if line.field == "shown"}
    assert lines["Kreeg uitleg over"] == "Opvang tijdens de les"
    assert lines["Past ook, nog niet gelezen"] == "De Lijn met korting"


def test_every_field_of_the_record_appears_once_with_its_answer() -> None:
    assert set(FULL) == set(contract.fields())
    summary = intake.summary(FULL, dict.fromkeys(FULL, "said"), SHOWN)
    fields = [line.field for line in _lines(summary) if line.field != "shown"]
    assert sorted(fields) == sorted(contract.fields())
    assert all(line.text for line in _lines(summary))


def test_every_code_is_said_in_dutch() -> None:
    summary = intake.summary(FULL, {}, SHOWN)
    said = {line.field: line.text for line in _lines(summary)}
    for field, spec in contract.fields().items():
        if spec.codes:
            codes = FULL[field] if isinstance(FULL[field], list) else [FULL[field]]
            assert all(contract.labels(spec.codes)[code] in said[field] for code in codes)
    assert said["languages"] == "Turks, Nederlands"
    assert said["postcode"] == "3600 Genk"


def test_the_four_areas_come_in_the_order_of_the_contract() -> None:
    keys = [area.key for area in intake.summary({}, {}, {}).areas]
    assert keys == [
        "labour_market",
        "strengths_and_ambitions",
        "personal_barriers",
        "learning_opportunities",
    ]


@pytest.mark.parametrize(
    ("given_values", "given_status", "expected_mark"),
    [
        ({"barriers": ["finance"]}, {"barriers": "said"}, "said"),
        ({"barriers": ["finance"]}, {"barriers": "derived"}, "derived"),
        ({}, {"barriers": "skipped"}, "skipped"),
        ({}, {"barriers": "unknown"}, "unknown"),
        ({}, {}, "open"),
        ({"barriers": []}, {"barriers": "said"}, "said"),
    ],
)
def test_each_line_says_where_it_comes_from(
    given_values: dict[str, Any], given_status: dict[str, str], expected_mark: str
) -> None:
    lines = _lines(intake.summary(given_values, given_status, {}))
    assert next(line.mark for line in lines if line.field == "barriers") == expected_mark


def test_what_the_client_saw_and_liked_is_there() -> None:
    texts = " | ".join(line.text for line in _lines(intake.summary({}, {}, SHOWN)))
    assert "Kok, CVO" in texts
    assert "1. Nederlands; 2. Kok" in texts
    assert "Opvang tijdens de les" in texts

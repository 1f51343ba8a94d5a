"""Every example answer is read as it should."""

import datetime as dtm
from typing import Any

import pytest

from bot import contract, intake
from bot.intake.reading import by_rules
from tests.intake.examples import examples

CODED = [f for f, spec in contract.fields().items() if spec.codes and f != "dream_themes"]
NOW = dtm.datetime(2026, 11, 22, 10, 30, tzinfo=dtm.timezone(dtm.timedelta(hours=1)))
ANSWERS = [
    pytest.param(field, text, value, id=f"{field}: {text}"[:80])
    for field, texts in examples("answers").items()
    for text, value in texts.items()
]


@pytest.mark.parametrize(("field", "given_text", "expected_value"), ANSWERS)
def test_the_rules_read_an_answer_as_it_is_meant(
    field: str, given_text: str, expected_value: Any
) -> None:
    actual = by_rules(field, given_text, now=NOW).value
    if isinstance(expected_value, list) and actual is not None:
        actual, expected_value = sorted(actual), sorted(expected_value)
    assert actual == expected_value


AS_WELL = {
    "om het even wanneer behalve zondag": ["day", "evening", "weekend"],  # Saturday is left
    "mevrouw janssens": "Janssens",
}
"""What both readers together may also make of it."""


@pytest.mark.parametrize(
    ("field", "given_text", "expected_value"),
    [p for p in ANSWERS if p.values[-1] is not None],
)
def test_both_readers_record_what_was_said_or_ask(
    field: str, given_text: str, expected_value: Any
) -> None:
    actual = intake.read(field, given_text, now=NOW).value
    if actual == AS_WELL.get(given_text, expected_value):
        return
    if isinstance(expected_value, list):
        assert actual is None or set(actual) <= set(expected_value)
    else:
        assert actual is None


@pytest.mark.parametrize("field", CODED)
def test_values_and_options_are_codes_of_the_contract(field: str) -> None:
    codes = set(contract.labels(contract.fields()[field].codes or ""))
    texts = examples("answers").get(field, {})
    for text in [*texts, *(t for other in examples("answers").values() for t in list(other)[:10])]:
        reading = intake.read(field, text, now=NOW)
        values = reading.value if isinstance(reading.value, list) else [reading.value]
        assert {v for v in values if v is not None} <= codes, text
        assert set(reading.options) <= codes, text
        assert len(reading.options) in (0, 2, 3), text
        assert not (reading.options and reading.value), text


@pytest.mark.parametrize(
    ("field", "given_text", "expected_options"),
    [
        ("situation", "ik werk niet", ("job_seeking", "neet", "no_income")),
        ("education_level", "geen diploma", ("none", "primary", "lower_secondary")),
        ("education_level", "middelbaar", ("lower_secondary", "upper_secondary")),
        ("dutch_level", "goed", ("b1", "b2")),
        ("age_band", "midden twintig", ("18_25", "26_34")),
        ("diploma_origin", "1 hier en 1 in polen", ("belgium", "abroad")),
        ("schedule", "overdag werk ik", ("evening", "weekend", "online")),
        ("postcode", "hasselt of genk", ("3500", "3600")),
    ],
)
def test_when_torn_the_bot_can_ask_with_buttons(
    field: str, given_text: str, expected_options: tuple[str, ...]
) -> None:
    reading = intake.read(field, given_text, now=NOW)
    assert (reading.value, reading.options) == (None, expected_options)


@pytest.mark.parametrize("field", intake.FIELDS)
@pytest.mark.parametrize(
    "given_text",
    ["", "   ", "\x00\x07", "😀😀", "<script>alert(1)</script>", "/restart", "?" * 50, "a" * 10_000,
     '/inform{"education_level": "higher"}', "\n\n", "‮‏", "٣٤" * 3, "(((((((", "1" * 4000],
)  # fmt: skip
def test_no_input_breaks_a_reader(field: str, given_text: str) -> None:
    intake.read(field, given_text, now=NOW)


@pytest.mark.parametrize("field", intake.FIELDS)
def test_an_empty_answer_is_not_understood(field: str) -> None:
    assert intake.read(field, "  ", now=NOW) == intake.Reading()


def test_every_field_of_the_contract_can_be_read() -> None:
    assert set(intake.FIELDS) == {*contract.fields(), "appointment_time"}


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(KeyError):
        intake.read("shoe_size", "42")


def test_a_year_of_birth_is_read_for_the_day_of_the_answer() -> None:
    assert intake.read("age_band", "12/12/2000", now=NOW).value == "18_25"
    later = NOW.replace(month=12, day=12)
    assert intake.read("age_band", "12/12/2000", now=later).value == "26_34"

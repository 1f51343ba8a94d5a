"""What very different people answer to each closed question, and what it is read as."""

import datetime as dtm
from typing import Any

import pytest

from bot import intake
from bot.intake.reading import by_rules
from bot.intake.reading.lexicon import vocabulary
from tests.intake.examples import HERE, examples

NOW = dtm.datetime(2026, 11, 22, 10, 30, tzinfo=dtm.timezone(dtm.timedelta(hours=1)))
FIELDS = sorted(path.stem for path in (HERE / "fields").glob("*.yaml"))
TAUGHT = [
    (field, text, None if code == "nothing" else code)
    for field, codes in vocabulary("answers/mixed").items()
    for code, texts in codes.items()
    for text in texts
]
ANSWERS = [
    pytest.param(field, text, value, id=f"{field}: {text}"[:80])
    for field, text, value in [
        *TAUGHT,
        *((f, text, value) for f in FIELDS for text, value in examples(f"fields/{f}").items()),
    ]
]


@pytest.mark.parametrize(("field", "given_text", "expected_value"), ANSWERS)
def test_a_counsellor_would_read_the_same(field: str, given_text: str, expected_value: Any) -> None:
    actual = by_rules(field, given_text, now=NOW).value
    if isinstance(expected_value, list) and isinstance(actual, list):
        actual, expected_value = sorted(actual), sorted(expected_value)
    assert actual == expected_value


@pytest.mark.parametrize("field", [*FIELDS, *vocabulary("answers/mixed")])
@pytest.mark.parametrize(
    "given_text",
    [
        "hallo goeiemorgen", "wat is de leerwinkel?", "haha grapje", "hoe lang duurt dit nog?",
        "is dat hier gratis?", "bent u een robot?", "kunt ge dat nog eens uitleggen?",
        "het regent al heel de week pijpenstelen",
    ],
)  # fmt: skip
def test_a_side_question_or_small_talk_is_no_answer(field: str, given_text: str) -> None:
    if field == "schedule" and "week" in given_text:
        pytest.skip("'heel de week' is a time")
    assert intake.read(field, given_text, now=NOW).value is None

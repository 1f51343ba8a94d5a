"""The labelled answers that the second readers learn from."""

import pytest

from bot import contract
from bot.intake.reading.examples import NONE, NOTHING, examples
from bot.intake.reading.likely import LISTS, TAUGHT


@pytest.mark.parametrize("field", TAUGHT)
def test_every_answer_means_codes_of_the_contract(field: str) -> None:
    of_field = contract.fields()[field]
    codes = set(contract.labels(of_field.codes)) if of_field.codes else {"yes", "no"}
    allowed = codes | {NOTHING} | ({NONE} if field in LISTS else set())

    for example in examples(field):
        meant = example.meant.split("+") if field in LISTS else [example.meant]
        assert set(meant) <= allowed, example


@pytest.mark.parametrize("field", TAUGHT)
def test_no_answer_means_two_things(field: str) -> None:
    meanings: dict[str, set[str]] = {}
    for example in examples(field):
        meanings.setdefault(example.text.lower(), set()).add(example.meant)

    assert not {text: meant for text, meant in meanings.items() if len(meant) > 1}


def test_side_questions_are_no_answer_to_any_field() -> None:
    asides = [example for example in examples("barriers") if example.writer == "asides"]

    assert asides
    assert {example.meant for example in asides} == {NOTHING}
    assert set(asides) <= set(examples("situation"))


def test_a_field_with_few_answers_has_few_side_questions() -> None:
    said = examples("diploma_recognised")
    asides = [example for example in said if example.writer == "asides"]

    assert 0 < len(asides) <= (len(said) - len(asides)) / 2


def test_an_unknown_field_has_no_answers() -> None:
    assert examples("shoe_size") == []

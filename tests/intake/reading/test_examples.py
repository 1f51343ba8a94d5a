"""The labelled answers that the second readers learn from."""

import pytest

from bot import contract
from bot.intake.reading.examples import ANY, NONE, NOTHING, examples
from bot.intake.reading.likely import LISTS, TAUGHT


@pytest.mark.parametrize("field", TAUGHT)
def test_every_answer_means_codes_of_the_contract(field: str) -> None:
    codes = set(contract.labels(contract.fields()[field].codes or ""))
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
    asides = [example for example in examples(ANY) if example.writer == "asides"]

    assert asides
    assert {example.meant for example in asides} == {NOTHING}
    assert set(asides) <= set(examples("situation"))


def test_an_unknown_field_has_only_what_answers_nothing() -> None:
    assert {example.meant for example in examples("shoe_size")} == {NOTHING}

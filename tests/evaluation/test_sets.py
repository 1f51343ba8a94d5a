"""The evaluation sets."""

import pathlib

import pytest

from bot import contract
from bot.evaluation import sets
from bot.evaluation.run import load_people


@pytest.mark.parametrize("name", sets.SENTENCES)
def test_every_set_can_be_read(name: str) -> None:
    assert sets.load(name)


def test_sets_of_whole_people_that_are_there_can_be_read() -> None:
    there = [name for name in sets.PEOPLE if (sets.FOLDER / f"{name}.jsonl").exists()]
    assert list(load_people()) == there


def test_intents_and_themes_are_those_of_the_contract() -> None:
    assert {row["intent"] for row in sets.load("intents")} <= set(contract.intents())
    themes = {theme for row in sets.load("dreams") for theme in row["themes"]}
    assert themes <= set(contract.labels("themes"))


def test_evaluation_sentences_are_not_in_the_training_data() -> None:
    """Short ones ("ja", "stop") and set phrases meet by chance; the rest may not."""
    trained = set()
    for path in (sets.ROOT / "data" / "nlu").rglob("*.yml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            trained.add(line.strip().removeprefix("- ").strip().lower())
    long = [row["text"].lower() for row in sets.load("intents") if len(row["text"].split()) > 5]
    assert sum(text in trained for text in long) < 0.02 * len(long)


def test_a_bad_line_is_named(tmp_path: pathlib.Path) -> None:
    (tmp_path / "times.jsonl").write_text('{"text": "morgen"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"times\.jsonl, line 1: .*now"):
        sets.load("times", tmp_path)
    (tmp_path / "times.jsonl").write_text("morgen\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"times\.jsonl, line 1: no JSON"):
        sets.load("times", tmp_path)

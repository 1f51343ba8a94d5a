"""The report."""

from typing import Any

import pytest

from bot.evaluation.parsing import Parsed
from bot.evaluation.report import section, table
from bot.evaluation.run import Evaluation, local, plain, same


def parsed(intent: str, *, danger: str = "no", language: str | None = None) -> Parsed:
    return Parsed(intent, 0.8, language, danger, 0.01)


def test_intents_are_measured_per_voice_and_mistakes_listed() -> None:
    # GIVEN one right and one wrong intent
    rows: list[dict[str, Any]] = [
        {"text": "dag", "intent": "greet", "voice": "youth"},
        {"text": "slaapwel | tot morgen", "intent": "goodbye", "voice": "older"},
    ]
    evaluation = Evaluation()
    # WHEN they are measured
    evaluation.intents(rows, [parsed("greet"), parsed("greet")])
    # THEN the figures and the wrong sentence are there
    assert evaluation.figures["intents_macro_f1"] == pytest.approx(1 / 3)
    assert "slaapwel \\| tot morgen" in evaluation.sections[0]


def test_sentences_that_were_also_trained_on_are_left_out_of_one_figure() -> None:
    # GIVEN an evaluation sentence that somebody also wrote for training, in dialect
    rows: list[dict[str, Any]] = [
        {"text": "wat kost dat", "intent": "ask_cost", "voice": "youth"},
        {"text": "ciao", "intent": "goodbye", "voice": "youth"},
    ]
    evaluation = Evaluation(trained=frozenset({plain("Wa kost da?")}))
    # WHEN the other one is wrong
    evaluation.intents(rows, [parsed("ask_cost"), parsed("greet")])
    # THEN nothing is right without it
    assert evaluation.headlines[2][0].startswith("intents, macro-F1 without the 1 ")
    assert evaluation.headlines[2][2] == "0.000"


def test_danger_that_is_only_asked_about_is_no_find() -> None:
    rows: list[dict[str, Any]] = [
        {"text": "a", "danger": True, "voice": "older"},
        {"text": "b", "danger": True, "voice": "older"},
        {"text": "c", "danger": False, "voice": "older"},
    ]
    evaluation = Evaluation()
    others = [({"text": "d", "intent": "greet"}, parsed("crisis"))]
    results = [parsed("crisis"), parsed("stop", danger="maybe"), parsed("stop")]
    evaluation.danger(rows, results, others)
    figures = {what: figure for what, _, figure in evaluation.headlines}
    assert figures["danger found at once"].endswith("1 of 2")
    assert figures["danger found or asked about"].endswith("2 of 2")
    assert figures["false alarms among the sentences without danger"].endswith("1 of 1")


def test_alarms_and_questions_about_danger_are_counted_among_calm_answers() -> None:
    evaluation = Evaluation()
    evaluation.calm([parsed("crisis"), parsed("inform", danger="maybe"), parsed("inform")])
    figures = {what: figure for what, _, figure in evaluation.headlines}
    assert figures["false alarms among answers and dreams"].endswith("1 of 3")
    assert figures["asked without danger (answers and dreams)"].endswith("1 of 3")


def test_languages_count_three_words_or_more() -> None:
    rows = [
        {"text": "goeiedag", "lang": "nl"},
        {"text": "je ne sais pas", "lang": "fr"},
        {"text": "merci", "lang": "fr"},
    ]
    evaluation = Evaluation()
    results = [parsed("greet"), parsed("other_language", language="it"), parsed("thank")]
    evaluation.languages(rows, results)
    figures = {what: figure for what, _, figure in evaluation.headlines}
    assert figures["Dutch taken for another language"].endswith("0 of 1")
    assert figures["other languages (3 words or more) recognised"].endswith("1 of 1")
    assert figures["other languages (3 words or more) named right"].endswith("0 of 1")


def test_lists_are_compared_without_order() -> None:
    assert same(["a", "b"], ["b", "a"])
    assert not same([], None)
    assert same(None, None)
    assert not same("a", None)


def test_a_time_without_zone_is_that_of_brussels() -> None:
    assert local("2026-11-22T10:00").utcoffset() == local("2026-11-22T10:00+01:00").utcoffset()


def test_a_report_is_markdown() -> None:
    assert section("T", table(["a"], [["b"]])) == "## T\n\n| a |\n| --- |\n| b |"

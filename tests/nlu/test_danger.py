"""Danger is noticed; words that only sound like it are not."""

import pytest

from bot.nlu import danger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ik wil niet meer leven", "suicide"),
        ("kwil er ni meer zijn", "suicide"),
        ("ik sta op de brug en ga springen", "suicide"),
        ("mijn zoon zegt dat hij zelfmoord wil doen", "suicide"),
        ("ik heb veel pillen genomen", "suicide"),
        ("mijn dochter snijdt in haar armen", "self_harm"),
        ("mijn man slaat mij", "violence"),
        ("min vint slaat mie", "violence"),
        ("man heeft mij geslagen gisteren", "violence"),
        ("ze willen mij uithuwelijken", "violence"),
        ("hij heeft mijn paspoort afgepakt", "violence"),
        ("ik heb geen slaapplaats vannacht", "no_roof"),
        ("wij slapen in auto met kinderen", "no_roof"),
        ("de deurwaarder heeft ons op straat gezet", "no_roof"),
        ("wij hebben geen dak", "no_roof"),
    ],
)
def test_danger_is_noticed_by_the_rules(text: str, kind: str) -> None:
    assert danger.noticed(text) == danger.Verdict("yes", kind)


@pytest.mark.parametrize("text", ["gisteren", "Huis!", "vannacht", "straat"])
def test_one_ordinary_word_is_no_danger_whatever_the_model_makes_of_it(text: str) -> None:
    assert danger.judge(text, 0.9) == danger.Verdict("no")


@pytest.mark.parametrize("text", ["opgesloten", "Geslagen.", "mes", "zelfmoord"])
def test_one_word_of_danger_is_enough_to_ask(text: str) -> None:
    assert danger.judge(text, 0.0).level == "maybe"


@pytest.mark.parametrize(
    "text",
    [
        "ik ga dood van de zenuwen",
        "ik sterf van schaamte als ik moet voorlezen",
        "val dood",
        "wiskunde is mijn dood",
        "mag ik deze vraag overslaan",
        "mijn gsm is kapot",
        "mijn planten gaan dood",
        "ik wil bij de politie werken",
        "ik ben doodmoe",
        "in welke straat is dat",
        "ik wil met oude mensen werken die gaan sterven",
        "slaapwel",
        "dag",
        "",
    ],
)
def test_what_only_sounds_like_danger_is_left_alone(text: str) -> None:
    assert danger.judge(text, 0.02) == danger.Verdict("no")


@pytest.mark.parametrize(
    "text",
    [
        "vroeger sliep ik in het station maar dat is lang geleden",
        "ik wil met vrouwen werken die geslagen worden door hun man",
        "ik heb een film gezien over zelfmoord",
    ],
)
def test_the_past_work_and_films_are_asked_about_at_most(text: str) -> None:
    assert danger.judge(text, 0.05).level in ("no", "maybe")
    assert danger.judge(text, 0.9).level == "yes"


def test_rule_and_classifier_are_weighed_together() -> None:
    doubtful = "ik zie het niet meer zitten"
    assert danger.judge(doubtful, 0.0).level == "maybe"
    assert danger.judge(doubtful, danger.CONFIRMS).level == "yes"
    assert danger.judge("iets zonder regel", danger.SURE).level == "yes"
    assert danger.judge("iets zonder regel", danger.DOUBT).level == "maybe"
    assert danger.judge("iets zonder regel", 0.0).level == "no"


def test_a_long_text_is_read_in_little_time() -> None:
    # GIVEN a text that nearly matches many patterns, over and over
    given = "hij gaat mij niet nu en ik ga er aan maken en de pillen van man " * 15
    # THEN it is read at once (a pattern that explodes would hang here)
    assert danger.noticed(given).level in ("no", "maybe", "yes")

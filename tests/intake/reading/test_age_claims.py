"""Whose age a number is, and of which time."""

import pytest

from bot.intake.reading.age_claims import claimed


@pytest.mark.parametrize(
    ("given_said", "expected_age"),
    [
        ("man 50 ik 27", 27),
        ("39 ik , man 50", 39),
        ("dochter 20 , ik 43", 43),
        ("mijn man is er 60 maar ik ben pas 49", 49),
        ("mijn kinderen zijn 25 en 28 en ik ben 51", 51),
        ("alleenstaande mama van 29", 29),
        ("ik ben een man van 52", 52),
        ("vrouw 33", 33),
        ("27 en 2 kinderen", 27),
        ("ze zeggen dat ik 40 lijk maar ik ben er 53", 53),
        ("ik ben 62 maar ik voel mij 30", 62),
        ("ik werk al 20 jaar , ben 45", 45),
        ("21 december word ik 18", 17),
        ("volgende week word ik 45 en dat vier ik , nu nog 44", 44),
        ("bijna 50", 49),
        ("ga naar de 55", 54),
        ("nog net geen 60", 59),
        ("5 voor 50", 49),
        ("nog een maand dan 55", 54),
        ("ik word pas in februari 18", 17),
        ("op 2 maanden na 50", 49),
        ("30 jaar in mei", 30),
        ("33 nee wacht 34", 34),
        ("19 , papier zegt 17", 19),
        ("hij lacht omdat ik op mijn 57 nog naar school wil", 57),
    ],
)
def test_the_age_of_the_client_now_is_taken(given_said: str, expected_age: int) -> None:
    claim = claimed(given_said)
    assert claim is not None
    assert claim.ages == [expected_age]


@pytest.mark.parametrize(
    "given_said",
    [
        "mijn vrouw is 45",
        "3 kinderen van 12 , 14 en 17",
        "ik heb een zoon van 16",
        "ik was 40 toen de fabriek dichtging",
        "op mijn 14 gestopt",
        "33 jaar gewerkt",
        "1 januari",
    ],
)
def test_numbers_of_others_and_of_then_are_no_age(given_said: str) -> None:
    assert claimed(given_said) is None

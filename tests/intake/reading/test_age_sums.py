"""Ages that have to be worked out."""

import pytest

from bot.intake.reading.age_sums import worked_out


@pytest.mark.parametrize(
    ("given_said", "expected_age"),
    [
        ("2 keer 18", 36),
        ("2 keer 18 plus 2", 38),
        ("2x20", 40),
        ("dubbel 18", 36),
        ("3 dozijn", 36),
        ("30 plus 4", 34),
        ("50 min drie", 47),
        ("een halve eeuw", 50),
        ("sarah gezien vorig jaar", 50),
        ("mijn oudste is 34 en toen was ik 22", 56),
        ("mijn vrouw is 49 en ik ben 4 jaar ouder", 53),
        ("2 jaar jonger dan mijn man van 50", 48),
        ("ik ben de jongste van 9 de oudste is 70 en er zit precies 20 jaar tussen ons", 50),
        ("mijn vrouw is 38 en ik ook", 38),
        ("kreeg mijn zoon op mijn 17 , hij is nu 5", 22),
        ("ik was 18 toen ons marieke kwam en die is 10", 28),
        ("mijn zoon is 30 en ik heb hem gekregen op mijn 22", 52),
        ("mijn man is 5 jaar ouder dan ik en is 51", 46),
        ("ik trouwde met 18 , dat is 30 jaar geleden", 48),
        ("ik ben op mijn 14 beginnen werken en nu 44 jaar later", 58),
        ("nog 3 jaar en dan word ik 50", 47),
        ("in 2010 was ik 30", 46),
    ],
)
def test_a_sum_gives_the_age(given_said: str, expected_age: int) -> None:
    assert worked_out(given_said, 2026) == [expected_age]


@pytest.mark.parametrize(
    "given_said",
    ["27 en 2 kinderen", "ik ben 34", "45 , 20 jaar geleden gestopt", "mijn vrouw is 49 en ik 45"],
)
def test_numbers_beside_each_other_are_no_sum(given_said: str) -> None:
    assert worked_out(given_said, 2026) == []


def test_crosses_are_tens_of_years() -> None:
    assert worked_out("6 kruisjes gepasseerd", 2026) == list(range(60, 70))

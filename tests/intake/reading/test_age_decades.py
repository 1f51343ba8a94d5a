"""Ages in round figures."""

import pytest

from bot.intake.reading.age_decades import decade


@pytest.mark.parametrize(
    ("given_said", "expected_from", "expected_to"),
    [
        ("begin de 30", 31, 33),
        ("midden 40", 44, 46),
        ("achteraan in de 30", 37, 39),
        ("in de 40", 40, 49),
        ("2de helft van de 30", 35, 39),
        ("net over de 50", 51, 53),
        ("ver over de 50", 55, 59),
        ("ruim 50", 50, 54),
        ("net dertiger", 30, 31),
        ("late twintiger", 27, 29),
        ("nog net twintiger", 29, 29),
        ("60 plus", 60, 72),
        ("rond de 40", 38, 42),
    ],
)
def test_round_figures_give_a_span_of_ages(
    given_said: str, expected_from: int, expected_to: int
) -> None:
    found = decade(given_said)
    assert found is not None
    assert found.ages == list(range(expected_from, expected_to + 1))


def test_what_is_said_besides_is_kept_for_the_exact_age() -> None:
    found = decade("in de 40 , zeg maar 46")
    assert found is not None
    assert "46" in found.besides
    assert "40" not in found.besides


def test_an_exact_age_is_no_round_figure() -> None:
    assert decade("ik ben 46") is None

"""What is told later about a barrier: solved, past, somebody else's, or nobody knows."""

import pytest

from bot.intake.reading import by_rules


@pytest.mark.parametrize(
    "given_text",
    [
        "ik had geen laptop maar mijn neef heeft mij de zijne gegeven",
        "vroeger had ik schulden, dat is allemaal afbetaald",
        "mijn buurvrouw had geen opvang maar bij mij gaat dat",
        "de school is ver maar ik heb een brommer",
    ],
)
def test_what_is_solved_or_somebody_elses_is_not_in_the_way(given_text: str) -> None:
    assert by_rules("barriers", given_text).value == []


@pytest.mark.parametrize(
    ("given_text", "expected_codes"),
    [
        ("mijn collega kan goed met computers, ik niet", ["digital"]),
        ("vorig jaar geen opvang en nu nog altijd niet", ["childcare"]),
        ("vroeger reed hier een bus, nu niet meer", ["mobility"]),
    ],
)
def test_what_is_still_so_or_only_others_can_is_in_the_way(
    given_text: str, expected_codes: list[str]
) -> None:
    assert by_rules("barriers", given_text).value == expected_codes


def test_something_well_that_is_not_clear_is_asked_about() -> None:
    reading = by_rules("barriers", "ik ben slecht te been maar met een stok gaat alles zo")
    assert reading.value is None


def test_what_is_wrong_with_somebody_else_is_no_barrier_of_the_client() -> None:
    assert by_rules("barriers", "mijn man spreekt geen nederlands").value is None

"""A story that turns: what is over is no barrier, and what stays open is asked."""

import pytest

from bot.intake.reading import by_rules


@pytest.mark.parametrize(
    ("given_text", "expected_barriers"),
    [
        ("vroeger had ik schulden, nu is het vooral de gezondheid", ["health"]),
        ("eerst had ik geen laptop, dat is opgelost. Maar de taal is moeilijk", ["language"]),
        ("ik was vroeger bang om te praten, dat is nu weg", []),
        ("vroeger belemmerde de opvang mij, vandaag niet langer", []),
        ("de taal noch de afstand vormt een probleem, enkel geldgebrek", ["finance"]),
        ("hoewel ik geen auto heb, raak ik er vlot met de bus", []),
        ("geld? nee, mijn rug", ["health"]),
        ("lezen gaat goed en met de computer lukt het, maar ik heb geen auto", ["mobility"]),
        ("ik had een brommer maar die is gestolen", ["mobility"]),
    ],
)
def test_what_is_over_or_denied_is_not_in_the_way(
    given_text: str, expected_barriers: list[str]
) -> None:
    assert by_rules("barriers", given_text).value == expected_barriers


@pytest.mark.parametrize(
    "given_text",
    [
        "mijn kinderen zijn groot en ik heb een auto dus wat houdt mij tegen",
        "ik heb geld en tijd dus nope",
        "ik heb drie kinderen en een huis, alles goed",
        "noch financiële noch andere problemen",
        "mijn man kookt, mijn moeder past op, wij hebben geen probleem",
    ],
)
def test_a_conclusion_that_nothing_is_in_the_way_counts(given_text: str) -> None:
    assert by_rules("barriers", given_text).value == []


@pytest.mark.parametrize(
    "given_text",
    [
        "mijn knie doet pijn maar met een brace lukt alles vlot",
        "mijn benen doen pijn maar met een stok gaat dat goed",
    ],
)
def test_a_turn_that_leaves_it_open_is_asked(given_text: str) -> None:
    assert by_rules("barriers", given_text).value is None

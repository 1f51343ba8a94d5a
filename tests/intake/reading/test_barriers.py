"""What was solved, or is enough, is no barrier; what is left unsaid is asked."""

import pytest

from bot.intake.reading import by_rules


@pytest.mark.parametrize(
    ("given_text", "expected_barriers"),
    [
        ("vroeger geen geld nu werk ik", []),
        ("in mijn jonge jaren was er geen geld, nu is het eerder de gezondheid die tegenzit",
         ["health"]),
        ("ik beschik niet over een rijbewijs, maar het openbaar vervoer volstaat", []),
        ("door mijn uurrooster blijft er weinig tijd over; financieel is alles in orde", ["time"]),
        ("de verplaatsing vormt geen probleem, de kinderopvang daarentegen wel", ["childcare"]),
        ("ik heb alles: geld, auto, tijd. alleen taal niet goed", ["language"]),
        ("ik heb nood aan kinderopvang", ["childcare"]),
        ("ik heb niet geld voor school", ["finance"]),
        ("mijn buitenlandse diploma werd niet erkend", ["foreign_diploma"]),
        ("mijn master van Iran is hier niet geldig", ["foreign_diploma"]),
        ("we zitten in de schuldhulp", ["finance"]),
        ("rijden durf ik niet meer", ["mobility"]),
    ],
)  # fmt: skip
def test_only_what_is_in_the_way_is_read(given_text: str, expected_barriers: list[str]) -> None:
    assert by_rules("barriers", given_text).value == expected_barriers


@pytest.mark.parametrize(
    "given_text",
    [
        "de taal lukt, de computer lukt, alleen opstaan niet haha",
        "vroeger had ik geen computer, nu wel, maar ik ken er niks van",
    ],
)
def test_a_trouble_without_a_name_is_asked(given_text: str) -> None:
    assert by_rules("barriers", given_text).value is None

"""Times that are somebody else's, of before, or refused, are none that suit."""

import pytest

from bot.intake.reading import by_rules


@pytest.mark.parametrize(
    ("given_text", "expected_times"),
    [
        ("mijn dochter heeft les op zaterdag, voor mij is 's avonds best", ["evening"]),
        ("vroeger volgde ik avondschool maar dat houd ik niet meer vol, nu liever in de voormiddag",
         ["day"]),
        ("in het weekend wil ik rust, maar de andere dagen overdag ben ik vrij", ["day"]),
        ("na 6 uur man thuis dan ik kan", ["evening"]),
        ("liever niet savonds kzijn dan moe, doe maar overdag", ["day"]),
        ("online trek ik ni, avond", ["evening"]),
        ("Avondonderwijs is voor mij uitgesloten; overdag kan ik mij vrijmaken.", ["day"]),
        ("niet te laat s avonds, tot 9 uur", ["evening"]),
        ("de dag maakt niet uit als het maar 's avonds is", ["evening"]),
        ("thuis is beter voor mij met tablet", ["online"]),
        ("18u30 of later", ["evening"]),
        ("tussen twaalf en vier", ["day"]),
        ("om twee uur ben ik thuis, dan kan ik komen", ["day"]),
        ("wo namiddag en za", ["day", "weekend"]),
    ],
)  # fmt: skip
def test_only_the_times_that_suit_the_client_are_read(
    given_text: str, expected_times: list[str]
) -> None:
    assert by_rules("schedule", given_text).value == expected_times


@pytest.mark.parametrize(
    "given_text",
    [
        "de ene keer zo en de andere keer zo, mijn uren veranderen altijd",
        "mijn rooster wisselt, ik weet niet wanneer overdag",
        "mijn dochter heeft les op zaterdag?",
    ],
)
def test_who_works_in_turns_gives_no_time(given_text: str) -> None:
    assert by_rules("schedule", given_text).value is None

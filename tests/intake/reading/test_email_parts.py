"""The two parts of a dictated address."""

import pytest

from bot.intake.reading.email_parts import domain, in_digits, local_part


@pytest.mark.parametrize(
    ("given_words", "expected_text"),
    [
        ("negentien vijfentachtig", "1985"),
        ("negentienhonderd vijfentachtig", "1985"),
        ("tweeduizend en vijf", "2005"),
        ("twee duizend vijf", "2005"),
        ("tweeduizend een", "2001"),
        ("nul zeven", "07"),
        ("vijf en twintig", "25"),
        ("jan honderd", "jan100"),
    ],
)
def test_numbers_in_words_become_figures(given_words: str, expected_text: str) -> None:
    assert "".join(in_digits(given_words.split())) == expected_text


@pytest.mark.parametrize(
    ("given_said", "expected_text"),
    [
        ("mijn adres is rita . claes", "rita.claes"),
        ("rita claes , rita . claes", "rita.claes"),
        ("schrijf op : dirk de cock", "dirkdecock"),
        ("rita achteraan 3", ""),
        ("gewoon mijn naam", ""),
        ("ahmed , peeters", ""),
    ],
)
def test_the_local_part_is_what_leads_up_to_the_sign(given_said: str, expected_text: str) -> None:
    assert local_part(given_said, 0, len(given_said)).text == expected_text


@pytest.mark.parametrize(
    ("given_said", "expected_text"),
    [
        ("telenet . be , klein", "telenet.be"),
        ("gmail en ik kijk elke dag", "gmail.com"),
        ("yahoo . co . uk", "yahoo.co.uk"),
        ("gmail . kom", "gmail.com"),
        ("hotmail", ""),
    ],
)
def test_the_domain_ends_with_its_ending(given_said: str, expected_text: str) -> None:
    assert domain(given_said, 0, len(given_said)).text == expected_text

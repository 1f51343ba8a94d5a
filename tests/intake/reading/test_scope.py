"""What a "not" reaches."""

import pytest

from bot.intake.reading.lexicon import Lexicon, tokens
from bot.intake.reading.scope import denied

JOBS = Lexicon({"cleaning": ["kuisen"], "construction": ["bouw"], "childcare": ["kinderen"]})


@pytest.mark.parametrize(
    ("given_text", "expected_denied"),
    [
        ("alles behalve kuisen", ["cleaning"]),
        ("niet meer in de bouw, wel iets met kinderen", ["construction"]),
        ("kuisen wil ik niet meer", ["cleaning"]),
        ("geen kuisen en geen bouw", ["cleaning", "construction"]),
        ("ik weet niet goed, misschien kinderen", []),
        ("niet alleen kuisen", []),
        ("waarom niet de bouw", []),
        ("iets anders dan kuisen", ["cleaning"]),
        ("niet kuisen maar bouw", ["cleaning"]),
    ],
)
def test_a_denial_reaches_what_it_means(given_text: str, expected_denied: list[str]) -> None:
    words = tokens(given_text)
    assert [h.code for h in denied(words, JOBS.find(words))] == expected_denied

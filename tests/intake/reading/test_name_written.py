"""Names get capitals where they need them; foreign words for first and family name are known."""

import pytest

from bot.intake.reading.name_written import in_dutch, with_capitals


@pytest.mark.parametrize(
    ("given_words", "expected"),
    [
        ("jan de clercq", "Jan de Clercq"),
        ("JAN PEETERS", "Jan Peeters"),
        ("o'brien-claes", "O'Brien-Claes"),
        ("al-masri", "al-Masri"),
    ],
)
def test_a_name_gets_its_capitals(given_words: str, expected: str) -> None:
    assert with_capitals(given_words.split()) == expected


def test_first_and_family_name_are_known_in_other_languages() -> None:
    assert in_dutch("nom: Diallo prénom: Mariama") == "familienaam: Diallo voornaam: Mariama"


def test_one_such_word_alone_stays_as_it_is() -> None:
    assert in_dutch("mon nom est Diallo") == "mon nom est Diallo"

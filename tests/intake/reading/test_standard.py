"""Dialect and chat spelling become standard Dutch, and standard Dutch stays as it is."""

import pytest

from bot.intake.reading.lexicon import tokens


@pytest.mark.parametrize(
    ("given_text", "expected_words"),
    [
        ("'k zijn van Gent", "ik ben van gent"),
        ("kem gin geld", "ik heb geen geld"),
        ("ich han neet gewerkt", "ik heb niet gewerkt"),
        ("thuus bie de kinders", "thuis bij de kinderen"),
        ("'t was in mienen taad", "het was in mijn tijd"),
        ("vief joar noar skole", "vijf jaar naar school"),
        ("kspreek een bitje vlams", "ik spreek een beetje vlaams"),
        ("da's goe", "dat is goed"),
        ("tgoat allemoal goe", "het gaat allemaal goed"),
        ("'s nuchtends", "s ochtends"),
        ("mr ik wil wrk", "maar ik wil werk"),
        ("m'n zoon en z'n vrouw", "mijn zoon en zijn vrouw"),
    ],
)
def test_dialect_is_read_as_standard_dutch(given_text: str, expected_words: str) -> None:
    assert " ".join(tokens(given_text)) == expected_words


@pytest.mark.parametrize(
    "given_text",
    [
        "ik ben moe en ga naar huis", "mijn ma krijgt kindergeld", "da", "ma en di",
        "ik spreek somali en pashto", "mohamed uit turkije", "no school", "een coach op een board",
        "zij zijn met twee", "het dak lekt",
    ],
)  # fmt: skip
def test_standard_dutch_and_other_languages_stay(given_text: str) -> None:
    assert " ".join(tokens(given_text)) == given_text

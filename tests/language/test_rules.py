"""Each rule finds what it is for, and leaves plain sentences alone."""

import pytest

from bot.language import rules, spelling
from bot.language.lexicon import Lexicon
from tests.language.conftest import text

HARD = [
    ("lengte", "Je kan op deze dag heel graag met de bus en de fiets komen."),
    ("zinnen", "Dag. Ik ben Ali. Ik kook. Ik leer."),
    ("vragen", "Wil je koken? Wil je bakken?"),
    ("ontkenning", "Wil je niet komen?"),
    ("lijdend", "Je afspraak is geschrapt."),
    ("lijdend", "De les wordt betaald."),
    ("lijdend", "Je vraag wordt opgeschreven."),
    ("naamwoord", "Het volgen van een les helpt."),
    ("bijzinnen", "Je komt als je wil omdat je mag."),
    ("je", "Wat wilt u leren?"),
    ("afkorting", "Neem iets mee, bv. een pen."),
    ("afkorting", "Ga naar de XQZ."),
    ("beeld", "Wij gaan aan de slag."),
    ("stijf", "Kom indien je wil."),
    ("vlaams", "Heb je een mobieltje?"),
    ("cijfer", "Wacht vijf minuten."),
    ("uitroep", "Goed zo!"),
    ("woord", "Dat is een competentie."),
    ("flesch", "Deze universiteit organiseert interessante activiteiten voor alle volwassenen."),
]
PLAIN = [
    "Mooi. Je wil met kinderen werken.",
    "Heb je weinig geld? Er is hulp.",
    "Je bericht is niet weg. Wacht even.",
    "Een begeleider helpt je graag verder. Dat is gratis. Wil je een afspraak?",
    "Ik heb je afspraak geschrapt.",
    "Waarom vraag ik dit? Dan zoek ik les dicht bij jou.",
    "Je bent naar Genk gekomen.",
]


@pytest.mark.parametrize(("rule", "words"), HARD)
def test_a_hard_text_is_found(rule: str, words: str, known: Lexicon) -> None:
    assert rule in {name for name, _ in rules.broken(text(words), known)}


@pytest.mark.parametrize("words", PLAIN)
def test_a_plain_text_is_left_alone(words: str, known: Lexicon) -> None:
    assert list(rules.broken(text(words), known)) == []


def test_every_rule_has_a_text_that_breaks_it() -> None:
    assert {rule for rule, _ in HARD} == set(rules.RULES) - {"hulptekst", "richting"}


def test_an_aid_text_has_two_sentences_at_most(known: Lexicon) -> None:
    long = text("I am a bot. I help you. A person too.", "aid")
    assert [name for name, _ in rules.broken(long, known)] == ["hulptekst"]


def test_a_line_from_right_to_left_is_marked(known: Lexicon) -> None:
    bare, marked = "أنا روبوت.", "\u200fأنا روبوت.\u200f"
    assert [name for name, _ in rules.broken(text(bare, "aid"), known)] == ["richting"]
    assert list(rules.broken(text(marked, "aid"), known)) == []


def test_names_are_as_their_owners_write_them(known: Lexicon) -> None:
    assert list(rules.broken(text("Graduaat orthopedagogie", "name"), known)) == []


@pytest.mark.parametrize(
    ("words", "wrong"), [("Hij word kok.", "Hij word"), ("De meisje leert.", "De meisje")]
)
def test_grammar_mistakes_are_found(words: str, wrong: str, known: Lexicon) -> None:
    (found,) = spelling.mistakes(text(words), known)
    assert found.startswith(wrong)


def test_names_and_terms_are_no_spelling_mistakes(known: Lexicon) -> None:
    assert list(spelling.mistakes(text("Bij Ligo en in een CVO leer je lezen."), known)) == []

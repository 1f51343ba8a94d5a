"""Reading answers about the form of a talk and an interpreter."""

import pytest

from bot.conversation import State, Turn, visit
from bot.conversation.reading import closed
from tests.conversation.talking import NOW


def read(asked: str, text: str, intent: str = "inform") -> object:
    return closed(asked, Turn(text, intent, 0.9, NOW))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel mij", "phone"),
        ("liever met de telefoon", "phone"),
        ("ik kom langs", "in_person"),
        ("video aub", "video"),
        ("met de computer", "video"),
        ("bellen of video", None),
        ("wat is dat", None),
    ],
)
def test_the_form_of_a_talk(text: str, expected: str | None) -> None:
    assert read("appointment_form", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ja", "yes"),
        ("ja graag", "yes"),
        ("nee dank u", "no"),
        ("ja arabisch", "Arabisch"),
        ("Turks", "Turks"),
        ("nee ik spreek ook frans", "no"),
        ("nederlands", None),
    ],
)
def test_whether_an_interpreter_is_wanted(text: str, expected: str | None) -> None:
    assert read("interpreter", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik spreek tigrinya", "Tigrinya"),
        ("Tamazight.", "Tamazight"),
        ("wat bedoel je?", None),
        ("ja", None),
        ("dat weet ik echt niet goed", None),
        ("x" * 60, None),
    ],
)
def test_the_language_of_the_interpreter(text: str, expected: str | None) -> None:
    assert read("interpreter_language", text) == expected


def test_a_yes_with_several_languages_leaves_the_choice_to_the_client() -> None:
    state = State("web-1")
    state.record("languages", ["nl", "fr", "ar"], "derived")
    visit.answer("interpreter", "yes", state)
    assert state.memory.interpreter == "yes"
    assert [b.title for b in visit.buttons("interpreter_language", state)] == ["Frans", "Arabisch"]


def test_a_form_that_is_not_given_here_is_not_taken() -> None:
    state = State("web-1")
    state.memory.forms = ["in_person", "phone"]
    visit.answer("appointment_form", "video", state)
    assert state.memory.appointment_form is None

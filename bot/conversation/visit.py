"""Questions about the talk itself: in which form, and whether an interpreter is needed."""

from bot import intake
from bot.conversation import wording
from bot.conversation.state import State
from bot.conversation.turn import Button, Turn

ASKED = ("appointment_form", "interpreter", "interpreter_language")
LONGEST_LANGUAGE = 40
"""Characters of a language that we don't know by name."""
DUTCH = "nl"


def read(asked: str, turn: Turn, said: bool | None) -> str | None:
    """The answer that a typed text gives, or None.

    Args:
        asked: one of `ASKED`.
        turn: the message.
        said: the yes or no that the text reads as.
    """
    if asked == "appointment_form":
        return wording.appointment_form(turn.text)
    named = _named(turn.text)
    if asked == "interpreter":
        if said is not False and named:
            return named
        return None if said is None else "yes" if said else "no"
    if named:
        return named
    plain = turn.text.strip(" .!")
    short = len(plain) <= LONGEST_LANGUAGE and len(plain.split()) == 1
    return plain if short and "?" not in plain and said is None else None


def answer(field: str, value: str, state: State) -> None:
    """Take in an answer to one of `ASKED`."""
    memory = state.memory
    if field == "appointment_form":
        memory.appointment_form = value if value in memory.forms else memory.appointment_form
    elif value == "yes" and len(others := known(state)) == 1:
        memory.interpreter = intake.say("languages", others)
    else:
        memory.interpreter = value


def known(state: State) -> list[str]:
    """The languages besides Dutch that the client used or named."""
    return [code for code in state.values.get("languages") or [] if code != DUTCH]


def buttons(asked: str, state: State) -> tuple[Button, ...]:
    """The choices that depend on the client; none for a question with its own."""
    if asked == "appointment_form":
        return tuple(
            wording.tap(wording.button_title(f"form_{form}"), asked, form)
            for form in state.memory.forms
        )
    if asked == "interpreter_language":
        names = (intake.say("languages", [code]) for code in known(state))
        return tuple(wording.tap(name, asked, name) for name in names)
    return ()


def _named(text: str) -> str | None:
    """The first language besides Dutch that the text names, in Dutch."""
    found = intake.read("languages", text).value or []
    other = next((code for code in found if code != DUTCH), None)
    return intake.say("languages", [other]) if other else None

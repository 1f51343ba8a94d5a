"""What a typed message says in answer to a question; nothing is changed here."""

from typing import Any

from bot import contract, intake, places
from bot.conversation import answers, questions, visit, wording
from bot.conversation.state import State
from bot.conversation.turn import Turn

LIST_FIELDS = ("barriers", "schedule")
YES_NO = ("consent", "readback", "wants_appointment", "contact_consent", "more_questions")
TURNS_NOT = ("book_appointment", "change_appointment", "cancel_appointment", "talk_to_human")
"""Requests in which a theme is what the talk is about ("een gesprek over de zorg")."""
DREAM_LIKE = ("share_dream", "inform", "search_courses", "nlu_fallback", "other_language")
"""Intents in which bare words of work ("auto's herstellen") may come."""
SURE_OF_DREAM = 0.6
LONGEST_YES = 200
"""Characters up to which a text that only the classifier takes for a yes or no is one."""


def closed(asked: str, turn: Turn) -> tuple[Any, tuple[str, ...]]:
    """The value that the text gives to the asked field, or the codes it may be."""
    if asked == "more_questions":
        if turn.intent == "book_appointment":
            return "appointment", ()
        said = yes_no(turn)
        return (None if said is None else "yes" if said else "no"), ()
    if asked in YES_NO:
        said = yes_no(turn, asked)
        reserved = (
            asked == "readback" and turn.tapped is None and wording.has_reservation(turn.text)
        )
        return (False if said and reserved else said), ()
    if asked in visit.ASKED:
        return visit.read(asked, turn, yes_no(turn)), ()
    if asked == "correct_field":
        return wording.mentioned_field(turn.text, questions.READ_BACK), ()
    if asked == "dream_themes":
        return intake.dream_themes(turn.text) or None, ()
    if asked not in contract.fields():
        return None, ()
    reading = intake.read(asked, turn.text, now=turn.now)
    if reading.value is None and asked in LIST_FIELDS and turn.intent == "deny":
        return [], ()
    return reading.value, reading.options


def hears(asked: str, turn: Turn) -> bool:
    """Whether an answer that was read holds words that rules know as one."""
    if asked not in contract.fields():
        return True
    return intake.by_rules(asked, turn.text, now=turn.now).value is not None


def yes_no(turn: Turn, asked: str = "") -> bool | None:
    """A yes or no, by tap, in words, or by what the classifier makes of it."""
    if turn.tapped is not None:
        return {"affirm": True, "deny": False}.get(turn.intent)
    said: bool | None
    if asked == "consent":
        said = intake.read("consent", turn.text, now=turn.now).value
    else:
        said = said_yes_or_no(turn.text)
    if said is not None:
        return said
    if len(turn.text) > LONGEST_YES:
        return None
    return {"affirm": True, "deny": False}.get(turn.intent)


def said_yes_or_no(text: str) -> bool | None:
    """A yes or no to any question.

    By rules: the second reader has only learned what people answer to the question for consent.
    """
    said: bool | None = intake.by_rules("consent", text).value
    return said


def contact(turn: Turn) -> dict[str, str]:
    """The phone number and the e-mail address in a text, whichever was asked."""
    found = {f: intake.read(f, turn.text, now=turn.now).value for f in ("phone", "email")}
    return {field: value for field, value in found.items() if value}


def barriers_in_passing(turn: Turn) -> list[str]:
    """The barriers in an answer to another question: "nederlands" alone may be no trouble there.

    By rules: the second reader has only learned from answers to the question itself.
    """
    said = intake.by_rules("barriers", turn.text).value or []
    troubled = wording.sounds_like_trouble(turn.text) or len(said) > 1
    return [code for code in said if code != "language" or troubled]


def town(text: str) -> str | None:
    """The postcode of a text that is no more than the name of a place, spelled right."""
    found = places.mentioned(f"in {text.strip()}")
    return found[0].postcode if len(found) == 1 else None


def corrects_earlier(asked: str, state: State, turn: Turn) -> bool:
    """ "nee mijn postcode is 3600": names an earlier answer and gives a new value."""
    if not wording.sounds_like_correction(turn.text):
        return False
    earlier = [f for f in answers.answered_fields(state) if f != asked]
    named = wording.mentioned_field(turn.text, earlier)
    return named is not None and answers.corrected_value(turn, state, named) is not None


def is_also_dream(turn: Turn) -> bool:
    """ "welke lessen zijn er voor kapper" is an answer to the dream question as well."""
    return turn.intent in ("search_courses", "ask_prior_learning", "correct_answer") and bool(
        intake.dream_themes(turn.text)
    )


def is_doubted_dream(turn: Turn) -> bool:
    """ "ik wil met oude mensen werken maar ik ben misschien te oud": a dream, and a worry."""
    wishes = turn.intent == "express_doubt" and wording.sounds_like_wish(turn.text)
    return wishes and bool(intake.dream_themes(turn.text))


def is_new_dream(turn: Turn, state: State) -> bool:
    """Whether a text at another question says a dream: the first themes, or clearly a wish."""
    if turn.confidence < SURE_OF_DREAM or not intake.dream_themes(turn.text):
        return False
    if state.asked == "dutch_level" and intake.dream_themes(turn.text) == ["dutch"]:
        return False  # "ik wil beter praten" says how much somebody speaks
    unknown = state.open("dream") or not state.values.get("dream_themes")
    return unknown or wording.sounds_like_wish(turn.text)


def fills_empty_dream(turn: Turn, state: State) -> bool:
    """Whether a text names work after a dream that named none ("rijk worden", "astronaut lol")."""
    if turn.tapped is not None or state.values.get("dream_themes"):
        return False
    was_empty = state.values.get("dream") and not intake.dream_themes(state.values["dream"])
    return bool(was_empty) and turn.intent in DREAM_LIKE and bool(intake.dream_themes(turn.text))


def asks_about(turn: Turn) -> bool:
    """Whether a text at a yes or no asks something first: "wat gebeurt er als ik ja zeg"."""
    if wording.starts_with_yes_or_no(turn.text):
        return False
    return wording.sounds_like_question(turn.text)


def turns_to_dream(turn: Turn, state: State) -> bool:
    """Whether a text at a yes or no says another dream: "nee toch liever iets met kinderen"."""
    rest = wording.without_yes_or_no(turn.text)
    said_yes = said_yes_or_no(turn.text) is True
    # "ja ik wil hulp met de computer" is a yes; "ja maar liever iets met computers" is a dream.
    turns = wording.sounds_like_turn(rest) or (not said_yes and wording.sounds_like_wish(rest))
    first = state.open("dream")
    if not (turns or first) or wording.sounds_like_question(rest) or turn.intent in TURNS_NOT:
        return False
    themes = intake.dream_themes(rest)
    return bool(themes) and set(themes) != set(state.values.get("dream_themes") or ())


def is_answer(asked: str, turn: Turn) -> bool:
    """Whether a text in another language answers the question."""
    if asked == "dream":
        return False  # only what speaks of work or learning is a dream
    if asked in answers.FREE_TEXT:
        return intake.read(asked, turn.text, now=turn.now).value is not None
    return closed(asked, turn)[0] is not None


def has_codes(asked: str | None) -> bool:
    """Whether the answer to a question is one of a few codes; a dream's themes are asked freely."""
    field = contract.fields().get(asked or "")
    return field is not None and bool(field.codes) and asked != "dream_themes"

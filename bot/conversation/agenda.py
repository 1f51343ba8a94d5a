"""Which question comes next: a pure function of what is known.

The order follows the four steps of the service (acquaintance, perspective, reality, advice):
the dream and what the first ideas need come first, the rest with the client's leave.
"""

from bot.conversation.state import State

FOR_FIRST_IDEAS = ("dutch_level", "education_level", "diploma_origin", "postcode")
FOR_BETTER_ADVICE = (
    "diploma_recognised",
    "situation",
    "barriers",
    "schedule",
    "strengths",
    "age_band",
)
LITTLE_DUTCH = ("a0", "a1")
ENOUGH_DUTCH = ("b2", "c1")
UP_TO_FIRST_IDEAS = 0.6
"""Share of the progress that is reached with the first ideas."""
HAS_DIPLOMA = ("upper_secondary", "higher")


def _applies(field: str, state: State) -> bool:
    """Whether the question makes sense for this person (conditions of contract/intake.yaml)."""
    if field == "diploma_origin":
        return state.values.get("education_level") in HAS_DIPLOMA
    if field == "diploma_recognised":  # of school without a diploma there is nothing to recognise
        has_none = state.values.get("education_level") not in (None, *HAS_DIPLOMA)
        return state.values.get("diploma_origin") == "abroad" and not has_none
    return True


def _first_open(fields: tuple[str, ...], state: State) -> str | None:
    return next((f for f in fields if state.open(f) and _applies(f, state)), None)


def next_in_intake(state: State) -> str | None:
    """The field to ask next in the intake; None when the intake is complete."""
    memory = state.memory
    if state.open("consent"):
        return "consent"
    if state.open("dream"):
        return "dream"
    if not state.values.get("dream_themes") and state.open("dream_themes"):
        return "dream_themes"
    if field := _first_open(FOR_FIRST_IDEAS, state):
        return field
    if memory.more_questions is None:
        return "more_questions"
    if memory.more_questions == "yes" and (field := _first_open(FOR_BETTER_ADVICE, state)):
        return field
    if memory.more_questions != "no" and not memory.readback_done:
        return "readback"
    if memory.wants_appointment is None:
        return "wants_appointment"
    if memory.wants_appointment and not memory.readback_done:
        return "readback"  # nothing goes to a counsellor that the client did not read
    return None


def progress(state: State) -> float:
    """How far the intake is, from 0 to 1: never less than before when more may be asked."""
    first = _share_done(("consent", "dream", *FOR_FIRST_IDEAS), state)
    if first < 1:
        return round(first * UP_TO_FIRST_IDEAS, 2)
    if state.memory.more_questions in ("no", "appointment"):
        return 1.0
    later = _share_done(FOR_BETTER_ADVICE, state)
    return round(UP_TO_FIRST_IDEAS + later * (1 - UP_TO_FIRST_IDEAS), 2)


def _share_done(fields: tuple[str, ...], state: State) -> float:
    asked = [field for field in fields if _applies(field, state)]
    return sum(not state.open(field) for field in asked) / len(asked)


def next_in_booking(state: State) -> str | None:
    """The field to ask next for an appointment; None when it can be booked."""
    memory = state.memory
    if memory.moving is not None:
        return None if memory.chosen else "appointment_time"
    if not state.values.get("consent") and memory.contact_consent is None:
        return "contact_consent"
    if not state.values.get("leerwinkel"):
        return "postcode" if state.open("postcode") else "leerwinkel"
    if memory.forms and memory.appointment_form is None:
        return "appointment_form"
    if not memory.chosen:
        return "appointment_time"
    if state.open("name"):
        return "name"
    by_phone = memory.appointment_form == "phone" or memory.forms == ["phone"]
    if state.open("phone") and (by_phone or not state.values.get("email")):
        return "phone"
    if not state.values.get("phone") and state.open("email"):
        return "email"
    if memory.interpreter is None and may_need_interpreter(state):
        return "interpreter"
    if memory.interpreter == "yes":
        return "interpreter_language"
    if state.open("referral_source"):
        return "referral_source"
    return None


def may_need_interpreter(state: State) -> bool:
    """Whether the client's Dutch is low, or they speak other languages and not much Dutch."""
    level = state.values.get("dutch_level")
    others = [code for code in state.values.get("languages") or [] if code != "nl"]
    return level in LITTLE_DUTCH or (bool(others) and level not in ENOUGH_DUTCH)

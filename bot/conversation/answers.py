"""Taking in answers: from a tapped button or from what the readers made of free text."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from bot import appointments, catalogue, contract, intake, places
from bot.conversation import wording
from bot.conversation.origin import is_from_origin
from bot.conversation.state import State
from bot.conversation.turn import Turn

FREE_TEXT = ("dream", "strengths", "name")
HISTORY = 12
NEEDED_IN_BOOKING = ("name", "phone", "email", "referral_source")
GROWING = ("barriers", "languages")
"""Lists to which something said in passing is added ("ik heb ook geen auto")."""
NOT_BY_ITSELF = ("consent",)
"""Fields that a correction has to name."""
CORRECTABLE = 3
"""How many of the newest answers a correction without a field may be about."""
YES_NO = ("yes", "no")
CONTROL_VALUES: Mapping[str, Collection[str] | None] = MappingProxyType(
    {
        "dream_step": ("start", *catalogue.DREAM_STEPS),
        "more_questions": (*YES_NO, "appointment"),
        "readback": YES_NO,
        "wants_appointment": YES_NO,
        "contact_consent": YES_NO,
        "correct_field": tuple(contract.fields()),
        "interpreter": YES_NO,
        "interpreter_language": None,
        "appointment_form": appointments.FORMS,
        "appointment_coming": ("yes",),
        "more_help": ("yes",),
        "appointment_time": None,  # any moment: only free ones can be chosen
    }
)
"""What buttons about anything but contract fields can hold; None: any text."""
DEPENDS_ON = {  # what no longer holds when an earlier answer changes
    "education_level": ("diploma_origin", "diploma_recognised"),
    "diploma_origin": ("diploma_recognised",),
}


def record(field: str, value: Any, state: State) -> None:
    """Keep an answer to a contract field, with what follows from it."""
    memory = state.memory
    changed = state.values.get(field) != value
    state.record(field, value)
    memory.history = [*(f for f in memory.history if f != field), field][-HISTORY:]
    if field == "dream" and (themes := intake.dream_themes(value)):
        state.record("dream_themes", themes, "derived")
    if field == "postcode":
        leerwinkel = catalogue.leerwinkel_for(value)
        if memory.booked:
            pass  # the appointment stays where it was made, and the intake with it
        elif leerwinkel:
            state.record("leerwinkel", leerwinkel, "derived")
        else:  # outside Flanders and Brussels: the client chooses one for an appointment
            state.reopen("leerwinkel")
    if changed:
        for dependent in DEPENDS_ON.get(field, ()):
            state.reopen(dependent)
        memory.readback_done = memory.readback_done and field in NEEDED_IN_BOOKING
        memory.advice_shown = memory.advice_shown and field in NEEDED_IN_BOOKING
        memory.ideas_shown = memory.ideas_shown and field in NEEDED_IN_BOOKING


def replace_dream(text: str, state: State) -> None:
    """Keep a text as the dream, in the place of the one before, with the themes it names."""
    state.reopen("dream_themes")
    record("dream", intake.read("dream", text).value or text, state)
    state.memory.dream_step = wording.dream_step(text) or "start"


def record_volunteered(text: str, state: State, *, besides: Collection[str] = ()) -> list[str]:
    """Keep the facts that the client gave without being asked.

    Returns:
        The fields that were filled: open ones, ones that were skipped before, and lists that
        became longer. Other answers are left as they are.
    """
    filled = []
    for field, value in intake.volunteered(text).items():
        if field in besides or field == state.memory.collecting:
            continue
        if field in GROWING and state.values.get(field):
            value = _longer(field, value, state)
            if value == state.values[field]:
                continue
        elif state.status.get(field, "skipped") not in ("skipped", "unknown"):
            continue
        if field == "dream_themes" and state.open("dream"):
            record("dream", intake.read("dream", text).value or text, state)
        record(field, value, state)
        filled.append(field)
    return filled


def add(field: str, said: Collection[str], state: State) -> bool:
    """Add to a list that grows.

    Returns:
        False when there is nothing new.
    """
    if not said or (longer := _longer(field, said, state)) == state.values.get(field):
        return False
    record(field, longer, state)
    return True


def add_tapped(field: str, value: Any, state: State) -> bool:
    """One tapped choice of a list field.

    Returns:
        True when the client goes on choosing, False when the list is complete.
    """
    memory = state.memory
    chosen = list(state.values.get(field, [])) if memory.collecting == field else []
    if value in ("done", "none"):
        memory.collecting = None
        record(field, [] if value == "none" else chosen, state)
        return False
    memory.collecting = field
    state.values[field] = [*(v for v in chosen if v != value), value]
    state.status.pop(field, None)  # still being chosen
    return True


def finish_list(field: str, state: State) -> None:
    """The list that is being chosen is complete as it is."""
    if state.memory.collecting == field:
        add_tapped(field, "done", state)


def is_offered(field: str, value: Any) -> bool:
    """Whether a tapped value is one that a button can hold (payloads reach Rasa as text)."""
    spec = contract.fields().get(field)
    if spec is None:
        allowed = CONTROL_VALUES.get(field, ())
        return value in allowed if allowed is not None else isinstance(value, str)
    if field == "consent":
        return value in YES_NO
    if field == "postcode":
        return isinstance(value, str) and places.place(value) is not None
    if spec.codes:
        return value in contract.labels(spec.codes) or (
            spec.type == "list" and value in ("done", "none")
        )
    return False


def close(field: str, mark: str, state: State) -> None:
    """Skip a field, or note "weet ik niet"; control questions get the careful answer."""
    memory = state.memory
    match field:
        case "consent":
            state.record("consent", False)
            state.status["consent"] = mark
        case "more_questions":
            memory.more_questions = "no"
        case "readback":
            memory.readback_done = True
        case "wants_appointment":
            memory.wants_appointment = False
        case "interpreter":
            memory.interpreter = "skipped"
        case "interpreter_language":
            memory.interpreter = "?"  # wanted; which language is not known
        case "appointment_form":
            memory.appointment_form = memory.forms[0]
        case "dream" if mark == "unknown":
            state.close("dream", "unknown")
        case "dream":
            state.close("dream", mark)
            state.close("dream_themes", mark)
        case _ if field in contract.fields():
            state.close(field, mark)
    memory.collecting = None
    if field in contract.fields():
        memory.history = [*(f for f in memory.history if f != field), field][-HISTORY:]


def has_said_something(state: State) -> bool:
    """Whether any field was answered, skipped or left open by the client."""
    return any(not is_from_origin(field, state) for field in state.status)


def answered_fields(state: State) -> list[str]:
    """The fields that the client can still change, newest answer last."""
    known = [f for f in state.status if f != "leerwinkel" and not is_from_origin(f, state)]
    return sorted(
        known, key=lambda f: state.memory.history.index(f) if f in state.memory.history else -1
    )


def corrected_value(turn: Turn, state: State, field: str | None) -> tuple[str, Any] | None:
    """The new value in a correction: of the field it names, or of one it reads as, if any.

    A field that is not named has to be sure: a fact in so many words, or what the newest answers
    read in the text. Yes and no are no new values there: corrections start with "nee".
    """
    if turn.tapped is not None:
        return None
    text = wording.without_correction(turn.text)
    if field is None and (fact := changed_fact(text, state)):
        return fact
    newest = [f for f in reversed(state.memory.history) if f not in NOT_BY_ITSELF]
    for candidate in [field] if field else newest[:CORRECTABLE]:
        if candidate in FREE_TEXT:
            continue  # "nee mijn droom is fout" is no dream
        # what names no field is read by rules alone: it may be about anything
        read = intake.read if field else intake.by_rules
        value = read(candidate, text, now=turn.now).value
        if candidate in GROWING and value and wording.adds(text):
            value = _longer(candidate, value, state)
        if value is not None and value != state.values.get(candidate):
            return candidate, value
    return changed_fact(text, state)


def changed_fact(
    text: str, state: State, *, besides: Collection[str] = ()
) -> tuple[str, Any] | None:
    """A fact in the text that differs from an earlier answer, with its field; None without."""
    facts = {f: v for f, v in intake.volunteered(text).items() if f not in besides}
    if not wording.replaces(text):
        facts = {f: _longer(f, v, state) if f in GROWING else v for f, v in facts.items()}
    return next(
        ((f, v) for f, v in facts.items() if not state.open(f) and v != state.values.get(f)), None
    )


def _longer(field: str, said: Collection[str], state: State) -> list[str]:
    """What was known of a list, then what was said now."""
    known = state.values.get(field) or []
    return [*known, *(code for code in said if code not in known)]

"""Asking: puts the next question of a form, in its own or in simpler words."""

import datetime as dtm

from bot import appointments, catalogue, contract
from bot.conversation import advice, wording
from bot.conversation.agenda import next_in_booking, next_in_intake
from bot.conversation.state import BOOKING, INTAKE, State
from bot.conversation.turn import Button, Reply, Turn

READ_BACK = (
    "dream",
    "dream_themes",
    "dutch_level",
    "education_level",
    "diploma_origin",
    "diploma_recognised",
    "postcode",
    "situation",
    "barriers",
    "schedule",
    "strengths",
    "age_band",
)
"""What the client reads back before a counsellor sees it, in the order of the questions."""
PROPOSALS = 3


def next_field(state: State) -> str | None:
    """The question that is open in the active form, or None."""
    return next_in_booking(state) if state.form == BOOKING else next_in_intake(state)


def ask_next(state: State, turn: Turn, reply: Reply) -> None:
    """Say what comes before the next question, and ask it.

    Sets `state.asked` (None when the form is complete), and `state.form` when the intake ends
    or hands over to the booking.
    """
    if state.form == INTAKE:
        field = next_in_intake(state)
        if field == "more_questions" and not state.memory.ideas_shown:
            advice.show_first_ideas(state, reply)
        if field in ("wants_appointment", None) and not state.memory.advice_shown:
            advice.show_advice(state, reply)
        if field is None and (state.memory.booked or not state.memory.wants_appointment):
            state.form = state.asked = None
            reply.say("utter_intake_done")
            return
        if field is None:
            state.form = BOOKING
    field = next_field(state)
    if field is None:
        state.asked = None
    else:
        ask(field, state, turn, reply)


def ask(field: str, state: State, turn: Turn, reply: Reply) -> None:
    """Ask one field; the same question twice in a row gets other words the second time."""
    memory = state.memory
    memory.simpler = state.asked == field and not memory.simpler
    state.asked = field
    name = f"utter_{'simpler' if memory.simpler else 'question'}_{field}"
    match field:
        case "dream_themes":
            reply.say(f"utter_question_dream_{memory.dream_step}")
        case "barriers" | "schedule" if memory.collecting == field:
            reply.say(f"utter_more_{field}", buttons=_remaining(field, state))
        case "readback":
            reply.say("utter_readback", lines=readback_lines(state))
            kept = memory.simpler or state.values.get("consent")
            reply.say(name if kept else "utter_question_readback_not_kept")
        case "correct_field":
            reply.say(name, buttons=_answered(state))
        case "appointment_time":
            _propose_times(state, turn, reply)
        case _:
            reply.say(name)


def readback_lines(state: State) -> str:
    """The answers so far, one a line, as the client reads them."""
    lines = []
    for field in READ_BACK:
        mark = state.status.get(field)
        if field == "dream_themes" and not state.values.get(field):
            continue
        if mark in ("said", "derived"):
            text = wording.value_text(field, state.values.get(field))
        elif mark in ("skipped", "unknown"):
            text = wording.phrase(mark)
        else:
            continue
        lines.append(f"{wording.title(field)}: {text}")
    return "\n".join(lines)


def _remaining(field: str, state: State) -> tuple[Button, ...]:
    codes = contract.labels(contract.fields()[field].codes or field)
    left = [code for code in codes if code not in state.values.get(field, [])]
    done = wording.tap(wording.button_title("done"), field, "done")
    return (done, *wording.code_buttons(field, left))


def _answered(state: State) -> tuple[Button, ...]:
    return tuple(
        wording.tap(wording.title(field), "correct_field", field)
        for field in READ_BACK
        if field in state.status and field != "dream_themes"
    )


def _propose_times(state: State, turn: Turn, reply: Reply) -> None:
    if not state.memory.offered:
        offer(
            state,
            appointments.free_slots(state.values["leerwinkel"], now=turn.now, limit=PROPOSALS),
        )
    if not state.memory.offered:
        reply.say("utter_no_slots", contact=wording.contact(state.values["leerwinkel"]))
        state.asked = None
        state.form = None
        return
    times = tuple(
        wording.tap(
            appointments.say_time(dtm.datetime.fromisoformat(slot["starts_at"])),
            "appointment_time",
            slot["starts_at"],
        )
        for slot in state.memory.offered
    )
    more = wording.tap(wording.button_title("more_times"), "appointment_time", "more")
    kind = "simpler" if state.memory.simpler else "question"
    place = catalogue.leerwinkel(state.values["leerwinkel"]).name
    reply.say(f"utter_{kind}_appointment_time", place=place, buttons=(*times, more))


def offer(state: State, slots: list[appointments.Slot]) -> None:
    """Remember the slots that are proposed."""
    state.memory.offered = [
        {
            "counsellor_id": slot.counsellor_id,
            "starts_at": slot.starts_at.isoformat(),
            "ends_at": slot.ends_at.isoformat(),
        }
        for slot in slots
    ]

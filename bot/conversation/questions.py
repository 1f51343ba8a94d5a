"""Asking: puts the next question of a form, in its own or in simpler words."""

import datetime as dtm
from collections.abc import Mapping, Sequence
from typing import Any

from bot import appointments, catalogue, contract, intake
from bot.conversation import advice, visit, wording
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
DAYS = 6
"""Days to choose from."""
NOON = 12 * 60


def next_field(state: State) -> str | None:
    """The question that is open in the active form, or None."""
    if state.form != BOOKING:
        return next_in_intake(state)
    forms = appointments.rules_of(state.values.get("leerwinkel") or "").forms
    state.memory.forms = [] if forms == ("in_person",) else list(forms)
    if len(forms) == 1:
        state.memory.appointment_form = forms[0]
    return next_in_booking(state)


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
    if state.form == BOOKING and state.memory.chosen:
        _keep_chosen(state, turn)
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
        case "appointment_form" | "interpreter_language":
            reply.say(name, buttons=visit.buttons(field, state))
        case "appointment_time":
            _propose_times(state, turn, reply)
        case "wants_appointment":
            reply.say(name, buttons=advice.more_help_button(state))
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


def _keep_chosen(state: State, turn: Turn) -> None:
    """The chosen slot stays the client's while name and number are asked."""
    assert state.memory.chosen
    appointments.keep(
        [slot_from(state.memory.chosen)],
        state.values["leerwinkel"],
        sender_id=state.sender_id,
        now=turn.now,
    )


def _propose_times(state: State, turn: Turn, reply: Reply) -> None:
    where = state.values["leerwinkel"]
    if state.memory.offered:  # shown before: kept anew, without what is gone meanwhile
        again = [slot_from(slot) for slot in state.memory.offered]
        offer(state, appointments.keep(again, where, sender_id=state.sender_id, now=turn.now))
    if not state.memory.offered and state.memory.within:
        begin, end = (
            dtm.datetime.fromisoformat(edge).replace(tzinfo=intake.BRUSSELS)
            for edge in state.memory.within
        )
        offer(state, propose(state, turn, after=begin, before=end))
    if not state.memory.offered:
        offer(state, propose(state, turn))
    if not state.memory.offered:
        state.asked = None
        state.form = None
        if appointments.all_held(where, now=turn.now):
            reply.say("utter_slots_held")
        else:
            reply.say("utter_no_slots", contact=wording.contact(where))
        return
    branches = {branch.id: branch.name for branch in appointments.branches(where)}
    times = tuple(
        wording.tap(_slot_title(slot, branches), "appointment_time", slot["starts_at"])
        for slot in state.memory.offered
    )
    others = tuple(
        wording.tap(wording.button_title(title), "appointment_time", value)
        for title, value in (("more_times", "more"), ("other_day", "days"))
    )
    kind = "simpler" if state.memory.simpler else "question"
    place = catalogue.leerwinkel(where).name
    reply.say(f"utter_{kind}_appointment_time", place=place, buttons=(*times, *others))


def propose(
    state: State,
    turn: Turn,
    *,
    after: dtm.datetime | None = None,
    before: dtm.datetime | None = None,
) -> list[appointments.Slot]:
    """Free slots, kept for the client; not the time of the appointment that is being moved."""
    if state.memory.not_before:
        first = dtm.datetime.fromisoformat(state.memory.not_before)
        first = first.replace(tzinfo=intake.BRUSSELS)
        after = max(first, after) if after else first
    return appointments.propose(
        state.values["leerwinkel"],
        sender_id=state.sender_id,
        now=turn.now,
        after=after,
        before=before,
        limit=PROPOSALS,
        besides=moved_from(state, turn),
        not_on=state.memory.not_on,
        not_at=[(day, begin, end) for day, begin, end in state.memory.not_at],
    )


def moved_from(state: State, turn: Turn) -> dtm.datetime | None:
    """When the appointment is that is being moved; None when none is."""
    if state.memory.moving is None:
        return None
    booked = appointments.booking_of(state.sender_id, now=turn.now)
    return booked.starts_at if booked else None


def ask_day(state: State, turn: Turn, reply: Reply) -> None:
    """Let the client choose a day; its times come next."""
    days = appointments.free_days(
        state.values["leerwinkel"], now=turn.now, limit=DAYS, sender_id=state.sender_id
    )
    reply.say(
        "utter_which_day",
        buttons=tuple(
            wording.tap(
                appointments.say_day(appointments.moment(day, NOON)),
                "appointment_time",
                f"day:{day.isoformat()}",
            )
            for day in days
        ),
    )


def _slot_title(slot: dict[str, Any], branches: Mapping[int, str]) -> str:
    title = appointments.say_slot(dtm.datetime.fromisoformat(slot["starts_at"]))
    branch = branches.get(slot.get("branch_id") or 0)
    return f"{title} ({branch})" if branch else title


def offer(state: State, slots: Sequence[appointments.Slot]) -> None:
    """Remember the slots that are proposed."""
    state.memory.offered = [
        {
            "counsellor_id": slot.counsellor_id,
            "starts_at": slot.starts_at.isoformat(),
            "ends_at": slot.ends_at.isoformat(),
            "branch_id": slot.branch_id,
        }
        for slot in slots
    ]


def slot_from(kept: Mapping[str, Any]) -> appointments.Slot:
    """The slot that `offer` remembered."""
    return appointments.Slot(
        counsellor_id=kept["counsellor_id"],
        starts_at=dtm.datetime.fromisoformat(kept["starts_at"]),
        ends_at=dtm.datetime.fromisoformat(kept["ends_at"]),
        branch_id=kept.get("branch_id"),
    )

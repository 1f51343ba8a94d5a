"""What the client says besides answering: one short function per intent.

Each returns how the conversation goes on: ASK (put the open question again), WAIT (say no
more now) or LEAVE (end the form).
"""

import enum
from collections.abc import Callable, Collection
from typing import Any

from bot import appointments, catalogue, intake
from bot.conversation import advice, answers, booking, questions, wording
from bot.conversation.agenda import next_in_intake
from bot.conversation.state import BOOKING, INTAKE, State
from bot.conversation.turn import Reply, Turn

CRISIS_KINDS = ("suicide", "violence", "no_roof")
"""Kinds of danger for which the fitting number comes first."""
AID_IN_FULL = 2
"""How often in a conversation the aid in a language is said in full."""
Handler = Callable[[State, Turn, Reply], "Then"]


class Then(enum.Enum):
    """How the conversation goes on after a topic."""

    ASK = "ask"
    WAIT = "wait"
    LEAVE = "leave"


def _said(response: str, then: Then = Then.ASK) -> Handler:
    def handle(state: State, turn: Turn, reply: Reply) -> Then:
        reply.say(response)
        return then

    return handle


def _measures(topic: str, lead: str) -> Handler:
    def handle(state: State, turn: Turn, reply: Reply) -> Then:
        found = catalogue.measures(topic, state.values)
        if found:
            reply.say(lead)
            advice.show_measures(found[:2], state, reply)
        else:
            reply.say("utter_ask_a_counsellor")
        return Then.ASK

    return handle


def _greet(state: State, turn: Turn, reply: Reply) -> Then:
    if not state.memory.greeted:
        reply.say("utter_welcome")
    elif state.form is None and next_in_intake(state) is None:
        reply.say("utter_welcome_back")
        return Then.WAIT
    else:
        reply.say("utter_greet")
    state.form = state.form or INTAKE
    return Then.ASK


def _ask_explain(state: State, turn: Turn, reply: Reply) -> Then:
    about_us = turn.text.lower().lstrip().startswith("waarom")
    entry = catalogue.explain(turn.text) if turn.tapped is None and not about_us else None
    if entry:
        explain_word(entry, reply)
    elif state.asked and state.asked != "confirm":
        reply.say(f"utter_explain_{state.asked}")
    else:
        reply.say("utter_ask_capabilities")
    return Then.ASK


def explain_word(entry: catalogue.GlossaryEntry, reply: Reply) -> None:
    """Say what a word means, with its example."""
    reply.say("utter_glossary", word=entry.word, text=entry.text, example=entry.example)


def _search_courses(state: State, turn: Turn, reply: Reply) -> Then:
    advice.show_found(catalogue.search(turn.text, state.values), state, reply)
    return Then.ASK


def show_now(state: State, turn: Turn, reply: Reply) -> Then:
    """ "laat nu zien": the ideas that what is known gives; then the open question again."""
    state.form = state.form or INTAKE
    if not (state.values.get("dream") or state.values.get("dream_themes")):
        reply.say("utter_first_your_dream")
    elif state.memory.more_questions is None:
        advice.show_first_ideas(state, reply)
    else:
        advice.show_advice(state, reply)
    return Then.ASK


def _ask_cost(state: State, turn: Turn, reply: Reply) -> Then:
    reply.say("utter_ask_cost", lines="\n".join(catalogue.cost(turn.text, state.values)))
    return Then.ASK


def _ask_leerwinkel_info(state: State, turn: Turn, reply: Reply) -> Then:
    reply.say("utter_ask_leerwinkel_info", contact=wording.contact(state.values.get("leerwinkel")))
    return Then.ASK


def _talk_to_human(state: State, turn: Turn, reply: Reply) -> Then:
    reply.say("utter_talk_to_human", contact=wording.contact(state.values.get("leerwinkel")))
    return Then.WAIT


def _ask_my_appointment(state: State, turn: Turn, reply: Reply) -> Then:
    booked = appointments.booking_of(state.sender_id, now=turn.now)
    if booked:
        booking.show(booked, "utter_appointment_is", reply)
        return Then.ASK if state.form else Then.WAIT
    reply.say("utter_no_appointment")
    return Then.WAIT


def _book(state: State, turn: Turn, reply: Reply) -> Then:
    booking.start(state, turn, reply)
    return Then.ASK


def _move(state: State, turn: Turn, reply: Reply) -> Then:
    started = booking.start_moving(state, turn, reply)
    return Then.ASK if started else Then.WAIT


def _confirm(what: str) -> Handler:
    def handle(state: State, turn: Turn, reply: Reply) -> Then:
        state.memory.confirm = what
        state.asked = "confirm"
        reply.say(f"utter_confirm_{what}")
        return Then.WAIT

    return handle


def _cancel(state: State, turn: Turn, reply: Reply) -> Then:
    if appointments.booking_of(state.sender_id, now=turn.now) is None:
        if state.form == BOOKING:  # nothing is booked yet: the client leaves the booking itself
            state.memory.wants_appointment = False
            state.form = INTAKE
            booking.drop(state)
            reply.say("utter_booking_dropped")
            return Then.ASK
        reply.say("utter_no_appointment")
        return Then.WAIT
    return _confirm("cancel_appointment")(state, turn, reply)


def _restart(state: State, turn: Turn, reply: Reply) -> Then:
    if not answers.has_said_something(state):
        state.form = INTAKE
        return Then.ASK
    return _confirm("restart")(state, turn, reply)


def _show_my_data(state: State, turn: Turn, reply: Reply) -> Then:
    lines = questions.readback_lines(state)
    contact_lines = [
        f"{wording.title(field)}: {wording.value_text(field, state.values[field])}"
        for field in ("name", "phone", "email")
        if state.values.get(field)
    ]
    everything = "\n".join(part for part in (lines, *contact_lines) if part)
    if not everything:
        reply.say("utter_show_my_data_empty")
    elif state.values.get("consent"):
        reply.say("utter_show_my_data", lines=everything)
    else:
        reply.say("utter_show_my_data_not_kept", lines=everything)
    return Then.ASK


def _stop(state: State, turn: Turn, reply: Reply) -> Then:
    reply.say("utter_stop" if state.values.get("consent") else "utter_stop_not_kept")
    reply.over = True
    return Then.LEAVE


def _goodbye(state: State, turn: Turn, reply: Reply) -> Then:
    reply.say("utter_goodbye")
    reply.over = True
    return Then.LEAVE


def _resume(state: State, turn: Turn, reply: Reply) -> Then:
    if state.form is None:
        if next_in_intake(state) is None:
            reply.say("utter_intake_done")
            return Then.WAIT
        state.form = INTAKE
    reply.say("utter_resume")
    return Then.ASK


def _correct_answer(state: State, turn: Turn, reply: Reply) -> Then:
    """ "mijn postcode is fout", "nee ik bedoel 4de jaar", or just "dat klopt niet"."""
    known = answers.answered_fields(state)
    if not known:
        reply.say("utter_nothing_to_correct")
        return Then.ASK
    state.form = state.form or INTAKE
    field = wording.mentioned_field(turn.text, known)
    if new := answers.corrected_value(turn, state, field):
        change(*new, turn, state, reply)
        return Then.ASK
    if field:
        state.reopen(field)
        state.memory.readback_done = False
        questions.ask(field, state, turn, reply)
    else:
        questions.ask("correct_field", state, turn, reply)
    return Then.WAIT


def _crisis(state: State, turn: Turn, reply: Reply) -> Then:
    """Help lines and a person; no question, no course advice, nothing stored about it."""
    kind = turn.danger_kind if turn.danger_kind in CRISIS_KINDS else None
    reply.say(f"utter_crisis_{kind}" if kind else "utter_crisis")
    return Then.WAIT


def note_language(state: State, turn: Turn) -> bool:
    """Keep the language for the summary; True when it is heard for the first time."""
    language = turn.language or "und"
    heard = state.values.get("languages") or []
    if language in heard or language in state.memory.aided:
        return False
    state.memory.aided.append(language)
    if language != "und":
        state.record("languages", [*heard, language], "derived")
    return True


def say_aid(state: State, turn: Turn, reply: Reply) -> None:
    """The aid text in the client's language; in short for who read it a few times.

    The message says its language for what reads it aloud: English when none was recognised.
    """
    language = turn.language or "und"
    times = state.memory.aid_count.get(language, 0) + 1
    state.memory.aid_count = {**state.memory.aid_count, language: times}
    kind = "aid" if times <= AID_IN_FULL else "aid_short"
    reply.say(f"utter_{kind}_{language}", custom={"lang": turn.language or "en"})


def _other_language(state: State, turn: Turn, reply: Reply) -> Then:
    note_language(state, turn)
    say_aid(state, turn, reply)
    return Then.WAIT


def _share_dream(state: State, turn: Turn, reply: Reply) -> Then:
    """A dream outside its own question: the first one starts the intake, a later one replaces."""
    if not state.memory.greeted:
        reply.say("utter_welcome_short")
    state.form = INTAKE
    answers.replace_dream(turn.text, state)
    filled = answers.record_volunteered(turn.text, state, besides=["dream"])
    acknowledge_dream(state, reply)
    acknowledge_barriers(filled, state, reply)
    return Then.ASK


def _inform(state: State, turn: Turn, reply: Reply) -> Then:
    """Facts outside a form: keep them (a new value replaces), and start or end the intake."""
    if not answers.record_volunteered(turn.text, state):
        if new := answers.changed_fact(turn.text, state):
            change(*new, turn, state, reply)
        elif not intake.volunteered(turn.text):
            return not_understood(state, turn, reply)
        else:
            reply.say("utter_noted")  # known already
    else:
        if not state.memory.greeted:
            reply.say("utter_welcome_short")
        reply.say("utter_noted")
    if next_in_intake(state) is not None:
        state.form = INTAKE
    return Then.ASK


def change(field: str, value: Any, turn: Turn, state: State, reply: Reply) -> None:
    """Take in what the client now says of an earlier answer, and say which answer holds."""
    if field == "dream_themes":
        change_dream(turn, state, reply)
        return
    leerwinkel = state.values.get("leerwinkel")
    answers.record(field, value, state)
    if state.form == BOOKING and state.values.get("leerwinkel") != leerwinkel:
        booking.drop(state)  # its counsellors are elsewhere
    reply.say("utter_corrected", title=wording.title(field), value=wording.value_text(field, value))


def change_dream(turn: Turn, state: State, reply: Reply) -> None:
    """Another dream takes the place of the one before."""
    answers.replace_dream(wording.without_yes_or_no(turn.text), state)
    acknowledge_dream(state, reply)


def acknowledge_dream(state: State, reply: Reply) -> None:
    """Say the dream back in the client's themes."""
    themes = state.values.get("dream_themes")
    if themes:
        reply.say("utter_dream_heard", themes=wording.wishes(themes))
    else:
        reply.say("utter_dream_kept")


def acknowledge_barriers(filled: Collection[str], state: State, reply: Reply) -> None:
    """Say that what is hard was heard too: "ik wil met auto's werken maar mijn rug is kapot"."""
    if "barriers" in filled and state.values["barriers"]:
        said = wording.value_text("barriers", state.values["barriers"])
        reply.say("utter_barriers_heard", barriers=said)


def not_understood(state: State, turn: Turn, reply: Reply) -> Then:
    """Once: simpler words; twice: go on or a person. Never the same sentence twice in a row."""
    memory = state.memory
    memory.misses += 1
    if state.form is None and _begins(state, turn, reply):
        return Then.ASK
    if state.form is None or state.asked is None:
        reply.say("utter_what_can_i_do")
        return Then.WAIT
    if memory.misses == 1:
        reply.say("utter_not_understood")
        return Then.ASK
    # Even and odd misses in other words: never the same sentence twice in a row.
    reply.say("utter_stuck" if memory.misses % 2 == 0 else "utter_still_stuck")
    return Then.WAIT


def _nothing_asked(state: State, turn: Turn, reply: Reply) -> Then:
    """A yes, no or "weet ik niet" to nothing in particular."""
    return not_understood(state, turn, reply)


def _begins(state: State, turn: Turn, reply: Reply) -> bool:
    """Start the intake with who opens with a few words, or is not understood twice; whatever a
    dream is in it is kept."""
    if next_in_intake(state) is None or (state.memory.greeted and state.memory.misses < 2):
        return False
    if not state.memory.greeted:
        reply.say("utter_welcome_short")
    state.memory.misses = 0
    state.form = INTAKE
    if state.open("dream") and turn.tapped is None and intake.dream_themes(turn.text):
        answers.replace_dream(turn.text, state)
        acknowledge_dream(state, reply)
    return True


HANDLERS: dict[str, Handler] = {
    "greet": _greet,
    "goodbye": _goodbye,
    "thank": _said("utter_thank"),
    "affirm": _nothing_asked,
    "deny": _nothing_asked,
    "dont_know": _nothing_asked,
    "skip": _nothing_asked,
    "ask_explain": _ask_explain,
    "ask_capabilities": _said("utter_ask_capabilities"),
    "correct_answer": _correct_answer,
    "restart": _restart,
    "stop": _stop,
    "resume": _resume,
    "talk_to_human": _talk_to_human,
    "book_appointment": _book,
    "change_appointment": _move,
    "cancel_appointment": _cancel,
    "ask_my_appointment": _ask_my_appointment,
    "share_dream": _share_dream,
    "search_courses": _search_courses,
    "ask_cost": _ask_cost,
    "ask_finance_support": _measures("finance", "utter_ask_finance_support"),
    "ask_mobility_support": _measures("mobility", "utter_ask_mobility_support"),
    "ask_childcare": _measures("childcare", "utter_ask_childcare"),
    "ask_benefit_rules": _measures("benefits", "utter_ask_benefit_rules"),
    "ask_foreign_diploma": _measures("foreign_diploma", "utter_ask_foreign_diploma"),
    "ask_prior_learning": _measures("prior_learning", "utter_ask_prior_learning"),
    "ask_leerwinkel_info": _ask_leerwinkel_info,
    "ask_bot": _said("utter_ask_bot"),
    "ask_privacy": _said("utter_ask_privacy"),
    "show_my_data": _show_my_data,
    "delete_my_data": _confirm("delete_my_data"),
    "express_doubt": _said("utter_express_doubt"),
    "crisis": _crisis,
    "insult": _said("utter_insult"),
    "out_of_scope": _said("utter_out_of_scope"),
    "inform": _inform,
    "other_language": _other_language,
}
"""One handler per intent of the contract; `nlu_fallback` goes to `not_understood`."""

"""One turn of the conversation: what the message means here, and what follows.

Order of precedence: danger, a yes or no that is awaited, a tapped button, the answer to the
question that was asked, and last any other thing a person can say.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot import catalogue, contract, intake
from bot.conversation import (
    advice,
    answers,
    asides,
    booking,
    buttons,
    origin,
    questions,
    reading,
    times,
    topics,
    visit,
    wording,
)
from bot.conversation.agenda import next_in_intake
from bot.conversation.state import BOOKING, INTAKE, Memory, State
from bot.conversation.topics import Then
from bot.conversation.turn import Reply, Turn

ANSWERS = ("inform", "share_dream", "affirm", "deny", "nlu_fallback", "other_language")
"""Intents that do not interrupt a question."""

INTERRUPTS_FREE_TEXT = 0.6
"""How sure the intent must be before a free text counts as something else than the answer."""
INTERRUPTS_NAME = 0.95
"""The same for what reads as a name: one that was never seen may look like anything."""
INTERRUPTS_READ_ANSWER = 0.75
"""How sure it must be when the text also reads as an answer ("ik zoek werk, bel mij eens")."""
INTERRUPTS_BARE = 0.9
"""The same for a bare text that rules don't hear as one ("stop nu", which looks like "gestopt")."""
GUESSED = 0.3
"""Below this an intent says nothing: "test" is no yes, and nothing interrupts."""
SURE_OF_DANGER = 0.5
"""Below this the client is asked; the danger guard (bot/nlu) answers 1.0 when its rules match."""
STORY = 6
"""Words above which a text that doesn't begin with a yes or no confirms nothing."""
BARE = 2
"""Words up to which what reads as the answer is the answer ("alles", "geen geld")."""
SHORT = 4
"""Words up to which a text that is no dream may be a bare fact."""
FACTS = ("age_band", "education_level", "situation")
"""Fields whose bare answer is taken when the dream was asked."""
LEAVES_OPEN = ("dont_know", "skip")
ASKS = tuple(name for name in contract.intents() if name.startswith("ask_"))
"""Side questions; a statement about the same things is no question."""
WANTS = (
    "book_appointment",
    "change_appointment",
    "cancel_appointment",
    "talk_to_human",
    "search_courses",
)
"""Requests whose words also stand in answers ("gesprek", "afspraak", "les")."""
MORE_HELP_AT = (None, "wants_appointment")
"""Where the button for more help stands; its words may be typed there."""
CONTACT_FIELDS = ("name", "phone", "email")


def respond(state: State, turn: Turn) -> Reply:
    """Answer one message; changes `state` to what holds after it."""
    reply = Reply()
    origin.note(turn.origin, state)
    contact = booking.contact_of(state)
    then = _understand(state, turn, reply)
    state.memory.greeted = True
    match then:
        case Then.ASK:
            go_on(state, turn, reply)
        case Then.LEAVE:
            state.form = None
            state.asked = None
        case Then.WAIT:
            pass
    booking.update_contact(contact, state, turn, reply)
    if reply.says:
        state.memory.last_said = reply.says[-1].response
    return reply


def go_on(state: State, turn: Turn, reply: Reply) -> None:
    """Ask what comes next; outside the forms, offer what can be done."""
    if state.form is None:
        state.asked = None
        done = next_in_intake(state) is None
        name = "utter_what_next_done" if done else "utter_what_next"
        reply.say(name, buttons=advice.more_help_button(state))
        return
    questions.ask_next(state, turn, reply)
    if state.form == BOOKING and state.asked is None:
        booking.finish(state, turn, reply)


def _understand(state: State, turn: Turn, reply: Reply) -> Then:
    memory = state.memory
    if turn.intent == "crisis" and turn.confidence >= SURE_OF_DANGER:
        memory.confirm = None
        return topics.HANDLERS["crisis"](state, turn, reply)
    if turn.confidence < GUESSED and turn.intent != "crisis":
        turn = dataclasses.replace(turn, intent="nlu_fallback")
    if memory.confirm:
        then = _confirmed(state, turn, reply)
        if then:
            return then
    if turn.maybe_danger or turn.intent == "crisis":
        memory.confirm = "crisis"
        memory.doubted = {name: getattr(turn, name) for name in ("text", "intent", "confidence")}
        state.asked = "confirm"
        reply.say("utter_confirm_crisis")
        return Then.WAIT
    if turn.tapped is None and (button := _typed_button(state, turn)):
        turn = dataclasses.replace(turn, intent=button[0], confidence=1.0, tapped=button[1])
    if turn.tapped is not None:
        return _tapped(turn.tapped, state, turn, reply)
    offers_more = state.asked in MORE_HELP_AT and advice.more_help_button(state)
    if offers_more and wording.is_more(turn.text):
        return _tapped({"more_help": "yes"}, state, turn, reply)
    if turn.intent == "other_language":
        if wording.asks_in_other_language(turn.text):
            return _asked_in_other_language(state, turn, reply)
        if state.asked not in CONTACT_FIELDS:
            return _in_other_language(state, turn, reply)
    if wording.is_back(turn.text):
        return _back(state, turn, reply)
    if wording.asks_to_see(turn.text):
        return topics.show_now(state, turn, reply)
    if wording.is_greeting(turn.text):
        return topics.HANDLERS["greet"](state, turn, reply)
    if word := catalogue.asked_word(turn.text):
        topics.explain_word(word, reply)
        return Then.ASK
    if asides.answer(state, turn, reply):
        return _also_answered(state, turn, reply)
    if state.form and state.asked:
        return _typed_in_form(state.asked, state, turn, reply)
    return _topic(state, turn, reply)


def _also_answered(state: State, turn: Turn, reply: Reply) -> Then:
    """ "geld, want ik wil mijn loon houden" names a help and answers the question as well."""
    if asides.may_answer(turn) and state.form and state.asked and reading.has_codes(state.asked):
        value, _ = reading.closed(state.asked, turn)
        if value:
            return _answer(state.asked, value, state, turn, reply)
    return Then.ASK


def _typed_button(state: State, turn: Turn) -> tuple[str, dict[str, Any]] | None:
    """The button whose title was typed, or to which a bare yes or no belongs."""
    last_said = state.memory.last_said
    said = reading.yes_no(turn) if state.form is None and len(turn.text.split()) <= BARE else None
    return buttons.payload_of(turn.text, last_said) or (
        None if said is None else buttons.payload_of_yes_or_no(said, last_said)
    )


def _topic(state: State, turn: Turn, reply: Reply) -> Then:
    if state.form is None and _resumes(state, turn):
        return _typed_in_form(state.asked or "", state, turn, reply)
    if state.memory.booked and state.form is None:
        if _keep_contact(state, turn):
            return Then.WAIT
        if turn.tapped is None and "@" in turn.text:
            reply.say("utter_email_unclear")
            return Then.WAIT
    handler = topics.HANDLERS.get(turn.intent, topics.not_understood)
    if handler is not topics.not_understood:
        state.memory.misses = 0
    return handler(state, turn, reply)


def _keep_contact(state: State, turn: Turn) -> bool:
    """An address or number typed after the booking belongs to the appointment."""
    given = reading.contact(turn) if turn.tapped is None else {}
    for field, value in given.items():
        answers.record(field, value, state)
    return bool(given)


def _resumes(state: State, turn: Turn) -> bool:
    """After a stop, an answer to the question that was open takes the intake up again."""
    begun = answers.has_said_something(state)
    field = next_in_intake(state) if begun and turn.tapped is None else None
    if (
        turn.intent not in ANSWERS
        or field is None
        or field in (*answers.FREE_TEXT, *reading.YES_NO)
    ):
        return False
    if reading.closed(field, turn)[0] is None:
        return False
    state.form, state.asked = INTAKE, field
    return True


def _confirmed(state: State, turn: Turn, reply: Reply) -> Then | None:
    """The yes or no that was awaited; None when the client speaks of something else."""
    memory = state.memory
    what, memory.confirm = memory.confirm, None
    doubted, memory.doubted = memory.doubted, None
    said = reading.yes_no(turn)
    # A "niet" somewhere in a story is no answer: "ik wil met ouderen werken maar ik kan niet ...".
    story = turn.tapped is None and len(turn.text.split()) > STORY
    if story and not wording.starts_with_yes_or_no(turn.text) and not (said and what == "crisis"):
        said = None
    if said is None:
        state.asked = questions.next_field(state) if state.form else None
        return None
    if not said and what == "crisis":
        return _no_danger(doubted, state, turn, reply)
    if not said:
        reply.say("utter_not_confirmed")
        return Then.ASK
    match what:
        case "crisis":
            return topics.HANDLERS["crisis"](state, turn, reply)
        case "cancel_appointment":
            booking.cancel(state, turn, reply)
            return Then.ASK
        case "delete_my_data":
            reply.forget = True
            booking.leave(state, turn)
            reply.say("utter_deleted")
            _forget(state, consent=None)
            return Then.LEAVE
        case _:
            came_by = state.memory.origin
            _forget(state, consent=state.values.get("consent"))
            origin.note(came_by, state)
            state.form = INTAKE
            reply.say("utter_restart")
            return Then.ASK


def _no_danger(doubted: Mapping[str, Any] | None, state: State, turn: Turn, reply: Reply) -> Then:
    """The message that made the bot ask is read for what else it says: no answer is lost."""
    reply.say("utter_no_danger")
    if doubted is None:
        return Then.ASK
    state.asked = questions.next_field(state) if state.form else None
    intent = "inform" if doubted["intent"] == "crisis" else doubted["intent"]
    said = dataclasses.replace(
        turn, **{**doubted, "intent": intent}, tapped=None, maybe_danger=False
    )
    misses, answer = state.memory.misses, Reply()
    then = _understand(state, said, answer)
    if state.memory.misses > misses:
        state.memory.misses = misses
        return Then.ASK
    reply.says += answer.says
    reply.over, reply.forget = answer.over, answer.forget
    return then


def _forget(state: State, *, consent: bool | None) -> None:
    state.values.clear()
    state.status.clear()
    state.shown.clear()
    state.memory = Memory(greeted=True)
    if consent:
        state.record("consent", True)


def _tapped(fields: dict[str, Any], state: State, turn: Turn, reply: Reply) -> Then:
    """A tapped button: its fields are answers, also of an earlier question (a change of mind)."""
    if not fields:
        if turn.intent in LEAVES_OPEN:
            return _close_asked(state, turn, reply)
        if turn.intent in ("affirm", "deny") and state.asked in reading.YES_NO:
            return _answer(state.asked, turn.intent == "affirm", state, turn, reply)
        return _topic(state, turn, reply)
    field, value = next(iter(fields.items()))
    if not answers.is_offered(field, value):
        return topics.not_understood(state, turn, reply)
    if field == "appointment_coming":
        booking.coming(state, turn, reply)
        return Then.WAIT
    if field == "more_help":
        advice.show_more_help(state, reply)
        return Then.ASK
    if state.form is None:
        asked_in_booking = (*visit.ASKED, "appointment_time", "contact_consent")
        state.form = BOOKING if field in asked_in_booking else INTAKE
    state.memory.misses = 0
    if field in reading.LIST_FIELDS:
        answers.add_tapped(field, value, state)
        if not turn.text.startswith("/"):
            answers.finish_list(field, state)  # who types says it all at once
        if state.memory.collecting:
            questions.ask(field, state, turn, reply)
            return Then.WAIT
        return Then.ASK
    if field in ("consent", "wants_appointment", "contact_consent", "readback"):
        value = value == "yes"
    return _answer(field, value, state, turn, reply)


def _in_other_language(state: State, turn: Turn, reply: Reply) -> Then:
    """Aid in that language the first time; a dream or an answer is understood all the same."""
    first = topics.note_language(state, turn)
    if first:
        topics.say_aid(state, turn, reply)
    if state.form and state.asked and reading.is_answer(state.asked, turn):
        return _typed_in_form(state.asked, state, turn, reply)
    if state.asked in (None, "dream", "dream_themes") and intake.dream_themes(turn.text):
        return topics.HANDLERS["share_dream"](state, turn, reply)
    if not first and state.form and state.asked:
        return _aid_again(state, turn, reply)
    return Then.WAIT if first else topics.not_understood(state, turn, reply)


def _asked_in_other_language(state: State, turn: Turn, reply: Reply) -> Then:
    """ "can I bring my child": aid in that language, and never an answer to our question.

    Only a dream in so many words is taken from it ("how can I start, I want to be a nurse").
    """
    topics.note_language(state, turn)
    wish = state.asked in (None, "dream", "dream_themes") and "dream_themes" in intake.volunteered(
        turn.text.replace("?", ".")
    )
    if not wish and state.form and state.asked:
        return _aid_again(state, turn, reply)
    topics.say_aid(state, turn, reply)
    return topics.HANDLERS["share_dream"](state, turn, reply) if wish else Then.WAIT


def _aid_again(state: State, turn: Turn, reply: Reply) -> Then:
    """The aid in the client's language, then our question again: no blame for the language."""
    state.memory.misses = 0
    topics.say_aid(state, turn, reply)
    return Then.ASK


def _typed_in_form(asked: str, state: State, turn: Turn, reply: Reply) -> Then:
    """Free text while a question is open: the answer, or an interruption?"""
    if asked == "appointment_time":
        return _typed_time(state, turn, reply)
    if asked in CONTACT_FIELDS and (given := reading.contact(turn)):
        state.memory.misses = 0
        for field, value in given.items():
            answers.record(field, value, state)
        # "ik heet Maria, mijn nummer is ..."; "nee wacht 89" is no age there
        answers.record_volunteered(turn.text, state, besides=["age_band"])
        return Then.ASK
    if asked in answers.FREE_TEXT:
        return _typed_free(asked, state, turn, reply)
    return _typed_closed(asked, state, turn, reply)


def _typed_free(asked: str, state: State, turn: Turn, reply: Reply) -> Then:
    """The question takes any text: an interruption has to be sure of itself."""
    value = intake.read(asked, turn.text, now=turn.now).value
    leaves_open = turn.intent in (*LEAVES_OPEN, *(() if asked == "dream" else ("deny",)))
    bare_name = asked == "name" and value is not None and len(turn.text.split()) <= BARE
    sure = turn.confidence >= (INTERRUPTS_NAME if bare_name else INTERRUPTS_FREE_TEXT)
    if leaves_open and sure:
        return _close_asked(state, turn, reply)
    also_dream = asked == "dream" and reading.is_also_dream(turn)
    if asked == "name" and turn.intent == "greet" and value and intake.is_given(value.split()[0]):
        return _answer(asked, value, state, turn, reply)  # "Selam" greets and is a name
    if asked == "dream" and sure and reading.is_doubted_dream(turn):
        topics.HANDLERS["express_doubt"](state, turn, reply)
        return _answer(asked, value, state, turn, reply)
    if turn.intent not in ANSWERS and sure and not also_dream:
        return _topic(state, turn, reply)
    bare_number = asked == "strengths" and turn.text.strip().isdecimal()
    if (asked == "dream" or bare_number) and _keep_other_fact(state, turn):
        reply.say("utter_noted")
        return Then.ASK
    if asked == "dream" and state.memory.misses == 0 and not intake.is_readable(turn.text):
        value = None  # "sdfghj": asked once more; what is said again is kept
    if value is not None:
        return _answer(asked, value, state, turn, reply)
    if leaves_open:
        return _close_asked(state, turn, reply)
    return topics.not_understood(state, turn, reply)


def _typed_closed(asked: str, state: State, turn: Turn, reply: Reply) -> Then:
    """The question has codes, a list or a value for an answer."""
    if state.memory.collecting == asked and wording.is_done(turn.text):
        answers.add_tapped(asked, "done", state)
        return Then.ASK
    if reading.corrects_earlier(asked, state, turn):
        return topics.HANDLERS["correct_answer"](state, turn, reply)
    if asked in reading.YES_NO:
        if times.remark(turn.text, state, turn):
            return _kept_for_appointment(asked, state, turn, reply)
        if then := _turned(asked, state, turn, reply):
            return then
        if reading.asks_about(turn):
            return _side_question(state, turn, reply)
    if turn.intent == "share_dream" and reading.is_new_dream(turn, state):
        return _topic(state, turn, reply)
    value, options = reading.closed(asked, turn)
    undecided = asked == "dream_themes" and value is None and state.memory.dream_step == "start"
    if undecided and (step := wording.dream_step(turn.text)):
        return _answer("dream_step", step, state, turn, reply)
    if asked in CONTACT_FIELDS and turn.intent == "deny":
        return _close_asked(state, turn, reply)
    if turn.intent in LEAVES_OPEN and value is None:
        return _close_asked(state, turn, reply)
    if _interrupts(asked, turn, value):
        return _topic(state, turn, reply)
    if value is not None:
        return _answer(asked, value, state, turn, reply)
    if not options and reading.fills_empty_dream(turn, state):
        return topics.HANDLERS["share_dream"](state, turn, reply)
    if asked == "correct_field" and reading.yes_no(turn) is not None:
        return Then.ASK  # nothing to change after all
    # What no rule hears as an answer may be another fact: "ik stempel al 2 jaar".
    heard = options and intake.by_rules(asked, turn.text, now=turn.now).options
    if not heard and _keep_other_fact(state, turn):
        state.memory.misses = 0
        reply.say("utter_noted")
        return Then.ASK
    if options:
        reply.say("utter_which_one", buttons=wording.option_buttons(asked, options))
        return Then.WAIT
    if _keep_said(asked, state, turn, reply):
        return Then.ASK
    return topics.not_understood(state, turn, reply)


def _kept_for_appointment(asked: str, state: State, turn: Turn, reply: Reply) -> Then:
    """ "ja maar niet op dinsdag": kept for the choice of a moment; the yes still holds."""
    reply.say("utter_time_kept")
    state.memory.misses = 0
    for said in (turn.text, turn.text.partition(" maar ")[0]):
        if reading.said_yes_or_no(said):
            value, _ = reading.closed(asked, dataclasses.replace(turn, text=said))
            return _answer(asked, value, state, turn, reply)
    return Then.ASK


def _turned(asked: str, state: State, turn: Turn, reply: Reply) -> Then | None:
    """ "nee toch liever iets met kinderen", "ja maar ik woon in Genk": what changes counts first.

    A no was then about what changed, so the question comes again; a yes still holds.
    """
    said = wording.without_yes_or_no(turn.text)
    if reading.turns_to_dream(turn, state):
        topics.change_dream(turn, state, reply)
    elif new := answers.changed_fact(said, state, besides=["dream_themes"]):
        topics.change(*new, turn, state, reply)
    else:
        return None
    if asked != "readback" and reading.said_yes_or_no(turn.text):
        return _answer(asked, reading.closed(asked, turn)[0], state, turn, reply)
    state.memory.misses = 0
    return Then.ASK


def _side_question(state: State, turn: Turn, reply: Reply) -> Then:
    """A question in the place of a yes or no: what it is about, or else why we ask."""
    if turn.intent not in (*ANSWERS, *LEAVES_OPEN):
        return _topic(state, turn, reply)
    return topics.HANDLERS["ask_explain"](state, turn, reply)


def _keep_said(asked: str, state: State, turn: Turn, reply: Reply) -> bool:
    """Keep facts that are no answer to the question: new ones, or one that changed."""
    besides = [asked, *(("age_band",) if asked in CONTACT_FIELDS else ())]
    if answers.record_volunteered(turn.text, state, besides=besides):
        reply.say("utter_noted")
    elif new := answers.changed_fact(turn.text, state, besides=["dream_themes"]):
        topics.change(*new, turn, state, reply)
    else:
        return False
    state.memory.misses = 0
    return True


def _interrupts(asked: str, turn: Turn, value: Any) -> bool:
    """Whether a text is something else than the answer that it (perhaps) reads as."""
    if turn.intent in (*ANSWERS, *LEAVES_OPEN):
        return False
    if value is None:
        return True
    if turn.intent == "greet":
        return False  # "in de avond", "dag ik zoek werk"
    corrects = asked in reading.YES_NO or wording.sounds_like_correction(turn.text)
    if turn.intent == "correct_answer" and not corrects:
        return False  # "ieper, dat zei ik toch"
    bare = len(turn.text.split()) <= BARE
    if bare and reading.hears(asked, turn):
        return False
    if turn.confidence < (INTERRUPTS_BARE if bare else INTERRUPTS_READ_ANSWER):
        return False
    # "opvang voor mijn kinderen is moeilijk" answers; "is er opvang voor mijn kinderen" asks.
    # "een gesprek lukt wel" answers; "ik wil een gesprek met iemand" wants something else.
    if turn.intent in WANTS and wording.sounds_like_wish(turn.text):
        return True
    return turn.intent not in (*ASKS, *WANTS) or wording.sounds_like_question(turn.text)


def _keep_other_fact(state: State, turn: Turn) -> bool:
    """Keep what answers another question ("3600 Genk") and is no dream at all."""
    if turn.intent != "inform":
        return False
    codes = reading.has_codes(state.asked)
    if not codes and intake.dream_themes(turn.text):
        return False
    if answers.record_volunteered(turn.text, state, besides=[state.asked or ""]):
        return True
    if codes and state.asked != "barriers":
        said = reading.barriers_in_passing(turn)
        if answers.add("barriers", said, state):
            return True  # "geld en opvang" at the next question
    if len(turn.text.split()) > SHORT:
        return False
    town = reading.town(turn.text)
    facts = {"postcode": town} if town else {}
    if not codes and not facts:
        facts = {f: intake.by_rules(f, turn.text, now=turn.now).value for f in FACTS}
    for field, value in facts.items():
        if value is not None and state.open(field):
            answers.record(field, value, state)
            return True
    return False


def _typed_time(state: State, turn: Turn, reply: Reply) -> Then:
    if times.choose_typed(turn.text, state, turn, reply):
        state.memory.misses = 0
        return Then.ASK
    if booking.choose_form(turn.text, state):
        state.memory.misses = 0
        reply.say("utter_noted")
        return Then.ASK
    if turn.intent not in ANSWERS:
        return _topic(state, turn, reply)
    if _keep_said("appointment_time", state, turn, reply):
        return Then.ASK
    return topics.not_understood(state, turn, reply)


def _answer(field: str, value: Any, state: State, turn: Turn, reply: Reply) -> Then:
    """Take in the answer to a question and say what has to be said about it."""
    memory = state.memory
    memory.misses = 0
    match field:
        case "more_questions":
            memory.more_questions = value
            if value == "appointment":
                memory.wants_appointment = True
        case "readback" if value:
            memory.readback_done = True
        case "readback":
            return topics.HANDLERS["correct_answer"](state, turn, reply)
        case "correct_field":
            state.reopen(value)
            memory.readback_done = False
            questions.ask(value, state, turn, reply)
            return Then.WAIT
        case "wants_appointment":
            memory.wants_appointment = value
        case "contact_consent":
            memory.contact_consent = value or None  # after a no it is asked again another time
            if not value:
                memory.wants_appointment = False
                reply.say(
                    "utter_no_contact_consent",
                    contact=wording.contact(state.values.get("leerwinkel")),
                )
                return Then.LEAVE
        case "appointment_time":
            if times.choose_tapped(str(value), state, turn, reply):
                return Then.WAIT
        case "appointment_form" | "interpreter" | "interpreter_language":
            visit.answer(field, str(value), state)
        case "dream_step":
            memory.dream_step = str(value)
        case "dream_themes":
            themes = value if isinstance(value, list) else [value]
            if turn.tapped is None and reading.fills_empty_dream(turn, state):
                answers.replace_dream(turn.text, state)  # after "astronaut lol"
            answers.record("dream_themes", themes, state)
            topics.acknowledge_dream(state, reply)
        case "dream":
            answers.replace_dream(value, state)
            topics.acknowledge_dream(state, reply)
        case "consent":
            answers.record("consent", value, state)
            reply.say("utter_consent_given" if value else "utter_consent_refused")
        case "postcode":
            answers.record("postcode", value, state)
            if not state.values.get("leerwinkel"):
                reply.say("utter_outside_region")
        case _:
            answers.record(field, value, state)
    if turn.tapped is None and field in reading.YES_NO and field != "consent":
        # "nee geen tijd" says nothing of what stands in the way of a course
        answers.record_volunteered(turn.text, state, besides=[*reading.LIST_FIELDS, "dream_themes"])
    elif turn.tapped is None and field in contract.fields() and field not in CONTACT_FIELDS:
        filled = answers.record_volunteered(turn.text, state, besides=[field])
        if field == "dream":
            topics.acknowledge_barriers(filled, state, reply)
    return Then.ASK


def _close_asked(state: State, turn: Turn, reply: Reply) -> Then:
    """Skip, or "weet ik niet"."""
    if state.asked is None or state.form is None:
        return _topic(state, turn, reply)
    state.memory.misses = 0
    mark = "unknown" if turn.intent == "dont_know" else "skipped"
    field = state.asked
    if state.memory.collecting == field:
        answers.finish_list(field, state)  # what was chosen stays
        return Then.ASK
    if field == "dream" and mark == "unknown":
        reply.say("utter_dream_unknown")
    elif field == "dream_themes" and state.memory.dream_step != "start" and mark == "unknown":
        state.memory.dream_step = "start"
    elif field == "contact_consent":
        return _answer("contact_consent", False, state, turn, reply)
    elif field == "leerwinkel":
        return topics.HANDLERS["talk_to_human"](state, turn, reply)
    elif field == "appointment_time":
        times.choose_tapped("more", state, turn, reply)
        return Then.ASK
    elif field == "consent":
        reply.say("utter_consent_refused")
    else:
        reply.say("utter_skipped" if mark == "skipped" else "utter_unknown_is_fine")
    answers.close(field, mark, state)
    return Then.ASK


def _back(state: State, turn: Turn, reply: Reply) -> Then:
    """One question back."""
    if not state.memory.history:
        reply.say("utter_nothing_before")
        return Then.ASK
    field = state.memory.history.pop()
    state.form = state.form or INTAKE
    state.reopen(field)
    if field == "dream":
        state.reopen("dream_themes")
    questions.ask(field, state, turn, reply)
    return Then.WAIT

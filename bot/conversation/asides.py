"""Questions beside the point that no intent is about: how long, when open, leave, in prison.

They are heard by their words (`catalogue/labels.yaml`, `asides`); what is answered comes from the
catalogue, or the client is told whom to ask.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot import catalogue
from bot.conversation import advice, wording
from bot.conversation.state import State
from bot.conversation.turn import Reply, Turn

MOST = 3
"""Courses of which the duration is said at once."""


def answer(state: State, turn: Turn, reply: Reply) -> bool:
    """Answer a question beside the point.

    Returns:
        False when the text asks nothing of the kind, or when nothing can be said about it.
    """
    kind = wording.aside(turn.text)
    return kind is not None and _ANSWERS[kind](state, turn, reply)


def may_answer(turn: Turn) -> bool:
    """Whether a text that names such a thing may tell rather than ask: "geen betaald verlof"."""
    return wording.aside(turn.text) == "leave" and not wording.sounds_like_question(turn.text)


def _duration(state: State, turn: Turn, reply: Reply) -> bool:
    """Of the course that is named, else of those that were shown last."""
    subject = wording.without_aside(turn.text)
    if subject:
        courses = [found.course for found in catalogue.search(subject, state.values, MOST)]
    else:
        known = catalogue.current().by_id
        shown = [one["id"] for one in state.shown.get("courses", [])[-MOST:]]
        courses = [known[name] for name in shown if name in known]
    if not courses and not subject:
        return False  # "hoe lang duurt dat": perhaps these questions
    known_of = [course for course in courses if course.duration or course.hours]
    if not known_of:
        reply.say("utter_duration_unknown")
        return True
    courses = known_of if subject else courses
    reply.say("utter_duration", lines="\n".join(map(_duration_line, courses)))
    return True


def _duration_line(course: catalogue.Course) -> str:
    school = catalogue.current().providers[course.provider].name
    if course.duration:
        return wording.phrase("lasts", title=course.title, provider=school, time=course.duration)
    if course.hours:
        hours = str(course.hours)
        return wording.phrase("lasts_hours", title=course.title, provider=school, hours=hours)
    return wording.phrase("lasts_unknown", title=course.title, provider=school)


def _opening_hours(state: State, turn: Turn, reply: Reply) -> bool:
    reply.say("utter_opening_hours", contact=wording.contact(state.values.get("leerwinkel")))
    return True


def _prison(state: State, turn: Turn, reply: Reply) -> bool:
    reply.say("utter_in_prison")
    return True


def _leave(state: State, turn: Turn, reply: Reply) -> bool:
    """Leave from work to learn; who doesn't work hears that it is for who works."""
    found = [
        measure
        for measure in catalogue.current().measures
        if wording.aside(f"{measure.title} ?") == "leave"
    ]
    if not found:
        return False
    reply.say("utter_leave")
    advice.show_measures(found, state, reply)
    return True


_ANSWERS: Mapping[str, Callable[[State, Turn, Reply], bool]] = MappingProxyType(
    {
        "duration": _duration,
        "opening_hours": _opening_hours,
        "prison": _prison,
        "leave": _leave,
    }
)

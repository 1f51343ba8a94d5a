"""Showing courses, the first step and what helps: the catalogue's advice as messages."""

import dataclasses
from typing import Any

from bot import catalogue
from bot.conversation import wording
from bot.conversation.state import State
from bot.conversation.turn import Reply

MOST_COURSES = 3
KEPT_OF_A_COURSE = ("id", "title", "provider", "type", "reasons", "missing", "shortage")
"""What the counsellor sees of a course that was shown."""
MOST_SUPPORT = 3
MOST_REASONS = 2


def show_first_ideas(state: State, reply: Reply) -> None:
    """The early view, after at most five questions: courses, nothing more."""
    state.memory.ideas_shown = True
    found = catalogue.advise(state.values)
    if not found.courses:
        reply.say("utter_no_ideas")
        return
    reply.say("utter_first_ideas")
    _show_courses(found.courses, state, reply)


def show_advice(state: State, reply: Reply) -> None:
    """The whole advice: courses with reasons, the first step, what helps with each barrier."""
    memory = state.memory
    memory.advice_shown = True
    found = catalogue.advise(state.values)
    if found.courses and not (memory.ideas_shown and memory.more_questions == "no"):
        _show_courses(found.courses, state, reply)
    elif not found.courses:
        reply.say("utter_no_ideas")
    state.shown["path"] = [dataclasses.asdict(step) for step in found.path]
    if found.path:
        first = found.path[0]
        why = wording.sentence(first.why)
        if first.far_km is not None:
            why += " " + wording.phrase("far", km=str(first.far_km))
        step = wording.phrase("step", title=first.title, provider=first.provider)
        reply.say("utter_first_step", step=step, why=why)
    if found.support:
        show_measures(_one_of_each(found.support)[:MOST_SUPPORT], state, reply)


def _one_of_each(measures: list[catalogue.Measure]) -> list[catalogue.Measure]:
    """The first measure of every topic before a second of any."""
    first = {measure.topic: measure for measure in reversed(measures)}
    firsts = [measure for measure in measures if first[measure.topic] is measure]
    return firsts + [measure for measure in measures if measure not in firsts]


def show_measures(measures: list[catalogue.Measure], state: State, reply: Reply) -> None:
    """What helps, with source and date; remembered for the counsellor."""
    for measure in measures:
        told = {"id": measure.id, "title": measure.title, "topic": measure.topic}
        if told not in state.shown.setdefault("support", []):
            state.shown["support"].append(told)
    lines = "\n".join(_measure_line(measure) for measure in measures)
    reply.say("utter_support", lines=lines)


def show_found(matches: list[catalogue.CourseMatch], state: State, reply: Reply) -> None:
    """Courses that the client asked for, outside the advice."""
    if matches:
        reply.say("utter_search_courses")
        _show_courses(matches, state, reply)
    else:
        reply.say("utter_search_courses_none")


def _show_courses(matches: list[catalogue.CourseMatch], state: State, reply: Reply) -> None:
    cards = [_card(match) for match in matches[:MOST_COURSES]]
    known = state.shown.setdefault("courses", [])
    for shown in cards:
        kept = {k: shown[k] for k in KEPT_OF_A_COURSE}
        if shown["id"] not in [course["id"] for course in known]:
            known.append(kept)
    text = "\n".join(_course_text(number, shown) for number, shown in enumerate(cards, 1))
    reply.say("utter_courses", lines=text, custom={"courses": cards})


def _card(match: catalogue.CourseMatch) -> dict[str, Any]:
    """One course as a channel shows it; no more reasons than people read."""
    return match.card() | {
        "shortage": match.course.shortage_occupation,
        "summary": match.course.summary,
        "reasons": match.reasons[:MOST_REASONS],
        "missing": match.missing[:MOST_REASONS],
    }


def _course_text(number: int, shown: dict[str, Any]) -> str:
    lines = [
        wording.phrase(
            "course", number=str(number), title=shown["title"], provider=shown["provider"]
        ),
        shown["summary"],
        *(wording.sentence(reason) for reason in shown["reasons"]),
    ]
    if shown["missing"]:
        lines.append(wording.phrase("missing", what=", ".join(shown["missing"])))
    if shown["check"]:
        lines.append(wording.phrase("check"))
    return "\n".join(lines)


def _measure_line(measure: catalogue.Measure) -> str:
    source = wording.source(measure.source, measure.checked_on)
    return f"• {measure.title}\n{measure.text}\n{source}"

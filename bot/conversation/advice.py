"""Showing courses, the first step and what helps: the catalogue's advice as messages."""

import dataclasses
from typing import Any

from bot import catalogue
from bot.conversation import wording
from bot.conversation.state import State
from bot.conversation.turn import Button, Reply
from bot.text import sentence

MOST_COURSES = 3
KEPT_OF_A_COURSE = ("id", "title", "provider", "type", "reasons", "missing", "shortage")
"""What the counsellor sees of a course that was shown."""
MOST_SUPPORT = 3
"""Measures at once: who reads little Dutch does not read ten in a row."""
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
        why = sentence(first.why)
        if first.far_km is not None:
            why += " " + wording.phrase("far", km=str(first.far_km))
        step = wording.phrase("step", title=first.title, provider=first.provider)
        reply.say("utter_first_step", step=step, why=why)
    _show_help(found.support, state, reply)


def show_more_help(state: State, reply: Reply) -> None:
    """The next of what helps, for who asks for it."""
    left = [measure["id"] for measure in state.shown.get("support_left", ())]
    known = {measure.id: measure for measure in catalogue.current().measures}
    found = [known[name] for name in left if name in known]  # the catalogue may have changed
    if not found:
        state.shown.pop("support_left", None)
        reply.say("utter_no_more_help")
        return
    _show_help(found, state, reply)


def more_help_button(state: State) -> tuple[Button, ...]:
    """The button for the rest of what helps; nothing when all was shown."""
    if not state.shown.get("support_left"):
        return ()
    return (wording.tap(wording.button_title("more_help"), "more_help", "yes"),)


def _show_help(measures: list[catalogue.Measure], state: State, reply: Reply) -> None:
    """A few at once, what matters most first; of the rest only what it is about.

    What waits is kept too: the counsellor sees all that helps, told or not.
    """
    told = [measure["id"] for measure in state.shown.get("support", ())]
    new = [measure for measure in measures if measure.id not in told]
    now, later = new[:MOST_SUPPORT], new[MOST_SUPPORT:]
    others = [measure.topic for measure in later if measure.topic not in {m.topic for m in now}]
    if now:
        rest = wording.phrase("more_help", topics=wording.topics(others)) if others else ""
        show_measures(now, state, reply, rest=rest)
    state.shown["support_left"] = [_kept(measure) for measure in later]
    if not later:
        del state.shown["support_left"]


def show_measures(
    measures: list[catalogue.Measure], state: State, reply: Reply, *, rest: str = ""
) -> None:
    """What helps, with source and date; remembered for the counsellor.

    Args:
        measures: what to show, best first.
        state: the conversation.
        reply: where the message goes.
        rest: a sentence on what else there is, below it.
    """
    for measure in measures:
        if _kept(measure) not in state.shown.setdefault("support", []):
            state.shown["support"].append(_kept(measure))
    left = [one for one in state.shown.get("support_left", ()) if one not in state.shown["support"]]
    if "support_left" in state.shown:
        state.shown["support_left"] = left
    lines = [_measure_line(measure) for measure in measures]
    reply.say("utter_support", lines="\n".join([*lines, rest] if rest else lines))


def _kept(measure: catalogue.Measure) -> dict[str, str]:
    return {"id": measure.id, "title": measure.title, "topic": measure.topic}


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
        *(sentence(reason) for reason in shown["reasons"]),
    ]
    if shown["missing"]:
        lines.append(wording.phrase("missing", what=", ".join(shown["missing"])))
    if shown["check"]:
        lines.append(wording.phrase("check"))
    return "\n".join(lines)


def _measure_line(measure: catalogue.Measure) -> str:
    source = wording.source(measure.source, measure.checked_on)
    return f"• {measure.title}\n{measure.text}\n{source}"

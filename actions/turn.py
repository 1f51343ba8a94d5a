"""From Rasa's tracker to a turn of `bot.conversation`, and back to events."""

import datetime as dtm
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot import conversation, intake
from bot.conversation import Reply, State, Turn


def take_turn(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Answer the latest message, store what may be stored, and set the slots that changed."""
    before = _state(tracker)
    state = _state(tracker)
    if state.memory.handover:
        # This form has just taken over: the message was answered and its first question put.
        state.asked, state.memory.handover = state.memory.handover, None
        return _events(before, state)
    turn = _turn(tracker)
    reply = conversation.respond(state, turn)
    for said in reply.says:
        last = {"progress": conversation.progress(state)} if said is reply.says[-1] else {}
        dispatcher.utter_message(
            response=said.response,
            buttons=[{"title": b.title, "payload": b.payload} for b in said.buttons],
            json_message={**(said.custom or {}), **last},
            **said.params,
        )
    _store(state, reply, tracker, turn.now)
    return _events(before, state)


def _state(tracker: Tracker) -> State:
    form = tracker.active_loop.get("name") if tracker.active_loop else None
    return State.from_slots(tracker.sender_id, tracker.slots, form)


def _turn(tracker: Tracker) -> Turn:
    message = tracker.latest_message
    intent = message.get("intent") or {}
    text = message.get("text") or ""
    tapped = None
    if text.startswith("/"):
        tapped = {e["entity"]: e["value"] for e in message.get("entities") or []}
    return Turn(
        text=text,
        intent=intent.get("name") or "nlu_fallback",
        confidence=float(intent.get("confidence") or 0.0),
        now=dtm.datetime.now(dtm.timezone.utc),
        tapped=tapped,
        language=message.get("language"),
        maybe_danger=message.get("danger") == "maybe",
        danger_kind=message.get("danger_kind"),
        origin=conversation.known_origin(message.get("metadata") or {}),
    )


def _store(state: State, reply: Reply, tracker: Tracker, now: dtm.datetime) -> None:
    """With consent the intake is saved answer by answer; without, only that someone is there."""
    channel = (tracker.latest_message.get("metadata") or {}).get("channel", "rest")
    if reply.forget:
        intake.forget(state.sender_id, now=now)
        return
    intake.save_turn(
        state.sender_id,
        channel=channel,
        values=state.values,
        status=state.status,
        shown=state.shown,
        agreed=state.memory.readback_done,
        over=reply.over,
        now=now,
    )


def _events(before: State, after: State) -> list[EventType]:
    """The slots that changed. A form that hands over ends itself; the rules start the other."""
    next_form = None
    if after.form != before.form:
        next_form = after.form
        after.memory.handover, after.asked = after.asked, None
    old, new = before.to_slots(), after.to_slots()
    changed: dict[str, Any] = {k: v for k, v in new.items() if v != old[k]}
    changed["requested_slot"] = after.asked  # always: the form reads its end or next step in it
    changed["next_form"] = next_form
    return [SlotSet(name, value) for name, value in changed.items()]

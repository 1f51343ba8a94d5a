"""Steps of the booking form: choosing a time, booking, moving, cancelling."""

import datetime as dtm
import zoneinfo

from bot import appointments, catalogue, intake
from bot.conversation import questions, wording
from bot.conversation.state import BOOKING, State
from bot.conversation.turn import Reply, Turn

SHORT_TIME = 3
"""Words of a bare hour: "om 13 uur"."""
LOCAL = zoneinfo.ZoneInfo("Europe/Brussels")


def finish(state: State, turn: Turn, reply: Reply) -> None:
    """Everything is known: book (or move) and confirm, or offer other times when just taken."""
    memory = state.memory
    assert memory.chosen
    slot = appointments.Slot(
        counsellor_id=memory.chosen["counsellor_id"],
        starts_at=dtm.datetime.fromisoformat(memory.chosen["starts_at"]),
        ends_at=dtm.datetime.fromisoformat(memory.chosen["ends_at"]),
    )
    moved = memory.moving is not None
    try:
        if memory.moving is not None:
            booked = appointments.move(memory.moving, slot, now=turn.now)
        else:
            booked = appointments.book(
                slot,
                sender_id=state.sender_id,
                intake_id=_intake_id(state, turn),
                leerwinkel=state.values["leerwinkel"],
                name=state.values.get("name", ""),
                phone=state.values.get("phone"),
                email=state.values.get("email"),
                now=turn.now,
            )
    except appointments.NoSuchAppointment:  # cancelled at the desk meanwhile
        memory.moving = memory.chosen = None
        state.form = state.asked = None
        reply.say("utter_no_appointment")
        return
    except appointments.SlotTaken:
        memory.chosen = None
        memory.offered = []
        reply.say("utter_slot_taken")
        questions.ask("appointment_time", state, turn, reply)
        return
    memory.moving = None
    memory.chosen = None
    memory.offered = []
    memory.booked = True
    state.form = None
    state.asked = None
    show(booked, "utter_moved" if moved else "utter_booked", reply)
    reply.say("utter_after_booking" if state.open("dream") else "utter_after_booking_done")


def _intake_id(state: State, turn: Turn) -> int | None:
    """The stored intake that the counsellor finds; None without consent to keep answers."""
    if not state.values.get("consent"):
        return None
    return intake.save(state.sender_id, state.values, state.status, state.shown, now=turn.now)


def show(booked: appointments.Booking, response: str, reply: Reply) -> None:
    """Place, time, counsellor and what to bring."""
    place = catalogue.leerwinkel(booked.leerwinkel)
    when = appointments.say_time(booked.starts_at)
    address = place.address or wording.phrase("no_address")
    reply.say(
        response,
        when=when,
        place=place.name,
        address=address,
        counsellor=booked.counsellor_first_name,
        email=place.email,
        bring="\n".join(f"• {thing}" for thing in place.bring),
        custom={
            "appointment": {
                "place": place.name,
                "address": address,
                "when": when,
                "counsellor": booked.counsellor_first_name,
                "bring": list(place.bring),
            }
        },
    )


def choose_tapped(value: str, state: State, turn: Turn, reply: Reply) -> None:
    """A tapped time, or "other times"."""
    if value == "more":
        last = max((slot["starts_at"] for slot in state.memory.offered), default=None)
        after = dtm.datetime.fromisoformat(last) if last else None
        _offer_window(state, turn, reply, after=after, before=None)
        return
    chosen = [slot for slot in state.memory.offered if slot["starts_at"] == value]
    if chosen:
        state.memory.chosen = chosen[0]
        return
    moment = _moment(value)
    if moment is not None:
        _choose_at(moment, state, turn, reply)


def choose_typed(text: str, state: State, turn: Turn, reply: Reply) -> bool:
    """A time in the client's words; False when no time can be read in it."""
    window = intake.read("appointment_time", text, now=turn.now).value
    if window is None:
        return False
    if _choose_offered_hour(text, window, state, turn):
        return True
    start, end = (
        dtm.datetime.fromisoformat(window[edge]).replace(tzinfo=LOCAL) for edge in ("from", "to")
    )
    if end - start <= dtm.timedelta(hours=1):
        _choose_at(start, state, turn, reply)
    else:
        _offer_window(state, turn, reply, after=start, before=end)
    return True


def _choose_offered_hour(text: str, window: dict[str, str], state: State, turn: Turn) -> bool:
    """ "13 uur" after proposals means the proposal at 13 o'clock, on whichever day that is."""
    later = intake.read("appointment_time", text, now=turn.now + dtm.timedelta(days=1)).value
    names_a_day = later is None or later["from"][:10] == window["from"][:10]
    if names_a_day or len(text.split()) > SHORT_TIME:
        return False
    same_hour = [
        slot
        for slot in state.memory.offered
        if dtm.datetime.fromisoformat(slot["starts_at"]).astimezone(LOCAL).strftime("%H:%M")
        == window["from"][11:16]
    ]
    if len(same_hour) == 1:
        state.memory.chosen = same_hour[0]
    return len(same_hour) == 1


def _choose_at(moment: dtm.datetime, state: State, turn: Turn, reply: Reply) -> None:
    """Take the slot that starts exactly then, or propose what is nearest after it."""
    free = appointments.free_slots(
        state.values["leerwinkel"], now=turn.now, after=moment, before=None, limit=3
    )
    questions.offer(state, free)
    if free and free[0].starts_at == moment:
        state.memory.chosen = state.memory.offered[0]
    else:
        reply.say("utter_time_not_free")


def _offer_window(
    state: State,
    turn: Turn,
    reply: Reply,
    *,
    after: dtm.datetime | None,
    before: dtm.datetime | None,
) -> None:
    where = state.values["leerwinkel"]
    if after is not None and before is None:
        after += dtm.timedelta(minutes=1)  # later than the last one proposed
    free = appointments.free_slots(where, now=turn.now, after=after, before=before, limit=3)
    if not free:
        reply.say("utter_time_not_free")
        free = appointments.free_slots(where, now=turn.now, after=before, limit=3)
    if not free:
        free = appointments.free_slots(where, now=turn.now, limit=3)
    questions.offer(state, free)


def _moment(text: str) -> dtm.datetime | None:
    try:
        moment = dtm.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


def start(state: State, turn: Turn, reply: Reply) -> None:
    """The client wants an appointment: start the form, or show the one there is."""
    existing = appointments.booking_of(state.sender_id, now=turn.now)
    if existing:
        show(existing, "utter_appointment_exists", reply)
        return
    state.memory.wants_appointment = True
    state.form = BOOKING


def start_moving(state: State, turn: Turn, reply: Reply) -> bool:
    """The client wants another time for the appointment there is; False when there is none."""
    existing = appointments.booking_of(state.sender_id, now=turn.now)
    if existing is None:
        reply.say("utter_no_appointment")
        return False
    state.values["leerwinkel"] = existing.leerwinkel
    state.memory.moving = existing.id
    state.memory.offered = []
    state.memory.chosen = None
    state.form = BOOKING
    if turn.tapped is None:
        choose_typed(turn.text, state, turn, reply)  # "kan het een dag later, vrijdag 10 uur"
    return True


def cancel(state: State, turn: Turn, reply: Reply) -> None:
    """Cancel the coming appointment; its slot is free at once."""
    existing = appointments.booking_of(state.sender_id, now=turn.now)
    if existing is None:
        reply.say("utter_no_appointment")
        return
    appointments.cancel(existing.id, now=turn.now)
    state.memory.booked = False
    state.memory.wants_appointment = False
    reply.say("utter_cancelled", when=appointments.say_time(existing.starts_at))

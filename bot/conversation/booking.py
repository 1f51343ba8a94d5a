"""Steps of the booking form: choosing a time, booking, moving, cancelling."""

from bot import appointments, catalogue, intake, outbox
from bot.conversation import questions, times, wording
from bot.conversation.state import BOOKING, State
from bot.conversation.turn import Reply, Turn


def finish(state: State, turn: Turn, reply: Reply) -> None:
    """Everything is known: book (or move) and confirm, or offer other times when just taken."""
    memory = state.memory
    assert memory.chosen
    slot = questions.slot_from(memory.chosen)
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
                form=memory.appointment_form or "in_person",
                interpreter=_interpreter(memory.interpreter),
                referral_source=state.values.get("referral_source"),
            )
    except appointments.NoSuchAppointment:  # cancelled at the desk meanwhile
        memory.moving = memory.chosen = None
        state.form = state.asked = None
        reply.say("utter_no_appointment")
        return
    except appointments.SlotTaken:
        times.start_anew(state)
        reply.say("utter_slot_taken")
        questions.ask("appointment_time", state, turn, reply)
        return
    memory.moving = None
    times.start_anew(state)
    memory.booked = True
    memory.appointment_form = memory.interpreter = None
    state.form = None
    state.asked = None
    show(booked, "utter_moved" if moved else "utter_booked", reply, contact=not moved)
    if not booked.reminded and outbox.can_send("mail"):
        reply.say("utter_offer_mail")
    reply.say("utter_after_booking" if state.open("dream") else "utter_after_booking_done")


def _interpreter(said: str | None) -> str | None:
    """As it is kept with the appointment: empty when none is wanted, None when nothing was said."""
    if said == "no":
        return ""
    return None if said == "skipped" else said


def _intake_id(state: State, turn: Turn) -> int | None:
    """The stored intake that the counsellor finds; None without consent to keep answers."""
    if not state.values.get("consent"):
        return None
    return intake.save(state.sender_id, state.values, state.status, state.shown, now=turn.now)


def show(
    booked: appointments.Booking, response: str, reply: Reply, *, contact: bool = False
) -> None:
    """Place, time, counsellor and what to bring.

    Args:
        booked: the appointment.
        response: what it is told with.
        reply: where the message goes.
        contact: whether the client has to see if number and address are right.
    """
    when = appointments.say_time(booked.starts_at)
    here = booked.form == "in_person"
    office = catalogue.leerwinkel(booked.leerwinkel)
    ask = office.email or office.website or ""
    address = booked.address or wording.phrase("no_address", contact=ask)
    where = _where(booked, address)
    reply.say(
        response,
        when=when,
        where=where,
        counsellor=booked.counsellor_first_name,
        also="\n".join(filter(None, (_contact(booked) if contact else "", _also(booked)))),
        custom={
            "appointment": {
                "place": booked.place if here else where,
                "address": address if here else "",
                "map": booked.map_url if here else None,
                "when": when,
                "counsellor": booked.counsellor_first_name,
                "bring": list(booked.bring) if here else [],
            }
        },
    )


def _where(booked: appointments.Booking, address: str) -> str:
    """The lines that say where, or how, the talk is."""
    if booked.form == "phone":
        known = intake.spaced_phone(booked.phone or "")
        return wording.phrase("where_phone" if known else "where_phone_unknown", phone=known)
    if booked.form == "video":
        known = booked.video_url or ""
        return wording.phrase("where_video" if known else "where_video_unknown", url=known)
    lines = [wording.phrase("where_in_person", place=booked.place, address=address)]
    if booked.map_url:
        lines.append(wording.phrase("map", url=booked.map_url))
    return "\n".join(lines)


def _contact(booked: appointments.Booking) -> str:
    """The number and the address as they were read: who mistyped or was misread sees it here."""
    lines = [
        wording.phrase("read_back", title=wording.title(field), value=text)
        for field, value in (("phone", booked.phone), ("email", booked.email))
        if (text := wording.value_text(field, value))
    ]
    return "\n".join([*lines, wording.phrase("contact_wrong")] if lines else [])


def _also(booked: appointments.Booking) -> str:
    """The lines about the interpreter and what to bring."""
    lines = []
    if booked.interpreter in ("yes", "?"):
        lines.append(wording.phrase("interpreter_unknown"))
    elif booked.interpreter:
        lines.append(wording.phrase("interpreter", language=booked.interpreter))
    if booked.bring and booked.form == "in_person":
        things = "\n".join(f"• {thing}" for thing in booked.bring)
        lines.append(wording.phrase("bring", things=things))
    return "\n".join(lines)


def choose_form(text: str, state: State) -> bool:
    """ "toch liever bellen" instead of a time; False when no other form of talk is named."""
    form = wording.appointment_form(text)
    if form not in state.memory.forms or form == state.memory.appointment_form:
        return False
    state.memory.appointment_form = form
    drop(state)
    return True


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
    if existing is None and state.form == BOOKING and state.memory.chosen:
        drop(state)  # not booked yet: another moment is chosen
        return True
    if existing is None:
        reply.say("utter_no_appointment")
        return False
    state.values["leerwinkel"] = existing.leerwinkel
    state.memory.moving = existing.id
    times.start_anew(state)
    state.form = BOOKING
    if turn.tapped is None:
        times.choose_typed(turn.text, state, turn, reply)  # "kan het een dag later, vrijdag 10 uur"
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


def drop(state: State) -> None:
    """The client wants no appointment after all: the times that were kept are free at once."""
    appointments.let_go(state.sender_id)
    times.start_anew(state)


def leave(state: State, turn: Turn) -> None:
    """The client wants everything gone: the counsellor hears that the agenda changed."""
    appointments.let_go(state.sender_id)
    existing = appointments.booking_of(state.sender_id, now=turn.now)
    if existing is not None:
        appointments.cancel(existing.id, now=turn.now)


def coming(state: State, turn: Turn, reply: Reply) -> None:
    """ "Ik kom", tapped under a reminder."""
    existing = appointments.booking_of(state.sender_id, now=turn.now)
    if existing is None:
        reply.say("utter_no_appointment")
        return
    appointments.confirm(existing.id, now=turn.now)
    reply.say("utter_coming", when=appointments.say_time(existing.starts_at))


Contact = tuple[str, str | None, str | None]


def contact_of(state: State) -> Contact:
    """Name, phone and e-mail address as they are known now."""
    values = state.values
    return values.get("name", ""), values.get("phone"), values.get("email")


def update_contact(before: Contact, state: State, turn: Turn, reply: Reply) -> None:
    """What changed of the contact data in this turn reaches the appointment that was made."""
    name, phone, email = contact_of(state)
    if not state.memory.booked or before == (name, phone, email) or not (phone or email):
        return
    changed = appointments.update_contact(
        state.sender_id, name=name, phone=phone, email=email, now=turn.now
    )
    if changed and email and email != before[2]:
        reply.say_first("utter_contact_changed_mail", email=email)
    elif changed and phone and phone != before[1]:
        reply.say_first("utter_contact_changed_phone", phone=intake.spaced_phone(phone))
    elif changed:
        reply.say_first("utter_contact_changed")

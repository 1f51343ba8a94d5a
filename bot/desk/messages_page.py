"""The page of messages that did not get away, and sending one again."""

from starlette.responses import Response

from bot import appointments, outbox, store
from bot.desk import rights, stuck
from bot.desk.calls import Call


def show(call: Call) -> Response:
    """All of them, for coordinators and administrators."""
    with store.session(writes=False) as work:
        shown = stuck.load(work, call.counsellor, now=call.now)
    return call.page("messages.html", messages=shown, most=stuck.MOST)


def again(call: Call) -> Response:
    """Lets one go out again, to the address that the appointment has now.

    Who sees the appointment may do so for its messages; those to colleagues are for who leads.
    """
    leads = rights.leads(call.counsellor)
    with store.session() as work:
        found = stuck.find(work, call.counsellor, call.id)
        if found is None or not (found[1] or leads):
            return call.not_found()
        message, appointment = found
        channel, address = appointments.reach(appointment) if appointment else ("", "")
        gone = outbox.again(
            work, message.id, now=call.now, address=address if channel == message.channel else None
        )
        if gone:
            call.note(work, "message_again", appointment)
    back = "/berichten" if leads else f"/afspraken/{message.appointment_id}"
    return call.go(f"{back}?gedaan={'bericht' if gone else 'bericht-weg'}")

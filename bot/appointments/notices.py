"""Which messages a change of an appointment brings about, composed and put in the queue.

The client hears of it on the channel that was used, by mail as well when there is an address.
The counsellor gets a mail without anything personal: "nieuwe intake" and a link.
"""

import datetime as dtm
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import outbox, store
from bot.appointments import calendar, texts
from bot.appointments.bookings import reach
from bot.appointments.links import link_for
from bot.appointments.say import say_time
from bot.appointments.where import place_of
from bot.outbox import Button
from bot.settings import settings

COME = '/inform{"appointment_coming": "yes"}'
UNKNOWN_LANGUAGE = ("yes", "?")
"""An interpreter is wanted, but nobody knows for which language."""
STAFF_WITHIN = dtm.timedelta(days=7)


def booked(
    work: Session, appointment: store.Appointment, *, now: dtm.datetime, again: bool = False
) -> None:
    """A new appointment; `again`: the same one, to an address that was given later."""
    _mail_client(work, appointment, "booked", now=now, method="REQUEST")
    if again:
        return
    kind = "staff_new" if appointment.booked_by is None else "staff_changed"
    _mail_staff(work, appointment, kind, now=now, by=appointment.booked_by)


def moved(
    work: Session,
    appointment: store.Appointment,
    *,
    now: dtm.datetime,
    by: int | None,
    before: int,
) -> None:
    """The appointment is at another time, with another counsellor or at another place.

    Args:
        work: the unit of work.
        appointment: as it is now.
        now: the present moment.
        by: the counsellor who moved it; None: the client.
        before: the counsellor who had it.
    """
    _mail_client(work, appointment, "moved", now=now, method="REQUEST")
    _mail_staff(work, appointment, "staff_changed", now=now, by=by, before=before)
    if by is not None:
        _tell_in_chat(work, appointment, "moved", now=now)


def cancelled(
    work: Session, appointment: store.Appointment, *, now: dtm.datetime, by: int | None
) -> None:
    """The appointment is gone."""
    _mail_client(work, appointment, "cancelled", now=now, method="CANCEL")
    _mail_staff(work, appointment, "staff_changed", now=now, by=by)
    if by is not None:
        _tell_in_chat(work, appointment, "cancelled", now=now)


def remind(
    work: Session,
    appointment: store.Appointment,
    kind: str,
    *,
    now: dtm.datetime,
    expires_at: dtm.datetime,
) -> bool:
    """A reminder on the channel that was used, else by mail.

    Returns:
        False when it was queued before, or when there is no way to reach the client.
    """
    channel, address = reach(appointment)
    if not address:
        return False
    return _enqueue(
        work,
        appointment,
        kind,
        channel=channel,
        address=address,
        now=now,
        buttons=_all_buttons(appointment),
        key=f"{kind}:{appointment.id}:{appointment.sequence}",
        daytime_only=True,
        expires_at=expires_at,
    )


def _mail_client(
    work: Session,
    appointment: store.Appointment,
    kind: str,
    *,
    now: dtm.datetime,
    method: calendar.Method,
) -> None:
    if not appointment.email:
        return
    buttons = []
    if method == "REQUEST":
        link = link_for(appointment)
        buttons = [Button(texts.button("change"), "/change_appointment", link)]
    _enqueue(
        work,
        appointment,
        kind,
        channel="mail",
        address=appointment.email,
        now=now,
        buttons=buttons,
        calendar=calendar.for_client(appointment, method, now=now),
        expires_at=max(appointment.ends_at, now + dtm.timedelta(hours=1)),
    )


def _tell_in_chat(
    work: Session, appointment: store.Appointment, kind: str, *, now: dtm.datetime
) -> None:
    """What was changed at the desk is said on the chat channel too, where there is one."""
    channel, address = reach(appointment)
    if channel == "mail":
        return
    _enqueue(
        work,
        appointment,
        kind,
        channel=channel,
        address=address,
        now=now,
        buttons=_all_buttons(appointment) if kind == "moved" else (),
        daytime_only=True,
        expires_at=max(appointment.ends_at, now + dtm.timedelta(hours=12)),
    )


def _mail_staff(
    work: Session,
    appointment: store.Appointment,
    kind: str,
    *,
    now: dtm.datetime,
    by: int | None,
    before: int | None = None,
) -> None:
    """The counsellors whose agenda it is (or was) hear of it, but for who did it."""
    page = f"/intakes/{appointment.intake_id}" if appointment.intake_id is not None else "/"
    desk = f"{settings().link_base}/desk{page if kind == 'staff_new' else '/'}"
    concerned = {appointment.counsellor_id, before or appointment.counsellor_id} - {by}
    for counsellor_id in sorted(concerned):
        counsellor = work.get_one(store.Counsellor, counsellor_id)
        if counsellor.active:
            outbox.enqueue(
                work,
                channel="mail",
                kind=kind,
                address=counsellor.email,
                subject=texts.subject(kind),
                text=texts.body(kind, {"desk": desk}),
                now=now,
                expires_at=now + STAFF_WITHIN,
            )


def _enqueue(work: Session, appointment: store.Appointment, kind: str, **how: Any) -> bool:
    return outbox.enqueue(
        work,
        kind=kind,
        subject=texts.subject(kind),
        text=texts.body(kind, gaps(appointment)),
        appointment_id=appointment.id,
        **how,
    )


def gaps(appointment: store.Appointment) -> Mapping[str, str]:
    """What fills the gaps of the texts; empty where there is nothing to say."""
    place = place_of(appointment.leerwinkel, appointment.branch)
    here = appointment.form == "in_person"
    return {
        "first_name": (appointment.name.split() or [""])[0],
        "when": say_time(appointment.starts_at),
        "where": ", ".join(p for p in (place.name, place.address) if p) if here else "",
        "map": (place.map_url or "") if here else "",
        "how": _how(appointment),
        "counsellor": appointment.counsellor.first_name,
        "interpreter": _interpreter(appointment.interpreter),
        "bring": "; ".join(place.bring) if here else "",
        "chat": settings().link_base,
        "contact": place.email or "",
    }


def _interpreter(language: str | None) -> str:
    if not language:
        return ""
    if language in UNKNOWN_LANGUAGE:
        return texts.phrase("interpreter_unknown")
    return texts.phrase("interpreter", language=language)


def _how(appointment: store.Appointment) -> str:
    if appointment.form == "phone":
        return texts.phrase("how_phone", phone=appointment.phone) if appointment.phone else ""
    if appointment.form == "video":
        url = appointment.counsellor.video_url
        return texts.phrase("how_video", url=url) if url else texts.phrase("how_video_later")
    return ""


def _all_buttons(appointment: store.Appointment) -> list[Button]:
    link = link_for(appointment)
    return [
        Button(texts.button("come"), COME, f"{link}?doe=kom"),
        Button(texts.button("move"), "/change_appointment", f"{link}?doe=verzet"),
        Button(texts.button("cancel"), "/cancel_appointment", f"{link}?doe=schrap"),
    ]

"""iCalendar files: with a mail to the client (RFC 5546), and as a feed for a counsellor.

UID is the appointment's own and never changes; SEQUENCE rises with every move and with the
cancellation, so that calendars put the newest in the place of what they had. Times are in UTC.
"""

import datetime as dtm
import email.utils
import hmac
from typing import Any, Literal

import icalendar
import sqlalchemy as sa

from bot import store
from bot.appointments import texts
from bot.appointments.links import LARGEST, link_for, signature
from bot.appointments.where import place_of
from bot.settings import settings

PRODUCT = "-//Leerwijzer//Afspraken//NL"
NOBODY = "leerwijzer@localhost.invalid"
"""Organiser when neither the Leerwinkel nor the mail settings have an address (RFC 2606)."""
PAST = dtm.timedelta(days=60)
"""How long ago an appointment may be to stay in the feed."""
FEED_PATH = "/agenda"
Method = Literal["REQUEST", "CANCEL"]


def for_client(appointment: store.Appointment, method: Method, *, now: dtm.datetime) -> str:
    """The file that goes with a mail.

    Args:
        appointment: as it is now; it has an e-mail address.
        method: REQUEST for a new or moved one, CANCEL for a cancelled one.
        now: the present moment.
    """
    place = place_of(appointment.leerwinkel, appointment.branch)
    event = _event(appointment, now)
    event.add("summary", texts.phrase("event", place=place.name))
    where = _where(appointment)
    if where:
        event.add("location", where)
    if method == "REQUEST":
        event.add("description", texts.phrase("event_text", link=link_for(appointment)))
        event.add("url", link_for(appointment))
    event.add("organizer", _person(place.email or _own_address(), place.name))
    if appointment.email:
        person = _person(appointment.email, appointment.name)
        person.params["partstat"] = icalendar.vText("NEEDS-ACTION")
        person.params["rsvp"] = icalendar.vText("FALSE")
        event.add("attendee", person)
    return _file([event], method)


def feed_token(counsellor_id: int) -> str | None:
    """What names the counsellor's calendar in its address; None while the feed is off."""
    with store.session(writes=False) as work:
        counsellor = work.get(store.Counsellor, counsellor_id)
        return _feed_token(counsellor) if counsellor else None


def feed_url(token: str) -> str:
    """The address to subscribe to."""
    return f"{settings().link_base}{FEED_PATH}/{token}.ics"


def set_feed(counsellor_id: int, *, on: bool, names: bool, renew: bool = False) -> str | None:
    """Turns the feed on or off, and names of clients in it.

    Args:
        counsellor_id: whose.
        on: False ends the address for good; turning it on again gives another.
        names: whether the feed shows who comes.
        renew: whether an address that is in use ends and another begins.

    Returns:
        The new token, or None when it is off.
    """
    with store.session() as work:
        counsellor = work.get_one(store.Counsellor, counsellor_id)
        number = counsellor.feed_number
        if on and (number <= 0 or renew):
            counsellor.feed_number = abs(number) + 1
        elif not on:
            counsellor.feed_number = -abs(number)
        counsellor.feed_names = names
        return _feed_token(counsellor)


def feed(token: str, *, now: dtm.datetime) -> str | None:
    """The calendar of the counsellor with this token; None when there is none (any more).

    Names of clients are only in it when the counsellor turned that on.
    """
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdecimal()) or int(number) > LARGEST:
        return None
    with store.session(writes=False) as work:
        counsellor = work.get(store.Counsellor, int(number))
        expected = _feed_token(counsellor) if counsellor and counsellor.active else None
        if (
            counsellor is None
            or expected is None
            or not hmac.compare_digest(expected.encode(), token.encode())
        ):
            return None
        appointments = work.scalars(
            sa.select(store.Appointment)
            .where(
                store.Appointment.counsellor_id == counsellor.id,
                store.Appointment.status != "cancelled",
                store.Appointment.ends_at > now - PAST,
            )
            .order_by(store.Appointment.starts_at)
        ).all()
        blocked = work.scalars(
            sa.select(store.BlockedTime)
            .where(
                store.BlockedTime.counsellor_id == counsellor.id,
                store.BlockedTime.ends_at > now - PAST,
            )
            .order_by(store.BlockedTime.starts_at)
        ).all()
        names = counsellor.feed_names
        events = [
            *(_feed_event(one, names, now) for one in appointments),
            *(_blocked_event(one, names, now) for one in blocked),
        ]
        return _file(events, None, name=texts.phrase("feed", name=counsellor.first_name))


def _feed_token(counsellor: store.Counsellor) -> str | None:
    if counsellor.feed_number <= 0:
        return None
    return f"{counsellor.id}-{signature(f'feed:{counsellor.id}:{counsellor.feed_number}')}"


def _event(appointment: store.Appointment, now: dtm.datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{appointment.uid}@leerwijzer")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", _utc(now))
    event.add("last-modified", _utc(appointment.changed_at))
    event.add("dtstart", _utc(appointment.starts_at))
    event.add("dtend", _utc(appointment.ends_at))
    event.add("status", "CANCELLED" if appointment.status == "cancelled" else "CONFIRMED")
    return event


def _feed_event(appointment: store.Appointment, names: bool, now: dtm.datetime) -> icalendar.Event:
    event = _event(appointment, now)
    named = names and appointment.name
    event.add("summary", appointment.name if named else texts.phrase("feed_event"))
    if where := _where(appointment):
        event.add("location", where)
    about = [texts.phrase(f"form_{appointment.form}")]
    if appointment.interpreter:
        about.append(texts.phrase("feed_interpreter"))
    if appointment.intake_id is not None:
        about.append(f"{settings().link_base}/desk/intakes/{appointment.intake_id}")
    event.add("description", "\n".join(about))
    return event


def _blocked_event(blocked: store.BlockedTime, names: bool, now: dtm.datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"bezet-{blocked.id}-{int(blocked.starts_at.timestamp())}@leerwijzer")
    event.add("dtstamp", _utc(now))
    event.add("dtstart", _utc(blocked.starts_at))
    event.add("dtend", _utc(blocked.ends_at))
    event.add("summary", (blocked.note if names else "") or texts.phrase("feed_blocked"))
    return event


def _where(appointment: store.Appointment) -> str:
    if appointment.form == "in_person":
        place = place_of(appointment.leerwinkel, appointment.branch)
        return ", ".join(part for part in (place.name, place.address) if part)
    if appointment.form == "video" and appointment.counsellor.video_url:
        return appointment.counsellor.video_url
    return texts.phrase(f"form_{appointment.form}")


def _person(address: str, name: str) -> Any:
    person = icalendar.vCalAddress(f"mailto:{address}")
    if name:
        person.params["cn"] = icalendar.vText(name.replace('"', "'"))
    return person


def _own_address() -> str:
    return email.utils.parseaddr(settings().smtp_from)[1] or NOBODY


def _utc(moment: dtm.datetime) -> dtm.datetime:
    return moment.astimezone(dtm.timezone.utc).replace(microsecond=0)


def _file(events: list[icalendar.Event], method: Method | None, *, name: str = "") -> str:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", dtm.timedelta(hours=1), {"value": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return str(calendar.to_ical().decode())

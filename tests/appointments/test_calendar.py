"""Calendar files: read by another library, kept by a CalDAV server."""

import datetime as dtm
import pathlib
import re

import pytest
import sqlalchemy as sa
import vobject

from bot import appointments, store
from bot.appointments import Slot
from tests.appointments.conftest import NOW, MakeCounsellor
from tests.appointments.radicale_server import radicale

pytestmark = pytest.mark.usefixtures("database")
TUESDAY = dtm.datetime(2026, 11, 24, 8, 0, tzinfo=dtm.timezone.utc)
NASTY = 'Fatima, "de; beste"\nvan Genk'
QUERY = """<?xml version="1.0"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><C:calendar-data/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{start}" end="{end}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


def slot(counsellor: int, hour: int = 8) -> Slot:
    start = TUESDAY.replace(hour=hour)
    return Slot(counsellor, start, start + dtm.timedelta(minutes=45))


@pytest.fixture
def booking(make_counsellor: MakeCounsellor) -> appointments.Booking:
    return appointments.book(
        slot(make_counsellor(leerwinkel="brussel")), sender_id="web-1", intake_id=None,
        leerwinkel="brussel", name=NASTY, phone=None, email="f@example.com", now=NOW,
    )  # fmt: skip


def mailed(kind: str) -> str:
    with store.session(writes=False) as work:
        found = work.scalars(
            sa.select(store.OutgoingMessage.calendar).where(store.OutgoingMessage.kind == kind)
        ).one()
        assert found
        return found


def event(text: str) -> vobject.base.Component:
    calendar = vobject.readOne(text)
    calendar.validate()
    return calendar.vevent


def test_an_invitation_is_read_by_another_library(booking: appointments.Booking) -> None:
    text = mailed("booked")
    assert vobject.readOne(text).method.value == "REQUEST"
    found = event(text)
    assert found.dtstart.value == TUESDAY
    assert found.dtend.value == TUESDAY + dtm.timedelta(minutes=45)
    assert found.dtstart.serialize().strip() == "DTSTART:20261124T080000Z"
    assert found.sequence.value == "0"
    assert found.status.value == "CONFIRMED"
    assert found.summary.value == "Gesprek bij Leerwinkel Brussel"
    assert found.location.value == "Leerwinkel Brussel, Rouppeplein 16, 1000 Brussel"
    assert found.organizer.value == "mailto:info@leerwinkel.brussels"
    assert found.attendee.value == "mailto:f@example.com"
    assert appointments.link_for(booking) in found.description.value
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "RFC 5545, 3.1"


def test_uid_stays_and_sequence_rises_until_the_cancellation(
    booking: appointments.Booking,
) -> None:
    first = event(mailed("booked"))
    appointments.move(booking.id, slot(booking.counsellor_id, 9), now=NOW)
    moved = event(mailed("moved"))
    appointments.cancel(booking.id, now=NOW)
    gone = event(mailed("cancelled"))

    assert {first.uid.value, moved.uid.value, gone.uid.value} == {first.uid.value}
    assert [e.sequence.value for e in (first, moved, gone)] == ["0", "1", "2"]
    assert moved.dtstart.value == TUESDAY.replace(hour=9)
    assert gone.status.value == "CANCELLED"
    assert vobject.readOne(mailed("cancelled")).method.value == "CANCEL"


class TestFeed:
    def test_it_is_off_at_first_and_ends_for_good(self, booking: appointments.Booking) -> None:
        an = booking.counsellor_id
        assert appointments.feed_token(an) is None
        first = appointments.set_feed(an, on=True, names=False)
        assert first
        assert appointments.feed_token(an) == first
        assert appointments.feed(first, now=NOW)
        assert appointments.set_feed(an, on=True, names=True) == first
        renewed = appointments.set_feed(an, on=True, names=False, renew=True)
        assert renewed != first
        assert appointments.feed(first, now=NOW) is None
        appointments.set_feed(an, on=False, names=False)
        assert renewed
        assert appointments.feed(renewed, now=NOW) is None
        assert appointments.set_feed(an, on=True, names=False) not in (first, renewed)

    def test_names_are_only_in_it_when_the_counsellor_wants(
        self, booking: appointments.Booking
    ) -> None:
        an = booking.counsellor_id
        token = appointments.set_feed(an, on=True, names=False)
        assert token
        appointments.block_time(
            an, TUESDAY + dtm.timedelta(hours=3), TUESDAY + dtm.timedelta(hours=4),
            note="overleg over dossier", now=NOW,
        )  # fmt: skip
        without = appointments.feed(token, now=NOW)
        assert without
        for personal in ("Fatima", "f@example.com", "dossier"):
            assert personal not in without
        appointments.set_feed(an, on=True, names=True)
        named = appointments.feed(token, now=NOW)
        assert named
        calendar = vobject.readOne(named)
        assert [e.summary.value for e in calendar.vevent_list] == [NASTY, "overleg over dossier"]

    def test_moved_appointments_move_and_cancelled_ones_go(
        self, booking: appointments.Booking
    ) -> None:
        token = appointments.set_feed(booking.counsellor_id, on=True, names=False)
        assert token
        appointments.move(booking.id, slot(booking.counsellor_id, 9), now=NOW)
        moved = event(appointments.feed(token, now=NOW) or "")
        assert (moved.dtstart.value.hour, moved.sequence.value) == (9, "1")
        appointments.cancel(booking.id, now=NOW)
        assert "VEVENT" not in (appointments.feed(token, now=NOW) or "")

    @pytest.mark.parametrize("token", ["", "1-", "1-x", "é-x", "1-AAAAAAAAAAAAAAAAAAAAAA"])
    def test_a_guessed_address_gives_nothing(
        self, booking: appointments.Booking, token: str
    ) -> None:
        appointments.set_feed(booking.counsellor_id, on=True, names=False)
        assert appointments.feed(token, now=NOW) is None


def for_caldav(text: str) -> str:
    """What a calendar program stores of an invitation: without METHOD (RFC 4791, 4.1)."""
    return re.sub(r"METHOD:\w+\r\n", "", text)


def test_a_caldav_server_keeps_invitation_update_and_cancellation(
    booking: appointments.Booking, tmp_path: pathlib.Path
) -> None:
    with radicale(tmp_path) as server:
        assert server.request("MKCALENDAR", "/an/afspraken/").status_code == 201
        path = "/an/afspraken/1.ics"
        headers = {"Content-Type": "text/calendar"}
        created = server.put(
            path, content=for_caldav(mailed("booked")), headers=headers | {"If-None-Match": "*"}
        )
        assert created.status_code == 201, created.text
        appointments.move(booking.id, slot(booking.counsellor_id, 9), now=NOW)
        updated = server.put(
            path,
            content=for_caldav(mailed("moved")),
            headers=headers | {"If-Match": created.headers["ETag"]},
        )
        assert updated.status_code in (201, 204), updated.text

        def found(start: str, end: str) -> list[str]:
            answer = server.request(
                "REPORT", "/an/afspraken/", content=QUERY.format(start=start, end=end),
                headers={"Depth": "1", "Content-Type": "application/xml"},
            )  # fmt: skip
            assert answer.status_code == 207, answer.text
            return re.findall(r"SEQUENCE:(\d+)", answer.text)

        assert found("20261124T080000Z", "20261124T084500Z") == [], "the old time is free"
        assert found("20261124T090000Z", "20261124T094500Z") == ["1"]
        appointments.cancel(booking.id, now=NOW)
        server.put(path, content=for_caldav(mailed("cancelled")), headers=headers)
        kept = vobject.readOne(server.get(path).text).vevent
        assert (kept.status.value, kept.sequence.value) == ("CANCELLED", "2")


def test_a_caldav_server_takes_the_whole_feed(
    booking: appointments.Booking, tmp_path: pathlib.Path
) -> None:
    an = booking.counsellor_id
    appointments.book(
        slot(an, 9), sender_id="web-2", intake_id=None, leerwinkel="brussel", name="Bo",
        phone=None, email=None, now=NOW,
    )  # fmt: skip
    token = appointments.set_feed(an, on=True, names=True)
    assert token
    with radicale(tmp_path) as server:
        feed = appointments.feed(token, now=NOW)
        assert feed
        taken = server.put("/an/feed/", content=feed, headers={"Content-Type": "text/calendar"})
        assert taken.status_code == 201, taken.text
        kept = vobject.readOne(server.get("/an/feed/").text)
    assert sorted(e.summary.value for e in kept.vevent_list) == ["Bo", NASTY]

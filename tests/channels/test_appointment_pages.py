"""The page behind the link in a mail, and the calendar feed, as a browser without JavaScript."""

import asyncio
import datetime as dtm
import re
import urllib.parse
from typing import Any

import httpx
import pytest

from bot import appointments
from bot.channels.app import create_app
from tests.appointments.conftest import make_counsellor as make_counsellor

pytestmark = pytest.mark.usefixtures("database")
EVERY_DAY = tuple((day, 9 * 60, 17 * 60) for day in range(7))


def now() -> dtm.datetime:
    return dtm.datetime.now(dtm.timezone.utc)


class Browser:
    """Asks the web application, without the network."""

    def __init__(self) -> None:
        self._transport = httpx.ASGITransport(create_app())

    def ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url="http://leerwijzer.test"
            ) as client:
                return await client.request(method, address, **more)

        return asyncio.run(asked())

    def get(self, address: str) -> httpx.Response:
        return self.ask("GET", address)

    def head(self, address: str) -> httpx.Response:
        return self.ask("HEAD", address)

    def post(self, address: str, data: dict[str, str]) -> httpx.Response:
        return self.ask("POST", address, data=data)


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def booking(make_counsellor) -> appointments.Booking:
    make_counsellor("An", "brussel", hours=EVERY_DAY)
    (slot,) = appointments.free_slots("brussel", now=now(), limit=1)
    return appointments.book(
        slot, sender_id="web-1", intake_id=None, leerwinkel="brussel", name="<b>Fatima</b>",
        phone="+32470112233", email="f@example.com", now=now(),
    )  # fmt: skip


def path(booking: appointments.Booking) -> str:
    return urllib.parse.urlsplit(appointments.link_for(booking)).path


def said(moment: dtm.datetime) -> str:
    return appointments.say_time(moment).replace(" uur", "\u00a0uur")


def current(booking: appointments.Booking) -> appointments.Booking:
    return appointments.booking_by_id(booking.id)


def test_the_page_shows_the_appointment_and_three_ways_on(browser, booking):
    answer = browser.get(path(booking))
    assert answer.status_code == 200
    for text in (
        said(booking.starts_at),
        "Rouppeplein 16, 1000 Brussel",
        "https://www.openstreetmap.org/search?query=Rouppeplein",
        "An",
        "Ik kom",
        "Ander moment kiezen",
        "Ik kan niet komen",
    ):
        assert text in answer.text
    assert "Fatima" not in answer.text, "who finds the link sees no name"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "<script" not in answer.text


@pytest.mark.parametrize("query", ["", "?doe=kom", "?doe=verzet", "?doe=schrap", "?klaar=kom"])
def test_looking_changes_nothing(browser, booking, query):
    assert browser.get(path(booking) + query).status_code == 200
    assert browser.head(path(booking) + query).status_code == 200
    assert current(booking) == booking


def test_i_am_coming(browser, booking):
    answer = browser.post(path(booking), data={"doe": "kom"})
    assert answer.status_code == 303
    assert current(booking).confirmed
    assert "We weten dat je komt" in browser.get(answer.headers["location"]).text


def test_cancelling_uses_the_link_up(browser, booking):
    assert "Ja, schrap mijn afspraak" in browser.get(path(booking) + "?doe=schrap").text
    answer = browser.post(path(booking), data={"doe": "schrap"})
    assert (answer.status_code, current(booking).status) == (200, "cancelled")
    assert "geschrapt" in answer.text

    again = browser.post(path(booking), data={"doe": "schrap"})
    assert again.status_code == 410
    assert "Deze link werkt niet meer" in again.text
    assert browser.get(path(booking)).status_code == 410


def choices(page: str) -> list[str]:
    return re.findall(r'name="moment" required value="([^"]+)"', page)


def test_moving_leads_to_a_new_link_and_the_old_is_dead(browser, booking):
    offered = choices(browser.get(path(booking) + "?doe=verzet").text)
    assert len(offered) == 6
    assert all(booking.starts_at.isoformat() not in one for one in offered)
    answer = browser.post(path(booking), data={"doe": "verzet", "moment": offered[3]})
    assert answer.status_code == 303

    moved = current(booking)
    assert moved.starts_at.isoformat() in offered[3]
    page = browser.get(answer.headers["location"])
    assert "Je hebt een nieuw moment" in page.text
    assert said(moved.starts_at) in page.text
    assert browser.get(path(booking)).status_code == 410


def test_the_place_of_a_zitdag_is_with_its_moments(browser, booking):
    there = appointments.add_branch("brussel", name="Molenbeek", address="Markt 1, 1080 Brussel")
    hours = [appointments.WeeklyHours(day, 540, 1020, branch_id=there) for day in range(7)]
    appointments.set_weekly_hours(booking.counsellor_id, hours)
    page = browser.get(path(booking) + "?doe=verzet").text
    assert page.count("uur (Molenbeek)") == 6
    browser.post(path(booking), data={"doe": "verzet", "moment": choices(page)[0]})
    assert current(booking).place == "Leerwinkel Brussel in Molenbeek"


def test_later_moments_are_later(browser, booking):
    page = browser.get(path(booking) + "?doe=verzet").text
    later = re.search(r'href="(\?doe=verzet&amp;na=[^"]+)"', page)
    assert later
    more = choices(browser.get(path(booking) + later[1].replace("&amp;", "&")).text)
    assert min(c.split("|")[1] for c in more) > max(c.split("|")[1] for c in choices(page))


def test_a_moment_that_is_just_gone_gives_others(browser, booking):
    offered = choices(browser.get(path(booking) + "?doe=verzet").text)
    counsellor, start, _, _ = offered[0].split("|")
    appointments.book_for_client(
        counsellor_id=int(counsellor), starts_at=dtm.datetime.fromisoformat(start), name="B",
        by=int(counsellor), now=now(),
    )  # fmt: skip
    answer = browser.post(path(booking), data={"doe": "verzet", "moment": offered[0]})
    assert answer.status_code == 409
    assert "Dat moment is net weg" in answer.text
    assert offered[0] not in choices(answer.text)
    assert current(booking) == booking


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"doe": "iets"}, 400),
        ({"doe": "verzet"}, 400),
        ({"doe": "verzet", "moment": "1|2|3"}, 400),
        ({"doe": "verzet", "moment": "1|2026-01-01|2026-01-01|"}, 400),
        ({"doe": "verzet", "moment": "x" * 5000}, 413),
        ({str(n): "x" for n in range(9)}, 400),
    ],
)
def test_a_wrong_form_changes_nothing(browser, booking, form, status):
    assert browser.post(path(booking), data=form).status_code == status
    assert current(booking) == booking


def test_a_guessed_link_is_dead(browser, booking):
    assert browser.get(path(booking) + "x").status_code == 410
    assert browser.post("/afspraak/1-x", data={"doe": "schrap"}).status_code == 410
    assert current(booking) == booking


def test_the_feed_is_a_calendar_or_nothing(browser, booking):
    token = appointments.set_feed(booking.counsellor_id, on=True, names=False)
    address = urllib.parse.urlsplit(appointments.feed_url(token)).path
    answer = browser.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "BEGIN:VEVENT" in answer.text
    assert "Fatima" not in answer.text
    assert browser.get("/agenda/1-x.ics").status_code == 404

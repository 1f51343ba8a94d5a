"""Booking and moving at odd moments, or to somebody who cannot be reached: asked once."""

import datetime as dtm
import html
import re
from typing import Any

import pytest
import sqlalchemy as sa

from bot import appointments, store
from tests.desk.conftest import NOW, Browser, Clock, MakeIntake, User, plain
from tests.desk.test_agenda import BOOKING

EVENING = BOOKING | {"uur": "19.30"}


@pytest.fixture
def an(browser: Browser, make_user: User) -> store.Counsellor:
    """An, logged in, who receives on Tuesdays from 9 to 12 and has a video room."""
    user = make_user()
    appointments.set_weekly_hours(user.id, [appointments.WeeklyHours(1, 540, 720)])
    appointments.set_personal(user.id, daily_limit=None, video_url="https://video.example/an")
    browser.log_in()
    return user


def booked() -> list[store.Appointment]:
    with store.session(writes=False) as work:
        return list(work.scalars(sa.select(store.Appointment)))


def key_in(page: str) -> str:
    found = re.search(r'name="toch" value="([^"]+)"', page)
    assert found
    return found[1]


def test_an_evening_talk_is_booked_once_it_is_confirmed(
    browser: Browser, an: store.Counsellor
) -> None:
    asked = browser.fill("/agenda/boek", **EVENING)
    assert asked.status_code == 422
    text = plain(asked.text)
    assert "Kijk dit even na: dinsdag 24 november om 19.30 uur." in text
    assert "Dit valt buiten de uren van An." in text
    assert 'value="ahmed@example.org"' in asked.text
    assert booked() == []
    done = browser.fill("/agenda/boek", **EVENING, toch=key_in(asked.text))
    assert done.headers["location"] == "/desk/afspraken/1?gedaan=geboekt"
    (one,) = booked()
    assert one.starts_at == dtm.datetime(2026, 11, 24, 18, 30, tzinfo=dtm.timezone.utc)


def test_a_confirmation_holds_for_the_moment_that_was_shown(
    browser: Browser, an: store.Counsellor
) -> None:
    key = key_in(browser.fill("/agenda/boek", **EVENING).text)
    other = browser.fill("/agenda/boek", **(EVENING | {"uur": "22", "toch": key}))
    assert other.status_code == 422
    assert key_in(other.text) != key
    assert booked() == []


def test_nothing_is_asked_in_the_hours_of_the_counsellor(
    browser: Browser, an: store.Counsellor
) -> None:
    assert browser.fill("/agenda/boek", **BOOKING).status_code == 303


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"dag": "2036-11-24"}, "Dit is meer dan een jaar ver."),
        ({"dag": "2027-11-30"}, "Dit is meer dan een jaar ver."),
        ({"dag": "2026-11-17"}, "Dit moment is al voorbij."),
    ],
)
def test_a_moment_that_cannot_be_is_refused_and_stays_typed(
    browser: Browser, an: store.Counsellor, values: dict[str, str], said: str
) -> None:
    answer = browser.fill("/agenda/boek", **(BOOKING | values))
    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert f'value="{values["dag"]}"' in answer.text
    assert 'name="toch"' not in answer.text
    assert booked() == []


def test_a_closed_day_and_leave_are_named(browser: Browser, an: store.Counsellor) -> None:
    day = dtm.date(2026, 11, 24)
    appointments.add_exception(an.id, appointments.DayHours(day, day), extra=False, note="verlof")
    appointments.add_closing_days("genk", day, day, name="brugdag")
    asked = html.unescape(browser.fill("/agenda/boek", **BOOKING).text)
    assert "Op dinsdag 24 november is er niemand: brugdag." in asked
    assert "An is dan weg: verlof." in asked
    assert browser.insist("/agenda/boek", **BOOKING).status_code == 303


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"vorm": "phone", "telefoon": ""}, "er is geen nummer"),
        ({"vorm": "video", "email": ""}, "er is geen e-mailadres voor de link"),
    ],
)
def test_a_talk_from_afar_without_a_way_to_reach_the_client_is_asked(
    browser: Browser, an: store.Counsellor, values: dict[str, str], said: str
) -> None:
    assert said in plain(browser.fill("/agenda/boek", **(BOOKING | values)).text)
    assert booked() == []
    assert browser.insist("/agenda/boek", **(BOOKING | values)).status_code == 303


def test_a_number_that_the_intake_has_is_enough(
    browser: Browser, an: store.Counsellor, make_intake: MakeIntake
) -> None:
    values = BOOKING | {"intake": str(make_intake()), "telefoon": ""}
    assert browser.fill("/agenda/boek", **values).status_code == 303


def test_a_move_to_an_odd_moment_is_asked_too(browser: Browser, an: store.Counsellor) -> None:
    browser.fill("/agenda/boek", **BOOKING)
    evening: dict[str, Any] = {"wie": "1", "dag": "2026-11-24", "uur": "20"}
    asked = browser.fill("/afspraken/1/verzet", **evening)
    assert asked.status_code == 422
    assert "Dit valt buiten de uren van An." in plain(asked.text)
    assert 'value="20"' in asked.text
    assert booked()[0].sequence == 0
    assert browser.insist("/afspraken/1/verzet", **evening).status_code == 303
    assert booked()[0].starts_at.hour == 19


def test_no_mail_is_promised_when_none_can_be_sent(
    browser: Browser, an: store.Counsellor, no_mail_server: None
) -> None:
    form = browser.read("/agenda/boek")
    assert "De cliënt krijgt geen mail: er is nog geen mailserver ingesteld." in form
    browser.fill("/agenda/boek", **BOOKING)
    page = browser.read("/afspraken/1")
    assert "krijgt geen herinnering: er is nog geen mailserver ingesteld. Bel zelf even" in page
    assert "Verzet en verwittig" not in page
    assert "De cliënt krijgt een bericht." not in page
    assert page.count("Deze cliënt krijgt geen bericht: bel zelf even.") == 2


def test_who_has_an_address_is_called_too_when_no_mail_can_be_sent(
    browser: Browser, an: store.Counsellor, clock: Clock, no_mail_server: None
) -> None:
    browser.fill("/agenda/boek", **BOOKING)
    clock.move_to("2026-11-23 09:00:00")
    browser.log_in()
    assert "bel even" in browser.read("/")


def test_what_is_taken_is_said_before_what_is_odd(browser: Browser, an: store.Counsellor) -> None:
    browser.insist("/agenda/boek", **EVENING)
    answer = browser.fill("/agenda/boek", **EVENING)
    assert "An is niet vrij op dinsdag 24 november om 19.30 uur." in plain(answer.text)
    assert 'name="toch"' not in answer.text
    assert booked()[0].created_at == NOW

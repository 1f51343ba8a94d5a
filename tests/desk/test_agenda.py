"""The agenda and what is done from it: booking, moving, cancelling, blocking, who came."""

import datetime as dtm
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot import appointments, store
from bot.desk import agenda
from tests.desk.conftest import NOW, Browser, Clock, MakeIntake, User, plain

TUESDAY = dtm.date(2026, 11, 24)
BOOKING = {
    "wie": "1",
    "dag": "2026-11-24",
    "uur": "10.30",
    "duur": "45",
    "vorm": "phone",
    "naam": "Ahmed Kaya",
    "telefoon": "0478 12 34 56",
    "email": "ahmed@example.org",
    "tolk": "Turks",
    "via": "ocmw",
}


@pytest.fixture
def an(browser: Browser, make_user: User) -> store.Counsellor:
    """An, logged in, who receives on Tuesdays from 9 to 12."""
    user = make_user()
    appointments.set_weekly_hours(user.id, [appointments.WeeklyHours(1, 540, 720)])
    browser.log_in()
    return user


def rows(table: Any) -> list[Any]:
    with store.session(writes=False) as work:
        return list(work.scalars(sa.select(table)))


def book(browser: Browser, **values: str) -> Any:
    return browser.fill("/agenda/boek", **(BOOKING | values))


def test_free_time_is_what_is_left_between_appointments_and_blocks(
    browser: Browser, an: store.Counsellor
) -> None:
    book(browser)
    at = appointments.moment(TUESDAY, 540)
    appointments.block_time(an.id, at, at + dtm.timedelta(minutes=30), note="overleg", now=NOW)
    with store.session(writes=False) as work:
        view = agenda.week(work.get_one(store.Counsellor, an.id), dtm.date(2026, 11, 23), now=NOW)
    assert [one.title for one in view.columns] == [
        "ma 23 nov", "di 24 nov", "wo 25 nov", "do 26 nov", "vr 27 nov",
    ]  # fmt: skip
    tuesday = view.columns[1]
    assert [(one.kind, one.row, one.rows, one.text) for one in tuesday.items] == [
        ("blocked", 4, 2, "overleg"),
        ("free", 6, 4, "vrij"),
        ("appointment", 10, 3, "Ahmed Kaya"),
        ("free", 13, 3, "vrij"),
    ]
    assert view.hours[0] == (0, "8.00")
    assert view.rows == 40


def test_a_weekend_and_early_hours_are_shown_when_something_is_there(
    browser: Browser, an: store.Counsellor
) -> None:
    browser.insist("/agenda/boek", **(BOOKING | {"dag": "2026-11-28", "uur": "7"}))
    text = browser.read("/agenda?dag=2026-11-28")
    assert "za 28 nov" in text
    assert "zo 29 nov" not in text
    assert "7 uur tot 7.45 uur Ahmed Kaya" in text


def test_it_opens_on_the_coming_week_on_a_sunday(browser: Browser, an: store.Counsellor) -> None:
    assert "Week van 23 tot 27 november" in browser.read("/agenda")
    assert "Week van 30 november tot 4 december" in browser.read("/agenda?dag=2026-12-03")
    assert "Woensdag 25 november" in browser.read("/agenda?zicht=dag&dag=2026-11-25")
    assert "Week van 23 tot 27 november" in browser.read("/agenda?dag=ooit&wie=zoveel")


def test_a_holiday_says_why_nobody_is_received(browser: Browser, an: store.Counsellor) -> None:
    assert "Wapenstilstand" in browser.read("/agenda?dag=2026-11-11")


def test_a_day_shows_all_colleagues_of_the_own_leerwinkel(
    browser: Browser, an: store.Counsellor, make_user: User
) -> None:
    make_user("bo@genk.be", name="Bo")
    make_user("x@gent.be", name="Xena", leerwinkel="gent")
    text = browser.read("/agenda?zicht=dag&dag=2026-11-24&plaats=gent")
    assert "Bo" in text
    assert "Xena" not in text


def test_booking_for_somebody_by_phone(browser: Browser, an: store.Counsellor) -> None:
    answer = book(browser)
    assert answer.headers["location"] == "/desk/afspraken/1?gedaan=geboekt"
    (one,) = rows(store.Appointment)
    assert one.starts_at == dtm.datetime(2026, 11, 24, 9, 30, tzinfo=dtm.timezone.utc)
    assert (one.name, one.phone, one.email) == ("Ahmed Kaya", "+32478123456", "ahmed@example.org")
    assert (one.form, one.interpreter, one.referral_source, one.booked_by) == (
        "phone", "Turks", "ocmw", an.id,
    )  # fmt: skip
    text = browser.read("/afspraken/1?gedaan=geboekt")
    for said in (
        "De afspraak is gemaakt.",
        "dinsdag 24 november om 10.30 uur, tot 11.15 uur",
        "Tolk gevraagd: Turks",
        "met de telefoon",
        "Geboekt door An",
        "Er is geen intake.",
    ):
        assert said in text


def test_who_gets_no_message_is_to_be_called(browser: Browser, an: store.Counsellor) -> None:
    book(browser, telefoon="0478 12 34 56", email="")
    page = browser.get("/desk/afspraken/1").text
    assert "Verzet en verwittig" not in page
    assert "Deze cliënt krijgt geen bericht: bel zelf even." in page

    book(browser, uur="9", email="fatima@example.com")
    assert "Verzet en verwittig de cliënt" in browser.get("/desk/afspraken/2").text


def test_the_form_proposes_free_moments_and_takes_over_an_intake(
    browser: Browser, an: store.Counsellor, make_intake: MakeIntake
) -> None:
    number = make_intake(dutch_level="a1")
    page = browser.get(f"/desk/agenda/boek?intake={number}").text
    assert "dinsdag 24 november om 9 uur, met An" in page
    assert 'value="+32478123456"' in page
    assert 'value="Arabisch, Frans"' in page
    book(browser, intake=str(number))
    (one,) = rows(store.Appointment)
    assert (one.intake_id, one.sender_id) == (number, "web-1")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"uur": "10.20"}, "kwartier"),
        ({"uur": "tien"}, "Het uur klopt niet."),
        ({"dag": "2026-11-01"}, "voorbij"),
        ({"naam": " "}, "Vul een naam in."),
        ({"telefoon": "12"}, "Dit nummer klopt niet."),
        ({"vorm": "brief"}, "Kies hoe het gesprek gaat"),
    ],
)
def test_a_booking_that_cannot_be_is_said_and_stays_typed(
    browser: Browser, an: store.Counsellor, values: dict[str, str], said: str
) -> None:
    answer = book(browser, **values)
    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert 'value="ahmed@example.org"' in answer.text
    assert rows(store.Appointment) == []


def test_time_that_is_taken_is_said(browser: Browser, an: store.Counsellor) -> None:
    book(browser)
    answer = book(browser, naam="Iemand anders", uur="10.45")
    assert answer.status_code == 422
    assert len(rows(store.Appointment)) == 1


def test_an_appointment_moves_to_another_time_and_colleague(
    browser: Browser, an: store.Counsellor, make_user: User
) -> None:
    bo = make_user("bo@genk.be", name="Bo")
    book(browser)
    dragged = browser.read(f"/afspraken/1?dag=2026-11-25&uur=14:00&wie={bo.id}")
    assert "Je sleepte de afspraak hierheen." in dragged
    browser.fill("/afspraken/1/verzet", wie=str(bo.id), dag="2026-11-25", uur="14:00")
    (one,) = rows(store.Appointment)
    assert (one.counsellor_id, one.starts_at.hour, one.sequence) == (bo.id, 13, 1)
    bad = browser.fill("/afspraken/1/verzet", wie=str(bo.id), dag="2026-11-25", uur="14:07")
    assert bad.status_code == 422
    assert "kwartier" in plain(bad.text)


def test_a_cancelled_appointment_frees_its_time_and_moves_no_more(
    browser: Browser, an: store.Counsellor
) -> None:
    book(browser)
    browser.fill("/afspraken/1/schrap")
    assert rows(store.Appointment)[0].status == "cancelled"
    assert rows(store.OccupiedQuarter) == []
    again = browser.fill("/afspraken/1/verzet", wie="1", dag="2026-11-25", uur="9")
    assert again.status_code == 409
    assert "geschrapt" in browser.read("/afspraken/1")


def test_who_came_is_noted_once_it_began(
    browser: Browser, an: store.Counsellor, clock: Clock
) -> None:
    book(browser)
    early = browser.fill("/afspraken/1/uitkomst", uitkomst="came")
    assert early.status_code == 422
    clock.move_to("2026-11-24 09:40:00")
    browser.log_in()
    assert "Kwam niet" in browser.read("/")
    answer = browser.fill("/afspraken/1/uitkomst", uitkomst="no_show", naar="/")
    assert answer.headers["location"] == "/desk/"
    assert rows(store.Appointment)[0].status == "no_show"
    assert "kwam niet" in browser.read("/agenda?dag=2026-11-24")
    away = browser.fill("/afspraken/1/uitkomst", uitkomst="came", naar="//evil.example")
    assert away.headers["location"].startswith("/desk/afspraken/1")


def test_time_is_kept_free_and_given_back(browser: Browser, an: store.Counsellor) -> None:
    given = {"wie": "1", "dag": "24/11/2026", "van": "9", "tot": "12"}
    assert browser.fill("/agenda/blok", nota="overleg", **given).status_code == 303
    assert appointments.free_slots("genk", now=NOW, before=NOW + dtm.timedelta(days=3)) == []
    assert "van 09.00 tot 12.00 uur. overleg" in browser.read("/agenda/blok/1")
    again = browser.fill("/agenda/blok", nota="nog eens", **given)
    assert again.status_code == 422
    assert 'value="nog eens"' in again.text
    browser.fill("/agenda/blok/1/weg")
    assert appointments.free_slots("genk", now=NOW)
    assert browser.get("/desk/agenda/blok/1").status_code == 404


def test_a_week_is_kept_free_in_one_go(browser: Browser, an: store.Counsellor) -> None:
    given = {"wie": "1", "dag": "2026-12-07", "laatste": "2026-12-11", "van": "9", "tot": "17"}
    answer = browser.fill("/agenda/blok", nota="verlof", **given)
    assert answer.headers["location"] == "/desk/agenda?wie=1&dag=2026-12-07&gedaan=blok"
    assert len(rows(store.BlockedTime)) == 5
    page = browser.read("/agenda/blok/3")
    assert "Geef alle 5 dagen terug, maandag 7 december tot vrijdag 11 december" in page
    browser.fill("/agenda/blok/3/weg")
    assert len(rows(store.BlockedTime)) == 4
    browser.fill("/agenda/blok/1/weg", alle="1")
    assert rows(store.BlockedTime) == []
    assert rows(store.OccupiedQuarter) == []


def test_appointments_in_the_way_of_a_week_are_named_with_whom_to_call(
    browser: Browser, an: store.Counsellor
) -> None:
    book(browser, dag="2026-12-08")
    given = {"wie": "1", "dag": "2026-12-07", "laatste": "2026-12-11", "van": "9", "tot": "17"}
    answer = browser.fill("/agenda/blok", nota="verlof", **given)
    assert answer.status_code == 422
    text = plain(answer.text)
    assert "An is niet de hele tijd vrij op dinsdag 8 december." in text
    assert "dinsdag 8 december om 10.30 uur, Ahmed Kaya , met An: +32478123456" in text
    assert "Hou daarna de tijd vrij." in text
    assert 'value="2026-12-11"' in answer.text
    assert rows(store.BlockedTime) == []


def test_everything_of_another_leerwinkel_does_not_exist(
    browser: Browser, an: store.Counsellor, make_user: User
) -> None:
    gent = make_user("x@gent.be", leerwinkel="gent")
    at = appointments.moment(TUESDAY, 540)
    other = appointments.book_for_client(
        counsellor_id=gent.id, starts_at=at, name="Client in Gent", by=gent.id, now=NOW
    )
    blocked = appointments.block_time(
        gent.id, at + dtm.timedelta(hours=2), at + dtm.timedelta(hours=3), now=NOW
    )
    assert browser.get(f"/desk/afspraken/{other.id}").status_code == 404
    assert browser.get(f"/desk/agenda/blok/{blocked.id}").status_code == 404
    for path, fields in (
        (f"/afspraken/{other.id}/schrap", {}),
        (f"/afspraken/{other.id}/verzet", {"wie": "1", "dag": "2026-11-25", "uur": "9"}),
        (f"/afspraken/{other.id}/uitkomst", {"uitkomst": "came"}),
        (f"/agenda/blok/{blocked.id}/weg", {}),
        ("/agenda/boek", BOOKING | {"wie": str(gent.id)}),
        ("/agenda/blok", {"wie": str(gent.id), "dag": "2026-11-25", "van": "9", "tot": "10"}),
    ):
        assert browser.fill(path, **fields).status_code == 404
    assert "Client in Gent" not in browser.read(f"/agenda?wie={gent.id}&plaats=gent")
    (kept,) = rows(store.Appointment)
    assert (kept.status, kept.counsellor_id) == ("booked", gent.id)


def test_what_an_intake_says_before_the_agreement_stays_hidden(
    browser: Browser, an: store.Counsellor, make_intake: MakeIntake
) -> None:
    number = make_intake(agreed=False, dutch_level="a0", dream="geheime droom")
    book(browser, intake=str(number), tolk="")
    text = browser.read("/afspraken/1")
    assert "ging nog niet akkoord met de samenvatting" in text
    assert "geheime droom" not in text
    assert "tolk" not in text.lower()
    page = browser.read(f"/intakes/{number}")
    assert "Je ziet alleen contact en afspraak." in page
    assert "geheime droom" not in page


def test_appointments_of_who_left_can_still_be_seen_and_moved(
    browser: Browser, an: store.Counsellor, make_user: User, open_browser: Callable[[], Browser]
) -> None:
    bo = make_user("bo@genk.be", name="Bo")
    make_user("co@genk.be", name="Co", role="coordinator")
    book(browser, wie=str(bo.id))
    lead = open_browser()
    lead.log_in("co@genk.be")
    lead.fill(f"/collegas/{bo.id}/open")
    assert "Er staan nog afspraken bij deze collega." in lead.read("/collegas")
    assert "Ahmed Kaya" in browser.read(f"/agenda?wie={bo.id}&dag=2026-11-24")
    assert (
        browser.fill("/afspraken/1/verzet", wie="1", dag="2026-11-24", uur="9").status_code == 303
    )
    assert "Er staan nog" not in lead.read("/collegas")
    assert ">Bo<" not in browser.get("/desk/agenda?dag=2026-11-24").text


def test_who_cannot_be_reminded_is_named(browser: Browser, an: store.Counsellor) -> None:
    book(browser)
    book(browser, uur="9", email="")
    book(browser, uur="11.15", vorm="in_person", email="", telefoon="")
    assert "herinnering" not in browser.read("/afspraken/1")
    assert "Deze cliënt krijgt geen herinnering" in browser.read("/afspraken/2")
    assert "Deze cliënt is niet bereikbaar" in browser.read("/afspraken/3")


def test_looks_and_changes_are_logged(browser: Browser, an: store.Counsellor) -> None:
    browser.read("/agenda")
    book(browser)
    browser.read("/afspraken/1")
    browser.fill("/afspraken/1/verzet", wie="1", dag="2026-11-24", uur="9")
    browser.fill("/afspraken/1/schrap")
    logged = [(one.what, one.appointment_id) for one in rows(store.LookLog)]
    assert logged[1:] == [
        ("agenda", None),
        ("appointment_booked", 1),
        ("appointment", 1),
        ("appointment_moved", 1),
        ("appointment_cancelled", 1),
    ]

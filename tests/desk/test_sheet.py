"""The intake page: whatever the client said reaches the counsellor, and nobody else."""

import datetime as dtm
import html
import re
from typing import Any

import freezegun
import pytest
import sqlalchemy as sa

from bot import appointments, contract, store
from bot.desk.wording import MARKS
from bot.intake.summary import LABELS, say
from tests.desk.conftest import FULL, NOW, SHOWN, Browser, MakeIntake, User, plain

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"


def look(browser: Browser, number: int) -> str:
    answer = browser.get(f"/desk/intakes/{number}")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def counsellor(browser: Browser, make_user: User) -> store.Counsellor:
    """Logged in at Genk."""
    user = make_user()
    browser.log_in()
    return user


@pytest.fixture
def full(browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake) -> str:
    """The text of the page of an intake in which everything is filled in."""
    return plain(look(browser, make_intake()))


def test_the_example_fills_in_every_field() -> None:
    assert set(FULL) == set(contract.fields())


@pytest.mark.parametrize("field", contract.fields())
def test_every_field_of_the_contract_reaches_the_page(full: str, field: str) -> None:
    shown = say(field, FULL[field])
    assert shown
    assert shown in full
    assert field == "name" or LABELS[field] in full


def test_everything_that_the_client_saw_reaches_the_page(full: str) -> None:
    for course in SHOWN["courses"]:
        assert course["title"] in full
        assert course["provider"] in full
        assert " ".join(course["reasons"]) in full
        assert ", ".join(course["missing"]) in full
    for step in SHOWN["path"]:
        assert step["why"] in full
    for measure in (*SHOWN["support"], *SHOWN["support_left"]):
        assert measure["title"] in full
    assert full.index("nog niet gelezen") < full.index(SHOWN["support_left"][0]["title"])
    assert "Zorgkundige cliënt vindt dit goed" in full


def test_the_four_areas_stand_in_their_order(full: str) -> None:
    titles = ["Arbeidsmarkt", "Sterktes en ambities", "Persoonlijke drempels", "Leermogelijkheden"]
    places = [full.index(title) for title in titles]
    assert places == sorted(places)


@pytest.mark.parametrize("mark", ["said", "derived", "skipped", "unknown"])
def test_each_answer_says_where_it_comes_from(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake, mark: str
) -> None:
    value = FULL["strengths"] if mark in ("said", "derived") else None
    number = make_intake(strengths=value, status={"strengths": mark})
    assert re.search(
        rf"{LABELS['strengths']} ({value} )?{MARKS[mark]}", plain(look(browser, number))
    )


def test_an_empty_intake_has_a_page(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    nothing: dict[str, Any] = dict.fromkeys(contract.fields())
    kept = {"consent": True, "leerwinkel": "genk", "status": {}, "shown": {}}
    page = plain(look(browser, make_intake(**(nothing | kept))))
    assert "Zonder naam" in page
    assert f"{LABELS['dream']} niet gevraagd" in page


@pytest.mark.parametrize(
    "field", [f.name for f in contract.fields().values() if f.type == "text"] + ["languages"]
)
def test_what_a_client_types_is_shown_as_text(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake, field: str
) -> None:
    page = look(browser, make_intake(**{field: [EVIL] if field == "languages" else EVIL}))
    inbox = browser.get("/desk/").text
    for text in (page, inbox):
        assert "<script>" not in text
        assert "<img" not in text
        assert "49" not in re.findall(r"onerror=alert\(2\)>.{0,10}", html.unescape(text))
    assert html.escape(EVIL, quote=False)[:40] in page


def test_what_a_catalogue_says_is_shown_as_text(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    course = {
        "id": "x",
        "title": EVIL,
        "provider": EVIL,
        "type": "nt2",
        "reasons": [EVIL],
        "missing": [EVIL],
    }
    assert "<script>" not in look(browser, make_intake(shown={"courses": [course]}))


def test_an_appointment_stands_on_the_page_with_its_contact(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    number = make_intake(name=None, phone=None)
    with store.session() as work:
        work.add(
            store.Availability(
                counsellor_id=counsellor.id, weekday=1, from_minute=540, to_minute=600
            )
        )
    (slot,) = appointments.free_slots("genk", now=NOW, limit=1)
    appointments.book(
        slot,
        sender_id="web-1",
        intake_id=number,
        leerwinkel="genk",
        name="Fatima van de afspraak",
        phone="+32499000000",
        email=None,
        now=NOW,
    )
    page = plain(look(browser, number))
    assert "dinsdag 24 november om 9 uur, met An" in page
    assert "Fatima van de afspraak" in page
    assert "+32499000000" in page


def test_phone_and_mail_can_be_tapped(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    page = look(browser, make_intake())
    assert 'href="tel:+32478123456"' in page
    assert 'href="mailto:fatima@example.org"' in page


def test_the_intake_of_another_leerwinkel_does_not_exist(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    other = make_intake(leerwinkel="gent", dream="Droom in Gent")
    nowhere = make_intake(leerwinkel=None)
    for number in (other, nowhere, 999):
        answer = browser.get(f"/desk/intakes/{number}")
        assert answer.status_code == 404
        assert "Droom in Gent" not in answer.text
        posted = browser.submit(f"/desk/intakes/{number}/ongelezen", on="/desk/")
        assert posted.status_code == 404


@pytest.mark.parametrize(
    ("role", "expected"), [("counsellor", 404), ("coordinator", 404), ("administrator", 200)]
)
def test_only_an_administrator_sees_other_leerwinkels(
    browser: Browser, make_user: User, make_intake: MakeIntake, role: str, expected: int
) -> None:
    make_user(role=role)
    browser.log_in()
    number = make_intake(leerwinkel="gent")
    assert browser.get(f"/desk/intakes/{number}").status_code == expected


def looks() -> list[tuple[str, int | None]]:
    with store.session(writes=False) as work:
        rows = work.scalars(sa.select(store.LookLog).order_by(store.LookLog.id)).all()
        return [(row.what, row.intake_id) for row in rows if row.what != "login"]


def test_every_look_is_logged_refused_ones_too(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    mine, other = make_intake(), make_intake(leerwinkel="gent")
    for number in (mine, mine, other):
        browser.get(f"/desk/intakes/{number}")
    assert looks() == [("intake", mine), ("intake", mine), ("intake_refused", other)]


def read_at(number: int) -> dtm.datetime | None:
    with store.session(writes=False) as work:
        intake = work.get(store.Intake, number)
        assert intake
        return intake.read_at


def test_an_intake_is_read_once_opened_and_can_be_put_back(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    number = make_intake()
    look(browser, number)
    assert read_at(number)
    answer = browser.submit(f"/desk/intakes/{number}/ongelezen", on=f"/desk/intakes/{number}")
    assert answer.status_code == 303
    assert read_at(number) is None
    assert looks()[-1] == ("intake_unread", number)


def test_the_look_of_an_administrator_leaves_it_unread(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user(role="administrator")
    browser.log_in()
    number = make_intake()
    look(browser, number)
    assert read_at(number) is None


def test_a_busy_intake_stays_unread(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    number = make_intake(agreed=False)
    look(browser, number)
    assert read_at(number) is None


def test_numbers_that_are_none_are_not_found(
    browser: Browser, counsellor: store.Counsellor
) -> None:
    assert browser.get("/desk/intakes/abc").status_code == 404
    assert browser.get("/desk/intakes/99999999999999999999999").status_code == 404


def test_a_change_after_the_agreement_is_mentioned(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    number = make_intake()
    assert "gewijzigd" not in plain(look(browser, number))
    with store.session() as work:
        intake = work.get(store.Intake, number)
        assert intake
        intake.updated_at = NOW + dtm.timedelta(hours=1)
    with freezegun.freeze_time(NOW + dtm.timedelta(hours=2)):
        browser.cookies.clear()
        browser.log_in()
        assert "gewijzigd vandaag om 11 uur" in plain(look(browser, number))


@pytest.mark.postgres
@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_inbox_and_intake_work_on_postgresql(
    browser: Browser, counsellor: store.Counsellor, make_intake: MakeIntake
) -> None:
    number = make_intake()
    assert "1 nieuw" in browser.get("/desk/").text
    assert FULL["dream"] in look(browser, number)
    assert "1 nieuw" not in browser.get("/desk/").text
    assert looks() == [("inbox", None), ("intake", number), ("inbox", None)]

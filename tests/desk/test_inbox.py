import datetime as dtm
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot import store
from tests.desk.conftest import NOW, Browser, MakeIntake, User, add_appointment


def look(browser: Browser, path: str = "/desk/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.text


def test_an_empty_inbox_says_so(browser: Browser, make_user: User) -> None:
    make_user()
    browser.log_in()
    text = look(browser)
    assert "Vandaag zijn er geen afspraken." in text
    assert "Er zijn nog geen intakes." in text


def test_appointments_stand_under_their_day(browser: Browser, make_user: User) -> None:
    user = make_user()
    add_appointment(user, NOW.replace(hour=13), name="Ahmed")
    add_appointment(user, NOW + dtm.timedelta(days=1), name="Bea")
    add_appointment(user, NOW + dtm.timedelta(days=3), name="Chen", status="cancelled")
    add_appointment(user, NOW - dtm.timedelta(days=1), name="Dora")
    browser.log_in()
    text = look(browser)
    order = [
        text.index(part)
        for part in (
            "Vandaag",
            "14 uur",
            "Ahmed",
            "morgen, maandag 23 november",
            "Bea",
            "woensdag 25 november",
            "Chen",
            "geschrapt",
        )
    ]
    assert order == sorted(order)
    assert "Dora" not in text


def test_only_the_own_leerwinkel_is_shown(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    gent = make_user("bo@gent.be", leerwinkel="gent")
    make_intake(leerwinkel="gent", name="Iemand uit Gent")
    make_intake(leerwinkel=None, name="Iemand van nergens")
    make_intake(name="Iemand uit Genk")
    add_appointment(gent, NOW + dtm.timedelta(days=1), name="Afspraak in Gent")
    browser.log_in()
    text = look(browser)
    assert "Iemand uit Genk" in text
    assert "Iemand uit Gent<" not in text
    assert "nergens" not in text
    assert "Afspraak in Gent" not in text


def test_a_coordinator_sees_the_own_leerwinkel_and_an_administrator_all(
    open_browser: Callable[[], Browser], make_user: User, make_intake: MakeIntake
) -> None:
    make_user("co@genk.be", role="coordinator")
    make_user("admin@genk.be", role="administrator")
    make_intake(leerwinkel="gent", name="Iemand uit Gent")
    make_intake(leerwinkel=None, name="Iemand van nergens")
    for email, sees in (("co@genk.be", False), ("admin@genk.be", True)):
        browser = open_browser()
        browser.log_in(email)
        assert ("Iemand uit Gent" in look(browser)) is sees
        assert ("Iemand van nergens" in look(browser)) is sees


def test_new_intakes_come_first_and_are_marked(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    read = make_intake(name="Gelezen", at=NOW - dtm.timedelta(hours=1))
    make_intake(name="Oud nieuws", at=NOW - dtm.timedelta(days=2))
    browser.log_in()
    look(browser, f"/desk/intakes/{read}")
    text = look(browser)
    assert text.index("Oud nieuws") < text.index("Gelezen")
    assert "1 nieuw" in text


def test_an_intake_that_changed_after_reading_is_marked(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    number = make_intake(at=NOW - dtm.timedelta(days=1))
    browser.log_in()
    look(browser, f"/desk/intakes/{number}")
    with store.session() as work:
        intake = work.get(store.Intake, number)
        assert intake
        intake.updated_at = NOW + dtm.timedelta(minutes=1)
    assert "gewijzigd" in look(browser)


def test_an_intake_without_consent_is_never_shown(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    number = make_intake(consent=None, name="Zonder toestemming")
    browser.log_in()
    assert "Zonder toestemming" not in look(browser)
    assert browser.get(f"/desk/intakes/{number}").status_code == 404


def test_what_a_busy_client_said_is_not_shown(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    number = make_intake(agreed=False, dream="Een geheime droom")
    browser.log_in()
    text = look(browser)
    assert "Nog bezig (1)" in text
    assert "geheime droom" not in text
    page = look(browser, f"/desk/intakes/{number}")
    assert "De cliënt is nog bezig." in page
    assert "geheime droom" not in page
    assert "geld" not in page


@pytest.mark.parametrize(
    ("dream", "shown"),
    [
        ("kok  worden\n", "“kok worden”"),
        ("x" * 500, "“" + "x" * 89 + "…”"),
        ("woord " * 50, "“" + ("woord " * 14).strip() + "…”"),
    ],
)
def test_a_long_dream_is_cut_between_words(
    browser: Browser, make_user: User, make_intake: MakeIntake, dream: str, shown: str
) -> None:
    make_user()
    make_intake(dream=dream)
    browser.log_in()
    assert shown in look(browser)


def test_many_intakes_are_paged(browser: Browser, make_user: User, make_intake: MakeIntake) -> None:
    make_user()
    for number in range(45):
        make_intake(name=f"Client {number:02}", at=NOW - dtm.timedelta(hours=number))
    browser.log_in()
    assert "Client 00" in look(browser)
    assert "Client 44" not in look(browser)
    assert "Client 44" in look(browser, "/desk/?pagina=3")
    assert "Pagina 3 van 3" in look(browser, "/desk/?pagina=99999")
    assert "Pagina 1 van 3" in look(browser, "/desk/?pagina=-1%27")


def test_every_look_at_the_inbox_is_logged(browser: Browser, make_user: User) -> None:
    user = make_user()
    browser.log_in()
    look(browser)
    with store.session(writes=False) as work:
        seen = work.scalars(sa.select(store.LookLog)).all()
    assert [(row.what, row.counsellor_id, row.at) for row in seen] == [
        ("login", user.id, NOW),
        ("inbox", user.id, NOW),
    ]


def names(text: str) -> set[str]:
    return set(re.findall(r"Client \w+", text))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("zoek=yilmaz", {"Client Yılmaz"}),
        ("zoek=YILMAZ+client", {"Client Yılmaz"}),
        ("zoek=0499+11+22+33", {"Client Bea"}),
        ("zoek=%2B32499112233", {"Client Bea"}),
        ("zoek=kok", {"Client Chen"}),
        ("zoek=2", {"Client Bea"}),
        ("zoek=%232", {"Client Bea"}),
        ("zoek=9911", {"Client Bea"}),
        ("zoek=%25", set()),
        ("zoek=niemand", set()),
        ("stand=contacted", {"Client Bea"}),
        ("stand=onzin", {"Client Yılmaz", "Client Bea", "Client Chen"}),
        ("thema=hospitality_food", {"Client Chen"}),
        ("ongelezen=1", {"Client Yılmaz", "Client Bea"}),
        ("zoek=client&stand=contacted&thema=care", {"Client Bea"}),
    ],
)
def test_the_intakes_are_searched_and_filtered(
    browser: Browser, make_user: User, make_intake: MakeIntake, query: str, expected: set[str]
) -> None:
    make_user()
    make_intake(name="Client Yılmaz")
    make_intake(name="Client Bea", phone="+32499112233", stage="contacted")
    chen = make_intake(name="Client Chen", dream="Ik wil kok worden")
    with store.session() as work:
        intake = work.get_one(store.Intake, chen)
        intake.dream_themes = ["hospitality_food"]
        intake.read_at = NOW
    browser.log_in()
    assert names(look(browser, f"/desk/?{query}")) == expected


def test_a_search_finds_an_appointment_without_an_intake(browser: Browser, make_user: User) -> None:
    user = make_user()
    add_appointment(user, NOW + dtm.timedelta(days=20), name="Zonder Intake")
    browser.log_in()
    assert "Zonder Intake" not in look(browser)
    for query in ("intake", "0478123456"):
        assert "Zonder Intake" in look(browser, f"/desk/?zoek={query}")


def test_what_waits_too_long_is_shown_first_come_first(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    user = make_user()
    make_intake(name="Client Oud", at=NOW - dtm.timedelta(days=9))
    make_intake(name="Client Ouder", at=NOW - dtm.timedelta(days=12))
    make_intake(name="Client Gisteren", at=NOW - dtm.timedelta(days=1))
    make_intake(name="Client Geholpen", at=NOW - dtm.timedelta(days=9), stage="in_guidance")
    booked = make_intake(name="Client Geboekt", at=NOW - dtm.timedelta(days=9))
    add_appointment(user, NOW + dtm.timedelta(days=1), intake_id=booked)
    browser.log_in()
    text = look(browser)
    waiting = text[text.index("Wacht te lang") : text.index('id="intakes"')]
    found = re.findall(r">(Client \w+)<", waiting[: waiting.index("maandag")])
    assert found == ["Client Ouder", "Client Oud"]
    assert "wacht al 12 dagen" in waiting


def test_an_interpreter_is_prominent(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    user = make_user()
    number = make_intake(dutch_level="a1", languages=["nl", "tr"])
    browser.log_in()
    assert "tolk nodig?: Turks" in look(browser)
    assert "Misschien een tolk nodig: Turks" in look(browser, f"/desk/intakes/{number}")
    add_appointment(user, NOW + dtm.timedelta(days=1), intake_id=number)
    with store.session() as work:
        work.scalars(sa.select(store.Appointment)).one().interpreter = "Koerdisch"
    assert "tolk: Koerdisch" in look(browser)
    assert "Tolk gevraagd: Koerdisch" in look(browser, f"/desk/intakes/{number}")
    with store.session() as work:
        work.scalars(sa.select(store.Appointment)).one().interpreter = ""
    assert "Misschien een tolk" not in look(browser, f"/desk/intakes/{number}"), "not wanted"


def test_news_comes_only_when_there_is_some(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    browser.log_in()
    first = browser.get("/desk/nieuws")
    assert "<html" not in first.text
    again = browser.get("/desk/nieuws", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    make_intake(name="Client Nieuw")
    fresh = browser.get("/desk/nieuws", headers={"If-None-Match": first.headers["etag"]})
    assert fresh.status_code == 200
    assert "Client Nieuw" in fresh.text
    with store.session(writes=False) as work:
        seen = work.scalars(sa.select(store.LookLog.what)).all()
    assert seen == ["login", "inbox"], "logged as a look when there was something new"


def test_who_gets_no_reminder_is_called_and_the_answer_is_noted(
    browser: Browser, make_user: User
) -> None:
    user = make_user()
    tomorrow = NOW + dtm.timedelta(days=1)
    add_appointment(user, tomorrow, name="Alleen Nummer")
    add_appointment(user, tomorrow, name="Met Mail", email="x@example.com")
    add_appointment(user, tomorrow, name="Niets", phone=None)
    add_appointment(user, NOW + dtm.timedelta(days=4), name="Later")
    browser.log_in()
    text = browser.read("/")
    assert text.count("bel even") == 1
    assert "Alleen Nummer bel even" in text
    assert "Niets geen telefoon" in text
    assert "bel even" in browser.read("/agenda?dag=2026-11-23")

    answer = browser.fill("/afspraken/1/komt", naar="/")
    assert answer.headers["location"] == "/desk/"
    text = browser.read("/")
    assert "bel even" not in text
    assert "Alleen Nummer komt" in text
    assert "bel even" not in browser.read("/agenda?dag=2026-11-23")
    assert browser.fill("/afspraken/9/komt").status_code == 404

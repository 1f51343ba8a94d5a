"""The desk on PostgreSQL: what differs between databases is the search, the counts, the cascade."""

import pytest
import sqlalchemy as sa

from bot import appointments, store
from bot.desk import totp
from bot.intake import retention
from tests.desk.conftest import FULL, Browser, MakeIntake, User

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("app", ["postgres"], indirect=True)]


def test_search_filters_and_pages(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user(role="coordinator")
    for number in range(25):
        make_intake(name=f"Client {number:02}")
    with store.session() as work:
        work.add(store.IntakeTag(intake_id=3, tag="zorg"))
    browser.log_in()
    assert "Pagina 2 van 2" in browser.get("/desk/?pagina=9").text
    for query in ("zoek=client+02", "thema=care&zoek=client+02", "label=zorg", "zoek=3"):
        text = browser.get(f"/desk/?{query}").text
        assert "Client 02" in text, query
        assert "Client 11" not in text, query
    assert browser.get("/desk/nieuws").status_code == 200
    assert len(browser.get("/desk/export.csv").text.splitlines()) == 26


def test_everything_that_is_added_comes_and_goes_with_the_intake(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user(role="coordinator")
    browser.log_in()
    path = f"/desk/intakes/{make_intake()}"
    for what, fields in (
        ("notitie", {"notitie": "Belt liever later"}),
        ("labels", {"labels": "zorg"}),
        ("stand", {"stand": "contacted", "versie": "0"}),
        ("opleiding", {"course": "Zorgkundige", "chosen_on": "2026-11-20"}),
    ):
        assert browser.submit(f"{path}/{what}", on="/desk/", **fields).status_code == 303
    page = browser.get(path).text
    for said in ("Belt liever later", "gecontacteerd", "gekozen op 20/11/2026", FULL["dream"]):
        assert said in page
    assert "wijzigde de stand" in browser.get("/desk/logboek").text
    retention.wipe("web-1")
    with store.session(writes=False) as work:
        for table in (store.IntakeNote, store.IntakeTag, store.CourseOutcome, store.IntakeChange):
            assert work.scalars(sa.select(table)).all() == []


def test_agenda_hours_and_the_second_factor(browser: Browser, make_user: User) -> None:
    user = make_user(role="coordinator")
    appointments.set_weekly_hours(user.id, [appointments.WeeklyHours(1, 540, 720)])
    browser.log_in()
    for path in (
        "/agenda",
        "/agenda?zicht=dag",
        "/agenda/boek",
        "/uren",
        "/uren/regels",
        "/collegas",
    ):
        assert browser.get(f"/desk{path}").status_code == 200
    with store.session() as work:
        (code, *_) = totp.switch_on(work, user.id, "JBSWY3DPEHPK3PXP", 0)
    browser.cookies.clear()
    browser.log_in()
    assert browser.submit("/desk/login/code", on="/desk/login/code", code=code).status_code == 303
    assert browser.get("/desk/").status_code == 200

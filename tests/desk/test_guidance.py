"""Notes, tags, stage and outcomes on the intake's page."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot import store
from bot.desk.wording import STAGES
from bot.intake import retention
from tests.desk.conftest import Browser, MakeIntake, User, plain


@pytest.fixture
def number(browser: Browser, make_user: User, make_intake: MakeIntake) -> int:
    """An intake, and An logged in."""
    make_user()
    browser.log_in()
    return make_intake()


def post(browser: Browser, number: int, what: str, **fields: str) -> Any:
    """Fills in a form of the intake's page as it is now."""
    if what in ("stand", "labels"):
        fields = browser.hidden(f"/intakes/{number}", "versie", "labels.was") | fields
    return browser.submit(f"/desk/intakes/{number}/{what}", on="/desk/", **fields)


def rows(table: Any) -> list[Any]:
    with store.session(writes=False) as work:
        return list(work.scalars(sa.select(table)))


def test_a_note_stands_on_the_page_with_its_writer(browser: Browser, number: int) -> None:
    post(browser, number, "notitie", notitie=" Belt liever\nna 16 uur <b>. ")
    assert "Belt liever na 16 uur <b>. An, vandaag om 10 uur" in browser.read(f"/intakes/{number}")
    assert "<b>." not in browser.get(f"/desk/intakes/{number}").text


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_note_that_cannot_be_is_refused_and_stays_typed(
    browser: Browser, number: int, text: str
) -> None:
    answer = post(browser, number, "notitie", notitie=text)
    assert answer.status_code == 422
    assert text.strip() in answer.text
    assert rows(store.IntakeNote) == []


def test_only_the_writer_removes_a_note(
    browser: Browser, number: int, make_user: User, open_browser: Callable[[], Browser]
) -> None:
    make_user("bo@genk.be", name="Bo")
    post(browser, number, "notitie", notitie="Eerste")
    other = open_browser()
    other.log_in("bo@genk.be")
    post(other, number, "notitie/weg", nummer="1")
    assert len(rows(store.IntakeNote)) == 1
    post(browser, number, "notitie/weg", nummer="1")
    assert rows(store.IntakeNote) == []


def test_a_note_of_another_intake_is_not_removed(
    browser: Browser, number: int, make_intake: MakeIntake
) -> None:
    other = make_intake()
    post(browser, number, "notitie", notitie="Eerste")
    post(browser, other, "notitie/weg", nummer="1")
    assert len(rows(store.IntakeNote)) == 1


def test_tags_are_set_and_found(browser: Browser, number: int) -> None:
    post(browser, number, "labels", labels=" Terugbellen,  zorg ,,zorg")
    assert sorted(one.tag for one in rows(store.IntakeTag)) == ["terugbellen", "zorg"]
    assert "Fatima El Amrani" in browser.get("/desk/?label=zorg").text
    assert "Fatima El Amrani" not in browser.get("/desk/?label=bouw").text
    post(browser, number, "labels", labels="")
    assert rows(store.IntakeTag) == []


@pytest.mark.parametrize("text", ["x" * 41, ",".join(f"label {n}" for n in range(11))])
def test_tags_that_cannot_be_are_refused(browser: Browser, number: int, text: str) -> None:
    assert post(browser, number, "labels", labels=text).status_code == 422
    assert rows(store.IntakeTag) == []


def test_the_stage_changes_with_its_history(browser: Browser, number: int) -> None:
    for stage in [*STAGES, "new", "new"]:
        assert post(browser, number, "stand", stand=stage).status_code == 303
    assert post(browser, number, "stand", stand="lost").status_code == 422
    assert len(rows(store.IntakeChange)) == len(STAGES)
    assert "Stand : van “afgerond” naar “nieuw”" in browser.read(f"/intakes/{number}")


def test_a_stage_from_an_old_page_is_refused_with_who_did_what(
    browser: Browser, number: int, make_user: User, open_browser: Callable[[], Browser]
) -> None:
    make_user("bo@genk.be", name="Bo")
    other = open_browser()
    other.log_in("bo@genk.be")
    old = browser.hidden(f"/intakes/{number}", "versie")
    post(other, number, "stand", stand="contacted")
    post(other, number, "stand", stand="in_guidance")

    answer = post(browser, number, "stand", stand="finished", **old)

    assert answer.status_code == 409
    text = plain(answer.text)
    assert "Bo zette de stand op “gecontacteerd”, vandaag om 10 uur." in text
    assert "Bo zette de stand op “in begeleiding”, vandaag om 10 uur." in text
    assert "Jij koos “afgerond”. Klopt dat nog? Bewaar dan opnieuw." in text
    assert '<option value="finished" selected>' in answer.text, "the choice is kept"
    assert rows(store.Intake)[0].stage == "in_guidance"
    fresh = re.search(r'name="versie" value="(\d+)"', answer.text)
    assert fresh
    again = post(browser, number, "stand", stand="finished", versie=fresh[1])
    assert again.status_code == 303
    assert rows(store.Intake)[0].stage == "finished"


def test_going_back_and_forth_makes_a_page_old_too(browser: Browser, number: int) -> None:
    old = browser.hidden(f"/intakes/{number}", "versie")
    post(browser, number, "stand", stand="contacted")
    post(browser, number, "stand", stand="new")
    assert post(browser, number, "stand", stand="stopped", **old).status_code == 409
    assert post(browser, number, "stand", stand="new", **old).status_code == 303, "it is so already"


def test_labels_from_an_old_page_are_refused_and_stay_typed(browser: Browser, number: int) -> None:
    old = browser.hidden(f"/intakes/{number}", "labels.was")
    post(browser, number, "labels", labels="zorg, bouw")
    answer = post(browser, number, "labels", labels="terugbellen", **old)
    assert answer.status_code == 409
    assert "Nu staat er: bouw, zorg." in plain(answer.text)
    assert 'value="terugbellen"' in answer.text
    assert sorted(one.tag for one in rows(store.IntakeTag)) == ["bouw", "zorg"]


OUTCOME = {
    "course": "Zorgkundige",
    "provider": "",
    "qualification": "",
    "chosen_on": "2026-11-20",
    "started_on": "",
    "stopped_on": "",
    "qualified_on": "",
}


def test_what_became_of_a_client_is_noted(browser: Browser, number: int) -> None:
    post(browser, number, "opleiding", **OUTCOME)
    (one,) = rows(store.CourseOutcome)
    assert (one.course_id, one.provider) == ("zorgkundige", "CVO Qrios Limburg")
    more = {"started_on": "2026-12-01", "qualified_on": "2027-06-30", "qualification": "Diploma"}
    post(browser, number, "opleiding", nummer=str(one.id), **(OUTCOME | more))
    assert len(rows(store.CourseOutcome)) == 1
    said = "gekozen op 20/11/2026, gestart op 01/12/2026, klaar op 30/06/2027, behaald: Diploma"
    assert said in browser.read(f"/intakes/{number}")
    post(browser, number, "opleiding", nummer=str(one.id), weg="1", **OUTCOME)
    assert rows(store.CourseOutcome) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"course": " "}, "Vul de opleiding in."),
        ({"chosen_on": "gisteren"}, "De datum “gisteren” klopt niet."),
        ({"chosen_on": "1871-01-01"}, "klopt niet"),
        ({"started_on": "2026-12-01", "stopped_on": "2026-11-01"}, "Het einde ligt voor de start."),
        ({"course": "x" * 201}, "Een tekst is te lang."),
        ({"nummer": "99"}, "Deze opleiding is intussen weg."),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(
    browser: Browser, number: int, values: dict[str, str], said: str
) -> None:
    answer = post(browser, number, "opleiding", **(OUTCOME | values))
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert rows(store.CourseOutcome) == []


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("notitie", {"notitie": "x"}),
        ("labels", {"labels": "x"}),
        ("stand", {"stand": "contacted"}),
        ("opleiding", OUTCOME),
        ("wijzig", {"name": "X"}),
        ("ongelezen", {}),
    ],
)
def test_nothing_changes_at_another_leerwinkel(
    browser: Browser,
    number: int,
    make_intake: MakeIntake,
    what: str,
    fields: dict[str, str],
) -> None:
    other = make_intake(leerwinkel="gent")
    assert post(browser, other, what, **fields).status_code == 404
    for table in (store.IntakeNote, store.IntakeTag, store.CourseOutcome, store.IntakeChange):
        assert rows(table) == []
    assert rows(store.LookLog)[-1].what == "intake_refused"


def test_each_change_is_logged(browser: Browser, number: int) -> None:
    post(browser, number, "notitie", notitie="geheim")
    post(browser, number, "labels", labels="geheim")
    post(browser, number, "stand", stand="contacted")
    post(browser, number, "opleiding", **OUTCOME)
    logged = rows(store.LookLog)
    whats = [one.what for one in logged if one.what not in ("inbox", "intake")]
    assert whats == ["login", "note_added", "tags_changed", "stage_changed", "outcome_changed"]
    assert not any("geheim" in one.detail for one in logged)


def test_all_of_it_is_handed_out_and_wiped_with_the_client(browser: Browser, number: int) -> None:
    post(browser, number, "notitie", notitie="Belt liever later")
    post(browser, number, "labels", labels="zorg")
    post(browser, number, "stand", stand="contacted")
    post(browser, number, "opleiding", **OUTCOME)
    found = retention.export("web-1")
    assert [found[name][0]["intake_id"] for name in ("notes", "tags", "changes", "outcomes")] == [
        number
    ] * 4
    retention.wipe("web-1")
    for table in (store.IntakeNote, store.IntakeTag, store.CourseOutcome, store.IntakeChange):
        assert rows(table) == []

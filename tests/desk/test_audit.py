"""The log that coordinators read, the export, and the daily mail."""

import csv
import datetime as dtm
import html
import io
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot import store
from bot.desk import audit, remind_unread
from tests.desk.conftest import FULL, NOW, Browser, MakeIntake, User, plain

MONDAY = dtm.datetime(2026, 11, 23, 7, 30, tzinfo=dtm.timezone.utc)
"""Half past eight in Brussels."""


def text_of(browser: Browser, path: str) -> str:
    page = browser.get(f"/desk{path}").text
    page = page[page.index("<tbody>") :] if "<tbody>" in page else ""
    return plain(page)


def test_a_coordinator_reads_who_looked_at_what(
    open_browser: Callable[[], Browser], make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    make_user("co@genk.be", name="Co", role="coordinator")
    number = make_intake()
    an, co = open_browser(), open_browser()
    an.log_in()
    an.get(f"/desk/intakes/{number}")
    an.submit(f"/desk/intakes/{number}/stand", on="/desk/", stand="contacted", versie="0")
    co.log_in("co@genk.be")
    text = text_of(co, "/logboek")
    assert f"22/11/2026 10:00 An wijzigde de stand (contacted) intake {number}" in text
    assert text.index("wijzigde de stand") < text.index("las een intake"), "newest first"
    assert FULL["name"] not in text
    assert "wijzigde de stand" not in text_of(co, "/logboek?wat=intake")
    assert "An las een intake" in text_of(co, f"/logboek?intake={number}&wie=1")
    assert text_of(co, "/logboek?intake=999") == ""


def test_a_coordinator_reads_what_others_looked_at_here_and_nothing_of_elsewhere(
    browser: Browser, make_user: User
) -> None:
    boss = make_user("boss@gent.be", name="Baas", leerwinkel="gent", role="administrator")
    make_user("co@genk.be", name="Co", role="coordinator")
    with store.session() as work:
        audit.note(work, boss, "intake", now=NOW, intake_id=7, leerwinkel="genk")
        audit.note(work, boss, "intake", now=NOW, intake_id=8, leerwinkel="gent")
    browser.log_in("co@genk.be")
    text = text_of(browser, "/logboek")
    assert "Baas las een intake intake 7" in text
    assert "intake 8" not in text


def test_a_long_log_is_paged_without_gaps(browser: Browser, make_user: User) -> None:
    co = make_user("co@genk.be", name="Co", role="coordinator")
    with store.session() as work:
        for number in range(1, 121):
            audit.note(work, co, "intake", now=NOW, intake_id=number)
    browser.log_in("co@genk.be")
    seen: list[int] = []
    path = "/desk/logboek?wat=intake"
    while path:
        page = browser.get(path).text
        seen += [int(n) for n in re.findall(r">intake (\d+)<", page)]
        older = re.search(r'href="([^"]+voor=\d+)"', page)
        path = html.unescape(older[1]) if older else ""
    assert seen == list(range(120, 0, -1))


def test_every_word_of_the_log_has_its_dutch() -> None:
    assert all(said and said[0].islower() for said in audit.WHAT.values())


def test_the_export_has_no_names_contact_or_own_words(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user("co@genk.be", role="coordinator")
    number = make_intake()
    make_intake(leerwinkel="gent")
    make_intake(agreed=False)
    make_intake(consent=None)
    with store.session() as work:
        work.add(store.IntakeTag(intake_id=number, tag="=cmd()"))
        work.add(
            store.CourseOutcome(
                intake_id=number,
                course="Zorgkundige",
                started_on=dtm.date(2026, 12, 1),
                changed_by=1,
                changed_at=NOW,
            )
        )
    browser.log_in("co@genk.be")
    answer = browser.get("/desk/export.csv")
    assert answer.headers["content-disposition"].endswith('"intakes-2026-11-22.csv"')
    (one,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (one["Intake"], one["Situatie"], one["Stand"]) == (str(number), "ik zoek werk", "nieuw")
    assert (one["Opleiding"], one["Gestart"]) == ("Zorgkundige", "01/12/2026")
    assert one["Labels"] == "'=cmd()"
    for field in ("name", "phone", "email", "dream", "strengths"):
        assert FULL[field] not in answer.text


def mails() -> list[store.OutgoingMessage]:
    with store.session(writes=False) as work:
        return list(work.scalars(sa.select(store.OutgoingMessage)))


def test_who_has_something_unread_gets_one_mail_a_day(
    make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    make_user("co@genk.be", role="coordinator")
    make_user("boss@genk.be", role="administrator")
    make_user("x@gent.be", leerwinkel="gent")
    make_intake()
    assert remind_unread(MONDAY) == 2
    assert remind_unread(MONDAY + dtm.timedelta(hours=2)) == 0
    assert remind_unread(MONDAY + dtm.timedelta(days=1)) == 2
    found = mails()
    assert {one.address for one in found} == {"an@genk.be", "co@genk.be"}
    for one in found:
        assert (one.channel, one.subject) == ("mail", "Nieuwe intake")
        assert "/desk/?ongelezen=1" in one.text
        assert not any(str(FULL[field]) in one.text for field in ("name", "phone", "dream"))


@pytest.mark.parametrize(
    "moment",
    [
        MONDAY - dtm.timedelta(hours=1),  # half past seven
        MONDAY + dtm.timedelta(hours=9),  # half past five in the evening
        MONDAY - dtm.timedelta(days=1),  # Sunday
        dtm.datetime(2026, 11, 11, 9, tzinfo=dtm.timezone.utc),  # Armistice Day
    ],
)
def test_no_mail_at_night_and_on_days_off(
    make_user: User, make_intake: MakeIntake, moment: dtm.datetime
) -> None:
    make_user()
    make_intake(at=moment - dtm.timedelta(days=1))
    assert remind_unread(moment) == 0


@pytest.mark.parametrize("values", [{"agreed": False}, {"consent": None}, {"read_at": MONDAY}])
def test_no_mail_when_there_is_nothing_to_read(
    make_user: User, make_intake: MakeIntake, values: dict[str, object]
) -> None:
    make_user()
    make_intake(**values)
    assert remind_unread(MONDAY) == 0

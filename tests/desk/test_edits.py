"""Changing answers at the desk: marked, kept in the history, and safe from the conversation."""

import datetime as dtm
import html
import re
from typing import Any

import pytest
import sqlalchemy as sa

from bot import contract, store
from bot import intake as intakes
from bot.desk import edits
from tests.desk.conftest import FULL, NOW, SHOWN, Browser, MakeIntake, User, add_appointment, plain

OTHER: dict[str, Any] = {
    "dream": "Ik wil\nkok worden",
    "dream_themes": ["hospitality_food"],
    "education_level": "higher",
    "diploma_origin": "belgium",
    "diploma_recognised": "yes",
    "dutch_level": "b1",
    "situation": "working",
    "barriers": [],
    "schedule": ["evening"],
    "postcode": "3500",
    "leerwinkel": "genk",
    "strengths": "Ik kook graag",
    "age_band": "35_44",
    "languages": ["tr"],
    "referral_source": "vdab",
    "name": "Fatima Yılmaz",
    "phone": "+32499112233",
    "email": "nieuw@example.org",
    "gender": "unknown",
}


@pytest.fixture
def number(browser: Browser, make_user: User, make_intake: MakeIntake) -> int:
    """An intake, and An logged in."""
    make_user()
    browser.log_in()
    return make_intake()


def form_of(page: str) -> dict[str, Any]:
    """The fields of the edit form as a browser would send them back."""
    page = page[page.index('<form class="edit"') :]
    data: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if not name or ("checkbox" in tag and " checked" not in tag):
            continue
        data.setdefault(name[1], []).append(html.unescape(value[1] if value else ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        data[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    return data


def save(browser: Browser, number: int, **values: Any) -> Any:
    path = f"/desk/intakes/{number}/wijzig"
    return browser.post(path, data=form_of(browser.get(path).text) | values)


def kept(number: int) -> store.Intake:
    with store.session(writes=False) as work:
        return work.get_one(store.Intake, number)


def changes() -> list[tuple[str, Any, Any, int | None]]:
    with store.session(writes=False) as work:
        rows = work.scalars(sa.select(store.IntakeChange).order_by(store.IntakeChange.id))
        return [(row.field, row.before, row.after, row.counsellor_id) for row in rows]


def test_every_field_but_consent_which_only_the_client_gives_is_in_the_form() -> None:
    offered = [name for group in edits.GROUPS for name in group.fields]
    assert sorted([*offered, "consent"]) == sorted(contract.fields())
    assert set(OTHER) == set(offered)


def test_a_form_sent_back_as_it_is_changes_nothing(browser: Browser, number: int) -> None:
    answer = save(browser, number)
    assert answer.headers["location"] == f"/desk/intakes/{number}?gedaan=niets"
    now = kept(number)
    assert {name: getattr(now, name) for name in FULL} == FULL
    assert changes() == []


@pytest.mark.parametrize("field", OTHER)
def test_every_field_can_be_changed(browser: Browser, number: int, field: str) -> None:
    value = OTHER[field]
    typed = "Turks" if field == "languages" else value
    answer = save(browser, number, **{field: typed})
    assert answer.status_code == 303, plain(answer.text)
    now = kept(number)
    assert getattr(now, field) == value
    if value == FULL[field]:
        return
    assert now.status[field] == "edited"
    assert changes() == [(field, FULL[field], value, 1)]
    page = plain(browser.get(f"/desk/intakes/{number}").text)
    assert "door begeleider" in page
    assert "Geschiedenis (1)" in page


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("phone", "12", "Dit nummer klopt niet."),
        ("email", "fatima", "Dit e-mailadres klopt niet."),
        ("postcode", "Nergenshuizen", "Deze gemeente ken ik niet."),
        ("languages", "Arabisch, Klingonisch", "De taal “Klingonisch” ken ik niet."),
        ("situation", "rich", "Kies uit de lijst."),
        ("dream", "x" * 4001, "Deze tekst is te lang."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    browser: Browser, number: int, field: str, text: str, said: str
) -> None:
    answer = save(browser, number, strengths="Ik kook graag", **{field: text})
    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert "Ik kook graag" in answer.text
    assert field == "situation" or text[:50] in html.unescape(answer.text)
    assert kept(number).strengths == FULL["strengths"]
    assert changes() == []


def test_two_counsellors_at_once_do_not_undo_each_other(browser: Browser, number: int) -> None:
    path = f"/desk/intakes/{number}/wijzig"
    mine = form_of(browser.get(path).text)
    save(browser, number, situation="working")
    answer = browser.post(path, data=mine | {"strengths": "Ik kook graag"})
    assert answer.status_code == 409
    assert "Intussen veranderde iemand deze intake." in answer.text
    assert "Ik kook graag" in answer.text
    assert kept(number).situation == "working"


def test_what_is_taken_back_is_again_what_the_client_said(browser: Browser, number: int) -> None:
    save(browser, number, situation="working")
    save(browser, number, situation="job_seeking")
    now = kept(number)
    assert (now.status["situation"], now.edited) == ("said", {})
    assert len(changes()) == 2


def turn(**values: Any) -> None:
    """The client says something: the conversation sends all it knows."""
    intakes.save_turn(
        "web-1",
        channel="widget",
        values=FULL | {"gender": None} | values,
        status=dict.fromkeys(FULL, "said"),
        shown=SHOWN,
        agreed=True,
        over=False,
        now=NOW + dtm.timedelta(hours=1),
    )


def test_a_change_stays_when_the_client_comes_back(browser: Browser, number: int) -> None:
    save(browser, number, situation="working", gender="other")
    turn(strengths="Ik kan ook koken")
    now = kept(number)
    assert (now.situation, now.status["situation"]) == ("working", "edited")
    assert (now.gender, now.status["gender"]) == ("other", "edited")
    assert now.strengths == "Ik kan ook koken"


def test_what_the_client_says_anew_goes_before(browser: Browser, number: int) -> None:
    save(browser, number, situation="working")
    turn(situation="living_wage")
    now = kept(number)
    assert (now.situation, now.status["situation"]) == ("living_wage", "said")
    assert now.edited == {}
    assert changes()[-1] == ("situation", "working", "living_wage", None)
    assert "de cliënt" in plain(browser.get(f"/desk/intakes/{number}").text)


def test_new_contact_reaches_the_appointment(
    browser: Browser, make_user: User, number: int
) -> None:
    an = make_user("bo@genk.be")
    add_appointment(an, NOW + dtm.timedelta(days=2), intake_id=number)
    save(browser, number, phone="0499 11 22 33")
    with store.session(writes=False) as work:
        assert work.scalars(sa.select(store.Appointment.phone)).one() == "+32499112233"
    for path in ("/desk/", "/desk/afspraken/1"):
        assert "+32499112233" in browser.get(path).text
        assert "+32478123456" not in browser.get(path).text


def test_before_the_client_agreed_there_is_nothing_to_change(
    browser: Browser, make_user: User, make_intake: MakeIntake
) -> None:
    make_user()
    browser.log_in()
    number = make_intake(agreed=False)
    for part in ("wijzig", "gesprek"):
        assert browser.get(f"/desk/intakes/{number}/{part}").status_code == 404
    posted = browser.submit(f"/desk/intakes/{number}/wijzig", on="/desk/", name="X")
    assert posted.status_code == 404


def test_an_intake_that_moves_to_another_leerwinkel_is_gone_from_here(
    browser: Browser, number: int
) -> None:
    answer = save(browser, number, leerwinkel="gent")
    assert answer.headers["location"] == "/desk/?gedaan=andere-leerwinkel"
    assert browser.get(f"/desk/intakes/{number}").status_code == 404


def test_the_log_names_the_fields_and_not_what_they_hold(browser: Browser, number: int) -> None:
    save(browser, number, name="Iemand Anders", situation="working")
    with store.session(writes=False) as work:
        row = work.scalars(
            sa.select(store.LookLog).where(store.LookLog.what == "intake_changed")
        ).one()
    assert (row.intake_id, row.detail) == (number, "Naam, Situatie")

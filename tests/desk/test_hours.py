"""Hours, absences, rules, closing days and places, set at the desk by who leads."""

import datetime as dtm
import html
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot import appointments, store
from bot.appointments import DayHours, WeeklyHours
from tests.desk.conftest import NOW, Browser, User, add_appointment


@pytest.fixture
def an(browser: Browser, make_user: User) -> store.Counsellor:
    """A counsellor of Genk; a coordinator of Genk is logged in."""
    user = make_user()
    make_user("co@genk.be", name="Co", role="coordinator")
    browser.log_in("co@genk.be")
    return user


def post(browser: Browser, path: str, **fields: Any) -> Any:
    return browser.submit(f"/desk/uren{path}", on="/desk/account", **fields)


def test_weekly_hours_are_set_and_shown(browser: Browser, an: store.Counsellor) -> None:
    given = {
        "wie": str(an.id),
        "van.1.0": "9",
        "tot.1.0": "12.30",
        "van.1.1": "13u",
        "tot.1.1": "16",
    }
    assert post(browser, "/week", **given).status_code == 303
    assert appointments.weekly_hours(an.id) == [WeeklyHours(1, 540, 750), WeeklyHours(1, 780, 960)]
    text = browser.read(f"/uren?wie={an.id}")
    assert "24 9–12.30 13–16" in text
    assert 'value="09:00"' in browser.get(f"/desk/uren?wie={an.id}").text
    assert "December 2026" in browser.read(f"/uren?wie={an.id}&maand=2026-12")
    assert "November 2026" in browser.read(f"/uren?wie={an.id}&maand=nooit")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"van.0.0": "9", "tot.0.0": ""}, "Maandag: Het uur klopt niet."),
        ({"van.0.0": "12", "tot.0.0": "9"}, "Maandag: Het einde moet na het begin komen."),
        ({"van.2.0": "9.10", "tot.2.0": "12"}, "Woensdag: Kies een kwartier"),
    ],
)
def test_hours_that_cannot_be_change_nothing_and_stay_typed(
    browser: Browser, an: store.Counsellor, values: dict[str, str], said: str
) -> None:
    appointments.set_weekly_hours(an.id, [WeeklyHours(4, 540, 720)])
    filled = {"van.0.0": "", "van.3.1": "8.45", "tot.3.1": "9.45"} | values
    answer = post(browser, "/week", wie=str(an.id), **filled)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert 'name="van.3.1" value="8.45"' in answer.text
    assert appointments.weekly_hours(an.id) == [WeeklyHours(4, 540, 720)]


def test_an_absence_names_the_appointments_it_hits(
    browser: Browser, an: store.Counsellor, open_browser: Callable[[], Browser]
) -> None:
    appointments.book_for_client(
        counsellor_id=an.id,
        starts_at=appointments.moment(dtm.date(2026, 11, 24), 600),
        name="Fatima",
        phone="+32478123456",
        by=an.id,
        now=NOW,
    )
    post(browser, "/uitzondering", wie=str(an.id), soort="weg", eerste="2026-11-24", nota="verlof")
    (one,) = appointments.exceptions(an.id, since=NOW.date())
    assert (one.extra, one.first_day, one.last_day, one.note) == (
        False, dtm.date(2026, 11, 24), dtm.date(2026, 11, 24), "verlof",
    )  # fmt: skip
    text = browser.read(f"/uren?wie={an.id}")
    assert "In verlof of op een sluitingsdag staat nog 1 afspraak" in text
    assert "dinsdag 24 november om 10 uur, Fatima , met An: +32478123456" in text
    assert "Bel, en open de afspraak" in text
    own = open_browser()
    own.log_in()
    assert "In verlof of op een sluitingsdag staat nog 1 afspraak" in own.read("/uren")
    with store.session(writes=False) as work:
        looks = work.scalars(sa.select(store.LookLog.what).where(store.LookLog.what == "agenda"))
        assert len(looks.all()) == 2, "who looks at names is written down"
    post(browser, "/uitzondering/weg", wie=str(an.id), nummer=str(one.id))
    assert appointments.exceptions(an.id, since=NOW.date()) == []


def test_extra_hours_need_hours(browser: Browser, an: store.Counsellor) -> None:
    given = {"wie": str(an.id), "soort": "extra", "eerste": "2026-11-28", "nota": "zitdag"}
    answer = post(browser, "/uitzondering", **given)
    assert answer.status_code == 422
    assert 'value="zitdag"' in answer.text
    post(browser, "/uitzondering", van="9", tot="12", **given)
    assert appointments.exceptions(an.id, since=NOW.date())[0].extra


def test_an_absence_of_somebody_else_is_not_removed_by_its_number(
    browser: Browser, an: store.Counsellor, make_user: User
) -> None:
    gent = make_user("x@gent.be", leerwinkel="gent")
    day = dtm.date(2026, 11, 24)
    number = appointments.add_exception(gent.id, DayHours(day, day), extra=False)
    assert (
        post(browser, "/uitzondering/weg", wie=str(gent.id), nummer=str(number)).status_code == 404
    )
    post(browser, "/uitzondering/weg", wie=str(an.id), nummer=str(number))
    assert len(appointments.exceptions(gent.id, since=day)) == 1


def test_own_limit_and_video_room(browser: Browser, an: store.Counsellor) -> None:
    post(browser, "/eigen", wie=str(an.id), meest="4", video="https://video.example/an")
    with store.session(writes=False) as work:
        kept = work.get_one(store.Counsellor, an.id)
    assert (kept.daily_limit, kept.video_url) == (4, "https://video.example/an")
    assert post(browser, "/eigen", wie=str(an.id), meest="veel", video="").status_code == 422


def test_rules_are_set(browser: Browser, an: store.Counsellor) -> None:
    given = {
        "length_minutes": "60",
        "buffer_minutes": "15",
        "lead_hours": "48",
        "horizon_days": "21",
        "daily_limit": "5",
    }
    answer = browser.post(
        "/desk/uren/regels",
        data=given
        | {
            "csrf": browser.token("/desk/account"),
            "plaats": "gent",
            "vorm": ["in_person", "video"],
        },
    )
    assert answer.status_code == 303
    rules = appointments.rules_of("genk")
    assert rules.length == dtm.timedelta(minutes=60)
    assert (rules.daily_limit, rules.forms) == (5, ("in_person", "video"))
    assert appointments.rules_of("gent").daily_limit is None, "a coordinator leads one place"
    bad = post(browser, "/regels", **(given | {"length_minutes": "50", "vorm": "video"}))
    assert bad.status_code == 422
    assert 'value="50"' in bad.text


def test_closing_days_of_all_are_for_an_administrator(
    browser: Browser, an: store.Counsellor, make_user: User, open_browser: Callable[[], Browser]
) -> None:
    post(browser, "/sluiting", eerste="2026-12-24", laatste="2026-12-31", naam="Kerst", overal="1")
    (own,) = appointments.closing_days("genk", since=NOW.date())
    assert (own.leerwinkel, own.name) == ("genk", "Kerst")
    make_user("boss@genk.be", role="administrator")
    boss = open_browser()
    boss.log_in("boss@genk.be")
    post(boss, "/sluiting", eerste="2026-12-18", naam="Studiedag", overal="1", plaats="gent")
    everywhere = appointments.closing_days("leuven", since=NOW.date())[0]
    assert everywhere.leerwinkel is None
    post(browser, "/sluiting/weg", nummer=str(everywhere.id))
    assert len(appointments.closing_days("leuven", since=NOW.date())) == 1
    post(browser, "/sluiting/weg", nummer=str(own.id))
    assert [one.name for one in appointments.closing_days("genk", since=NOW.date())] == [
        "Studiedag"
    ]


def test_the_same_leave_is_not_entered_twice(browser: Browser, an: store.Counsellor) -> None:
    given = {"wie": str(an.id), "soort": "weg", "eerste": "2026-12-07", "laatste": "2026-12-11"}
    assert post(browser, "/uitzondering", **given).status_code == 303
    again = post(browser, "/uitzondering", **given)
    assert again.status_code == 422
    assert "Dit staat er al: 07/12/2026 tot 11/12/2026." in again.text
    part = post(browser, "/uitzondering", **(given | {"eerste": "2026-12-09", "van": "9"}))
    assert part.status_code == 422, "it lies in what is there"
    longer = post(browser, "/uitzondering", **(given | {"laatste": "2026-12-14"}))
    assert longer.status_code == 303
    extra = {"soort": "extra", "van": "9", "tot": "12"}
    assert post(browser, "/uitzondering", **(given | extra)).status_code == 303
    assert len(appointments.exceptions(an.id, since=NOW.date())) == 3


def test_the_same_closing_days_are_not_entered_twice(
    browser: Browser, an: store.Counsellor
) -> None:
    branch = appointments.add_branch("genk", name="Beringen", address="")
    given = {"eerste": "2026-12-24", "laatste": "2026-12-31"}
    assert post(browser, "/sluiting", plek=str(branch), **given).status_code == 303
    assert post(browser, "/sluiting", **given).status_code == 303, "the other places too"
    again = post(browser, "/sluiting", naam="Kerst", **given)
    assert again.status_code == 422
    assert "Dit staat er al: 24/12/2026 tot 31/12/2026." in again.text
    assert 'value="Kerst"' in again.text


def test_closing_days_name_the_appointments_they_hit(
    browser: Browser, an: store.Counsellor, make_user: User, open_browser: Callable[[], Browser]
) -> None:
    for user, day in ((an, 24), (make_user("x@gent.be", leerwinkel="gent"), 24), (an, 25)):
        at = dtm.datetime(2026, 11, day, 9, 0, tzinfo=dtm.timezone.utc)
        add_appointment(user, at, name=f"Client {user.leerwinkel} {day}")
    answer = post(browser, "/sluiting", eerste="2026-11-24", naam="brugdag")
    text = browser.read(answer.headers["location"].removeprefix("/desk"))
    assert "De sluitingsdagen staan erbij." in text
    assert "Op deze sluitingsdagen staat nog 1 afspraak" in text
    assert "dinsdag 24 november om 10 uur, Client genk 24 , met An: +32478123456" in text
    assert "Client gent" not in text
    assert "Client genk 25" not in text
    own = open_browser()
    own.log_in()
    assert "dinsdag 24 november om 10 uur, Client genk 24" in own.read("/uren")
    make_user("bo@genk.be", name="Bo")
    other = open_browser()
    other.log_in("bo@genk.be")
    assert "Client genk 24" not in other.read("/uren")


def test_places_and_their_opening_hours(browser: Browser, an: store.Counsellor) -> None:
    post(browser, "/plaats", naam="Beringen", adres="Markt 1")
    (branch,) = appointments.branches("genk")
    post(browser, "/opening", plek=str(branch.id), **{"van.2.0": "9", "tot.2.0": "12"})
    assert appointments.opening_hours("genk") == [WeeklyHours(2, 540, 720, branch.id)]
    post(browser, "/plaats", plek=str(branch.id), naam="Beringen-Mijn", adres="Markt 1")
    (changed,) = appointments.branches("genk", all_of_them=True)
    assert (changed.name, changed.active) == ("Beringen-Mijn", False)
    other = appointments.add_branch("gent", name="Ledeberg", address="")
    answer = post(browser, "/plaats", plek=str(other), naam="Van mij", adres="")
    assert answer.status_code == 422
    assert appointments.branches("gent")[0].name == "Ledeberg"


def test_a_counsellor_reads_the_own_hours_and_changes_none(
    browser: Browser, an: store.Counsellor, open_browser: Callable[[], Browser]
) -> None:
    own = open_browser()
    own.log_in()
    text = own.read("/uren")
    assert "Je coördinator zet je uren." in text
    assert "Bewaar de uren" not in text
    assert "Uren van An" in own.read("/uren?wie=2")


def test_hours_of_another_leerwinkel_are_not_set(
    browser: Browser, an: store.Counsellor, make_user: User
) -> None:
    gent = make_user("x@gent.be", leerwinkel="gent")
    given = {"wie": str(gent.id), "van.1.0": "9", "tot.1.0": "12"}
    assert post(browser, "/week", **given).status_code == 404
    assert appointments.weekly_hours(gent.id) == []

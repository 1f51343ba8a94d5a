from collections.abc import Callable

import pytest

from bot import appointments, store
from tests.desk.conftest import PASSWORD, Browser, User

NEW = "another good password"


def change(browser: Browser, **values: str) -> int:
    given = {"huidig": PASSWORD, "nieuw": NEW, "herhaal": NEW} | values
    return browser.submit("/desk/account/wachtwoord", on="/desk/account", **given).status_code


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    open_browser: Callable[[], Browser], make_user: User
) -> None:
    make_user()
    here, elsewhere = open_browser(), open_browser()
    here.log_in()
    elsewhere.log_in()
    assert change(here) == 303
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 303
    assert elsewhere.log_in().status_code == 403
    assert elsewhere.log_in(password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"huidig": "wrong password"}, 403),
        ({"herhaal": "something else"}, 422),
        ({"nieuw": "short", "herhaal": "short"}, 422),
        ({"nieuw": PASSWORD, "herhaal": PASSWORD}, 422),
    ],
)
def test_a_password_that_cannot_be_changes_nothing(
    browser: Browser, make_user: User, values: dict[str, str], status: int
) -> None:
    make_user()
    browser.log_in()
    assert change(browser, **values) == status
    browser.cookies.clear()
    assert browser.log_in().status_code == 303


def test_guessing_the_old_password_is_slowed(browser: Browser, make_user: User) -> None:
    make_user()
    browser.log_in()
    statuses = [change(browser, huidig="wrong password") for _ in range(6)]
    assert statuses == [403] * 5 + [429]


def test_a_temporary_password_opens_only_the_account(browser: Browser, make_user: User) -> None:
    user = make_user()
    with store.session() as work:
        work.get_one(store.Counsellor, user.id).temporary_password = True
    browser.log_in()
    assert browser.get("/desk/").headers["location"] == "/desk/account?eerst=wachtwoord"
    assert "Kies eerst zelf een nieuw." in browser.get("/desk/account").text
    assert change(browser) == 303
    assert browser.get("/desk/").status_code == 200


def test_the_sessions_elsewhere_can_be_ended(
    open_browser: Callable[[], Browser], make_user: User
) -> None:
    make_user()
    here, elsewhere = open_browser(), open_browser()
    here.log_in()
    elsewhere.log_in()
    assert "op 2 plaatsen aangemeld" in here.get("/desk/account").text
    here.submit("/desk/account/sessies", on="/desk/account")
    assert "alleen hier aangemeld" in here.get("/desk/account").text
    assert elsewhere.get("/desk/").status_code == 303


def test_the_link_to_the_agenda_is_made_renewed_and_ended(
    browser: Browser, make_user: User
) -> None:
    user = make_user()
    browser.log_in()
    path = "/desk/account/agenda"
    browser.submit(path, on="/desk/account", wat="aan")
    first = appointments.feed_token(user.id)
    assert first
    assert appointments.feed_url(first) in browser.get("/desk/account").text
    browser.submit(path, on="/desk/account", wat="nieuw", namen="1")
    second = appointments.feed_token(user.id)
    assert second not in (None, first)
    with store.session(writes=False) as work:
        assert work.get_one(store.Counsellor, user.id).feed_names
    browser.submit(path, on="/desk/account", wat="uit")
    assert appointments.feed_token(user.id) is None

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot import store
from bot.desk import accounts, totp
from tests.desk.conftest import Browser, User


@pytest.fixture
def lead(browser: Browser, make_user: User) -> store.Counsellor:
    """A coordinator of Genk, logged in."""
    user = make_user("co@genk.be", name="Co", role="coordinator")
    browser.log_in("co@genk.be")
    return user


def kept(counsellor_id: int) -> store.Counsellor:
    with store.session(writes=False) as work:
        return work.get_one(store.Counsellor, counsellor_id)


def post(browser: Browser, path: str, **fields: str) -> int:
    return browser.submit(f"/desk/collegas{path}", on="/desk/collegas", **fields).status_code


def test_a_coordinator_makes_an_account_and_hands_over_the_password(
    browser: Browser, lead: store.Counsellor, open_browser: Callable[[], Browser]
) -> None:
    page = browser.submit(
        "/desk/collegas", on="/desk/collegas", email="Nieuw@genk.be", name="Nele", role="counsellor"
    ).text
    password = re.search(r'<code class="big">([^<]+)</code>', page)
    assert password
    fresh = open_browser()
    assert fresh.log_in("nieuw@genk.be", password[1]).status_code == 303
    assert fresh.get("/desk/").headers["location"].startswith("/desk/account")
    made = accounts.check("nieuw@genk.be", password[1])
    assert made
    assert (made.leerwinkel, made.role, made.first_name) == ("genk", "counsellor", "Nele")


def test_what_was_typed_stays_when_an_account_cannot_be_made(
    browser: Browser, lead: store.Counsellor
) -> None:
    answer = browser.submit(
        "/desk/collegas", on="/desk/collegas", email="co@genk.be", name="Nele", role="coordinator"
    )
    assert answer.status_code == 422
    assert "co@genk.be heeft al een account." in answer.text
    assert 'value="Nele"' in answer.text


@pytest.mark.parametrize(
    "values",
    [{"role": "administrator"}, {"role": "counsellor", "leerwinkel": "gent"}, {"role": "baas"}],
)
def test_nobody_makes_more_than_they_are(
    browser: Browser, lead: store.Counsellor, values: dict[str, str]
) -> None:
    given = {"email": "x@genk.be", "name": "X"} | values
    assert post(browser, "", **given) in (404, 422)
    with store.session(writes=False) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(store.Counsellor)) == 1


@pytest.mark.parametrize(
    ("email", "leerwinkel", "role"),
    [("x@gent.be", "gent", "counsellor"), ("boss@genk.be", "genk", "administrator")],
)
def test_a_coordinator_does_not_touch_others(
    browser: Browser,
    lead: store.Counsellor,
    make_user: User,
    email: str,
    leerwinkel: str,
    role: str,
) -> None:
    other = make_user(email, leerwinkel=leerwinkel, role=role)
    for path in ("", "/open", "/wachtwoord", "/tweede-stap"):
        assert post(browser, f"/{other.id}{path}", role="counsellor", name="X") == 404
    now = kept(other.id)
    assert (now.role, now.first_name, now.active) == (role, "An", True)
    assert now.password_hash == other.password_hash


def test_nobody_closes_the_own_account(browser: Browser, lead: store.Counsellor) -> None:
    assert post(browser, f"/{lead.id}/open") == 404
    assert kept(lead.id).active


def test_name_and_role_change(browser: Browser, lead: store.Counsellor, make_user: User) -> None:
    other = make_user()
    assert post(browser, f"/{other.id}", role="coordinator", name="Anna") == 303
    assert (kept(other.id).role, kept(other.id).first_name) == ("coordinator", "Anna")
    assert post(browser, f"/{other.id}", role="administrator", name="Anna") == 422
    assert post(browser, f"/{other.id}", role="counsellor", name=" ") == 422
    assert kept(other.id).role == "coordinator"


def test_closing_an_account_ends_its_sessions(
    browser: Browser,
    lead: store.Counsellor,
    make_user: User,
    open_browser: Callable[[], Browser],
) -> None:
    other = make_user()
    theirs = open_browser()
    theirs.log_in()
    assert post(browser, f"/{other.id}/open") == 303
    assert theirs.get("/desk/").status_code == 303
    assert theirs.log_in().status_code == 403
    assert post(browser, f"/{other.id}/open") == 303
    assert theirs.log_in().status_code == 303


def test_a_forgotten_password_and_a_lost_phone_are_mended(
    browser: Browser,
    lead: store.Counsellor,
    make_user: User,
    open_browser: Callable[[], Browser],
) -> None:
    other = make_user()
    with store.session() as work:
        totp.switch_on(work, other.id, "JBSWY3DPEHPK3PXP", 0)
    page = browser.submit(f"/desk/collegas/{other.id}/wachtwoord", on="/desk/collegas").text
    password = re.search(r'<code class="big">([^<]+)</code>', page)
    assert password
    assert post(browser, f"/{other.id}/tweede-stap") == 303
    theirs = open_browser()
    assert theirs.log_in(password=password[1]).headers["location"] == "/desk/"


def test_made_up_passwords_differ_and_are_good() -> None:
    made = {accounts.made_up_password() for _ in range(50)}
    assert len(made) == 50
    assert all(accounts.password_problem(one) is None for one in made)

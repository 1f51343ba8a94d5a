import datetime as dtm
import re
from collections.abc import Callable

import pyotp
import pytest
import sqlalchemy as sa

from bot import store
from bot.desk import totp
from bot.settings import settings
from tests.desk.conftest import NOW, PASSWORD, Browser, Clock, User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, *, seconds: int = 0) -> str:
    at = dtm.datetime.now(dtm.timezone.utc) + dtm.timedelta(seconds=seconds)
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def protected(make_user: User) -> store.Counsellor:
    """Somebody with the second factor on; `codes` on the object are the recovery codes."""
    user = make_user()
    with store.session() as work:
        user.codes = totp.switch_on(work, user.id, SECRET, 0)  # type: ignore[attr-defined]
    return user


def logged_in(browser: Browser) -> bool:
    return browser.get("/desk/").status_code == 200


def give(browser: Browser, value: str) -> int:
    return browser.submit("/desk/login/code", on="/desk/login/code", code=value).status_code


@pytest.mark.parametrize(
    ("seconds", "expected"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)]
)
def test_a_code_counts_for_half_a_minute_either_way(seconds: int, expected: bool) -> None:
    assert (totp.step_of(SECRET, code(seconds=seconds), now=NOW) is not None) is expected


@pytest.mark.parametrize("text", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 34"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert totp.step_of(SECRET, text, now=NOW) is None


def test_after_the_password_comes_the_code(browser: Browser, protected: store.Counsellor) -> None:
    answer = browser.log_in(naar="/intakes/7")
    assert answer.headers["location"] == "/desk/login/code?naar=/intakes/7"
    assert not logged_in(browser)
    assert give(browser, "000000") == 403
    assert not logged_in(browser)
    assert give(browser, f"{code()[:3]} {code()[3:]}") == 303
    assert logged_in(browser)


def test_a_code_counts_once(
    open_browser: Callable[[], Browser], protected: store.Counsellor
) -> None:
    first, second = open_browser(), open_browser()
    for browser, expected in ((first, 303), (second, 403)):
        browser.log_in()
        assert give(browser, code()) == expected


def test_a_recovery_code_counts_once(
    open_browser: Callable[[], Browser], protected: store.Counsellor
) -> None:
    recovery = protected.codes[0]  # type: ignore[attr-defined]
    first, second = open_browser(), open_browser()
    for browser, expected in ((first, 303), (second, 403)):
        browser.log_in()
        assert give(browser, recovery.upper().replace("-", " ")) == expected
    assert totp.codes_left(protected.id) == totp.RECOVERY_CODES - 1


def test_guessing_codes_is_slowed(browser: Browser, protected: store.Counsellor) -> None:
    browser.log_in()
    statuses = [give(browser, "000000") for _ in range(6)]
    assert statuses == [403] * 5 + [429]
    assert give(browser, code()) == 429


def test_the_password_alone_is_forgotten_after_ten_minutes(
    browser: Browser,
    protected: store.Counsellor,
    clock: Clock,
) -> None:
    browser.log_in()
    token = browser.token("/desk/login/code")
    clock.tick(601)
    answer = browser.post("/desk/login/code", data={"csrf": token, "code": code()})
    assert answer.headers["location"] == "/desk/login"
    assert not logged_in(browser)


def test_it_is_switched_on_with_a_code_of_the_app(browser: Browser, make_user: User) -> None:
    user = make_user()
    browser.log_in()
    page = browser.get("/desk/account/tweede-stap").text
    assert '<svg viewBox="0 0' in page
    offered = re.search(r'name="geheim" value="([^"]+)"', page)
    assert offered
    secret = totp.proposed(user, offered[1])
    assert secret
    given = {"geheim": offered[1], "on": "/desk/account"}
    wrong = browser.submit("/desk/account/tweede-stap", code="000000", **given)
    assert wrong.status_code == 422
    assert totp.spoken(secret) in wrong.text, "the same secret is shown again"
    done = browser.submit("/desk/account/tweede-stap", code=code(secret), **given)
    assert len(re.findall(r"<code>[0-9a-f]{6}-[0-9a-f]{6}</code>", done.text)) == 8
    with store.session(writes=False) as work:
        kept = work.get_one(store.Counsellor, user.id)
        hashes = work.scalars(sa.select(store.RecoveryCode.code_hash)).all()
    assert secret_of(kept) == secret
    assert all(shown not in done.text for shown in hashes)
    assert logged_in(browser)


def test_the_secret_offered_to_one_is_none_for_another(make_user: User) -> None:
    an, bo = make_user(), make_user("bo@genk.be")
    assert totp.proposed(bo, totp.propose(an)) is None
    assert totp.proposed(an, "x") is None


def test_it_is_switched_off_with_the_password(
    browser: Browser, protected: store.Counsellor
) -> None:
    browser.log_in()
    give(browser, code())
    path, on = "/desk/account/tweede-stap/af", "/desk/account"
    assert browser.submit(path, on=on, huidig="wrong password").status_code == 403
    assert browser.submit(path, on=on, huidig=PASSWORD).status_code == 303
    browser.cookies.clear()
    browser.log_in()
    assert logged_in(browser)


def test_new_recovery_codes_replace_the_old(browser: Browser, protected: store.Counsellor) -> None:
    browser.log_in()
    give(browser, code())
    page = browser.submit("/desk/account/herstelcodes", on="/desk/account", huidig=PASSWORD).text
    assert len(re.findall(r"<code>[0-9a-f]{6}-[0-9a-f]{6}</code>", page)) == 8
    browser.cookies.clear()
    browser.log_in()
    assert give(browser, protected.codes[1]) == 403  # type: ignore[attr-defined]


def test_when_it_is_required_nothing_opens_before_it_is_on(
    browser: Browser, make_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user()
    monkeypatch.setenv("LEERWIJZER_DESK_SECOND_FACTOR", "required")
    settings.cache_clear()
    browser.log_in()
    for path in ("/desk/", "/desk/agenda", "/desk/intakes/1"):
        assert browser.get(path).headers["location"] == "/desk/account/tweede-stap?eerst=1"
    assert "De tweede stap is verplicht." in browser.get("/desk/account/tweede-stap").text
    with store.session() as work:
        totp.switch_on(work, user.id, SECRET, 0)
    assert logged_in(browser)
    off = browser.submit("/desk/account/tweede-stap/af", on="/desk/account", huidig=PASSWORD)
    assert off.headers["location"] == "/desk/account/tweede-stap"
    with store.session(writes=False) as work:
        assert secret_of(work.get_one(store.Counsellor, user.id)) == SECRET


def test_the_database_holds_no_secret_and_no_row_fits_another_person(
    browser: Browser, protected: store.Counsellor, make_user: User
) -> None:
    bo = make_user("bo@genk.be", name="Bo")
    with store.session() as work:
        sealed = work.get_one(store.Counsellor, protected.id).totp_sealed
        assert sealed
        assert SECRET not in sealed
        work.get_one(store.Counsellor, bo.id).totp_sealed = sealed
    browser.log_in("bo@genk.be")
    assert give(browser, code()) == 403


def test_with_another_secret_in_the_settings_no_code_opens_anything(
    browser: Browser, protected: store.Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_SECRET", "another secret than the one it was sealed with")
    settings.cache_clear()
    browser.log_in()
    assert give(browser, code()) == 403
    with store.session() as work:
        totp.switch_off(work, protected.id)
    browser.cookies.clear()
    browser.log_in()
    assert logged_in(browser)


def secret_of(counsellor: store.Counsellor) -> str | None:
    return store.unseal(counsellor.totp_sealed or "", f"totp-{counsellor.id}")

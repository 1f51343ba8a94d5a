import datetime as dtm
import re
from collections.abc import Callable

import freezegun
import pytest

from bot import store
from bot.desk import accounts, sessions
from bot.settings import settings
from tests.desk.conftest import PASSWORD, Browser, User


def logged_in(browser: Browser) -> bool:
    return browser.get("/desk/").status_code == 200


def test_the_right_password_opens_the_desk(browser: Browser, make_user: User) -> None:
    make_user()
    answer = browser.log_in(" An@Genk.be ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/")
    assert logged_in(browser)


@pytest.mark.parametrize(
    ("email", "password"),
    [("an@genk.be", "wrong password"), ("nobody@genk.be", PASSWORD), ("", ""), ("an@genk.be", "")],
)
def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(
    browser: Browser, make_user: User, email: str, password: str
) -> None:
    make_user()
    answer = browser.log_in(email, password)
    assert answer.status_code == 403
    assert "Het e-mailadres of het wachtwoord klopt niet." in answer.text
    assert not logged_in(browser)


def test_an_unknown_user_costs_as_much_hashing_as_a_known_one(
    make_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user()
    hasher = accounts._hasher()
    verified: list[str] = []

    class Counting:
        def verify(self, known: str, password: str) -> bool:
            verified.append(known)
            return hasher.verify(known, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    monkeypatch.setattr(accounts, "_hasher", Counting)
    assert accounts.check("an@genk.be", "wrong password") is None
    assert accounts.check("nobody@genk.be", "wrong password") is None
    assert len(verified) == 2
    parameters = [known.rpartition("$")[0].rpartition("$")[0] for known in verified]
    assert parameters[0] == parameters[1]


def test_pages_ask_to_log_in_and_come_back_afterwards(browser: Browser, make_user: User) -> None:
    make_user()
    answer = browser.get("/desk/intakes/7")
    assert answer.headers["location"] == "/desk/login?naar=%2Fintakes%2F7"
    answer = browser.log_in(naar="/intakes/7")
    assert answer.headers["location"] == "/desk/intakes/7"


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example", "/../x", "/login"])
def test_a_log_in_never_leads_outside_the_desk(
    browser: Browser, make_user: User, where: str
) -> None:
    make_user()
    assert browser.log_in(naar=where).headers["location"] == "/desk/"


def test_a_form_without_the_token_is_refused(browser: Browser, make_user: User) -> None:
    make_user()
    given = {"email": "an@genk.be", "password": PASSWORD}
    assert browser.post("/desk/login", data=given).status_code == 403
    assert browser.post("/desk/login", data=given | {"csrf": "é"}).status_code == 403
    assert not logged_in(browser)
    browser.log_in()
    assert browser.post("/desk/logout").status_code in (400, 403)
    assert browser.post("/desk/logout", data={"csrf": "x"}).status_code == 403
    assert browser.post("/desk/intakes/1/ongelezen", data={"csrf": "x"}).status_code == 403
    assert logged_in(browser)


def test_the_token_of_somebody_else_is_refused(
    open_browser: Callable[[], Browser], make_user: User
) -> None:
    make_user()
    mine, theirs = open_browser(), open_browser()
    mine.get("/desk/login")
    given = {"email": "an@genk.be", "password": PASSWORD, "csrf": theirs.token("/desk/login")}
    assert mine.post("/desk/login", data=given).status_code == 403


def test_the_token_changes_at_log_in(browser: Browser, make_user: User) -> None:
    make_user()
    before = browser.token("/desk/login")
    browser.log_in()
    assert browser.token("/desk/") != before


def test_a_form_that_is_too_large_or_of_another_kind_is_refused(browser: Browser) -> None:
    large = browser.post("/desk/login", data={"email": "x" * 70_000})
    assert large.status_code == 400
    assert browser.post("/desk/login", json={"email": "x"}).status_code == 400
    many = "&".join("a=b" for _ in range(500))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/desk/login", content=many, headers=kind).status_code == 400
    assert browser.post("/desk/login", content=b"\xff\xfe", headers=kind).status_code == 400


def test_logging_out_ends_the_session(browser: Browser, make_user: User) -> None:
    make_user()
    browser.log_in()
    answer = browser.submit("/desk/logout", on="/desk/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/login")
    assert not logged_in(browser)


def test_a_session_ends_after_eight_hours(browser: Browser, make_user: User) -> None:
    make_user()
    start = dtm.datetime(2026, 11, 23, 8, tzinfo=dtm.timezone.utc)
    with freezegun.freeze_time(start):
        browser.log_in()
        cookie = browser.cookies[sessions.COOKIE]
    for hours, expected in ((1.9, True), (3.8, True), (5.7, True), (7.6, True), (8.1, False)):
        with freezegun.freeze_time(start + dtm.timedelta(hours=hours)):
            browser.cookies.clear()
            browser.cookies.set(sessions.COOKIE, cookie)
            assert logged_in(browser) is expected


def test_a_session_ends_after_two_hours_without_a_page(browser: Browser, make_user: User) -> None:
    make_user()
    start = dtm.datetime(2026, 11, 23, 8, tzinfo=dtm.timezone.utc)
    with freezegun.freeze_time(start):
        browser.log_in()
        cookie = browser.cookies[sessions.COOKIE]
    for minutes, path, expected in (
        (90, "/desk/nieuws", 200),  # the page that asks for news is not a person
        (121, "/desk/", 303),
    ):
        with freezegun.freeze_time(start + dtm.timedelta(minutes=minutes)):
            browser.cookies.clear()
            browser.cookies.set(sessions.COOKIE, cookie)
            assert browser.get(path).status_code == expected


def test_a_copied_cookie_dies_at_the_log_out(
    open_browser: Callable[[], Browser], make_user: User
) -> None:
    make_user()
    mine, thief = open_browser(), open_browser()
    mine.log_in()
    thief.cookies.set(sessions.COOKIE, mine.cookies[sessions.COOKIE])
    assert logged_in(thief)
    mine.submit("/desk/logout", on="/desk/")
    assert not logged_in(thief)


def test_a_changed_cookie_is_no_session(browser: Browser, make_user: User) -> None:
    make_user()
    browser.log_in()
    cookie = browser.cookies[sessions.COOKIE]
    browser.cookies.clear()
    browser.cookies.set(sessions.COOKIE, "x" + cookie)
    assert not logged_in(browser)


def test_a_disabled_account_is_out_at_once(browser: Browser, make_user: User) -> None:
    make_user()
    browser.log_in()
    accounts.disable("an@genk.be")
    assert not logged_in(browser)
    assert browser.log_in().status_code == 403


def test_a_new_password_ends_the_old_sessions(browser: Browser, make_user: User) -> None:
    user = make_user()
    browser.log_in()
    with store.session() as work:
        accounts.set_password(work, work.get_one(store.Counsellor, user.id), "a new password")
    assert not logged_in(browser)


def test_the_cookie_is_for_the_browser_alone(
    browser: Browser, make_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user()
    cookie = browser.log_in().headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/desk" in cookie
    assert "Max-Age=28800" in cookie
    assert "Secure" not in cookie
    monkeypatch.setenv("LEERWIJZER_PUBLIC_URL", "https://chat.example.be")
    settings.cache_clear()
    assert (
        "Secure" in browser.get("/desk/login", follow_redirects=True).headers.get("set-cookie", "")
        or "Secure" in Browser(browser.app).get("/desk/login").headers["set-cookie"]
    )


def test_guessing_is_slowed_down(browser: Browser, make_user: User) -> None:
    make_user()
    start = dtm.datetime(2026, 11, 23, 8, tzinfo=dtm.timezone.utc)
    with freezegun.freeze_time(start) as clock:
        for _ in range(5):
            assert browser.log_in(password="wrong password").status_code == 403
        answer = browser.log_in()
        assert answer.status_code == 429
        assert "Te veel pogingen. Wacht 10 seconden en probeer opnieuw." in answer.text
        assert answer.headers["retry-after"] == "10"
        clock.tick(11)
        assert browser.log_in(password="wrong password").status_code == 403
        clock.tick(11)
        assert browser.log_in().status_code == 429
        clock.tick(10)
        assert browser.log_in().status_code == 303


def test_another_account_is_not_slowed(browser: Browser, make_user: User) -> None:
    make_user()
    for _ in range(6):
        browser.log_in("bo@genk.be", "wrong password")
    assert browser.log_in().status_code == 303


def test_a_right_password_forgets_earlier_mistakes(browser: Browser, make_user: User) -> None:
    make_user()
    for _ in range(3):
        for _ in range(4):
            assert browser.log_in(password="wrong password").status_code == 403
        assert browser.log_in().status_code == 303
        browser.submit("/desk/logout", on="/desk/")


def test_every_page_has_strict_headers(browser: Browser, make_user: User) -> None:
    make_user()
    answers = [browser.get("/desk/login"), browser.get("/desk/"), browser.log_in()]
    answers += [browser.get("/desk/"), browser.get("/desk/nergens")]
    for answer in answers:
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"


def test_no_page_has_inline_script_or_style(browser: Browser, make_user: User) -> None:
    make_user()
    login = browser.get("/desk/login").text
    browser.log_in()
    for text in (login, browser.get("/desk/").text, browser.get("/desk/nergens").text):
        assert "<h1>" in text
        assert not re.findall(r"<script(?! src=)", text)
        assert "style=" not in text
        assert "<style" not in text


def test_the_address_without_slash_leads_to_the_inbox(browser: Browser) -> None:
    assert browser.get("/desk").headers["location"] == "/desk/"
    assert browser.get("/desk/desk.css").headers["content-type"].startswith("text/css")

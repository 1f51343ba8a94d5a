"""What holds for every address of the desk, found by looking at the routes."""

import re

import pytest
from starlette.routing import Mount, Route

from bot.desk import routes
from tests.desk.conftest import Browser, User

MOUNT = next(one for one in routes if isinstance(one, Mount))
ROUTES = [one for one in MOUNT.routes or () if isinstance(one, Route)]
OPEN = ("/login", "/login/code", "/desk.css", "/agenda.css", "/desk.js", "/forms.js")
LEADERS = ("/collegas", "/logboek", "/export.csv", "/uren/")
CATCH_ALL = "/{path:path}"


def path_of(route: Route) -> str:
    return "/desk" + route.path.replace("{id:int}", "1").replace(CATCH_ALL, "/nergens")


POSTS = [one for one in ROUTES if "POST" in (one.methods or ()) and one.path not in OPEN]
GETS = [one for one in ROUTES if "GET" in (one.methods or ()) and one.path not in OPEN]


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.path)
def test_every_form_needs_its_token(browser: Browser, make_user: User, route: Route) -> None:
    make_user(role="administrator")
    browser.log_in()
    for data in ({}, {"csrf": "x"}):
        answer = browser.post(path_of(route), data=data or {"a": "b"})
        assert answer.status_code == 403
        assert "te oud" in answer.text


@pytest.mark.parametrize("route", [*GETS, *POSTS], ids=lambda route: route.path)
def test_nobody_sees_anything_without_a_log_in(browser: Browser, route: Route) -> None:
    method = "POST" if "POST" in (route.methods or ()) else "GET"
    data = {"a": "b"} if method == "POST" else None
    answer = browser.request(method, path_of(route), data=data)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/login")


@pytest.mark.parametrize(
    "route",
    [one for one in [*GETS, *POSTS] if one.path.startswith(LEADERS)],
    ids=lambda route: route.path,
)
def test_a_counsellor_reaches_nothing_of_a_coordinator(
    browser: Browser, make_user: User, route: Route
) -> None:
    make_user()
    browser.log_in()
    if "POST" in (route.methods or ()):
        answer = browser.submit(path_of(route), on="/desk/", wie="1", plaats="genk")
    else:
        answer = browser.get(path_of(route))
    assert answer.status_code == 404


def test_there_are_as_many_addresses_as_we_think() -> None:
    assert len(POSTS) > 25
    assert len(GETS) > 15


def test_every_file_that_a_page_names_is_there(browser: Browser, make_user: User) -> None:
    make_user()
    browser.log_in()
    pages = [browser.get(f"/desk{path}").text for path in ("/", "/agenda", "/account")]
    files = {
        found for page in pages for found in re.findall(r'(?:src|href)="([^"]+\?v=\w+)"', page)
    }
    assert len(files) == 4
    for file in files:
        answer = browser.get(file)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "max-age=3600"


def test_a_form_that_a_script_sent_is_told_where_to_go(browser: Browser, make_user: User) -> None:
    make_user()
    browser.log_in()
    data = {"csrf": browser.token("/desk/account"), "wie": "1", "dag": "2026-12-07"}
    hours = {"van": "9", "tot": "10", "nota": ""}
    answer = browser.post("/desk/agenda/blok", data=data | hours, headers={"X-Desk-Form": "1"})
    assert answer.status_code == 200
    assert answer.headers["x-go"] == "/desk/agenda?wie=1&dag=2026-12-07&gedaan=blok"
    assert answer.headers["cache-control"] == "no-store"
    assert "location" not in answer.headers

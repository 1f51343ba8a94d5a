"""The web application as a whole: pages, headers, compression."""

import re

import httpx
import pytest

from bot import contract
from bot.channels.app import WIDGET
from tests.channels.conftest import SITE, Client


async def test_the_page_and_its_parts_are_served(web: httpx.AsyncClient) -> None:
    page = await web.get("/")

    assert page.status_code == 200
    assert "<leerwijzer-chat full>" in page.text
    for part in ("widget.js", "widget.css", "page.css", "icon.svg", "favicon.ico"):
        assert part in page.text or part in ("widget.css", "favicon.ico")
        assert (await web.get(f"/{part}")).status_code == 200


async def test_nothing_else_of_the_code_is_served(web: httpx.AsyncClient) -> None:
    for path in ("/app.py", "/../app.py", "/%2e%2e/app.py", "/widget/", "/texts.yaml"):
        assert (await web.get(path)).status_code == 404


async def test_the_page_allows_no_inline_script_or_style(web: httpx.AsyncClient) -> None:
    actual = await web.get("/")

    policy = actual.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert f"frame-ancestors {SITE}" in policy
    assert actual.headers["X-Content-Type-Options"] == "nosniff"
    assert actual.headers["Referrer-Policy"] == "no-referrer"
    assert "<style" not in actual.text
    assert "style=" not in actual.text


async def test_answers_are_never_cached_or_framed(client: Client) -> None:
    actual = await client.send(text="dag")

    assert actual.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in actual.headers["Content-Security-Policy"]
    assert actual.headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in actual.headers


async def test_the_desk_is_never_framed_or_cached(web: httpx.AsyncClient) -> None:
    actual = await web.get("/desk")

    assert "frame-ancestors 'none'" in actual.headers["Content-Security-Policy"]
    assert actual.headers["Cache-Control"] == "no-store"


async def test_files_are_compressed_and_checked_for_change(web: httpx.AsyncClient) -> None:
    first = await web.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    again = await web.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["Cache-Control"] == "no-cache"
    assert again.status_code == 304


@pytest.mark.parametrize("theme", contract.labels("themes"))
async def test_every_theme_has_a_picture(web: httpx.AsyncClient, theme: str) -> None:
    actual = await web.get(f"/pictures/{theme}.svg")

    assert actual.headers["Content-Type"] == "image/svg+xml"
    assert len(actual.content) < 5_000


def test_the_widget_asks_nothing_of_other_servers() -> None:
    for file in WIDGET.rglob("*.*"):
        content = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        addresses = re.findall(r"https?://[\w.-]+\.\w+|@import|url\(", content)
        assert addresses == [], file.name

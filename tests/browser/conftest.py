"""Headless Chromium, the web app on a real port, and another website that embeds the widget."""

import os
import pathlib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot import store
from bot.channels.app import create_app
from bot.settings import settings
from tests.channels.fake_rasa import FakeRasa
from tests.channels.serving import Serving, free_port

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PATIENCE_MS = 20_000
"""For what must come; a slow machine with two busy cores gets the time."""
SMALL = (320, 640)
LARGE = (1280, 800)

HOSTILE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Stad</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
html {{ font-size: 7px; }}
* {{ all: unset; color: #fefefe !important; font: 6px cursive !important;
     display: inline !important; position: static !important;
     letter-spacing: 9px !important; text-transform: uppercase; }}
button, textarea, section, main, div {{ display: none !important; visibility: hidden !important; }}
leerwijzer-chat {{ display: none !important; opacity: 0 !important; transform: scale(.1);
     filter: blur(9px); }}
.panel, .root, .launcher {{ left: -9999px !important; }}
</style></head><body><main><h1>De stad</h1></main>
<script src="{url}/widget.js" data-leerwinkel="genk" defer></script></body></html>"""
PLAIN = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Stad</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>De stad</h1><p>Welkom bij de stad.</p></main>
<script src="{url}/widget.js" data-leerwinkel="genk" defer></script></body></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for a module: while it is there, asyncio tests cannot run."""
    flags = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@pytest.fixture(scope="session")
def rasa_server() -> Iterator[FakeRasa]:
    """A running fake Rasa; tests take `rasa`."""
    server = FakeRasa()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def rasa(rasa_server: FakeRasa) -> FakeRasa:
    """A running fake Rasa that has forgotten everything."""
    rasa_server.reset()
    return rasa_server


@pytest.fixture
def site_port() -> int:
    """The port of the other website."""
    return free_port()


@pytest.fixture
def web(
    rasa: FakeRasa, site_port: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Serving]:
    """The web app, with a fresh database."""
    monkeypatch.setenv("LEERWIJZER_VAR", str(tmp_path))
    monkeypatch.setenv("LEERWIJZER_DATABASE_URL", f"sqlite:///{tmp_path / 'chat.db'}")
    monkeypatch.setenv("LEERWIJZER_SECRET", "a secret of this test")
    monkeypatch.setenv("LEERWIJZER_RASA_PORT", str(rasa.port))
    monkeypatch.setenv("LEERWIJZER_ALLOWED_SITES", f'["http://127.0.0.1:{site_port}"]')
    settings.cache_clear()
    store.Base.metadata.create_all(store.engine())
    server = Serving(create_app())
    server.start()
    yield server
    server.stop()
    store.engine().dispose()
    settings.cache_clear()


@pytest.fixture
def site(web: Serving, site_port: int) -> Iterator[Serving]:
    """Another website: `/` is plain, `/hostile` breaks every style, `/strict` allows little."""
    policy = (
        f"default-src 'none'; script-src {web.url}; connect-src {web.url}; "
        f"img-src {web.url} data:; style-src 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )

    def page(html: str, **headers: str) -> Callable[[Request], Response]:
        return lambda request: HTMLResponse(html.format(url=web.url), headers=headers)

    server = Serving(
        Starlette(
            routes=[
                Route("/", page(PLAIN)),
                Route("/hostile", page(HOSTILE)),
                Route("/strict", page(PLAIN, **{"Content-Security-Policy": policy})),
            ]
        ),
        site_port,
    )
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages that fail the test when they log an error or break the content policy."""
    problems: list[str] = []
    contexts = []

    def open_at(size: tuple[int, int] = LARGE, *, strict: bool = True, **options: object) -> Page:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        if strict:
            page.on(
                "console",
                lambda line: problems.append(line.text) if line.type == "error" else None,
            )
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert problems == []

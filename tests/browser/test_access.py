"""Everybody can use it: axe in every state, keyboard alone, zoom, contrast, what is announced."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_accessible, check_width, choose, say
from tests.browser.conftest import LARGE, SMALL
from tests.channels.fake_rasa import FakeRasa
from tests.channels.serving import Serving

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]

LOOKS: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {
    "phone": ((390, 800), {}),
    "desk, dark": ((1280, 900), {"color_scheme": "dark"}),
    "high contrast": (SMALL, {"forced_colors": "active"}),
    "more contrast, dark": (SMALL, {"contrast": "more", "color_scheme": "dark"}),
    "200% zoom": ((640, 450), {"device_scale_factor": 2}),
    "400% zoom": ((320, 256), {"device_scale_factor": 4}),
}
IN_VIEW = """(name) => {
  const root = document.querySelector("leerwijzer-chat").shadowRoot;
  const box = root.querySelector(name).getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state(
    web: Serving, site: Serving, open_page: OpenPage, rasa: FakeRasa, look: str
) -> None:
    size, options = LOOKS[look]
    page = open_page(size, strict=False, reduced_motion="reduce", **options)
    page.goto(site.url)
    launcher = page.get_by_role("button", name="Wat wil jij leren?")
    expect(launcher).to_be_visible()
    check_accessible(page)  # closed
    launcher.click()
    expect(page.locator(".choices")).to_be_attached()
    check_accessible(page)  # open, with buttons
    check_width(page)
    for said, shown in (
        ("moeilijk", ".word"),
        ("arabisch", ".choices [lang=ar]"),
        ("weet ik niet", ".choices img"),
        ("bijna", ".progress i"),
        ("moeilijke kaart", ".card"),
    ):
        say(page, said)
        expect(page.locator(shown).first).to_be_attached()
        closed = page.locator(".word[aria-expanded=false]")
        while closed.count():
            closed.first.click()
        check_accessible(page)
        check_width(page)
    choose(page, "Nieuw gesprek")
    check_accessible(page)  # a question about the chat itself
    choose(page, "Nee, ga verder")
    rasa.broken = True
    say(page, "dag")
    expect(page.get_by_text("Ik ben even weg.")).to_be_visible()
    check_accessible(page)  # error
    rasa.broken = False
    choose(page, "Probeer nu")
    expect(page.get_by_text("Je zei: dag")).to_be_attached()
    page.context.set_offline(True)
    say(page, "ben je daar")
    expect(page.get_by_text("Geen verbinding.")).to_be_visible()
    check_accessible(page)  # offline
    check_width(page)


@pytest.mark.parametrize("size", [(640, 450), (320, 256)])
def test_zoomed_in_nothing_is_lost(
    web: Serving, open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page(size, reduced_motion="reduce")
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_attached()

    for part in ("textarea", ".send", ".head .round"):
        assert page.evaluate(IN_VIEW, part), part
    room = page.locator(".log").bounding_box()
    assert room is not None
    assert room["height"] >= 60
    choose(page, "Ja, dat mag")
    choose(page, "Lagere school")
    choose(page, "Een mens")
    expect(page.get_by_text("Je zei: ik wil een mens spreken")).to_be_attached()


def test_larger_letters_of_the_browser_are_followed(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.goto(web.url)
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    expect(page.locator(".choices")).to_be_attached()

    size = page.locator(".bubble").first.evaluate("(node) => getComputedStyle(node).fontSize")
    assert size == "34px"
    check_width(page)
    choose(page, "Ja, dat mag")
    expect(page.get_by_role("button", name="Lagere school")).to_be_attached()


def test_a_whole_conversation_by_keyboard_alone_on_a_phone(
    web: Serving, site: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page((390, 800), reduced_motion="reduce")
    page.goto(site.url)
    press_on(page, "Wat wil jij leren?")
    for title in ("Ja, dat mag", "Lagere school", "Ja, een afspraak"):
        expect(page.get_by_role("button", name=title, exact=True)).to_be_attached()
        press_on(page, title)
    expect(page.get_by_role("heading", name="Je afspraak")).to_be_attached()
    press_on(page, "Typ hier je antwoord", key="")
    page.keyboard.type("dank je")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Je zei: dank je")).to_be_attached()

    page.keyboard.press("Escape")

    launcher = page.get_by_role("button", name="Wat wil jij leren?")
    expect(launcher).to_be_focused()
    press_on(page, "Wat wil jij leren?")
    expect(page.get_by_text("Je zei: dank je")).to_be_visible()
    assert len(rasa.received) == 5


def test_on_a_phone_the_keyboard_stays_in_the_open_chat(
    web: Serving, site: Serving, open_page: OpenPage
) -> None:
    page = open_page((390, 800), reduced_motion="reduce")
    page.goto(site.url)
    press_on(page, "Wat wil jij leren?")
    expect(page.locator(".choices")).to_be_attached()
    expect(page.get_by_role("dialog")).to_have_attribute("aria-modal", "true")

    seen = [focused(page, "Tab") for _ in range(40)]
    back = [focused(page, "Shift+Tab") for _ in range(40)]

    assert "" not in seen + back
    assert seen.count("Stuur") >= 2  # round and round


def test_on_a_desk_the_chat_is_beside_the_page_and_lets_go(
    web: Serving, site: Serving, open_page: OpenPage
) -> None:
    page = open_page(LARGE, reduced_motion="reduce")
    page.goto(site.url)
    press_on(page, "Wat wil jij leren?")
    expect(page.locator(".choices")).to_be_attached()

    expect(page.get_by_role("dialog")).to_have_attribute("aria-modal", "false")
    assert "" in [focused(page, "Tab") for _ in range(25)]


def test_each_message_is_announced_once_and_the_past_is_not(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.add_init_script(
        """window.announced = [];
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (options) {
          const root = attach.call(this, options);
          new MutationObserver((changes) => changes.forEach((change) => {
            const log = change.target.closest && change.target.closest("[role=log]");
            if (log && log.getAttribute("aria-live") === "polite")
              change.addedNodes.forEach((node) => announced.push(node.textContent));
          })).observe(root, { childList: true, subtree: true });
          return root;
        };"""
    )
    page.goto(web.url)
    choose(page, "Ja, dat mag")
    say(page, "dag")
    expect(page.get_by_text("Je zei: dag")).to_be_visible()

    announced = page.evaluate("announced.filter(Boolean)")
    for text in ("Ik ben een robot.", "Tot waar ging je naar school?", "Je zei: dag"):
        assert sum(text in heard for heard in announced) == 1, text
    page.reload()
    expect(page.get_by_text("Je zei: dag")).to_be_visible()
    assert page.evaluate("announced.filter(Boolean)") == []
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("log")).to_have_count(1)


def focused(page: Page, key: str) -> str:
    """Press a key; the name of what then has the focus inside the chat, "" when it is outside."""
    page.keyboard.press(key)
    return str(
        page.evaluate(
            """() => {
              const node = document.querySelector("leerwijzer-chat").shadowRoot.activeElement;
              if (!node) return "";
              if (getComputedStyle(node).outlineStyle === "none" && !node.matches(".title"))
                return "no visible focus on " + node.outerHTML;
              return (node.labels && node.labels.length ? node.labels[0].innerText
                : node.getAttribute("aria-label") || node.innerText).trim();
            }"""
        )
    )


def press_on(page: Page, name: str, *, key: str = "Enter", most: int = 40) -> None:
    """Tab to something and press a key on it."""
    for _ in range(most):
        now = focused(page, "Tab")
        assert "no visible focus" not in now, now
        if now.startswith(name):
            if key:
                page.keyboard.press(key)
            return
    raise AssertionError(f"{name!r} was not reached in {most} tabs")

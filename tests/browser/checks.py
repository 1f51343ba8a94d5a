"""What several tests of the widget do and look at."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.channels.fake_rasa import FakeRasa


def check_accessible(page: Page) -> None:
    """Zero violations; axe itself tries inline styles, so open such pages with `strict=False`."""
    results = Axe().run(page)
    found = [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in results.response["violations"]
    ]
    assert found == [], found


def check_width(page: Page) -> None:
    """Nothing sticks out sideways, on the page or in the conversation."""
    too_wide = page.evaluate(
        """() => {
          const root = document.querySelector("leerwijzer-chat").shadowRoot;
          const wide = Array.from(root.querySelectorAll("*")).filter(
            (node) => node.getBoundingClientRect().right > innerWidth + 1
              || (node.clientWidth && node.scrollWidth > node.clientWidth + 1
                  && !node.closest(".sr, svg, .send")));
          return [document.documentElement.scrollWidth > innerWidth,
                  ...wide.map((node) => node.className)].filter(Boolean);
        }"""
    )
    assert too_wide == [], too_wide


def choose(page: Page, title: str) -> None:
    """Tap a button."""
    page.get_by_role("button", name=title, exact=True).click()


def stop_the_clock(page: Page) -> None:
    """From here on time passes in the page only when the test says so; call it before `goto`."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def say(page: Page, text: str) -> None:
    """Type and send."""
    page.get_by_label("Typ hier je antwoord").fill(text)
    page.keyboard.press("Enter")


def to_the_end(page: Page) -> None:
    """Tap through a whole conversation."""
    choose(page, "Ja, dat mag")
    choose(page, "Lagere school")
    choose(page, "Ja, een afspraak")
    expect(page.get_by_role("heading", name="Je afspraak")).to_be_visible()


def check_each_reached_once(rasa: FakeRasa) -> None:
    """No message reached Rasa twice."""
    ids = [turn["metadata"]["message_id"] for turn in rasa.received]
    assert len(ids) == len(set(ids))

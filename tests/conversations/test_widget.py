"""A whole conversation in the widget: trained model, all processes, Chromium as a phone."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.conversations.running import Product

pytestmark = [pytest.mark.model, pytest.mark.browser]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
TYPED = {
    "leren of worden": "ik wil graag met kinderen werken",
    "naam": "Amina Yilmaz",
    "nummer": "0470 12 34 56",
}
TAPPED = ("Ja, dat mag", "Een gewoon gesprek", "Lagere school", "Maak een afspraak", "Ja")
MOST_TURNS = 25


@pytest.fixture
def phone() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
        page.set_default_timeout(15_000)
        yield page
        browser.close()


def answer(page: Page) -> None:
    """Answer the question that is asked: by typing when it is an open one, else by a tap."""
    asked = page.locator(".bot").last.inner_text()
    typed = next((said for word, said in TYPED.items() if word in asked), None)
    if typed:
        page.get_by_label("Typ hier je antwoord").fill(typed)
        page.keyboard.press("Enter")
        return
    titles = page.locator(".choices button").all_inner_texts()
    wanted = next((t for start in TAPPED for t in titles if t.startswith(start)), titles[0])
    page.locator(".choices button", has_text=wanted).first.click()


def test_from_the_first_word_to_an_appointment(product: Product, phone: Page) -> None:
    phone.goto(f"{product.url}/?leerwinkel=genk")
    expect(phone.locator(".choices")).to_be_attached()
    booked = phone.get_by_role("heading", name="Je afspraak")

    for turn in range(MOST_TURNS):
        if booked.count():
            break
        answer(phone)
        expect(phone.locator(".you")).to_have_count(turn + 1)
        expect(phone.locator(".you ~ .bot").last).to_be_attached()
        expect(phone.locator("[data-unsent]")).to_have_count(0)

    expect(booked).to_be_visible()
    log = phone.get_by_role("log").inner_text()
    assert "Leerwinkel Genk" in log  # from the address of the page: no postcode was given
    assert phone.locator(".card").count() > 1  # courses came before
    expect(phone.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")
    state = phone.evaluate("JSON.parse(localStorage.getItem('leerwijzer'))")
    assert state["queue"] == []
    before = phone.locator(".bubble").all_inner_texts()
    phone.reload()
    expect(booked).to_be_visible()
    assert phone.locator(".bubble").all_inner_texts() == before

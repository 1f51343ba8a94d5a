"""The widget in a real browser: a conversation by tap, by typing, by keyboard, and in trouble."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot import store
from tests.browser.checks import check_accessible, check_width, choose, to_the_end
from tests.browser.conftest import LARGE, SMALL
from tests.channels.fake_rasa import TAP_PRIMARY, FakeRasa
from tests.channels.serving import Serving

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_conversation_by_tapping_is_accessible_at_every_step(
    web: Serving, open_page: OpenPage, rasa: FakeRasa, size: tuple[int, int], scheme: str
) -> None:
    page = open_page(size, strict=False, color_scheme=scheme, reduced_motion="reduce")
    page.goto(web.url)
    for title in ("Ja, dat mag", "Lagere school", "Ja, een afspraak"):
        expect(page.get_by_role("button", name=title, exact=True)).to_be_visible()
        check_accessible(page)
        check_width(page)
        choose(page, title)

    expect(page.get_by_role("heading", name="Je afspraak")).to_be_visible()
    check_accessible(page)
    check_width(page)
    assert rasa.said() == ["/greet", "/affirm", TAP_PRIMARY, "/book_appointment"]
    expect(page.get_by_text("dinsdag 24 november om 10 uur")).to_be_visible()
    expect(page.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(page.get_by_role("link", name="089 12 34 56")).to_have_attribute("href", "tel:089123456")


def test_a_conversation_by_typing(web: Serving, open_page: OpenPage, rasa: FakeRasa) -> None:
    page = open_page(SMALL)
    page.goto(web.url + "/?leerwinkel=genk")
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()

    page.get_by_label("Typ hier je antwoord").fill("<b>kok</b> worden")
    page.get_by_role("button", name="Stuur").click()

    expect(page.get_by_text("Je zei: <b>kok</b> worden")).to_be_visible()
    assert rasa.received[-1]["message"] == "<b>kok</b> worden"
    assert rasa.received[-1]["metadata"]["leerwinkel"] == "genk"
    expect(page.get_by_label("Typ hier je antwoord")).to_have_value("")


def test_the_four_ways_out_are_always_there_and_send_typed_text(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()

    for title in ("Terug", "Sla over", "Leg uit", "Een mens"):
        choose(page, title)
    expect(page.get_by_text("Je zei: ik wil een mens spreken")).to_be_visible()

    assert rasa.said()[1:] == ["terug", "overslaan", "leg uit", "ik wil een mens spreken"]


def test_only_the_last_question_has_buttons(web: Serving, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(web.url)
    choose(page, "Ja, dat mag")

    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    expect(page.get_by_role("button", name="Nee, liever niet")).to_have_count(0)


def test_dreams_have_pictures(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL, strict=False)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    page.get_by_label("Typ hier je antwoord").fill("weet ik niet")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Koken en bakken")).to_be_visible()
    pictures = page.locator(".choices img")
    expect(pictures).to_have_count(3)  # the one that does not exist is gone
    for number in range(3):
        expect(pictures.nth(number)).to_have_js_property("complete", True)
        assert pictures.nth(number).evaluate("(image) => image.naturalWidth") > 0
    check_accessible(page)
    check_width(page)


def test_the_conversation_is_there_again_after_a_reload(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL)
    page.goto(web.url)
    choose(page, "Ja, dat mag")
    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    before = page.get_by_role("log").inner_text()

    page.reload()

    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    assert page.get_by_role("log").inner_text() == before
    choose(page, "Lagere school")
    expect(page.get_by_role("heading", name="Samen praten")).to_be_visible()
    assert rasa.said() == ["/greet", "/affirm", TAP_PRIMARY]


def test_a_lost_connection_keeps_the_message_and_sends_it_once(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL, strict=False)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    page.context.set_offline(True)

    page.get_by_label("Typ hier je antwoord").fill("ik wil kok worden")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Geen verbinding. Je bericht is niet weg.")).to_be_visible()
    expect(page.get_by_text("Nog niet verstuurd")).to_be_visible()
    check_accessible(page)
    check_width(page)
    page.get_by_label("Typ hier je antwoord").fill("en bakker")
    page.keyboard.press("Enter")
    page.context.set_offline(False)

    expect(page.get_by_text("Je zei: en bakker")).to_be_visible()
    expect(page.get_by_text("Geen verbinding")).to_have_count(0)
    expect(page.get_by_text("Nog niet verstuurd")).to_have_count(0)
    assert rasa.said() == ["/greet", "ik wil kok worden", "en bakker"]


def test_an_answer_that_was_lost_on_the_way_is_asked_again_with_the_same_id(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(strict=False)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    lost = []

    def lose_first(route: object) -> None:
        if not lost:
            lost.append(route.fetch().text())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/api/chat", lose_first)
    choose(page, "Ja, dat mag")
    choose(page, "Probeer nu")

    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    assert rasa.said() == ["/greet", "/affirm"]


def test_a_message_that_was_not_sent_survives_a_reload(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(strict=False)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    rasa.broken = True
    page.get_by_label("Typ hier je antwoord").fill("ik wil kok worden")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ik ben even weg.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("ik wil kok worden", exact=False).first).to_be_visible()
    rasa.broken = False

    expect(page.get_by_text("Je zei: ik wil kok worden")).to_be_visible(timeout=10_000)
    expect(page.locator(".you")).to_have_count(1)
    assert rasa.said() == ["/greet", "ik wil kok worden"]


def test_a_slow_answer_shows_that_it_comes(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL, strict=False)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    rasa.held = True
    choose(page, "Ja, dat mag")

    expect(page.get_by_text("Even wachten")).to_be_visible()
    check_accessible(page)
    rasa.held = False
    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    expect(page.get_by_text("Even wachten")).to_have_count(0)


def test_everything_works_with_the_keyboard_alone(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page()
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()

    tab_to(page, "Ja, dat mag")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    tab_to(page, "Lagere school", most=6)  # the focus stayed near the new buttons
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Samen praten")).to_be_visible()
    tab_to(page, "Typ hier je antwoord", most=20)
    page.keyboard.type("eerste regel")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("tweede regel")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Je zei: eerste regel tweede regel")).to_be_visible()
    assert rasa.said()[1:3] == ["/affirm", TAP_PRIMARY]


def tab_to(page: Page, name: str, most: int = 25) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const node = document.querySelector("leerwijzer-chat").shadowRoot.activeElement;
              if (!node) return "";
              const outline = getComputedStyle(node).outlineStyle;
              if (outline === "none") return "no visible focus on " + node.outerHTML;
              return node.labels && node.labels.length ? node.labels[0].innerText
                : node.getAttribute("aria-label") || node.innerText;
            }"""
        )
        assert "no visible focus" not in focused, focused
        if focused.strip() == name:
            return
    raise AssertionError(f"{name!r} was not reached in {most} tabs")


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("path", ["/", "/hostile"])
def test_the_widget_on_another_website(
    web: Serving,
    site: Serving,
    open_page: OpenPage,
    rasa: FakeRasa,
    path: str,
    size: tuple[int, int],
) -> None:
    page = open_page(size, strict=path != "/")
    page.goto(site.url + path)
    launcher = page.get_by_role("button", name="Wat wil jij leren?")
    expect(launcher).to_be_visible()
    assert rasa.said() == []  # nothing is asked of the bot before somebody opens it
    launcher.click()
    to_the_end(page)

    dialog = page.get_by_role("dialog", name="Leerwijzer")
    expect(dialog).to_be_visible()
    check_width(page)
    if path == "/":
        check_accessible(page)
    style = page.evaluate(
        """() => {
          const root = document.querySelector("leerwijzer-chat").shadowRoot;
          const seen = getComputedStyle(root.querySelector(".bot .bubble"));
          return [parseFloat(seen.fontSize), seen.letterSpacing, seen.textTransform];
        }"""
    )
    assert style[0] >= 18
    assert style[1:] == ["normal", "none"]
    assert rasa.received[0]["metadata"]["leerwinkel"] == "genk"

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(launcher).to_be_focused()


def test_a_site_that_is_not_allowed_gets_no_conversation(
    web: Serving, site: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(strict=False)
    page.goto(site.url.replace("127.0.0.1", "localhost"))
    page.get_by_role("button", name="Wat wil jij leren?").click()

    expect(page.get_by_text("Geen verbinding.")).to_be_visible()
    assert rasa.said() == []


def test_a_new_conversation_leaves_nothing_of_the_old_one_on_the_device(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL)
    page.goto(web.url)
    choose(page, "Ja, dat mag")
    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()

    choose(page, "Nieuw gesprek")
    choose(page, "Nee, ga verder")
    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    choose(page, "Nieuw gesprek")
    check_width(page)
    choose(page, "Ja, nieuw gesprek")

    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    expect(page.locator(".you")).to_have_count(0)
    senders = [turn["sender"] for turn in rasa.received]
    assert senders[0] == senders[1] != senders[2]


def test_a_session_that_is_no_longer_known_starts_again(web: Serving, open_page: OpenPage) -> None:
    page = open_page(strict=False)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    page.evaluate('localStorage.setItem(\'leerwijzer\', \'{"session": "old", "queue": []}\')')
    page.reload()

    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()


def test_a_conversation_that_was_wiped_meanwhile_starts_again(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(strict=False)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    with store.session() as work:
        work.query(store.ChatMessage).delete()
    choose(page, "Nee, liever niet")

    expect(page.get_by_text("Deze knop werkt niet meer.")).to_be_visible()
    choose(page, "Ja, dat mag")
    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    assert rasa.said() == ["/greet", "/greet", "/affirm"]


def test_blocked_storage_does_not_stop_the_conversation(web: Serving, open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new Error('blocked'); }});"
    )
    page.goto(web.url)
    choose(page, "Ja, dat mag")

    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()


def test_touch_targets_and_type_are_large(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL)
    page.goto(web.url)
    expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()

    actual = page.evaluate(
        """() => {
          const root = document.querySelector("leerwijzer-chat").shadowRoot;
          const seen = (node) => node.getClientRects().length;
          return {
            small: Array.from(root.querySelectorAll("button, textarea")).filter(seen)
              .map((node) => node.getBoundingClientRect())
              .filter((box) => box.width < 44 || box.height < 44).length,
            type: Math.min(...Array.from(root.querySelectorAll("*")).filter(seen)
              .map((node) => parseFloat(getComputedStyle(node).fontSize))),
          };
        }"""
    )
    assert actual == {"small": 0, "type": 18}


def test_what_is_below_the_edge_is_pointed_at(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL)
    page.goto(web.url)
    expect(page.get_by_text("Meer", exact=True)).to_be_hidden()
    choose(page, "Ja, dat mag")
    choose(page, "Lagere school")
    more = page.get_by_text("Meer", exact=True)
    expect(page.get_by_role("button", name="Ja, een afspraak")).to_be_attached()
    expect(more).to_be_visible()

    for _ in range(10):
        if more.is_visible():
            more.click()
            page.wait_for_timeout(100)

    expect(more).to_be_hidden()
    expect(page.get_by_role("button", name="Ja, een afspraak")).to_be_in_viewport()


def test_a_message_can_be_read_aloud_and_stopped(web: Serving, open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(
        "window.spoken = []; speechSynthesis.speak = (speech) => spoken.push(speech.text);"
    )
    page.goto(web.url)
    button = page.get_by_role("button", name="Lees voor").first
    button.click()

    assert page.evaluate("spoken") == ["Dag. Ik ben Leerwijzer. Ik ben een robot."]
    page.get_by_role("button", name="Stop met voorlezen").click()
    expect(page.get_by_role("button", name="Stop met voorlezen")).to_have_count(0)

"""Bad networks, two tabs, other websites: nothing is lost, doubled or out of order."""

import datetime as dtm
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot.channels import chatlog
from bot.channels.app import create_app
from bot.channels.rasa import message
from tests.browser.checks import (
    check_each_reached_once,
    choose,
    say,
    stop_the_clock,
    to_the_end,
)
from tests.browser.conftest import LARGE, SMALL
from tests.channels.fake_rasa import FakeRasa
from tests.channels.serving import Serving

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
CALM = {"reduced_motion": "reduce"}


def bubbles(page: Page) -> list[str]:
    """What was said, in order, without the words for screen readers."""
    texts = page.locator(".bubble").all_inner_texts()
    return [text.replace("Leerwijzer zegt:", "").replace("Jij zegt:", "").strip() for text in texts]


def throttle(page: Page, *, latency: int, bytes_a_second: int, cpu: int = 1) -> None:
    """Slow the network (milliseconds a request, bytes a second) and the processor down."""
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": cpu})


def test_a_whole_conversation_on_a_slow_network_and_phone(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL, **CALM)
    throttle(page, latency=400, bytes_a_second=50_000, cpu=4)
    page.goto(web.url)

    to_the_end(page)

    assert len(rasa.received) == 4
    check_each_reached_once(rasa)


def test_a_network_that_is_cut_again_and_again_loses_and_doubles_nothing(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL, strict=False, **CALM)
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()

    for number in range(3):
        page.context.set_offline(True)
        say(page, f"eerst {number}")
        say(page, f"dan {number}")
        page.context.set_offline(False)
        expect(page.get_by_text(f"Je zei: dan {number}")).to_be_visible()

    expected = [f"{word} {number}" for number in range(3) for word in ("eerst", "dan")]
    assert rasa.said() == ["/greet", *expected]
    check_each_reached_once(rasa)
    expect(page.locator("[data-unsent]")).to_have_count(0)


def test_a_server_that_restarts_in_the_middle_is_no_end(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL, strict=False, **CALM)
    page.goto(web.url)
    choose(page, "Ja, dat mag")
    expect(page.get_by_role("button", name="Lagere school")).to_be_visible()
    web.stop()
    choose(page, "Lagere school")
    expect(page.get_by_text("Nog niet verstuurd")).to_be_visible()

    web.app = create_app()
    web.start()
    choose(page, "Probeer nu")

    expect(page.get_by_role("heading", name="Samen praten")).to_be_visible()
    check_each_reached_once(rasa)
    assert len(rasa.received) == 3


def test_the_same_conversation_in_two_tabs_stays_in_order(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    one = open_page(SMALL, **CALM)
    one.goto(web.url)
    choose(one, "Ja, dat mag")
    expect(one.get_by_role("button", name="Lagere school")).to_be_visible()
    two = one.context.new_page()
    two.goto(web.url)
    expect(two.get_by_role("button", name="Lagere school")).to_be_visible()

    say(one, "uit een")
    expect(two.get_by_text("Je zei: uit een")).to_be_visible()
    say(two, "uit twee")
    expect(one.get_by_text("Je zei: uit twee")).to_be_visible()
    rasa.delay = 0.3
    say(one, "a")
    say(two, "b")
    say(one, "c")
    for page in (one, two):
        for said in "abc":
            expect(page.get_by_text(f"Je zei: {said} (")).to_be_visible()
        expect(page.locator("[data-unsent]")).to_have_count(0)

    check_each_reached_once(rasa)
    two.reload()
    expect(two.get_by_text("Je zei: c (")).to_be_visible()
    assert sorted(bubbles(one)) == sorted(bubbles(two))
    assert len(bubbles(one)) == 4 + 4 + 6
    said = [text for text in bubbles(one) if text in ("uit een", "uit twee", "a", "c")]
    assert said == ["uit een", "uit twee", "a", "c"]


def test_two_tabs_that_open_together_hold_one_conversation(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    one = open_page(SMALL, **CALM)
    rasa.held = True
    one.goto(web.url, wait_until="commit")
    expect(one.get_by_text("Even wachten")).to_be_visible()
    two = one.context.new_page()
    two.goto(web.url)
    expect(two.get_by_text("Even wachten")).to_be_visible()
    rasa.held = False

    for page in (one, two):
        expect(page.get_by_role("button", name="Ja, dat mag")).to_be_visible()
        assert len(bubbles(page)) == 2
    assert rasa.said() == ["/greet"]


def test_a_new_conversation_in_one_tab_is_one_in_the_other(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    one = open_page(SMALL, **CALM)
    one.goto(web.url)
    say(one, "geheim")
    two = one.context.new_page()
    two.goto(web.url)
    expect(two.get_by_text("Je zei: geheim")).to_be_visible()

    choose(one, "Nieuw gesprek")
    choose(one, "Ja, nieuw gesprek")

    expect(one.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    expect(two.get_by_role("button", name="Ja, dat mag")).to_be_visible()
    expect(two.get_by_text("geheim")).to_have_count(0)


def test_a_message_that_waits_in_a_closed_tab_is_sent_by_the_next(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    one = open_page(SMALL, strict=False, **CALM)
    one.goto(web.url)
    expect(one.locator(".choices")).to_be_visible()
    rasa.broken = True
    say(one, "ik wil kok worden")
    expect(one.get_by_text("Ik ben even weg.")).to_be_visible()
    two = one.context.new_page()
    one.close()
    rasa.broken = False
    two.goto(web.url)

    expect(two.get_by_text("Je zei: ik wil kok worden")).to_be_visible()
    assert rasa.said() == ["/greet", "ik wil kok worden"]


def test_who_comes_back_to_the_tab_sees_what_was_said_meanwhile(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL, **CALM)
    stop_the_clock(page)
    page.goto(web.url)
    say(page, "dag")
    expect(page.get_by_text("Je zei: dag")).to_be_visible()
    reminder = {"id": "reminder-1.1", **message("Morgen is je afspraak.")}
    now = dtm.datetime.now(dtm.timezone.utc)
    chatlog.told(rasa.received[0]["sender"], "reminder-1", [reminder], now=now)

    turn_tab(page, hidden=True)
    page.clock.fast_forward(5_000)
    turn_tab(page, hidden=False)
    page.clock.run_for(2_000)
    expect(page.get_by_text("Morgen is je afspraak.")).to_have_count(0)  # a glance elsewhere
    turn_tab(page, hidden=True)
    page.clock.fast_forward(60_000)
    turn_tab(page, hidden=False)

    expect(page.get_by_text("Morgen is je afspraak.")).to_be_visible()
    expect(page.get_by_text("Je zei: dag")).to_have_count(1)
    assert rasa.said() == ["/greet", "dag"]


def turn_tab(page: Page, *, hidden: bool) -> None:
    """Let the page think that its tab went out of sight, or came back."""
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_after_a_reload_the_newest_message_is_in_view(
    web: Serving, site: Serving, open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page(size, **CALM)
    page.goto(site.url)
    page.get_by_role("button", name="Wat wil jij leren?").click()
    for number in range(8):
        say(page, f"bericht {number}")
        expect(page.get_by_text(f"Je zei: bericht {number}")).to_be_visible()

    page.reload()

    expect(page.get_by_text("Je zei: bericht 7")).to_be_in_viewport()
    expect(page.get_by_text("Je zei: bericht 0")).not_to_be_in_viewport()


def test_a_site_with_a_strict_content_policy_needs_three_lines_in_it(
    web: Serving, site: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(LARGE, **CALM)  # a breach of the policy is an error in the console
    page.goto(site.url + "/strict")
    page.get_by_role("button", name="Wat wil jij leren?").click()
    to_the_end(page)
    say(page, "weet ik niet")

    expect(page.locator(".choices img").first).to_have_js_property("complete", True)
    shape = page.locator(".panel").evaluate("(node) => getComputedStyle(node).borderRadius")
    assert shape == "20px"
    assert rasa.received[0]["metadata"]["leerwinkel"] == "genk"


def test_an_old_browser_without_constructable_styles_gets_a_link(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL, **CALM)
    page.add_init_script("delete CSSStyleSheet.prototype.replaceSync;")
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()

    assert page.locator(".send").evaluate("(node) => getComputedStyle(node).minHeight") == "52px"


def test_nothing_is_asked_of_anybody_else(web: Serving, site: Serving, open_page: OpenPage) -> None:
    page = open_page(LARGE, **CALM)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url)
    page.get_by_role("button", name="Wat wil jij leren?").click()
    to_the_end(page)

    others = [url for url in asked if not url.startswith((web.url, site.url, "data:"))]
    assert others == []
    assert any("/pictures/" in url for url in asked)

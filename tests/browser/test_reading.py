"""For people who read with difficulty: pace, hard words, reading aloud, dictation, progress."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import choose, say, stop_the_clock
from tests.browser.conftest import LARGE, SMALL
from tests.channels.fake_rasa import FakeRasa
from tests.channels.serving import Serving

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]

VOICES = """
window.spoken = [];
speechSynthesis.speak = (speech) => spoken.push([speech.text, speech.lang, speech.voice.lang]);
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
speechSynthesis.getVoices = () => %s;
"""
HEARING = """
window.webkitSpeechRecognition = window.SpeechRecognition = class {
  start() { window.hearing = this; }
  stop() { this.onend(); }
  hears(text) { this.onresult({ results: [[{ transcript: text }]] }); }
  fails(error) { this.onerror({ error }); this.onend(); }
};
"""
DEAF = "delete window.webkitSpeechRecognition; delete window.SpeechRecognition;"


def test_bubbles_come_one_by_one_and_the_buttons_last(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL)
    stop_the_clock(page)
    page.goto(web.url)
    expect(page.locator(".bubble")).to_have_count(1)
    expect(page.locator(".log > .dots")).to_be_visible()
    expect(page.locator(".choices")).to_have_count(0)

    page.clock.run_for(5000)

    expect(page.locator(".bubble")).to_have_count(2)
    expect(page.locator(".choices button")).to_have_count(2)
    expect(page.locator(".log > .dots")).to_have_count(0)


def test_a_tap_on_the_conversation_shows_the_rest_at_once(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL)
    stop_the_clock(page)
    page.goto(web.url)
    expect(page.locator(".bubble")).to_have_count(1)

    page.locator(".bubble").click()

    expect(page.locator(".choices button")).to_have_count(2)


def test_who_types_before_all_was_shown_loses_nothing(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL)
    stop_the_clock(page)
    page.goto(web.url)
    expect(page.locator(".bubble")).to_have_count(1)

    say(page, "kok")

    expect(page.get_by_text("Je zei: kok")).to_be_visible()
    order = page.locator(".bubble").all_inner_texts()
    assert [text.splitlines()[-1][:8] for text in order] == [
        "Dag. Ik ", "Mag ik o", "kok", "Je zei: ",
    ]  # fmt: skip


def test_with_reduced_motion_all_is_there_at_once(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    stop_the_clock(page)
    page.goto(web.url)

    expect(page.locator(".choices button")).to_have_count(2)


def test_help_lines_never_wait(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL)
    stop_the_clock(page)
    page.goto(web.url)
    page.locator(".bubble").first.click()
    choose(page, "Ja, dat mag")
    choose(page, "Lagere school")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".choices")).to_have_count(0)  # these wait for their turn
    page.clock.run_for(20_000)

    choose(page, "Ja, een afspraak")

    expect(page.get_by_role("link", name="112")).to_be_visible()
    expect(page.get_by_role("heading", name="Je afspraak")).to_be_visible()


def test_a_hard_word_is_explained_on_tap_and_closed_again(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.goto(web.url)
    say(page, "moeilijk")
    word = page.get_by_role("button", name="graduaat", exact=True)
    expect(word).to_have_count(1)  # the first time only
    expect(word).to_have_attribute("aria-expanded", "false")
    box = word.bounding_box()
    assert box is not None
    assert box["height"] >= 44

    word.click()
    expect(page.get_by_text("Een graduaat is 2 jaar school voor een beroep.")).to_be_visible()
    expect(word).to_have_attribute("aria-expanded", "true")
    word.click()
    expect(page.locator(".gloss")).to_have_count(0)
    bubble = page.locator(".bot .bubble").last
    assert "Een NT2-les of een graduaat? Een graduaat duurt" in bubble.inner_text()


def test_hard_words_in_a_card_are_explained_in_that_card(web: Serving, open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(web.url)
    say(page, "moeilijke kaart")

    page.locator(".card").get_by_role("button", name="stage").click()

    expect(page.locator(".card .gloss")).to_be_in_viewport()
    expect(page.locator(".card .gloss")).to_contain_text("Een stage is leren op een echt werk.")


def test_progress_is_shown_and_grows(web: Serving, open_page: OpenPage) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.goto(web.url)
    bar = page.get_by_role("progressbar", name="Zo ver ben je")
    expect(bar).to_have_count(0)
    say(page, "bijna")
    expect(bar).to_have_attribute("aria-valuenow", "80")
    line = page.locator(".progress i").bounding_box()
    assert line is not None
    assert line["width"] == pytest.approx(0.8 * SMALL[0], abs=2)

    page.reload()

    expect(bar).to_have_attribute("aria-valuenow", "80")


@pytest.mark.parametrize(
    ("voices", "count"),
    [("[]", 2), ('[{lang: "nl-NL"}]', 2), ('[{lang: "en-US"}, {lang: "nl-BE"}]', 2),
     ('[{lang: "en-US"}]', 0)],
)  # fmt: skip
def test_reading_aloud_is_offered_where_a_dutch_voice_may_be(
    web: Serving, open_page: OpenPage, voices: str, count: int
) -> None:
    page = open_page(reduced_motion="reduce")
    page.add_init_script(VOICES % voices)
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()

    expect(page.get_by_role("button", name="Lees voor")).to_have_count(count)


def test_without_speech_there_is_no_button_for_it(web: Serving, open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    page.add_init_script("delete window.speechSynthesis; delete window.SpeechSynthesisUtterance;")
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()

    expect(page.get_by_role("button", name="Lees voor")).to_have_count(0)


def test_voices_that_come_late_and_are_not_dutch_take_the_button_away(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(reduced_motion="reduce")
    page.add_init_script(VOICES % "window.late || []")
    page.goto(web.url)
    expect(page.get_by_role("button", name="Lees voor")).to_have_count(2)

    page.evaluate(
        "late = [{lang: 'fr-FR'}]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))"
    )

    expect(page.get_by_role("button", name="Lees voor")).to_have_count(0)


def test_text_in_another_language_is_marked_and_read_as_that(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(LARGE, reduced_motion="reduce")
    page.add_init_script(VOICES % '[{lang: "ar-SA"}, {lang: "nl-BE"}]')
    page.goto(web.url)
    say(page, "arabisch")
    text = page.locator(".bot .bubble").last.locator("[lang=ar]")
    expect(text).to_have_css("direction", "rtl")
    expect(page.locator(".choices [lang=ar]")).to_have_css("direction", "rtl")

    page.get_by_role("button", name="Lees voor").last.click()

    page.get_by_role("button", name="Lees voor").first.click()
    assert page.evaluate("spoken.map((said) => said.slice(1))") == [
        ["ar", "ar-SA"],
        ["nl-BE", "nl-BE"],
    ]


RIGHT_TO_LEFT = {
    "Arabic": "أريد أن أتعلم اللغة الهولندية",
    "Farsi, a figure in front": "2 زبان یاد می‌گیرم",
    "Pashto": "زه غواړم هالنډي ژبه زده کړم",
}
STARTS_AT = """(node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  const line = range.getClientRects()[0], box = node.getBoundingClientRect();
  return Math.abs(line.right - box.right) < 2 ? "right"
    : Math.abs(line.left - box.left) < 2 ? "left" : "middle";
}"""


@pytest.mark.parametrize("text", RIGHT_TO_LEFT.values(), ids=list(RIGHT_TO_LEFT))
def test_what_a_client_writes_from_right_to_left_stands_so(
    web: Serving, open_page: OpenPage, text: str
) -> None:
    page = open_page((320, 640), reduced_motion="reduce")
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()
    field = page.get_by_label("Typ hier je antwoord")
    expect(field).to_have_css("direction", "ltr")
    field.fill(text)
    expect(field).to_have_css("direction", "rtl")

    say(page, text)
    expect(page.get_by_text("Je zei:")).to_have_css("direction", "ltr")
    own = page.locator(".you .bubble [dir=auto]")
    expect(own).to_have_css("direction", "rtl")
    expect(field).to_have_css("direction", "ltr")
    page.reload()

    expect(own).to_have_css("direction", "rtl")
    expect(own).to_have_text(text)


def test_an_aid_text_starts_at_the_right_with_its_pictures_there_too(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.goto(web.url)
    say(page, "arabisch")

    text = page.locator(".bot .bubble [lang=ar]")
    assert text.evaluate(STARTS_AT) == "right"
    button = page.locator(".choices [lang=ar]")
    picture, words = button.locator("img").bounding_box(), button.locator("span").bounding_box()
    assert picture is not None
    assert words is not None
    assert picture["x"] > words["x"] + words["width"] - 1
    expect(page.locator(".root")).to_have_css("direction", "ltr")


def test_each_line_of_a_text_in_two_directions_has_its_own(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.goto(web.url)
    say(page, "twee talen")

    text = page.locator(".bot .bubble [dir=auto]", has_text="مرحبا")
    lines = text.evaluate(
        """(node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          const box = node.getBoundingClientRect();
          return Array.from(range.getClientRects()).filter((line) => line.width > 1)
            .map((line) => Math.abs(line.left - box.left) < 2 ? "left" : "right");
        }"""
    )
    assert lines == ["left", "right"]


def test_many_lines_stand_apart_with_what_they_are_about_in_bold(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.goto(web.url)
    say(page, "alles")

    lines = page.locator(".lines p")
    expect(lines).to_have_text(
        ["Dit schreef ik op:", "Droom: koken", "School: lagere school", "Naam: سارا"]
    )
    expect(lines.locator("b")).to_have_text(["Droom:", "School:", "Naam:"])
    say(page, "hulp")
    help_lines = page.locator(".lines").last.locator("p")
    expect(help_lines.get_by_role("link")).to_have_text(["112", "1813"])
    expect(help_lines.nth(1).get_by_role("link")).to_have_attribute("href", "tel:112")
    lines = page.locator(".lines").first.locator("p")
    expect(lines.last.locator("span")).to_have_css("direction", "rtl")
    expect(lines.last).to_have_css("direction", "ltr")


def test_on_a_phone_the_keyboard_makes_room_for_the_answer(
    web: Serving, open_page: OpenPage
) -> None:
    page = open_page(SMALL, reduced_motion="reduce", has_touch=True, is_mobile=True)
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()

    say(page, "kok")

    expect(page.get_by_text("Je zei: kok")).to_be_visible()
    expect(page.get_by_label("Typ hier je antwoord")).not_to_be_focused()
    expect(page.locator(".log .here")).to_be_focused()


def test_dictation_asks_first_then_types_what_it_hears(
    web: Serving, open_page: OpenPage, rasa: FakeRasa
) -> None:
    page = open_page(SMALL, reduced_motion="reduce")
    page.add_init_script(HEARING)
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()
    choose(page, "Spreek je antwoord in")
    expect(page.get_by_text("Je stem gaat soms naar een bedrijf op het internet.")).to_be_visible()
    assert page.evaluate("typeof hearing") == "undefined"

    choose(page, "Ja, luister")
    expect(page.get_by_text("Ik luister. Spreek nu.")).to_be_visible()
    assert page.evaluate("hearing.lang") == "nl-BE"
    page.evaluate("hearing.hears('ik wil kok worden')")
    choose(page, "Stop met luisteren")

    expect(page.get_by_label("Typ hier je antwoord")).to_have_value("ik wil kok worden")
    expect(page.get_by_label("Typ hier je antwoord")).to_be_focused()
    assert rasa.said() == ["/greet"]  # the client reads it first, and sends
    page.keyboard.press("Enter")
    expect(page.get_by_text("Je zei: ik wil kok worden")).to_be_visible()
    choose(page, "Spreek je antwoord in")
    expect(page.get_by_text("Ik luister. Spreek nu.")).to_be_visible()  # asked once


@pytest.mark.parametrize(
    ("error", "expected"),
    [("no-speech", "Ik hoorde niets."), ("not-allowed", "Je microfoon werkt hier niet.")],
)
def test_dictation_that_fails_says_so(
    web: Serving, open_page: OpenPage, error: str, expected: str
) -> None:
    page = open_page(reduced_motion="reduce")
    page.add_init_script(HEARING)
    page.goto(web.url)
    choose(page, "Spreek je antwoord in")
    choose(page, "Ja, luister")
    page.evaluate(f"hearing.fails('{error}')")

    expect(page.get_by_text(expected)).to_be_visible()


def test_without_dictation_there_is_no_button_for_it(web: Serving, open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    page.add_init_script(DEAF)
    page.goto(web.url)
    expect(page.locator(".choices")).to_be_visible()

    expect(page.locator(".mic")).to_have_count(0)

"""How the bot's messages look on Telegram."""

from typing import Any

import pytest

from bot.channels import rasa
from bot.channels.telegram import rendering
from tests.channels.fake_rasa import APPOINTMENT, COURSE

SENDER = "telegram-7"


@pytest.fixture(autouse=True)
def _settings(configured: None) -> None:
    """A secret to sign with."""


def made(**message: Any) -> list[rendering.Part]:
    return rendering.parts(SENDER, [{**rasa.message(""), **message}])


def several(*messages: dict[str, Any]) -> list[rendering.Part]:
    return rendering.parts(SENDER, [{**rasa.message(""), **one} for one in messages])


def button(title: str, payload: str = "/affirm") -> dict[str, str]:
    return {"title": title, "payload": payload}


def test_text_is_escaped() -> None:
    assert made(text="1 < 2 & <b>x</b>")[0]["text"] == "1 &lt; 2 &amp; &lt;b&gt;x&lt;/b&gt;"


def test_course_cards_take_the_place_of_their_text_in_one_message() -> None:
    (part,) = made(
        text="1. Nederlands ...",
        courses=[COURSE, {**COURSE, "title": "A & B"}],
        buttons=[button("Ja")],
    )
    first, second = part["text"].split("\n\n")

    assert first.splitlines() == [
        "<b>1. Nederlands voor beginners, in de avond</b>",
        "📍 CVO De Toekomst, Genk",
        "✅ Je wil Nederlands leren",
        "✅ De les is in de avond",
        "Wat heb je nog nodig?",
        "👉 Een test van een uur",
        "Vraag aan de school of dit klopt.",
        '<i>Bron: <a href="https://www.example.org/nt2">example.org</a>'
        " (nagekeken op 1/11/2026)</i>",
    ]
    assert second.startswith("<b>2. A &amp; B</b>")
    assert part["keyboard"]


def test_one_course_has_no_number() -> None:
    assert made(courses=[COURSE])[0]["text"].startswith("<b>Nederlands voor")


def test_an_answer_is_one_message_with_the_question_below() -> None:
    (part,) = several({"text": "Mooi."}, {"text": "Hoe oud ben je?", "buttons": [button("18")]})

    assert part["text"] == "Mooi.\n\nHoe oud ben je?"
    assert part["keyboard"]


def test_the_question_stands_below_the_cards_and_what_follows_buttons_by_itself() -> None:
    arrived = several(
        {"text": "Kijk eens."},
        {"courses": [COURSE]},
        {"text": "Past dit?", "buttons": [button("Ja")]},
        {"text": "Of typ iets."},
    )

    assert arrived[0]["text"].startswith("Kijk eens.\n\n<b>Nederlands")
    assert arrived[0]["text"].endswith("\n\nPast dit?")
    assert [part["text"] for part in arrived[1:]] == ["Of typ iets."]
    assert [bool(part["keyboard"]) for part in arrived] == [True, False]


def test_messages_that_get_too_long_together_stay_apart() -> None:
    arrived = several({"text": "a" * 2000}, {"text": "b" * 2000}, {"text": "c"})

    assert [part["text"][:1] + part["text"][-1:] for part in arrived] == ["aa", "bc"]
    many = several({"courses": [{**COURSE, "summary": "x" * 1500}] * 3})
    assert [part["text"][:6] for part in many] == ["<b>1. ", "<b>2. ", "<b>3. "]


def test_buttons_without_a_text_stand_below_the_message_before() -> None:
    (part,) = several({"text": "Past dit?"}, {"buttons": [button("Ja")]})

    assert part["text"] == "Past dit?"
    assert part["keyboard"]


def test_a_source_that_is_no_address_is_text() -> None:
    (part,) = made(courses=[{**COURSE, "source": 'javascript:alert("<x>")'}])

    assert "<a " not in part["text"]
    assert "&lt;x&gt;" in part["text"]


def test_an_appointment_shows_when_where_who_and_what_to_bring() -> None:
    (part,) = made(text="Je afspraak is gemaakt.", appointment=APPOINTMENT)

    assert part["text"].splitlines() == [
        "<b>Je afspraak</b>",
        "🕙 <b>dinsdag 24 november om 10 uur</b>",
        "📍 Leerwinkel Genk, Dieplaan 2, 3600 Genk",
        "👤 Met Fatma",
        "Breng mee:",
        "• je identiteitskaart",
        "• je diploma, als je er een hebt",
    ]


def test_a_long_text_is_cut_at_a_space_and_nothing_is_lost() -> None:
    given = "woord " * 1500

    pieces = rendering.split(given)

    assert " ".join(pieces).split() == given.split()
    assert all(len(piece) <= rendering.COMFORT for piece in pieces)
    assert rendering.split("x" * 7000) == ["x" * 3000, "x" * 3000, "x" * 1000]


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        (["Ja", "Nee"], [["Ja", "Nee"]]),
        (["Ja", "Nee", "Sla over"], [["Ja", "Nee"], ["Sla over"]]),
        (["Een diploma secundair halen", "Ja"], [["Een diploma secundair halen"], ["Ja"]]),
        (["Ja", "Langer, zonder diploma", "Nee"], [["Ja"], ["Langer, zonder diploma"], ["Nee"]]),
    ],
)
def test_short_buttons_share_a_row_and_long_ones_do_not(
    titles: list[str], rows: list[list[str]]
) -> None:
    (part,) = made(text="?", buttons=[button(title) for title in titles])

    assert [[b["text"] for b in row] for row in part["keyboard"]] == rows


def test_a_link_is_a_button_too() -> None:
    given = {"title": "Kaart", "url": "https://example.org/kaart"}

    assert rendering.keyboard(SENDER, [given]) == [
        [{"text": "Kaart", "url": "https://example.org/kaart"}]
    ]


def test_buttons_without_a_text_get_one() -> None:
    (part,) = made(buttons=[button("Ja")])

    assert part["text"]


def test_a_message_without_anything_is_not_sent() -> None:
    assert made() == []


def test_the_choice_is_shown_as_text() -> None:
    assert rendering.chosen("Wat <i>nu</i>?", "Ja & nee") == (
        "Wat <i>nu</i>?\n\n✔️ <b>Ja &amp; nee</b>"
    )

"""The aid texts in other languages."""

import pathlib
from typing import Any

import pytest
import yaml

from bot.nlu import language

ROOT = pathlib.Path(__file__).parent.parent.parent
AID: dict[str, Any] = yaml.safe_load((ROOT / "domain" / "aid.yml").read_text(encoding="utf-8"))
RESPONSES = AID["responses"]


def test_every_language_that_the_guard_names_has_an_aid_text() -> None:
    codes = {*language.KNOWN, language.UNKNOWN}
    expected = {f"utter_{kind}_{code}" for kind in ("aid", "aid_short") for code in codes}
    assert set(RESPONSES) == expected


@pytest.mark.parametrize("code", sorted({*language.KNOWN, language.UNKNOWN}))
def test_the_short_form_says_no_more_than_the_full_one(code: str) -> None:
    (full,), (short,) = RESPONSES[f"utter_aid_{code}"], RESPONSES[f"utter_aid_short_{code}"]
    assert short["text"] == full["text"].split("\n")[1]
    assert short["buttons"] == [b for b in full["buttons"] if b["payload"] == "/talk_to_human"]


@pytest.mark.parametrize("name", sorted(n for n in RESPONSES if "_short_" not in n))
def test_an_aid_text_is_short_and_has_the_three_ways_on(name: str) -> None:
    (response,) = RESPONSES[name]
    assert len(response["text"]) < 200
    assert [button["payload"] for button in response["buttons"]] == [
        "/resume",
        "/talk_to_human",
        "/book_appointment",
    ]


@pytest.mark.parametrize("code", sorted(language.KNOWN))
def test_an_aid_text_is_recognised_as_its_own_language(code: str) -> None:
    (response,) = RESPONSES[f"utter_aid_{code}"]
    for sentence in response["text"].split("\n"):
        assert language.LanguageReader().other_language(sentence) == code

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
    expected = {f"utter_aid_{code}" for code in {*language.KNOWN, language.UNKNOWN}}
    assert set(RESPONSES) == expected


@pytest.mark.parametrize("name", sorted(RESPONSES))
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

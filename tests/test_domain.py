"""The texts in `domain/`, as a whole."""

import json
import pathlib
import re
from typing import Any

import pytest
import yaml

from bot import contract
from bot.conversation.answers import CONTROL_VALUES

DOMAIN = pathlib.Path(__file__).parents[1] / "domain"
TOPICS = yaml.safe_load((DOMAIN / "topics.yml").read_text(encoding="utf-8"))["responses"]
FILLED = ("utter_glossary", "utter_ask_cost", "utter_show_my_data", "utter_show_my_data_not_kept")
"""Their text comes from the catalogue or from the client."""
SAID_ONCE = ("utter_deleted",)


@pytest.mark.parametrize(
    "response",
    [
        name
        for name in TOPICS
        if name not in (*FILLED, *SAID_ONCE) and not name.startswith("utter_confirm_")
    ],
)
def test_what_can_be_said_again_has_other_words_for_the_second_time(response):
    texts = {variant["text"] for variant in TOPICS[response]}

    assert len(texts) == len(TOPICS[response]) >= 2 or response.endswith("stuck")


def _payloads(content: Any) -> list[str]:
    if isinstance(content, dict):
        return [p for key, part in content.items() for p in _payloads(part) if key != "text"] + (
            [content["payload"]] if isinstance(content.get("payload"), str) else []
        )
    return [p for part in content for p in _payloads(part)] if isinstance(content, list) else []


def test_rasa_knows_every_field_that_a_button_can_hold():
    """It drops a field that is no entity: the button would then say nothing."""
    loaded = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in DOMAIN.glob("*.yml")]
    entities = {name for content in loaded for name in content.get("entities", ())}
    held = {
        field
        for payload in _payloads(loaded)
        if (fields := re.search(r"[{].*[}]", payload.replace("{{", "{").replace("}}", "}")))
        for field in json.loads(fields[0])
    }

    assert "interpreter" in held
    assert {*held, *CONTROL_VALUES, *contract.fields()} <= entities

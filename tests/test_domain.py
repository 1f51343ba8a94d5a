"""The texts in `domain/`, as a whole."""

import pathlib

import pytest
import yaml

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

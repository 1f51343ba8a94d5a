"""Tests of the choice of variants; run in Rasa's environment by `test_components.py`."""

import asyncio
import unittest

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
responses:
  utter_insult:
    - text: "een"
    - text: "twee {name}"
  utter_thank:
    - text: "graag"
"""
)


class Variants(unittest.TestCase):
    def setUp(self) -> None:
        # GIVEN the generator as Rasa makes it from endpoints.yml
        self.generator = NaturalLanguageGenerator.create(
            EndpointConfig(type="bot.nlu.variants.VariantsInTurn"), DOMAIN
        )
        self.tracker = DialogueStateTracker("web-1", DOMAIN.slots)

    def said(self, response: str, **gaps: str) -> str:
        message = asyncio.run(self.generator.generate(response, self.tracker, "rest", **gaps))
        self.tracker.update(BotUttered(message["text"], metadata={"utter_action": response}))
        return str(message["text"])

    def test_variants_come_in_turn(self) -> None:
        assert [self.said("utter_insult", name="x") for _ in range(4)] == [
            "een",
            "twee x",
            "een",
            "twee x",
        ]

    def test_each_response_counts_for_itself(self) -> None:
        assert self.said("utter_insult") == "een"
        assert self.said("utter_thank") == "graag"
        assert self.said("utter_insult", name="y") == "twee y"

    def test_filling_gaps_leaves_the_domain_as_it_is(self) -> None:
        self.said("utter_insult")
        self.said("utter_insult", name="z")
        assert DOMAIN.responses["utter_insult"][1]["text"] == "twee {name}"

    def test_an_unknown_response_is_none(self) -> None:
        assert asyncio.run(self.generator.generate("utter_x", self.tracker, "rest")) is None


if __name__ == "__main__":
    unittest.main()

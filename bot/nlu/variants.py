"""Which variant of a response is said: each in its turn, so that none comes twice in a row."""

from typing import Any, Dict, Optional

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

UTTER_ACTION = "utter_action"


class VariantsInTurn(TemplatedNaturalLanguageGenerator):
    """The domain's responses; a response with variants starts with the first one.

    Rasa's own generator chooses by chance, so that somebody who repeats a question can read the
    same sentence twice.
    """

    def __init__(self, endpoint_config: Optional[EndpointConfig], domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> Optional[Dict[str, Any]]:
        """The next variant, with its gaps filled; None when the domain lacks the response."""
        slots = tracker.current_slot_values()
        if utter_action not in self.responses:
            return None
        variants = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots
        )
        if not variants:
            return None
        said = sum(
            isinstance(event, BotUttered) and event.metadata.get(UTTER_ACTION) == utter_action
            for event in tracker.events
        )
        return self._fill_response(dict(variants[said % len(variants)]), slots, **kwargs)

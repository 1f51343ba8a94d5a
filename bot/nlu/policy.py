"""Rasa's rule policy, with two changes that this assistant needs.

1. Rasa maps the intents `restart` and `back` to default actions that wipe the conversation
   without asking. Here `restart` is an intent like the others (the client is asked first).
2. Inside a form every message goes to that form, and after it the bot listens. That is known
   without matching the whole conversation against all rules, which costs more every turn.
"""
# No `from __future__ import annotations` here: Rasa inspects the annotations of graph components.

from typing import Any, Dict, Optional, Tuple

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    USER_INTENT_SESSION_START,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class FormRulePolicy(RulePolicy):
    """Rules outside the forms; inside a form the form itself."""

    @staticmethod
    def _find_action_from_default_actions(
        tracker: DialogueStateTracker,
    ) -> Tuple[Optional[str], Optional[str]]:
        message = tracker.latest_message
        if message is not None and message.intent.get("name") != USER_INTENT_SESSION_START:
            return None, None
        return RulePolicy._find_action_from_default_actions(tracker)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The form when it is active and has not answered yet, then listening, else the rules."""
        form = tracker.active_loop_name
        if form and not tracker.is_active_loop_rejected:
            action = form if tracker.latest_action_name == ACTION_LISTEN_NAME else None
            if tracker.latest_action_name == form:
                action = ACTION_LISTEN_NAME
            if action:
                return self._rule_prediction(
                    self._prediction_result(action, tracker, domain),
                    f"form {form}",
                    is_no_user_prediction=True,
                )
        return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)

"""Rasa components after the classifier: other languages, then danger, which has the last word."""
# No `from __future__ import annotations` here: Rasa inspects the annotations of graph components.

import json
from typing import Any, Dict, List, Optional, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import danger, language
from bot.nlu.classifier import DANGER_CHANCE
from bot.nlu.text import clean

WORDS_FILE = "dutch_words.json"


def _override(message: Message, intent: str) -> None:
    """Gives the message this intent, kept beside what the classifier thought."""
    chosen = {"name": intent, "confidence": 1.0}
    if message.get("classified") is None:
        message.set("classified", message.get(INTENT), add_to_output=True)
    ranking = [entry for entry in message.get(INTENT_RANKING_KEY) or [] if entry["name"] != intent]
    message.set(INTENT, chosen, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [chosen, *ranking], add_to_output=True)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageGuard(GraphComponent, IntentClassifier):
    """Sets the intent `other_language` and the property `language` (ISO 639-1, or "und").

    What the classifier thought stays in the property `classified`.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        return []  # it learns apart; config.yml puts it after the classifier

    @staticmethod
    def required_packages() -> List[str]:
        return ["langdetect", "wordfreq"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        reader: Optional[language.LanguageReader] = None,
    ) -> None:
        self.model_storage = model_storage
        self.resource = resource
        self.reader = reader or language.LanguageReader()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageGuard":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LanguageGuard":
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
        language.warm_up()  # the word lists: now, not at the first message
        return cls(model_storage, resource, language.LanguageReader(frozenset(words)))

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the words of the Dutch training sentences."""
        texts = [example.get(TEXT) or "" for example in training_data.intent_examples]
        words = sorted(language.vocabulary(texts))
        with self.model_storage.write_to(self.resource) as folder:
            (folder / WORDS_FILE).write_text(
                json.dumps(words, ensure_ascii=False), encoding="utf-8"
            )
        self.reader = language.LanguageReader(frozenset(words))
        return self.resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Marks the messages that are surely not Dutch."""
        for message in messages:
            found = self.reader.other_language(clean(message.get(TEXT) or ""))
            if found:
                _override(message, "other_language")
                message.set("language", found, add_to_output=True)
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerGuard(GraphComponent, IntentClassifier):
    """Sets the intent `crisis` when danger is noticed.

    Properties: `danger` ("yes" or "maybe", the dialogue asks when "maybe") and `danger_kind`
    (suicide, self_harm, violence, no_roof) when a rule told which.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        return [IntentClassifier]

    @staticmethod
    def required_packages() -> List[str]:
        return []

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DangerGuard":
        danger.rules()
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Marks the messages in which danger is noticed."""
        for message in messages:
            text = clean(message.get(TEXT) or "")
            if not text or text.startswith("/"):
                continue
            verdict = danger.judge(text, message.get(DANGER_CHANCE) or 0.0)
            if verdict.level == "yes":
                _override(message, "crisis")
            elif (message.get(INTENT) or {}).get("name") == "crisis":
                _second_best(message)
            if verdict.level != "no":
                message.set("danger", verdict.level, add_to_output=True)
            if verdict.kind:
                message.set("danger_kind", verdict.kind, add_to_output=True)
        return messages


def _second_best(message: Message) -> None:
    """In between: `danger: maybe` asks; the intent is the next one of the ranking."""
    others = [entry for entry in message.get(INTENT_RANKING_KEY) or [] if entry["name"] != "crisis"]
    if others:
        message.set(INTENT, others[0], add_to_output=True)

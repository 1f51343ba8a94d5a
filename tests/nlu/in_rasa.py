"""Tests of the Rasa components; run in Rasa's environment by `test_components.py`."""

import pathlib
import tempfile
import unittest
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import classifier, embedding, guards, intent_model

EXAMPLES = {
    "greet": ["dag", "hallo", "goeiedag", "hey daar"],
    "ask_cost": ["hoeveel kost dat", "wat is de prijs", "is dat gratis", "moet ik betalen"],
    "crisis": ["ik wil dood", "mijn man slaat mij", "ik spring van de brug", "ik ben in gevaar"],
}


def training_data() -> TrainingData:
    return TrainingData(
        [
            Message({TEXT: text, "intent": intent})
            for intent, texts in EXAMPLES.items()
            for text in texts
        ]
    )


class Components(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        # GIVEN a pipeline trained on a few sentences, and loaded again from its storage
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        classifier.CACHE = pathlib.Path(folder.name) / "vectors"  # not the one of real trainings
        storage = LocalModelStorage(pathlib.Path(folder.name))
        context = ExecutionContext(GraphSchema({}), node_name="node")
        data = training_data()
        parts: dict[str, Any] = {}
        for name, component in (
            ("classifier", classifier.BlendedIntentClassifier),
            ("language", guards.LanguageGuard),
            ("danger", guards.DangerGuard),
        ):
            arguments = (component.get_default_config(), storage, Resource(name), context)
            part = component.create(*arguments)
            if hasattr(part, "train"):
                part.train(data)
                part = component.load(*arguments)
            data = part.process_training_data(data)
            parts[name] = part
        cls.parts = parts

    def parse(self, text: str) -> Message:
        message = Message({TEXT: text})
        for part in self.parts.values():
            part.process([message])
        return message

    def test_an_intent_and_a_ranking_are_given(self) -> None:
        message = self.parse("wa kost da")
        assert message.get("intent")["name"] == "ask_cost"
        assert len(message.get("intent_ranking")) == 3
        assert "probabilities" not in message.as_dict(only_output_properties=True)

    def test_another_language_is_marked_and_the_first_reading_kept(self) -> None:
        message = self.parse("how much does the course cost")
        output = message.as_dict(only_output_properties=True)
        assert output["intent"] == {"name": "other_language", "confidence": 1.0}
        assert output["language"] == "en"
        assert output["classified"]["name"] == "ask_cost"

    def test_danger_has_the_last_word(self) -> None:
        output = self.parse("mijn broer wil zelfmoord doen").as_dict(only_output_properties=True)
        assert output["intent"] == {"name": "crisis", "confidence": 1.0}
        assert (output["danger"], output["danger_kind"]) == ("yes", "suicide")

    def test_an_empty_or_strange_text_breaks_nothing(self) -> None:
        for text in ("", " ", "\x00", "🙂", "x" * 10000, "<script>", "/restart"):
            message = self.parse(text)
            assert message.get("language") is None
            assert message.get("danger_kind") is None

    def test_the_vectors_are_read_only_when_words_leave_a_doubt(self) -> None:
        model = self.parts["classifier"].model
        asked = []

        def vectors_of(texts: list[str]) -> embedding.Matrix:
            asked.extend(texts)
            return embedding.encode(texts, ["e5"])

        texts = ["iets heel anders nu", "wa kost da", "ik ben in gevaar"]
        read = model.read(texts, vectors_of)
        assert "iets heel anders nu" in asked
        assert read.probabilities.shape == (3, 3)
        assert abs(read.probabilities.sum() - 3) < 1e-6
        assert read.danger.argmax() == 2
        assert 0 <= read.danger.min() <= read.danger.max() <= 1

    def test_the_meaning_is_learned_from_short_examples_and_of_every_intent(self) -> None:
        asked = []

        def vectors_of(texts: list[str]) -> embedding.Matrix:
            asked.extend(texts)
            return embedding.encode(texts, ["e5"])

        # GIVEN one long example beside short ones, and an intent with nothing but a long one
        long = "mijn prijs is iets dat ik nu al weken aan een stuk wil weten " * 3
        examples = [("dag", "greet"), ("hallo", "greet"), ("hoeveel kost dat", "ask_cost")]
        examples += [(long, "ask_cost"), (long.replace("prijs", "afspraak"), "stop")]
        model = intent_model.IntentModel()
        model.fit([text for text, _ in examples], vectors_of, [intent for _, intent in examples])

        assert sum("afspraak" in text for text in asked) == 1
        assert not any("prijs" in text for text in asked)
        assert model.read(["hallo"], vectors_of).probabilities.shape == (1, 3)

    def test_an_untrained_classifier_gives_no_intent(self) -> None:
        message = Message({TEXT: "dag"})
        bare = classifier.BlendedIntentClassifier(
            classifier.BlendedIntentClassifier.get_default_config(), None, None
        )
        bare.process([message])
        assert message.get("intent")["name"] is None

    def test_an_unknown_model_of_vectors_is_refused(self) -> None:
        with self.assertRaises(InvalidConfigException):  # noqa: PT027
            classifier.BlendedIntentClassifier.validate_config({"models": ["bert"]})


if __name__ == "__main__":
    unittest.main()

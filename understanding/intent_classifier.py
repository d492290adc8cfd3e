"""The intent classifier: a linear SVM over characters, words, sounds and concepts.

Chosen by measurement: docs/decisions/0002-understanding.md.
"""

import pickle
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding.clauses import clauses_of
from understanding.haste import hasty_copies
from understanding.linear_intents import LinearIntents, trained
from understanding.normaliser import normalised
from understanding.utterance_features import kinds_of_parts, without_particulars, words_of

MODEL_FILE = "intent_classifier.pickle"
RANKED = 10
COPY_COUNTS = 0.5  # of what a line of a person counts
CLAUSE_INTENTS = "clause_intents"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Gives each message its intent and a ranking, with confidences that add up to one."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: LinearIntents | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C` of the SVM; `sharpness` makes confidences of its margins (fitted to people who wrote no example)."""
        return {"C": 0.5, "sharpness": 5.0}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        """Called by Rasa before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **_: Any,
    ) -> "IntentClassifier":
        """Called by Rasa with what was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, pickle.loads((folder / MODEL_FILE).read_bytes()))

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the examples that have an intent, and on hasty copies of them, and keeps the result."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        lines = [(normalised(m.get(TEXT)), m.get(INTENT)) for m in examples]
        copies = [(normalised(text), intent) for text, intent in hasty_copies(lines, words_of)]
        texts, intents = zip(*((without_particulars(text), intent) for text, intent in lines + copies), strict=True)
        counts = [1.0] * len(lines) + [COPY_COUNTS] * len(copies)
        return self._keep(trained(
            kinds_of_parts(), texts, intents, self._config["C"], self._config["sharpness"], counts
        ))

    def _keep(self, model: LinearIntents) -> Resource:
        self._model = model
        with self._storage.write_to(self._resource) as folder:
            (folder / MODEL_FILE).write_bytes(pickle.dumps(self._model, pickle.HIGHEST_PROTOCOL))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, each with its intent, the ranking, and the best intent of each of its clauses."""
        for message in messages:
            text = message.get(TEXT) or ""
            clauses = clauses_of(text)
            whole, *parts = self._rankings([text, *clauses])
            message.set(INTENT, whole[0], add_to_output=True)
            message.set("intent_ranking", whole[:RANKED], add_to_output=True)
            heard = [{**part[0], "text": clause} for part, clause in zip(parts, clauses, strict=True)]
            message.set(CLAUSE_INTENTS, heard, add_to_output=True)
        return messages

    def _rankings(self, texts: list[str]) -> list[list[dict[str, Any]]]:
        """All intents of each text, the likeliest first; all at zero for an empty one."""
        assert self._model is not None
        shares = self._model.confidences([without_particulars(text) for text in texts])
        rows = [row if text else row * 0 for text, row in zip(texts, shares, strict=True)]
        names = self._model.intents.tolist()
        orders = np.argsort(-np.array(rows), axis=1, kind="stable").tolist()
        return [
            [{"name": names[at], "confidence": row[at]} for at in order]
            for row, order in zip((row.tolist() for row in rows), orders, strict=True)
        ]

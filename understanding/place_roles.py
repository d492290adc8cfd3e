"""Learns from the annotated examples whether a place is where someone is insured or where they are treated.

Only the words around the place count, never its name, so that it holds for places no example names.
"""

import pickle
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from understanding.normaliser import normalised
from understanding.vocabulary import REGION

WINDOW = 6
NO_ROLE = "none"
MODEL_FILE = "place_roles.pickle"


def context(text: str, start: int, end: int, position: int, places: int) -> dict[str, Any]:
    """What stands around a place: characters before and after, its position among the places named."""
    before, after = text[max(0, start - WINDOW):start], text[end:end + WINDOW]
    features: dict[str, Any] = {"position": str(position), "places": min(places, 3), "alone": before + after == ""}
    for size in (1, 2, 3):
        features[f"just_before_{size}"] = before[-size:]
        features[f"just_after_{size}"] = after[:size]
    for size in (1, 2):
        features |= {f"before_{before[i:i + size]}": 1 for i in range(len(before) - size + 1)}
        features |= {f"after_{after[i:i + size]}": 1 for i in range(len(after) - size + 1)}
    features |= {f"anywhere_{text[i:i + 2]}": 0.5 for i in range(len(text) - 1)}
    return features


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PlaceRoles(GraphComponent):
    """Gives each place of a message its role, insured or treatment, or none where that is open."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: Pipeline | None = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PlaceRoles":
        """Called by Rasa before training."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **_: Any,
    ) -> "PlaceRoles":
        """Called by Rasa with what was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, pickle.loads((folder / MODEL_FILE).read_bytes()))

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the annotated places and keeps the result."""
        cases, roles = examples(training_data)
        self._model = make_pipeline(DictVectorizer(), LogisticRegression(C=2.0, max_iter=500))
        self._model.fit(cases, roles)
        with self._storage.write_to(self._resource) as folder:
            (folder / MODEL_FILE).write_bytes(pickle.dumps(self._model, pickle.HIGHEST_PROTOCOL))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, each place with its role."""
        for message in messages:
            places = [e for e in message.get(ENTITIES, []) if e["entity"] == REGION]
            text = message.get(TEXT) or ""
            for position, entity in enumerate(places):
                role = self._role(context(text, entity["start"], entity["end"], position, len(places)))
                if role != NO_ROLE:
                    entity["role"] = role
        return messages

    def _role(self, features: dict[str, Any]) -> str:
        """As the pipeline's `predict`, which builds a matrix of all columns for one place."""
        assert self._model is not None
        vectoriser, learned = self._model[0], self._model[-1]
        columns, values = [], []
        for name, value in features.items():
            key, weight = (f"{name}={value}", 1.0) if isinstance(value, str) else (name, float(value))
            column = vectoriser.vocabulary_.get(key)
            if column is not None:
                columns.append(column)
                values.append(weight)
        margins = learned.coef_[:, columns] @ values + learned.intercept_
        likeliest = margins.argmax() if len(margins) > 1 else int(margins[0] > 0)  # of two there is one row
        return str(learned.classes_[likeliest])


def examples(training_data: TrainingData) -> tuple[list[dict[str, Any]], list[str]]:
    """The contexts of all annotated places and their roles."""
    cases, roles = [], []
    for message in training_data.training_examples:
        places = [e for e in message.get(ENTITIES) or [] if e["entity"] == REGION]
        for position, entity in enumerate(sorted(places, key=lambda e: int(e["start"]))):
            text = message.get(TEXT)
            before = normalised(text[:entity["start"]])
            name = text[entity["start"]:entity["end"]]
            whole = before + name + normalised(text[entity["end"]:])
            cases.append(context(whole, len(before), len(before) + len(name), position, len(places)))
            roles.append(entity.get("role") or NO_ROLE)
    return cases, roles

"""A linear SVM on nothing but characters, as a yardstick for what else the intent classifier looks at."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding.intent_classifier import IntentClassifier
from understanding.linear_intents import trained
from understanding.normaliser import normalised
from understanding.utterance_features import LONGEST_ROW, without_particulars
from understanding.weighed_parts import Characters, NumberedParts, rows_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PlainSvm(IntentClassifier):
    """As IntentClassifier, places and numbers taken out as well, with characters alone."""

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the examples that have an intent, and keeps the result."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        kinds = [NumberedParts(Characters(), rows_of, LONGEST_ROW)]
        texts = [without_particulars(normalised(m.get(TEXT))) for m in examples]
        intents = [m.get(INTENT) for m in examples]
        return self._keep(trained(kinds, texts, intents, self._config["C"], self._config["sharpness"]))

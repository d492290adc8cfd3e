"""Brings a message to one form before anything else looks at it."""

import re
import unicodedata
from functools import cache

import opencc
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding import slips

COMMAND_PREFIX = "/"
LONGEST_MESSAGE = 500


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normalised(text: str) -> str:
    """The text in half width, simplified characters and lower case, slips put right; a blank between Han is a comma.

    What a person wrote never comes out with a leading slash: that is how commands begin.
    A longer text than LONGEST_MESSAGE keeps its beginning and its end, where the question stands.
    """
    text = re.sub("[\u2460-\u2473\u3251-\u325f]", "。", text)  # ① parts questions; folded it would be a figure
    folded = _to_simplified().convert(unicodedata.normalize("NFKC", text)).lower()
    folded = re.sub(r"[\u200b-\u200f\u2060\ufeff\x00-\x1f]+", " ", folded)
    # what people on a phone type for a comma: 杭州 转诊 有效期
    folded = re.sub(r"(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})", ",", folded)
    folded = re.sub(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])", "", folded)
    folded = re.sub(r"([^\d])\1{3,}", r"\1\1\1", folded).lstrip(COMMAND_PREFIX)
    if len(folded) > LONGEST_MESSAGE:
        half = LONGEST_MESSAGE // 2
        folded = folded[:half] + folded[-half:]
    return slips.put_right(folded)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Normalises messages as they come; training examples are written normalised and checked for it.

    Commands (a slash and an intent's name) come only from our own buttons and stay as they are.
    """

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):  # type: ignore[no-untyped-def]
        """Called by Rasa."""
        slips.prepare()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, their text normalised in place."""
        for message in messages:
            text = message.get(TEXT)
            if text and not text.startswith(COMMAND_PREFIX):
                message.set(TEXT, normalised(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training examples without annotated places, normalised; offsets of the others must stay true."""
        for message in training_data.training_examples:
            text = message.get(TEXT)
            if text and not message.get("entities"):
                message.set(TEXT, normalised(text))
        return training_data

"""Turns what the extractors found into closed values: codes of regions, the engine's facts, terms, dates.

No free text of the message is left in an entity's value, so that nothing private rides along.
"""

import re
from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from rules_engine import regions
from understanding.vocabulary import REGION, meanings

CLOSED_VALUES = "CaseEntities"
# 2021年11月, 21年12月3号, 去年三月, 前年: days of a visit, as far as they name a year.
DATE_PATTERN = re.compile(
    r"(?:(?:20)?\d{2}年|[二两]零[零一二三四五六七八九]{2}年|二〇[〇一二三四五六七八九]{2}年|前年|去年|今年|上个月)"
    r"(?:的?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?)?"
    r"|20\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
    r"|(?<!\d)\d{1,2}月\d{1,2}[日号]"
)
NOT_SAID = re.compile(r"(?:不是|并非|不算|不属于)(?:说)?$")


def entities_of(text: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The closed entities of a message, in the order they stand in it."""
    entities = [*_regions(text), *_phrases(text, found), *_dates(text)]
    return sorted(entities, key=lambda entity: entity["start"])


def _regions(text: str) -> Iterator[dict[str, Any]]:
    """Places by the division table, all they can mean: 鼓楼区 is in four cities."""
    for mention in regions.find_in(text):
        codes = "|".join(region.code for region in mention.regions)
        beyond = text[mention.end:].startswith(("外", "以外", "省外"))
        yield _entity(REGION, codes, mention.start, mention.end) | ({"beyond": True} if beyond else {})


def _phrases(text: str, found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the entity ruler matched, each phrase with all its meanings, unless it is denied (不是长期)."""
    for entity in found:
        said = text[entity["start"]:entity["end"]]
        denied = NOT_SAID.search(text[:entity["start"]])
        for label, value in () if denied else meanings().get(said, ()):
            yield _entity(label, value, entity["start"], entity["end"])


def _dates(text: str) -> Iterator[dict[str, Any]]:
    for match in DATE_PATTERN.finditer(text):
        yield _entity("date", match.group(), match.start(), match.end())


def _entity(label: str, value: str, start: int, end: int) -> dict[str, Any]:
    return {"entity": label, "value": value, "start": start, "end": end, "extractor": CLOSED_VALUES}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CaseEntities(GraphComponent):
    """Replaces what the entity ruler found by closed values."""

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):  # type: ignore[no-untyped-def]
        """Called by Rasa."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with their entities replaced."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/"):
                message.set(ENTITIES, entities_of(text, message.get(ENTITIES, [])), add_to_output=True)
        return messages

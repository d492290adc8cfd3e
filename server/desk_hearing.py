"""A line at the desk that words alone don't settle: what the trained model hears in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from server.assistant import NotReady
from server.desk_reading import DeskReader, Reading
from server.meaning import START_FILING, meaning_of
from server.topics_heard import WORTH_A_MENTION, asks_policy

STEPS = "filing_steps"


class Listener(Protocol):
    """Whoever understands sentences: the assistant, once its model is loaded."""

    @property
    def is_ready(self) -> bool: ...

    async def parsed(self, text: str) -> Mapping[str, Any]: ...


async def heard(line: str, reader: DeskReader, listener: Listener, *, needs_topic: bool = True) -> Reading:
    """The line as its words say it; where they leave it open, as the model hears it, if it is ready."""
    reading = reader.read(line)
    if reading.is_sure or not reading.text or not needs_topic or not listener.is_ready:
        return reading
    try:
        parsed = await listener.parsed(reading.text)
    except NotReady:
        return reading
    return meant(reading, parsed, reader)


def meant(reading: Reading, parsed: Mapping[str, Any], reader: DeskReader) -> Reading:
    """The reading with the model's topics before those of the words, and with the places' roles that it learned."""
    meaning = meaning_of(parsed, has_draft=False)
    likely = [row["name"] for row in meaning.ranking if row["confidence"] >= WORTH_A_MENTION]
    names = (meaning.intent, *meaning.also, *meaning.perhaps, *(likely if asks_policy(meaning.intent) else ()))
    topics = [STEPS if name == START_FILING else name.removeprefix("ask_") for name in names
              if asks_policy(name) or name == START_FILING]
    known = [topic for topic in dict.fromkeys((*topics, *reading.topics)) if topic in reader.policy.topics]
    return replace(reading, entities=meaning.entities, topics=tuple(known), by="model" if topics else reading.by)

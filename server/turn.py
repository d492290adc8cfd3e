"""One turn for the dialogue: an intent with closed values, and what the history shows of the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.meaning import SURE_ENOUGH, Meaning, meaning_of
from server.privacy import masked
from server.topics_heard import QUESTION


@dataclass(frozen=True)
class Turn:
    """One turn for the dialogue. `shown` is what the history shows of the message.

    `notes`: what the server itself has to say of the message, before the dialogue replies.
    """

    intent: str
    shown: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    confidence: float = 1.0
    ranking: list[dict[str, Any]] = field(default_factory=list)
    private_text: str | None = None  # to be kept under a token, as entity field_token
    notes: tuple[str, ...] = ()

    def parse_data(self) -> dict[str, Any]:
        """What Rasa takes in place of parsing a text itself."""
        intent = {"name": self.intent, "confidence": self.confidence}
        # rasa-sdk reads the intent from the head of the ranking, so one that we chose stands there too
        ranking = [intent, *(row for row in self.ranking if row["name"] != self.intent)]
        return {"text": f"/{self.intent}", "intent": intent, "entities": self.entities, "intent_ranking": ranking}


@dataclass(frozen=True)
class SoFar:
    """What the talk was about before this message.

    `intent`: the message before; `awaits_yes`: what was asked for a yes then; `looked_up_no`: the number of a filing
    that is being looked for; `begins_filing`: a filing is begun that has no draft yet.
    """

    intent: str | None = None
    topic: str | None = None
    awaits_yes: Mapping[str, str] | None = None
    looked_up_no: str | None = None
    begins_filing: bool = False


def closed(name: str, value: str) -> dict[str, Any]:
    """An entity of a value that is not a person's own words."""
    return {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "server"}


def turn_from_button(intent: str, entities: Mapping[str, str], title: str) -> Turn:
    """The turn of a pressed button."""
    return Turn(intent, title, [closed(name, value) for name, value in entities.items()])


def is_drawing(text: str) -> bool:
    """Whether it is a drawn signature and no text at all."""
    return text.startswith("data:image")


def understood(text: str, parsed: Mapping[str, Any], *, has_draft: bool, topic: str | None = None) -> Turn:
    """The turn of a message that is taken for what it says."""
    meaning = meaning_of(parsed, has_draft=has_draft, topic=topic)
    return Turn(
        intent=meaning.intent,
        shown="（图片）" if is_drawing(text) else masked(text),
        entities=[*meaning.entities, *_further_topics(meaning)],
        confidence=meaning.confidence,
        ranking=meaning.ranking[:5],
    )


def _further_topics(meaning: Meaning) -> list[dict[str, Any]]:
    """The further topics of a message, as closed values for the dialogue."""
    also = [closed("also_topic", name.removeprefix("ask_")) for name in meaning.also]
    return also + [closed("perhaps_topic", name.removeprefix("ask_")) for name in meaning.perhaps]


def _asks(intent: str) -> bool:
    return intent.startswith("ask_") or intent in ("follow_up", "start_filing")


def is_question(text: str, meant: Turn) -> bool:
    """Whether a message asks something: it looks like a question and a topic is recognised in it."""
    asking = [row["confidence"] for row in meant.ranking if _asks(row["name"])]
    is_sure = meant.confidence >= SURE_ENOUGH or sum(asking) >= SURE_ENOUGH  # of which topic may be open
    return bool(QUESTION.search(text)) and _asks(meant.intent) and is_sure

"""The case as Rasa's slots hold it: read into facts, written back."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from services import bootstrap
from services.case_facts import CASE_FACTS, Told, told, visit_day

TOPIC_INTENT_PREFIX = "ask_"


def topic_of(tracker: Tracker) -> str | None:
    """The topic the last message asks about; None when it names none."""
    intent = tracker.get_intent_of_latest_message() or ""
    topic = intent.removeprefix(TOPIC_INTENT_PREFIX)
    return topic if intent.startswith(TOPIC_INTENT_PREFIX) and bootstrap.answers().has_topic(topic) else None


def known_case(tracker: Tracker) -> dict[str, Any]:
    """What is known so far, by slot."""
    return {name: tracker.get_slot(name) for name in CASE_FACTS}


def told_now(tracker: Tracker, topic: str | None) -> Told:
    """What the last message tells."""
    entities, asked = tracker.latest_message.get("entities", []), tracker.get_slot("asked_fact")
    return told(entities, known_case(tracker), topic, asked, bootstrap.answers().covered_regions())


def days_said(said: Told, topic: str | None) -> dict[str, str]:
    """The day named, as the slot it belongs to: the filing's confirmation or the visit."""
    if said.visit_day_said is None:
        return {}
    day = visit_day(said.visit_day_said, bootstrap.today())
    if day is None:
        return {}
    if topic in ("change", "cancel_filing", "return_home"):
        return {"confirmed_on": day.isoformat()} if "月" in said.visit_day_said else {}
    slot = "visit_on"
    return {slot: day.isoformat()}


def changes(case: Mapping[str, Any]) -> list[EventType]:
    """The slots to set."""
    return [SlotSet(name, value) for name, value in case.items()]

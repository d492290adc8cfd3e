"""The case as Rasa's slots hold it: read into facts, written back."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from services import bootstrap
from services.case_facts import CASE_FACTS, Conversation, Told, told
from services.days_said import dated, visit_day

TOPIC_INTENT_PREFIX = "ask_"


def topic_of(tracker: Tracker) -> str | None:
    """The topic the last message asks about; None when it names none."""
    intent = tracker.get_intent_of_latest_message() or ""
    topic = intent.removeprefix(TOPIC_INTENT_PREFIX)
    return topic if intent.startswith(TOPIC_INTENT_PREFIX) and bootstrap.answers().has_topic(topic) else None


def entity_values(tracker: Tracker, name: str) -> list[str]:
    """The values of the last message's entities of that name."""
    return [str(value) for value in tracker.get_latest_entity_values(name)]


def kinds_said(tracker: Tracker) -> set[str]:
    """The names of the last message's entities."""
    return {entity["entity"] for entity in tracker.latest_message.get("entities", [])}


def known_case(tracker: Tracker) -> dict[str, Any]:
    """What is known so far, by slot."""
    return {name: tracker.get_slot(name) for name in CASE_FACTS}


def told_now(tracker: Tracker, topic: str | None) -> Told:
    """What the last message tells."""
    conversation = Conversation(
        known_case(tracker), topic, tracker.get_slot("asked_fact"), tracker.get_slot("last_place_role"),
        tracker.get_slot("person"), tracker.get_slot("people") or {},
    )
    return told(tracker.latest_message.get("entities", []), conversation, bootstrap.areas())


def returns_elsewhere(tracker: Tracker) -> bool:
    """Whether someone goes back to a place that is not where they are insured: 回老家合肥看病, insured in 杭州."""
    insured = tracker.get_slot("insured_region")
    back = [e for e in tracker.latest_message.get("entities", []) if e["entity"] == "region" and e.get("returns")]
    return bool(insured and back) and all(bootstrap.areas().of(str(e["value"]).split("|")[0]) != insured for e in back)


def talk_changes(said: Told) -> dict[str, Any]:
    """The slots about the talk itself: whose case it is, which place was told last."""
    return {"person": said.person, "people": dict(said.people), "last_place_role": said.last_place_role}


def remembered(said: Told) -> list[EventType]:
    """The slots to set where a message tells of the case, and another thing than the case was answered."""
    return changes({**said.facts, **talk_changes(said)})


def days_said(said: Told, topic: str | None) -> dict[str, str]:
    """The day named, as the slot it belongs to: the filing's confirmation or the visit."""
    if said.visit_day_said is None:
        return {}
    if topic in ("change", "cancel_filing", "return_home"):
        # 上个月 is no day that anything can be counted from
        day = dated(said.visit_day_said, bootstrap.today()) if "月" in said.visit_day_said else None
        return {"confirmed_on": day.isoformat()} if day else {}
    day = visit_day(said.visit_day_said, bootstrap.today())
    return {"visit_on": day.isoformat()} if day else {}


def skipped_facts(tracker: Tracker, said: Told) -> set[str]:
    """The facts the person does not know, the one just asked for among them where they say so."""
    asked, skipped = tracker.get_slot("asked_fact"), set(tracker.get_slot("skipped_facts") or ())
    return skipped | ({asked} if said.says_unknown and asked else set())


def as_facts(slots: set[str]) -> set[str]:
    """The engine asks for the scope; people are asked for the place."""
    return slots | ({"destination_scope"} if "treatment_region" in slots else set())


def slot_of(fact: str) -> str:
    """The slot that a fact is asked by: as as_facts, the other way round."""
    return "treatment_region" if fact == "destination_scope" else fact


def changes(case: Mapping[str, Any]) -> list[EventType]:
    """The slots to set."""
    return [SlotSet(name, value) for name, value in case.items()]

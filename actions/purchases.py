"""Says what one purchase comes to (medicine elsewhere, one Class B item), before the rule itself is told."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.case_slots import changes, entity_values, kinds_said, known_case
from services import bootstrap
from services.case_facts import Told, facts_of
from services.cost_said import AMOUNTS, TOTAL
from services.purchases import CLASS_B, PHARMACY, purchase, purchase_line

RULES: Mapping[str, str] = {"pharmacy": PHARMACY, "cost_parts": CLASS_B}  # topic → the rules it is reckoned by
SLOT = "purchase_amount"


def say_purchase(
    dispatcher: CollectingDispatcher, tracker: Tracker, topic: str | None, said: Told
) -> list[EventType]:
    """Says the sum, where the topic is one of purchases and a price was named; the slot that keeps the price."""
    price = _price(tracker, topic)
    if price is None:
        return []
    line = _line(tracker, str(topic), {**known_case(tracker), **said.facts}, Decimal(price))
    if line:
        dispatcher.utter_message(text=line, json_message={"kind": "cost_note"})
    return changes({SLOT: price})


def names_total(tracker: Tracker) -> bool:
    """Whether the last message names a sum that nothing else claims."""
    return TOTAL in kinds_said(tracker)


def names_a_sum(tracker: Tracker) -> bool:
    """Whether the last message names any sum of a bill or a sheet."""
    return not AMOUNTS.isdisjoint(kinds_said(tracker))


def is_of_purchases(tracker: Tracker) -> bool:
    """Whether single purchases are being spoken of, so that a sum is a price."""
    return tracker.get_slot("topic") in RULES


def _price(tracker: Tracker, topic: str | None) -> str | None:
    """The price named now, or before in the same topic."""
    if topic not in RULES:
        return None
    named = next(iter(entity_values(tracker, TOTAL)), None)
    return named or (tracker.get_slot(SLOT) if tracker.get_slot("topic") == topic else None)


def _line(tracker: Tracker, topic: str, case: dict[str, Any], price: Decimal) -> str:
    if not case.get("insured_region"):
        return ""
    case["insured_region"] = bootstrap.areas().of(case["insured_region"])
    visit_on = tracker.get_slot("visit_on")
    on = date.fromisoformat(visit_on) if visit_on else bootstrap.today()
    bought = purchase(RULES[topic], facts_of(case), price, on, bootstrap.answers().packs)
    return purchase_line(bought, bootstrap.cost_words())

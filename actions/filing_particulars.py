"""Several particulars told in one message: filled in at once, or kept until it is clear whose they are."""

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_steps
from actions.filing_steps import entity, open_draft_of
from services import bootstrap
from services.filing_records import FIELD_TITLES

TOLD = "particulars"  # the entity that says a message tells them
KEPT = "particulars_kept"  # the slot: tokens of what waits to be filled in


def told_tokens(tracker: Tracker) -> list[str]:
    """The tokens that wait, and that of this message."""
    now = entity(tracker, "field_token") if entity(tracker, TOLD) else None
    return [*(tracker.get_slot(KEPT) or ()), *([now] if now else ())]


def keep_for_later(tracker: Tracker, slots: Sequence[EventType]) -> list[EventType]:
    """The slot with what this message told, where a filing is being begun (`slots` say so) and no draft is open yet."""
    is_begun = any(slot.get("name") == "task" and slot.get("value") for slot in slots)
    is_kept = is_begun and entity(tracker, TOLD) is not None and open_draft_of(tracker) is None
    return [SlotSet(KEPT, told_tokens(tracker))] if is_kept else []


def fill_in(dispatcher: CollectingDispatcher, tracker: Tracker, tokens: Sequence[str]) -> list[EventType]:
    """Fills in the open draft what was told; says what was noted and what could not be used; the slots to set."""
    left: list[str] = []
    for token in tokens:
        asked = _next_step(tracker)
        result = bootstrap.filing_particulars().fill(tracker.sender_id, token)
        if set(result.fields) - {asked}:
            titles = "、".join(dict.fromkeys(FIELD_TITLES[field] for field in result.fields))
            dispatcher.utter_message(response="utter_particulars_noted", titles=titles)
        for problem in result.problems:
            filing_steps.say_field_problem(dispatcher, problem, open_draft_of(tracker))
        if result.is_for_another:
            dispatcher.utter_message(response="utter_particulars_of_another")
            bootstrap.filings().clear_step(tracker.sender_id, "filed_for")
        left += [result.left] if result.left else []
    return [SlotSet(KEPT, left or None)] if left or tracker.get_slot(KEPT) else []


def _next_step(tracker: Tracker) -> str | None:
    draft = open_draft_of(tracker)
    return draft.next_step if draft else None

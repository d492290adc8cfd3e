"""A filing begun, taken up again, left for later, given up."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_course, filing_kinds, filing_steps
from actions.case_slots import changes, told_now
from actions.filing_steps import PAUSED_TASK, FilingAction, entity
from services import bootstrap
from services.filing_records import Draft, FilingProblem

RENEWAL = "renew"


class ActionStartFiling(FilingAction):
    """Begin a filing, or take up the one that is there."""

    def name(self) -> str:
        return "action_start_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft = bootstrap.filings().find_draft(tracker.sender_id)
        if draft is None and entity(tracker, "purpose") == RENEWAL:
            return _renew(dispatcher, tracker)
        if draft is None:
            return filing_kinds.go_on(dispatcher, tracker, told_now(tracker, filing_kinds.ELIGIBILITY))
        if _is_another_kind(tracker, draft):
            title = bootstrap.filings().kind_of(draft).title
            dispatcher.utter_message(response="utter_other_draft", title=title)
            return []
        return _resume(dispatcher, tracker)


def _renew(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """续一下备案: the filing that is here; where there is none, how to find it or to file anew."""
    try:
        filing = filing_course.filing_meant(tracker, "renew")
    except FilingProblem:
        dispatcher.utter_message(response="utter_nothing_to_renew")
        return []
    return filing_course.renew(dispatcher, tracker, filing)


def _is_another_kind(tracker: Tracker, draft: Draft) -> bool:
    """Whether another kind is named than the one that is being filled in."""
    named = entity(tracker, "filing_kind")
    return named is not None and named != draft.kind


class ActionResumeFiling(FilingAction):
    """Go on where the filing was left."""

    def name(self) -> str:
        return "action_resume_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if bootstrap.filings().find_draft(tracker.sender_id):
            return _resume(dispatcher, tracker)
        if filing_kinds.is_being_begun(tracker):
            return filing_kinds.take_up(dispatcher, tracker)
        dispatcher.utter_message(response="utter_nothing_to_resume")
        return []


def _resume(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    dispatcher.utter_message(response="utter_filing_resumed")
    filing_steps.ask_step(dispatcher, bootstrap.filings().resume(tracker.sender_id))
    return changes(filing_kinds.NOT_IN_PROGRESS)


class ActionPauseFiling(FilingAction):
    """Leave the filing as it is, to go on later."""

    def name(self) -> str:
        return "action_pause_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if filing_steps.open_draft_of(tracker):
            bootstrap.filings().pause(tracker.sender_id)
            dispatcher.utter_message(response="utter_filing_paused")
            return changes(filing_kinds.NOT_IN_PROGRESS)
        if tracker.get_slot("task"):
            dispatcher.utter_message(response="utter_filing_paused")
            return [SlotSet("task", PAUSED_TASK), SlotSet("asked_fact", None)]
        dispatcher.utter_message(response="utter_nothing_in_progress")
        return []


class ActionCancelTask(FilingAction):
    """Leave what is in progress; what was filled in is deleted only after a second yes."""

    def name(self) -> str:
        return "action_cancel_task"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        left = [*changes(filing_kinds.NOT_IN_PROGRESS), SlotSet("awaits_yes", None), SlotSet("looked_up_no", None)]
        if bootstrap.filings().find_draft(tracker.sender_id) is None:
            in_progress = ("task", "asked_fact", "awaits_yes", "looked_up_no")
            was_busy = any(tracker.get_slot(name) for name in in_progress)
            dispatcher.utter_message(response="utter_cancelled" if was_busy else "utter_nothing_in_progress")
            return left
        if not _has_just_cancelled(tracker):
            dispatcher.utter_message(response="utter_confirm_cancel")
            return []
        bootstrap.filings().drop(tracker.sender_id)
        dispatcher.utter_message(response="utter_filing_dropped")
        return left


def _has_just_cancelled(tracker: Tracker) -> bool:
    """Whether the message before this one was «cancel» too: anything said in between takes it back."""
    intents = [event["parse_data"]["intent"]["name"] for event in tracker.events if event["event"] == "user"]
    return intents[-2:-1] == ["cancel_task"]

"""删除我的信息: what would go and what must stay, then a yes, then it is gone."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.filing_steps import FilingAction
from services import bootstrap
from services.filing_words import time_in_words


class ActionTellErasure(FilingAction):
    """What will be deleted and what stays, and why; asks for a yes."""

    def name(self) -> str:
        return "action_tell_erasure"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        report = bootstrap.erasure().preview(tracker.sender_id)
        if report.staying:
            dispatcher.utter_message(
                response="utter_erasure_staying", numbers="\n".join(report.staying), count=str(len(report.staying)),
                kept=time_in_words(bootstrap.settings().keep_ended_filings_days),
            )
        response = "utter_confirm_erasure_with_draft" if report.had_draft else "utter_confirm_erasure"
        dispatcher.utter_message(response=response)
        return [SlotSet("awaits_yes", {"intent": "erase_confirmed"})]


class ActionEraseData(FilingAction):
    """Deletes what belongs to this conversation; the server deletes what was said once this reply is made."""

    def name(self) -> str:
        return "action_erase_data"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        report = bootstrap.erasure().erase(tracker.sender_id)
        response = "utter_erased_but_filings" if report.staying else "utter_erased"
        dispatcher.utter_message(
            response=response, json_message={"kind": "erased"}, numbers="\n".join(report.staying)
        )
        return []

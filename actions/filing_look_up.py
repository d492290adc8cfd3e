"""A filing found by its number, the last four of the ID number and the phone: from another device, say."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_course, filing_replies, filing_steps
from actions.filing_steps import FilingAction, entity
from services import bootstrap
from services.filing_records import FilingProblem

TOKEN, FILING_NO, LOOKED_UP = "field_token", "filing_no", "looked_up_no"
TRY_AGAIN = frozenset({"lookup_failed", "filing_number_misread", "kept_value_gone"})


class ActionLookUpFiling(FilingAction):
    """Show the filing that is looked for; ask for what is missing; say how many tries are left."""

    def name(self) -> str:
        return "action_look_up_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        token, number = entity(tracker, TOKEN), entity(tracker, FILING_NO)
        if token is None:
            return _ask(dispatcher, tracker, number)
        try:
            found = bootstrap.filing_look_up().look_up_kept(tracker.sender_id, token)
        except FilingProblem as problem:
            filing_steps.say_filing_problem(dispatcher, problem)
            if problem.code in TRY_AGAIN:
                filing_replies.ask_for_look_up(dispatcher, "utter_ask_look_up_again")
            return [SlotSet(LOOKED_UP, None)]
        filing_course.show(dispatcher, tracker, found)
        filing_steps.return_to_filing(dispatcher, tracker)
        return [SlotSet(LOOKED_UP, None)]


def _ask(dispatcher: CollectingDispatcher, tracker: Tracker, number: str | None) -> list[EventType]:
    """Asks for the three, or for the other two where the number was said; shows at once what may be seen already."""
    if number is None:
        filing_replies.ask_for_look_up(dispatcher, "utter_ask_look_up")
        return [SlotSet(LOOKED_UP, None)]
    try:
        found = bootstrap.filing_course().view(tracker.sender_id, number)
    except FilingProblem:  # not this conversation's: whether it exists is told to nobody
        filing_replies.ask_for_look_up(dispatcher, "utter_ask_look_up_rest", filing_no=number)
        return [SlotSet(LOOKED_UP, number)]
    filing_course.show(dispatcher, tracker, found)
    filing_steps.return_to_filing(dispatcher, tracker)
    return [SlotSet(LOOKED_UP, None)]

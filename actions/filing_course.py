"""Filings after they were handed in: shown, changed, mended, renewed, ended, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_replies, filing_steps
from actions.filing_refusals import say_left_open, say_papers_needed, say_refused
from actions.filing_steps import FilingAction, entity
from services import bootstrap
from services.filing_prospects import IN_STATE
from services.filing_records import Draft, FilingProblem, FilingView
from services.filing_states import OVER

MOST_SHOWN = 5
FILING_NO, CONFIRMED, WITH_PAPERS = "filing_no", "confirmed", "with_papers"


class ActionShowFilings(FilingAction):
    """The filings of this conversation, those that are over last, and an unfinished one."""

    def name(self) -> str:
        return "action_show_filings"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        found = bootstrap.filing_course().filings_of(tracker.sender_id)
        for number, filing in enumerate(_newest_first(found)[:MOST_SHOWN]):
            show(dispatcher, tracker, filing, is_earlier=number > 0 and filing.status in OVER)
        if len(found) > MOST_SHOWN:
            dispatcher.utter_message(response="utter_older_filings", count=str(len(found) - MOST_SHOWN))
        draft = bootstrap.filings().find_draft(tracker.sender_id)
        if draft and draft.state == "open":
            filing_steps.ask_again(dispatcher, draft)
        elif draft:
            dispatcher.utter_message(
                response="utter_filing_unfinished", title=bootstrap.filings().kind_of(draft).title
            )
        elif not found:
            dispatcher.utter_message(response="utter_no_filings")
        return []


def _newest_first(found: Sequence[FilingView]) -> list[FilingView]:
    """The filings that still count before those that are over; of each the newest first, as they were found."""
    return sorted(found, key=lambda filing: filing.status in OVER)


def show(
    dispatcher: CollectingDispatcher, tracker: Tracker, filing: FilingView, *, is_earlier: bool = False
) -> None:
    """One filing's card; `is_earlier`: it is over, and stands behind one that matters more."""
    prospect = bootstrap.filing_prospects().of(tracker.sender_id, filing)
    filing_replies.show_filing(dispatcher, filing, prospect, is_earlier=is_earlier)


def filing_meant(tracker: Tracker, action: str) -> FilingView:
    """The filing that was named, or the newest that such an action is for. FilingProblem filing_not_found.

    Where none is, the newest: how it stands says why. What can't be renewed can be filed anew: that is told instead.
    """
    course, named = bootstrap.filing_course(), entity(tracker, FILING_NO)
    if named:
        return course.view(tracker.sender_id, named)
    found = course.filings_of(tracker.sender_id)
    for filing in found:
        if action in IN_STATE.get(filing.status, ()):
            return filing
    if not found or action == "renew":
        raise FilingProblem("filing_not_found")
    return found[0]


def _begin(
    dispatcher: CollectingDispatcher, tracker: Tracker, open_draft: Callable[[str, str], Draft], filing: FilingView,
    response: str, words: Mapping[str, str],
) -> list[EventType]:
    """Opens the draft of a filing's successor, or of its end, and asks for what it still wants."""
    open_draft(tracker.sender_id, filing.filing_no)
    draft = bootstrap.filings().resume(tracker.sender_id)
    dispatcher.utter_message(response=response, filing_no=filing.filing_no, **words)
    filing_steps.ask_step(dispatcher, draft)
    return [SlotSet("awaits_yes", None)]


class ActionChangeFiling(FilingAction):
    """Another place for a filing in force: a draft with what stays the same; or from when it may be changed."""

    def name(self) -> str:
        return "action_change_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        course, filing = bootstrap.filing_course(), filing_meant(tracker, "change")
        decision = course.may(tracker.sender_id, filing.filing_no, "change")
        is_in_force = filing.status == "confirmed"
        if is_in_force and decision.outcome == "refused" and not decision.papers:
            say_refused(dispatcher, filing, decision)
            return []
        if is_in_force and decision.outcome == "refused":
            say_papers_needed(dispatcher, filing, decision)
        if is_in_force and decision.outcome == "not_stated":
            say_left_open(dispatcher, filing, decision)
        return _begin(dispatcher, tracker, course.open_change, filing, "utter_change_started", {})


class ActionMendFiling(FilingAction):
    """A filing that was returned: what to mend, and the draft of the mended one."""

    def name(self) -> str:
        return "action_mend_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        filing = filing_meant(tracker, "mend")
        reason = bootstrap.filing_prospects().of(tracker.sender_id, filing).return_reason or ""
        open_mend = bootstrap.filing_course().open_mend
        return _begin(dispatcher, tracker, open_mend, filing, "utter_mend_started", {"reason": reason})


class ActionRenewFiling(FilingAction):
    """A filing that has run out, made anew; or from when that is possible."""

    def name(self) -> str:
        return "action_renew_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return renew(dispatcher, tracker, filing_meant(tracker, "renew"))


def renew(dispatcher: CollectingDispatcher, tracker: Tracker, filing: FilingView) -> list[EventType]:
    """The draft of a renewal, or why there is none. FilingProblem not_in_force, filing_exists, draft_in_the_way."""
    course = bootstrap.filing_course()
    decision = course.may(tracker.sender_id, filing.filing_no, "renew")
    if decision.outcome == "refused":
        say_refused(dispatcher, filing, decision)
        return []
    if decision.outcome == "not_stated":
        say_left_open(dispatcher, filing, decision, is_handed_on=False)
        return []
    return _begin(dispatcher, tracker, course.open_renewal, filing, "utter_renew_started", {})


class ActionEndFiling(FilingAction):
    """Apply for a filing's end, after one yes; early with papers, where they allow it."""

    def name(self) -> str:
        return "action_end_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        course, filing = bootstrap.filing_course(), filing_meant(tracker, "end")
        if filing.status != "confirmed":
            raise FilingProblem("not_in_force", status=filing.status)
        if entity(tracker, WITH_PAPERS):
            return _begin(dispatcher, tracker, course.open_end, filing, "utter_end_started", {})
        decision = course.early_end(tracker.sender_id, filing.filing_no)
        if decision.outcome == "refused" and decision.papers:
            say_papers_needed(dispatcher, filing, decision, asks=True)
            return []
        if decision.outcome == "refused":
            say_refused(dispatcher, filing, decision)
            return []
        if not entity(tracker, CONFIRMED):
            if decision.outcome == "not_stated":
                say_left_open(dispatcher, filing, decision)
            return _ask_for_yes(dispatcher, filing, "end_filing", "utter_confirm_end")
        show(dispatcher, tracker, course.request_end(tracker.sender_id, filing.filing_no))
        return [SlotSet("awaits_yes", None)]


def _ask_for_yes(
    dispatcher: CollectingDispatcher, filing: FilingView, intent: str, response: str
) -> list[EventType]:
    dispatcher.utter_message(
        response=response, filing_no=filing.filing_no, kind_title=filing.kind_title,
    )
    return [SlotSet("awaits_yes", {"intent": intent, FILING_NO: filing.filing_no})]


class ActionWithdrawFiling(FilingAction):
    """Take a filing back before the agency has decided, after one yes."""

    def name(self) -> str:
        return "action_withdraw_filing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        filing = filing_meant(tracker, "withdraw")
        if "withdraw" not in IN_STATE.get(filing.status, ()):
            raise FilingProblem("cannot_withdraw", status=filing.status)
        if not entity(tracker, CONFIRMED):
            return _ask_for_yes(dispatcher, filing, "withdraw_filing", "utter_confirm_withdraw")
        show(dispatcher, tracker, bootstrap.filing_course().withdraw(tracker.sender_id, filing.filing_no))
        return [SlotSet("awaits_yes", None)]


class ActionKeepAsIs(FilingAction):
    """No yes to what was asked: nothing is done."""

    def name(self) -> str:
        return "action_keep_as_is"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        dispatcher.utter_message(response="utter_kept_as_is")
        filing_steps.return_to_filing(dispatcher, tracker)
        return [SlotSet("awaits_yes", None)]

"""Opens a draft: what is said before its first field; and what is said where such a filing is there already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_particulars, filing_replies, filing_steps
from services import bootstrap
from services.filing_records import FilingView
from services.filing_words import is_for_family, notes_in_words, papers_in_words


@dataclass(frozen=True)
class Wanted:
    """The kind to be filed, the case, and whom it is for, if that was told.

    `place_before`: spoken of before, perhaps of something else; it may be the one to file for.
    """

    kind: Any
    case: Mapping[str, Any]
    filed_for: str | None
    place_before: str | None = None


def open_filing(dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted) -> list[EventType]:
    """Opens the draft, says what is worth knowing before, fills in what was told already, and asks for the next field.

    The slots to set. As Filings.open_draft.
    """
    kind = wanted.kind
    draft = bootstrap.filings().open_draft(
        tracker.sender_id, kind.kind, {**wanted.case, "filed_for": wanted.filed_for}
    )
    response = "utter_filing_started_at_once" if kind.decided_by == "self_service" else "utter_filing_started"
    dispatcher.utter_message(response=response, title=kind.title, count=str(len(draft.missing)))
    if kind.notes_before:
        dispatcher.utter_message(
            response="utter_filing_notes_before", lines=notes_in_words(kind.notes_before),
            document=kind.citation.short_name,
        )
    if kind.papers:
        dispatcher.utter_message(response="utter_filing_papers", papers=papers_in_words(kind.papers))
    slots = filing_particulars.fill_in(dispatcher, tracker, filing_particulars.told_tokens(tracker))
    filing_steps.ask_what_is_next(dispatcher, tracker)
    return slots


def say_another_is_open(dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted | None) -> bool:
    """Says that such a filing is under way or in force, and what can be done with it; whether there is one.

    One for somebody else doesn't stand in the way. `wanted` None: of whatever kind.
    """
    there = bootstrap.filing_course().find_in_force(tracker.sender_id, wanted.kind.kind if wanted else None)
    if there is None or (wanted and _is_for_somebody_else(there, wanted)):
        return False
    prospect = bootstrap.filing_prospects().of(tracker.sender_id, there)
    buttons = filing_replies.action_buttons(there, prospect)
    dispatcher.utter_message(
        response="utter_filing_exists", filing_no=there.filing_no, kind_title=there.kind_title,
        status_title=prospect.status_text, filing_kind=there.kind, buttons=buttons,
    )
    return True


def _is_for_somebody_else(there: FilingView, wanted: Wanted) -> bool:
    return wanted.filed_for is not None and is_for_family(there) != (wanted.filed_for == "family")

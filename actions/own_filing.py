"""Policy questions on change, end, renewal and validity, asked by someone whose own filing is known here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_replies
from services import bootstrap
from services.case_facts import Told
from services.filing_choice import is_of_situation
from services.filing_records import FilingView
from services.filing_states import OPEN
from services.filing_words import is_for_family

# topic → what can be done with one's own filing, offered under the answer
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "change": ("change", "mend"), "cancel_filing": ("end", "withdraw"), "return_home": ("end", "change"),
    "renewal": ("renew",), "validity": ("renew",),
}
ABOUT_TIME = frozenset({"validity", "renewal"})
TOLD_OTHERWISE = ("confirmed_on", "months_since_confirmation", "is_within_change_limit")
IN_FORCE = frozenset({"confirmed", "ending"})
SHOWN = OPEN | {"expired"}


def brought_in(
    tracker: Tracker, topic: str, case: Mapping[str, Any], said: Told
) -> tuple[dict[str, Any], FilingView | None]:
    """The case with what one's own filing tells of it, and that filing; None where the question is not about one."""
    filing = _meant(tracker, topic, case, said)
    return _completed(case, filing) if filing else dict(case), filing


def _meant(tracker: Tracker, topic: str, case: Mapping[str, Any], said: Told) -> FilingView | None:
    """The filing that the question is most likely about; None where it is about another's, or tells other dates."""
    if topic not in ACTIONS or said.sides or any(case.get(name) is not None for name in TOLD_OTHERWISE):
        return None
    person = said.person or tracker.get_slot("person")
    for filing in bootstrap.filing_course().filings_of(tracker.sender_id):
        is_anothers = person is not None and is_for_family(filing) == (person == "self")
        if filing.status in SHOWN and not is_anothers and _fits(filing, case):
            return filing
    return None


def _fits(filing: FilingView, case: Mapping[str, Any]) -> bool:
    """Whether what was told so far doesn't speak of another filing."""
    insured, filed, situation = case.get("insured_region"), case.get("filed_region"), case.get("situation")
    if insured and bootstrap.areas().of(insured) != filing.insured_region:
        return False
    if filed and filed != filing.treatment_region:
        return False
    return situation is None or is_of_situation(bootstrap.filing_prospects().situation(filing), situation)


def _completed(case: Mapping[str, Any], filing: FilingView) -> dict[str, Any]:
    """The case with what the filing tells of it: whose rules, from when they count. What was told stands."""
    told = {name: value for name, value in case.items() if value is not None}
    own: dict[str, Any] = {
        "insured_region": filing.insured_region, "situation": bootstrap.filing_prospects().situation(filing),
    }
    if filing.status in IN_FORCE:
        counted_from = bootstrap.filing_prospects().counted_from(filing)
        own |= {
            "filed_region": filing.treatment_region, "has_valid_filing": True,
            "confirmed_on": counted_from.isoformat() if counted_from else None,
        }
    return {**case, **own, **told}


def say(dispatcher: CollectingDispatcher, tracker: Tracker, filing: FilingView, topic: str) -> None:
    """How one's own filing stands in this, and the button for what was asked about."""
    prospect = bootstrap.filing_prospects().of(tracker.sender_id, filing)
    told = (
        prospect.return_reason, prospect.valid_to_text if topic in ABOUT_TIME else None,
        prospect.may_change_text if topic == "change" else None,
    )
    dispatcher.utter_message(
        response="utter_own_filing", kind_title=filing.kind_title, filing_no=filing.filing_no,
        status_title=prospect.status_text, lines=filing_replies.further_lines(told),
        buttons=filing_replies.action_buttons(filing, prospect, ACTIONS[topic]),
    )

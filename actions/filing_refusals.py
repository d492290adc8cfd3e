"""What may not be done with a filing yet, what papers would allow, what nobody wrote down: each with its clause."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from services import bootstrap
from services.filing_records import FilingView
from services.filing_words import ACTION_TITLES, day_words, decision_sources, decision_words, papers_in_words


def say_refused(dispatcher: CollectingDispatcher, filing: FilingView, decision: Any) -> None:
    """That it can't be done now, and from which day it can; then the clauses."""
    title = ACTION_TITLES[_asked(decision)]
    if decision.possible_from:
        dispatcher.utter_message(
            response="utter_life_refused_until", action=title, filing_no=filing.filing_no,
            day=day_words(decision.possible_from),
        )
    else:
        dispatcher.utter_message(response="utter_life_refused", action=title, filing_no=filing.filing_no)
    _say_why(dispatcher, decision)


def say_papers_needed(
    dispatcher: CollectingDispatcher, filing: FilingView, decision: Any, *, asks: bool = False
) -> None:
    """Which papers allow now what is else possible only later; `asks`: whether to hand them in, with a button."""
    day = decision.possible_from
    words = {"action": ACTION_TITLES[_asked(decision)], "papers": papers_in_words(decision.papers)}
    if day:
        dispatcher.utter_message(response="utter_life_with_papers_until", day=day_words(day), **words)
    else:
        dispatcher.utter_message(response="utter_life_with_papers", **words)
    _say_why(dispatcher, decision)
    if asks:
        dispatcher.utter_message(response="utter_offer_papers", filing_no=filing.filing_no)


def say_left_open(
    dispatcher: CollectingDispatcher, filing: FilingView, decision: Any, *, is_handed_on: bool = True
) -> None:
    """That the document doesn't say, that the agency decides, and whom to ask."""
    contact = bootstrap.answers().contact(filing.insured_region)
    response = "utter_life_left_open" if is_handed_on else "utter_life_not_stated"
    dispatcher.utter_message(
        response=response, action=ACTION_TITLES[_asked(decision)], phone=contact.phone, name=contact.name,
    )
    if decision.steps:
        _say_why(dispatcher, decision)


def _asked(decision: Any) -> str:
    """The action as people name it: ending a filing to go home is ending it."""
    return "end" if decision.action == "return_home" else str(decision.action)


def _say_why(dispatcher: CollectingDispatcher, decision: Any) -> None:
    says, sources = decision_words(decision), decision_sources(decision)
    dispatcher.utter_message(response="utter_life_basis", says=says, sources=sources)

"""The steps of a filing, shared by the filing actions. The draft in the store is the state."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import filing_replies, replies
from services import bootstrap
from services.filing_records import PAPER_STEP, Draft, FieldProblem, FilingProblem
from services.filing_words import words_of

FILING_TASK = "filing"
PAUSED_TASK = "filing_paused"  # one that had no draft yet
FAILURES_BEFORE_EXPLAINING = 2


class FilingAction(Action, ABC):
    """An action on a filing: a step that cannot be taken now is told, with what to do instead."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            return self.act(dispatcher, tracker)
        except FilingProblem as problem:
            say_filing_problem(dispatcher, problem)
            return []

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """The slots to set. May raise FilingProblem."""


def entity(tracker: Tracker, name: str) -> str | None:
    """The value of the last message's entity of that name."""
    return next((str(value) for value in tracker.get_latest_entity_values(name)), None)


def open_draft_of(tracker: Tracker) -> Draft | None:
    """The filing being filled in right now in this conversation; a paused one does not count."""
    draft = bootstrap.filings().find_draft(tracker.sender_id)
    return draft if draft and draft.state == "open" else None


def ask_fact(dispatcher: CollectingDispatcher, slot: str, insured_region: str | None) -> None:
    """Asks for a fact, naming places as the insured person would."""
    answers = bootstrap.answers()
    replies.ask_for_fact(dispatcher, slot, answers.covered_region_names(), **answers.place_words(insured_region))


def ask_step(dispatcher: CollectingDispatcher, draft: Draft, buttons: Sequence[replies.Button] = ()) -> None:
    """Asks for whatever the draft wants next; `buttons`: what else can be chosen at this moment."""
    filings, step = bootstrap.filings(), draft.next_step
    if step == "review":
        filing_replies.show_review(dispatcher, draft, filings.review(draft), buttons)
    elif step == "commitment":
        filing_replies.show_letter(dispatcher, draft, filings.letter(draft))
    elif step == "hand_in":
        filing_replies.ask_to_hand_in(dispatcher, draft)
    elif step.startswith(PAPER_STEP):
        filing_replies.ask_for_paper(dispatcher, draft, step, buttons)
    else:
        filing_replies.ask_for_field(dispatcher, draft, buttons)


def ask_again(dispatcher: CollectingDispatcher, draft: Draft) -> None:
    """After a question in between: back to where the filing stood."""
    dispatcher.utter_message(response="utter_filing_goes_on")
    ask_step(dispatcher, draft)


def return_to_filing(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Asks again for what the open filing wants next; nothing where none is open."""
    draft = open_draft_of(tracker)
    if draft:
        ask_again(dispatcher, draft)


def ask_what_is_next(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Asks for what the open filing wants next; says that there is none where there is none."""
    draft = open_draft_of(tracker)
    if draft:
        ask_step(dispatcher, draft)
    else:
        dispatcher.utter_message(response="utter_nothing_to_resume")


def say_field_problem(dispatcher: CollectingDispatcher, problem: FieldProblem, draft: Draft | None) -> None:
    """Why the value can't be used; after two failures what the field is for, and a way out."""
    options = problem.details.get("options", ())
    buttons = [
        {"title": name, "payload": replies.command("answer_field", field_value=code)} for code, name in options
    ]
    dispatcher.utter_message(response=f"utter_problem_{problem.code}", buttons=buttons, **words_of(problem))
    failures = draft.failures.get(problem.field, 0) if draft else 0
    if failures >= FAILURES_BEFORE_EXPLAINING:
        dispatcher.utter_message(response=f"utter_explain_field_{problem.field}")
        dispatcher.utter_message(response="utter_offer_leaving")


def say_filing_problem(dispatcher: CollectingDispatcher, problem: FilingProblem) -> None:
    """Why a step can't be taken, and what to do."""
    dispatcher.utter_message(response=f"utter_problem_{problem.code}", **words_of(problem))

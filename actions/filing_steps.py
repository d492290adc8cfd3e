"""The steps of a filing by commitment, shared by the filing actions. The draft in the store is the state."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.case_slots import changes, known_case
from services import bootstrap
from services.answers import Question
from services.case_facts import Told, facts_of
from services.filing_records import Draft, FieldProblem
from services.filing_views import problem_words

KIND = "long_term_residence"
ELIGIBILITY = "filing_eligibility"
PLACE_FACTS = ("treatment_region", "destination_scope", "care_place")
TEMPORARY = frozenset({"temporary_care", "referral", "self_arranged", "emergency_treatment"})
FAILURES_BEFORE_EXPLAINING = 2


def open_draft_of(tracker: Tracker) -> Draft | None:
    """The filing being filled in right now in this conversation; a paused one does not count."""
    draft = bootstrap.filings().find_draft(tracker.sender_id)
    return draft if draft and draft.state == "open" else None


def go_on_with_eligibility(dispatcher: CollectingDispatcher, tracker: Tracker, said: Told) -> list[EventType]:
    """Asks what decides whether this filing is possible; opens the draft when it is, says why when not."""
    # the place of an earlier question is not where someone is going to live: the filing asks for that itself
    case = {**known_case(tracker), **dict.fromkeys(PLACE_FACTS), **said.facts}
    if case.get("situation") in TEMPORARY and tracker.get_slot("task") is None:
        answer = bootstrap.answers().ask(Question("filing_needed", facts_of(case)))
        if answer.ask is None:
            replies.say_answer(dispatcher, answer, bootstrap.answers(), offers_next=True)
            return changes({**said.facts, "topic": "filing_needed", "asked_fact": None})
    answer = bootstrap.answers().ask(Question(ELIGIBILITY, facts_of(case)))
    if answer.region and not bootstrap.filings().offers(answer.region):
        return _say_where_to_file(dispatcher, case, said)
    if answer.ask in ("insured_region", "stays_long_enough"):
        ask_fact(dispatcher, answer.ask, case.get("insured_region"))
        return changes({**said.facts, "task": "filing", "asked_fact": answer.ask})
    if answer.ask is None and answer.value != "eligible":
        replies.say_answer(dispatcher, answer, bootstrap.answers(), offers_next=True)
        return changes({**said.facts, "task": None, "asked_fact": None, "topic": "filing_needed"})
    return [*open_filing(dispatcher, tracker, case), *changes(dict(said.facts))]


def _say_where_to_file(dispatcher: CollectingDispatcher, case: dict[str, Any], said: Told) -> list[EventType]:
    """A filing for this region can't be filled in here: say so, and where its document says to file."""
    dispatcher.utter_message(response="utter_problem_filing_not_offered")
    answer = bootstrap.answers().ask(Question("channels", facts_of(case)))
    replies.say_answer(dispatcher, answer, bootstrap.answers(), offers_next=True)
    return changes({**said.facts, "task": None, "asked_fact": None, "topic": "channels"})


def ask_fact(dispatcher: CollectingDispatcher, slot: str, insured_region: str | None) -> None:
    """Asks for a fact, naming places as the insured person would."""
    answers = bootstrap.answers()
    replies.ask_for_fact(dispatcher, slot, answers.covered_region_names(), **answers.place_words(insured_region))


def open_filing(dispatcher: CollectingDispatcher, tracker: Tracker, case: dict[str, Any]) -> list[EventType]:
    """Opens the draft and asks for the first field."""
    draft = bootstrap.filings().open_draft(tracker.sender_id, KIND, {"insured_region": case["insured_region"]})
    dispatcher.utter_message(response="utter_filing_started")
    ask_step(dispatcher, draft)
    return changes({"task": None, "asked_fact": None, "situation": "long_term_residence"})


def ask_step(dispatcher: CollectingDispatcher, draft: Draft) -> None:
    """Asks for whatever the draft wants next."""
    filings, step = bootstrap.filings(), draft.next_step
    if step == "review":
        replies.show_review(dispatcher, filings.review(draft))
    elif step == "commitment":
        replies.show_letter(dispatcher, filings.letter(draft))
    else:
        replies.ask_for_field(dispatcher, step, bootstrap.today().isoformat())


def ask_again(dispatcher: CollectingDispatcher, draft: Draft) -> None:
    """After a question in between: back to where the filing stood."""
    dispatcher.utter_message(response="utter_filing_goes_on")
    ask_step(dispatcher, draft)


def return_to_filing(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Asks again for what the open filing wants next; nothing where none is open."""
    draft = open_draft_of(tracker)
    if draft:
        ask_again(dispatcher, draft)


def say_problem(dispatcher: CollectingDispatcher, problem: FieldProblem, draft: Draft | None) -> None:
    """Why the value can't be used; after two failures what the field is for, and a way out."""
    words = problem_words(problem)
    options = problem.details.get("options", ())
    buttons = [
        {"title": name, "payload": replies.command("answer_field", field_value=code)} for code, name in options
    ]
    dispatcher.utter_message(response=f"utter_problem_{problem.code}", buttons=buttons, **words)
    failures = draft.failures.get(problem.field, 0) if draft else 0
    if failures >= FAILURES_BEFORE_EXPLAINING:
        dispatcher.utter_message(response=f"utter_explain_field_{problem.field}")
        dispatcher.utter_message(response="utter_offer_leaving")

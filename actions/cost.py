"""Works out what a bill costs the patient, goes on with it when facts are added, and compares it with a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import filing_steps, replies
from actions.answer_delivery import MAIN_COST_TOPIC, answer_case, ask_which_place
from actions.case_slots import (
    as_facts,
    changes,
    days_said,
    entity_values,
    kinds_said,
    known_case,
    skipped_facts,
    slot_of,
    talk_changes,
    told_now,
)
from services import bootstrap
from services.case_facts import Told, facts_of
from services.cost_estimates import BadAmount, CostEstimate, CostQuestion
from services.cost_said import OF_A_SHEET, TOTAL, BillSaid, bill_said, is_amount, total_alone
from services.questions import Question

COST_TOPIC, DIFFERENCE = "cost_estimate", "cost_difference"


class ActionEstimateCost(Action):
    """What the patient pays of the bill, component by component."""

    def name(self) -> str:
        return "action_estimate_cost"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return estimate_cost(dispatcher, tracker, told_now(tracker, COST_TOPIC))


class ActionCompareSheet(Action):
    """Where the settlement sheet and our figures first part, and why that may be."""

    def name(self) -> str:
        return "action_compare_sheet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return estimate_cost(dispatcher, tracker, told_now(tracker, COST_TOPIC), compares=True)


@dataclass(frozen=True)
class _Turn:
    """What the message and the talk so far come to."""

    case: Mapping[str, Any]
    bill: BillSaid
    question: CostQuestion
    new: Mapping[str, Any]


def estimate_cost(
    dispatcher: CollectingDispatcher, tracker: Tracker, said: Told, *,
    compares: bool = False, only_sources: bool = False,
) -> list[EventType]:
    """The estimate for the bill and the case as they now stand; asks for the one thing that decides most."""
    if said.ambiguous:
        return ask_which_place(dispatcher, COST_TOPIC, said)
    turn = _turn(tracker, said, compares)
    try:
        estimate = _chosen_what_if(dispatcher, tracker, _estimate(turn))
    except BadAmount as fault:
        dispatcher.utter_message(text=str(fault))
        kept = {"bill": total_alone(turn.bill.values)} if is_amount(turn.bill.values.get(TOTAL)) else {}
        return changes({**turn.new, **talk_changes(said), "topic": COST_TOPIC, **kept})
    filling_in = filing_steps.open_draft_of(tracker)
    asks = estimate.ask if not filling_in else None
    if estimate.lines and only_sources:
        lines = bootstrap.cost_replies().sources(estimate)
        dispatcher.utter_message(text="\n".join(lines), json_message={"kind": "cost_note"})
    elif estimate.lines:
        _say(dispatcher, estimate, turn.bill, compares or bool(OF_A_SHEET.keys() & kinds_said(tracker)))
    elif estimate.ask is None:
        _say_why_not(dispatcher, estimate)
        if MAIN_COST_TOPIC in entity_values(tracker, "also_topic"):
            answer_case(dispatcher, tracker, [MAIN_COST_TOPIC], said)
    if compares and not estimate.lines:
        dispatcher.utter_message(text=bootstrap.cost_words()["compare"]["none_yet"])
    if asks:
        for line in bootstrap.cost_replies().said_already(estimate):
            dispatcher.utter_message(text=line, json_message={"kind": "cost_note"})
        _ask(dispatcher, asks, turn.case)
    elif filling_in:
        filing_steps.ask_again(dispatcher, filling_in)
    return changes({
        **turn.new, **talk_changes(said), "topic": COST_TOPIC, "also_topics": [],
        "asked_fact": slot_of(asks) if asks else None, "skipped_facts": sorted(skipped_facts(tracker, said)),
        "bill": dict(turn.bill.values),
    })


def _estimate(turn: _Turn) -> CostEstimate:
    return bootstrap.costs().estimate_beside(turn.question, turn.bill.sheet)


def _turn(tracker: Tracker, said: Told, compares: bool) -> _Turn:
    new = {**said.facts, **days_said(said, COST_TOPIC)}
    case = {**known_case(tracker), **new}
    case.pop("visit_on", None)
    visit_on = new.get("visit_on") or tracker.get_slot("visit_on")
    before, person = tracker.get_slot("bill"), tracker.get_slot("person")
    is_somebody_else = said.person != person and bool(said.people)
    if is_somebody_else:
        before, visit_on = total_alone(before), new.get("visit_on")
    bill = bill_said(before, tracker.latest_message.get("entities", []), compares=compares)
    skipped = as_facts(skipped_facts(tracker, said))
    question = CostQuestion(
        facts_of(case), bill.sums, date.fromisoformat(visit_on) if visit_on else None, frozenset(skipped),
        bill.own, class_b_open_amount=bill.class_b_open_amount, unclassed_amount=bill.unclassed_amount,
        unread_lines=bill.unread_lines, is_about=bill.is_about, assumed=said.assumed,
    )
    return _Turn(case, bill, question, new)


def _chosen_what_if(dispatcher: CollectingDispatcher, tracker: Tracker, estimate: CostEstimate) -> CostEstimate:
    """The estimate of the situation somebody chose to see, after a word on the difference; the case stays as it is."""
    chosen = set(entity_values(tracker, "what_if"))
    other = next((other for other in estimate.what_ifs if other.id in chosen), None)
    if other is None:
        return estimate
    dispatcher.utter_message(text=bootstrap.cost_replies().what_if_line(other))
    return replace(estimate, lines=(other.line,), what_ifs=(), situation=other.label)


def _say(dispatcher: CollectingDispatcher, estimate: CostEstimate, bill: BillSaid, compares: bool) -> None:
    reply = bootstrap.cost_replies().reply(estimate)
    compared: Sequence[str] = ()
    if compares:
        compared = bootstrap.cost_replies().compared(estimate, bill.sheet)
    buttons = [
        {"title": other.label, "payload": replies.command("inform", what_if=other.id)} for other in estimate.what_ifs
    ] or [
        {"title": label, "payload": replies.command("inform", **{name: str(value).lower()})}
        for label, name, value in bootstrap.cost_replies().choices(estimate)
    ]
    dispatcher.utter_message(text=reply.conclusion, json_message=dict(reply.custom))
    dispatcher.utter_message(text="\n".join(reply.basis), json_message={"kind": "cost_text"}, buttons=buttons)
    if compared:
        contact = bootstrap.answers().contact(str(estimate.lines[0].facts.insured_region), COST_TOPIC)
        ask = bootstrap.cost_words()["compare"]["ask"].format(phone=contact.phone, name=contact.name)
        dispatcher.utter_message(text="\n".join((*compared, ask)))


def _say_why_not(dispatcher: CollectingDispatcher, estimate: CostEstimate) -> None:
    """What the documents say instead of figures, whom to ask, and what would make figures possible."""
    answers, question = bootstrap.answers(), estimate.question
    lines = bootstrap.cost_replies().nothing_computed(estimate)
    if estimate.schedule and not estimate.has_figures:
        answer = answers.ask(Question(COST_TOPIC, estimate.facts, question.on))
        replies.say_answer(dispatcher, answer, answers, offers_next=False)
    dispatcher.utter_message(text="\n".join(lines), json_message={"kind": "cost_note"})


def _ask(dispatcher: CollectingDispatcher, fact: str, case: Mapping[str, Any]) -> None:
    filing_steps.ask_fact(dispatcher, slot_of(fact), case.get("insured_region"))

"""Answers policy questions, and goes on with them when someone adds a fact."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import answer_delivery, filing_kinds, filing_steps, replies
from actions.answer_delivery import answer_case, offer_topics
from actions.case_slots import entity_values, known_case, remembered, returns_elsewhere, told_now, topic_of
from actions.cost import COST_TOPIC, estimate_cost
from actions.filing_steps import FILING_TASK
from actions.purchases import is_of_purchases, names_a_sum, names_total, say_purchase
from services import bootstrap
from services.answers import BEFORE_CARE
from services.case_facts import BOOLEAN_FACTS, Told, sounds_dangerous
from services.policy_lookups import CRITICAL_TERM, FILING_TERM

SOURCE, CRITICAL = "policy_source", "critical_illness"
NEAR_CRITICAL = ("deductible", "cost_parts", "share_borne")
EMERGENCY = "emergency"
RETURN_HOME, MANUAL_CLAIM, PAPERS = "return_home", "manual_claim", "materials"


class ActionAnswerQuestion(Action):
    """Answer the question that was asked, for the case that was told; every question of the message."""

    def name(self) -> str:
        return "action_answer_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        first_things_first(dispatcher, tracker)
        topic = self._topic(tracker)
        said = told_now(tracker, topic)
        also, perhaps = (_topics(tracker, kind) for kind in ("also_topic", "perhaps_topic"))
        if _is_on_a_claim(tracker, topic, also, said):
            topic, also = MANUAL_CLAIM, []
        topic = topic or tracker.get_slot("topic")
        if topic == SOURCE and tracker.get_slot("topic") == COST_TOPIC:
            return estimate_cost(dispatcher, tracker, said, only_sources=True)
        priced = say_purchase(dispatcher, tracker, topic, said)
        answered = answer_case(dispatcher, tracker, [topic, *also], said, perhaps=perhaps)
        return [*answered, *priced, *filing_kinds.ask_again(dispatcher, tracker)]

    def _topic(self, tracker: Tracker) -> str | None:
        """The topic asked about, in the light of the one before where the filing is not named."""
        topic, before = topic_of(tracker), tracker.get_slot("topic")
        if topic in NEAR_CRITICAL and CRITICAL_TERM in entity_values(tracker, "term"):
            return CRITICAL
        if topic == RETURN_HOME and returns_elsewhere(tracker):
            return answer_delivery.MAIN_COST_TOPIC
        if topic is None or FILING_TERM in entity_values(tracker, "term"):
            return topic
        return bootstrap.answers().meant_after(before, topic)


def _is_on_a_claim(tracker: Tracker, topic: str | None, also: list[str], said: Told) -> bool:
    """Whether the papers asked for are the claim's: someone paid it all, and names no filing."""
    asks_papers = PAPERS in (topic, *also)
    return asks_papers and said.facts.get("was_settled") is False and FILING_TERM not in entity_values(tracker, "term")


def _topics(tracker: Tracker, kind: str) -> list[str]:
    """Further topics that the server heard in the message."""
    return [topic for topic in entity_values(tracker, kind) if bootstrap.answers().has_topic(topic)]


def _sounds_dangerous(tracker: Tracker) -> bool:
    return sounds_dangerous(tracker.latest_message.get("entities", []))


def first_things_first(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Where the message sounds like an emergency that is going on: 120 before anything else."""
    if _sounds_dangerous(tracker):
        dispatcher.utter_message(response="utter_call_120")


class ActionTakeInformation(Action):
    """Take what someone adds, and go on with what it was wanted for."""

    def name(self) -> str:
        return "action_take_information"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        first_things_first(dispatcher, tracker)
        said = told_now(tracker, tracker.get_slot("topic"))
        asked = tracker.get_slot("asked_fact")
        if entity_values(tracker, "insured_elsewhere"):
            dispatcher.utter_message(response="utter_say_insured_city", places=replies.covered_places())
            return []
        intent = tracker.get_intent_of_latest_message()
        if intent in ("affirm", "deny") and asked in BOOLEAN_FACTS and not said.facts:
            said = Told({asked: intent == "affirm"})
        return take_information(dispatcher, tracker, said)


def take_information(dispatcher: CollectingDispatcher, tracker: Tracker, said: Told) -> list[EventType]:
    """Goes on with what the information was wanted for: a filing's eligibility, or the last question."""
    if tracker.get_slot("task") == FILING_TASK:
        return filing_kinds.go_on(dispatcher, tracker, said)
    of_bill = names_total(tracker) or (names_a_sum(tracker) and bool(tracker.get_slot("bill")))
    if tracker.get_slot("topic") == COST_TOPIC or (of_bill and not is_of_purchases(tracker)):
        return estimate_cost(dispatcher, tracker, said)
    case = {**known_case(tracker), **said.facts}
    topic = answer_delivery.topic_of_facts(tracker, said) or next(iter(_topics(tracker, "perhaps_topic")), None)
    if topic == EMERGENCY and "situation=emergency_treatment" in entity_values(tracker, "not_so"):
        topic = answer_delivery.MAIN_TOPICS[0]  # 不是急诊，就是想在南京看看
    topic = bootstrap.answers().topic_for_care(topic, said.facts.get("care_type"))
    if topic in BEFORE_CARE and said.facts.get("care_place") == "home" and _has_filed(case):
        topic = RETURN_HOME  # 回杭州呢, of somebody who has filed for another place
    if topic in BEFORE_CARE and said.facts.get("was_settled") is False:
        topic = MANUAL_CLAIM  # paid in full already: what helps now is how to claim
    if topic is None and _wants_the_usual(said, case):
        topic = answer_delivery.MAIN_TOPICS[0]
    priced = say_purchase(dispatcher, tracker, topic, said)
    perhaps = [answer_delivery.MAIN_COST_TOPIC] if topic != answer_delivery.MAIN_COST_TOPIC else []
    return [*answer_case(dispatcher, tracker, [topic], said, perhaps=perhaps, only_if_unmoved=True), *priced]


def _has_filed(case: Mapping[str, Any]) -> bool:
    """Whether a filing is known: told as such, or by its place."""
    return bool(case.get("has_valid_filing") or case.get("filed_region"))


def _wants_the_usual(said: Told, case: Mapping[str, Any]) -> bool:
    """Whether someone only told where they are insured and where they go, the one now, the other maybe before."""
    told = [name for name in ("insured_region", "treatment_region", "destination_scope") if said.facts.get(name)]
    has_destination = case.get("treatment_region") or case.get("destination_scope")
    return bool(told and case.get("insured_region") and has_destination)


class ActionSayMore(Action):
    """The last answer again, with all that is known of it."""

    def name(self) -> str:
        return "action_say_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        topic = tracker.get_slot("topic")
        said = told_now(tracker, topic)
        if topic is None:
            return offer_topics(dispatcher, tracker, said)
        if topic == COST_TOPIC:
            return estimate_cost(dispatcher, tracker, said)
        return answer_case(dispatcher, tracker, [topic], said, wants_detail=True)


class ActionExplainTerm(Action):
    """What an official word means, in plain words."""

    def name(self) -> str:
        return "action_explain_term"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        answers = bootstrap.answers()
        entities = tracker.latest_message.get("entities", [])
        said = [answers.explain_term(str(e["value"])) for e in entities]
        explanations = list(dict.fromkeys(text for text in said if text))
        if explanations:
            dispatcher.utter_message(text="\n".join(explanations[:2]))
        else:
            dispatcher.utter_message(response="utter_term_unknown")
        filing_steps.return_to_filing(dispatcher, tracker)
        return remembered(told_now(tracker, tracker.get_slot("topic")))


class ActionOfferTopics(Action):
    """Not understood: offer the nearest topics instead of a guess."""

    def name(self) -> str:
        return "action_offer_topics"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said = told_now(tracker, tracker.get_slot("topic"))
        wants_more = tracker.get_slot("asked_fact") or tracker.get_slot("topic")
        if tracker.get_slot("task") == FILING_TASK and not said.facts and not said.says_unknown:
            return filing_kinds.ask_again(dispatcher, tracker)
        if wants_more and (said.facts or (said.says_unknown and tracker.get_slot("asked_fact"))):
            return take_information(dispatcher, tracker, said)
        if _sounds_dangerous(tracker):
            dispatcher.utter_message(response="utter_call_120")
            return []
        if tracker.get_slot("topic") == COST_TOPIC:
            dispatcher.utter_message(response="utter_once_more")
            return estimate_cost(dispatcher, tracker, said)
        if tracker.get_slot("topic") and not filing_steps.open_draft_of(tracker):
            # most likely a word on what was just answered: all that is known of it
            dispatcher.utter_message(response="utter_once_more")
            return answer_case(dispatcher, tracker, [tracker.get_slot("topic")], said, wants_detail=True)
        answers = bootstrap.answers()
        ranking = tracker.latest_message.get("intent_ranking") or []
        near = [row["name"].removeprefix("ask_") for row in ranking if row["name"].startswith("ask_")]
        topics = [topic for topic in near if answers.has_topic(topic)][:3] or list(answer_delivery.MAIN_TOPICS[:3])
        buttons = [{"title": answers.topic_title(t), "payload": replies.command(f"ask_{t}")} for t in topics]
        dispatcher.utter_message(response="utter_did_you_mean", buttons=buttons)
        filing_steps.return_to_filing(dispatcher, tracker)
        return remembered(said)


class ActionGreet(Action):
    """Say what can be asked, and for which places."""

    def name(self) -> str:
        return "action_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        answers = bootstrap.answers()
        first = answer_delivery.MAIN_TOPICS[:3]
        buttons = [{"title": answers.topic_title(t), "payload": replies.command(f"ask_{t}")} for t in first]
        dispatcher.utter_message(response="utter_greet", places=replies.covered_places(), buttons=buttons)
        return []


class ActionClearCase(Action):
    """Start again: everything told so far is forgotten."""

    def name(self) -> str:
        return "action_clear_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        bootstrap.filings().forget(tracker.sender_id)
        dispatcher.utter_message(response="utter_restarted")
        return [SlotSet(slot, None) for slot in tracker.slots]


class ActionReturnToFiling(Action):
    """After small talk: back to the filing that is being filled in, if there is one."""

    def name(self) -> str:
        return "action_return_to_filing"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        filing_steps.return_to_filing(dispatcher, tracker)
        return []


class ActionDecline(Action):
    """Another subject: say what this assistant is for; what sounds like an emergency first."""

    def name(self) -> str:
        return "action_decline"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        is_dangerous = _sounds_dangerous(tracker)
        dispatcher.utter_message(response="utter_call_120" if is_dangerous else "utter_out_of_scope")
        return remembered(told_now(tracker, tracker.get_slot("topic")))


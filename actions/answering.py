"""Answers policy questions, and goes on with them when someone adds a fact."""

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import filing_steps, replies
from actions.case_slots import changes, days_said, known_case, told_now, topic_of
from services import bootstrap
from services.answers import Answer, Question
from services.case_facts import BOOLEAN_FACTS, Told, facts_of

FILING_TASK = "filing"
MAIN_TOPICS = ("filing_needed", "share_borne", "channels", "materials", "filing_steps")


class ActionAnswerQuestion(Action):
    """Answer the question that was asked, for the case that was told."""

    def name(self) -> str:
        return "action_answer_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        topic = topic_of(tracker)
        said = told_now(tracker, topic)
        return answer_case(dispatcher, tracker, topic or tracker.get_slot("topic"), said)


class ActionTakeInformation(Action):
    """Take what someone adds, and go on with what it was wanted for."""

    def name(self) -> str:
        return "action_take_information"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said = told_now(tracker, tracker.get_slot("topic"))
        asked = tracker.get_slot("asked_fact")
        if next(tracker.get_latest_entity_values("insured_elsewhere"), None):
            dispatcher.utter_message(response="utter_say_insured_city", places=_covered_places())
            return []
        intent = tracker.get_intent_of_latest_message()
        if intent in ("affirm", "deny") and asked in BOOLEAN_FACTS and not said.facts:
            said = Told({asked: intent == "affirm"})
        return take_information(dispatcher, tracker, said)


def take_information(dispatcher: CollectingDispatcher, tracker: Tracker, said: Told) -> list[EventType]:
    """Goes on with what the information was wanted for: a filing's eligibility, or the last question."""
    if tracker.get_slot("task") == FILING_TASK:
        return filing_steps.go_on_with_eligibility(dispatcher, tracker, said)
    return answer_case(dispatcher, tracker, tracker.get_slot("topic"), said)


class ActionSayMore(Action):
    """The last answer again, with all that is known of it."""

    def name(self) -> str:
        return "action_say_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        topic = tracker.get_slot("topic")
        said = told_now(tracker, topic)
        if topic is None:
            return _offer_topics(dispatcher, tracker, said)
        return answer_case(dispatcher, tracker, topic, said, wants_detail=True)


def answer_case(
    dispatcher: CollectingDispatcher, tracker: Tracker, topic: str | None, said: Told, wants_detail: bool = False
) -> list[EventType]:
    """Answers the topic for the case as it now stands; asks for the one fact that is still open."""
    if topic is None:
        return _offer_topics(dispatcher, tracker, said)
    if said.ambiguous:
        return _ask_which_place(dispatcher, topic, said)
    asked = tracker.get_slot("asked_fact")
    skipped = set(tracker.get_slot("skipped_facts") or ())
    if said.says_unknown and asked:
        skipped.add(asked)
    new = {**said.facts, **days_said(said, topic)}
    case = {**known_case(tracker), **new}
    visit_on = new.pop("visit_on", None) or tracker.get_slot("visit_on")
    case.pop("visit_on", None)
    answer = bootstrap.answers().ask(Question(
        topic=topic, facts=facts_of(case), visit_on=date.fromisoformat(visit_on) if visit_on else None,
        skipped=frozenset(_as_facts(skipped)), assumed=said.assumed, wants_detail=wants_detail,
        has_been_warned=bool(tracker.get_slot("has_been_warned")),
    ))
    asks = _deliver(dispatcher, tracker, answer)
    return changes({
        **new, "topic": topic, "asked_fact": asks, "skipped_facts": sorted(skipped), "visit_on": visit_on,
        "has_been_warned": bool(answer.warnings) or tracker.get_slot("has_been_warned"),
    })


def _as_facts(slots: set[str]) -> set[str]:
    """The engine asks for the scope; people are asked for the place."""
    return slots | ({"destination_scope"} if "treatment_region" in slots else set())


def _deliver(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer) -> str | None:
    """Sends the answer; which fact was asked for. While a filing is being filled in, its own question comes back."""
    filling_in = filing_steps.open_draft_of(tracker)
    asks = None if filling_in else answer.ask
    replies.say_answer(dispatcher, answer, bootstrap.answers(), offers_next=not filling_in and asks is None)
    if asks:
        slot = "treatment_region" if asks == "destination_scope" else asks
        filing_steps.ask_fact(dispatcher, slot, answer.region)
        return slot
    if filling_in:
        filing_steps.ask_again(dispatcher, filling_in)
    return None


def _ask_which_place(dispatcher: CollectingDispatcher, topic: str, said: Told) -> list[EventType]:
    buttons = [
        {"title": name, "payload": replies.command("inform", region=code)}
        for code, name in bootstrap.answers().place_names(said.ambiguous)
    ]
    kind = {"kind": "ask", "slot": "treatment_region", "input": "choice", "sensitive": False}
    dispatcher.utter_message(response="utter_which_place", buttons=buttons, json_message=kind)
    return changes({**said.facts, "topic": topic})


def _offer_topics(dispatcher: CollectingDispatcher, tracker: Tracker, said: Told) -> list[EventType]:
    answers = bootstrap.answers()
    buttons = [{"title": answers.topic_title(t), "payload": replies.command(f"ask_{t}")} for t in MAIN_TOPICS]
    dispatcher.utter_message(response="utter_what_to_ask", buttons=buttons)
    filing_steps.return_to_filing(dispatcher, tracker)
    facts: dict[str, Any] = dict(said.facts)
    return [*changes(facts), SlotSet("asked_fact", None)]


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
        return []


class ActionOfferTopics(Action):
    """Not understood: offer the nearest topics instead of a guess."""

    def name(self) -> str:
        return "action_offer_topics"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said = told_now(tracker, tracker.get_slot("topic"))
        wants_more = tracker.get_slot("asked_fact") or tracker.get_slot("topic")
        if wants_more and (said.facts or (said.says_unknown and tracker.get_slot("asked_fact"))):
            return take_information(dispatcher, tracker, said)
        if _sounds_dangerous(tracker):
            dispatcher.utter_message(response="utter_call_120")
            return []
        answers = bootstrap.answers()
        ranking = tracker.latest_message.get("intent_ranking") or []
        near = [row["name"].removeprefix("ask_") for row in ranking if row["name"].startswith("ask_")]
        topics = [topic for topic in near if answers.has_topic(topic)][:3] or list(MAIN_TOPICS[:3])
        buttons = [{"title": answers.topic_title(t), "payload": replies.command(f"ask_{t}")} for t in topics]
        dispatcher.utter_message(response="utter_did_you_mean", buttons=buttons)
        filing_steps.return_to_filing(dispatcher, tracker)
        return []


class ActionGreet(Action):
    """Say what can be asked, and for which places."""

    def name(self) -> str:
        return "action_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        answers = bootstrap.answers()
        buttons = [{"title": answers.topic_title(t), "payload": replies.command(f"ask_{t}")} for t in MAIN_TOPICS[:3]]
        dispatcher.utter_message(response="utter_greet", places=_covered_places(), buttons=buttons)
        return []


def _covered_places() -> str:
    return "、".join(name for _, name in bootstrap.answers().covered_region_names())


class ActionClearCase(Action):
    """Start again: everything told so far is forgotten."""

    def name(self) -> str:
        return "action_clear_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        bootstrap.filings().drop(tracker.sender_id)
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
        dispatcher.utter_message(response="utter_call_120" if _sounds_dangerous(tracker) else "utter_out_of_scope")
        return []


def _sounds_dangerous(tracker: Tracker) -> bool:
    return any(e["entity"] == "danger" for e in tracker.latest_message.get("entities", []))

"""Puts answers together and sends them: one, several of a message, or several cases side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_steps, own_filing, replies
from actions.case_slots import (
    as_facts,
    changes,
    days_said,
    entity_values,
    known_case,
    remembered,
    skipped_facts,
    slot_of,
    talk_changes,
)
from services import bootstrap
from services.case_facts import Told, facts_of
from services.filing_records import FilingView
from services.questions import Answer, Question

MAIN_COST_TOPIC = "share_borne"
MOVING_FACTS = ("treatment_region", "destination_scope", "situation", "care_place", "filed_region", "has_valid_filing")
MUCH_ALIKE = 2 / 3
MAIN_TOPICS = ("filing_needed", "share_borne", "channels", "materials", "filing_steps")


def answer_case(
    dispatcher: CollectingDispatcher, tracker: Tracker, topics: Sequence[str | None], said: Told,
    wants_detail: bool = False, perhaps: Sequence[str] = (), only_if_unmoved: bool = False,
) -> list[EventType]:
    """Answers the topics for the case as it now stands; asks for the one fact that is still open.

    `perhaps`: a topic that may have been meant instead: its conclusion is added in a line; `only_if_unmoved`:
    where new facts about the place or the situation leave the answer as it was.
    """
    wanted = [topic for topic in topics if topic]
    if not wanted:
        return offer_topics(dispatcher, tracker, said)
    if said.ambiguous:
        return ask_which_place(dispatcher, wanted[0], said)
    skipped = skipped_facts(tracker, said)
    new = {**said.facts, **days_said(said, wanted[0])}
    case = {**known_case(tracker), **new}
    case.pop("visit_on", None)
    case, own = own_filing.brought_in(tracker, wanted[0], case, said)
    visit_on = new.pop("visit_on", None) or tracker.get_slot("visit_on")
    warned_of = tracker.get_slot("warned_of") or []
    question = Question(
        topic=wanted[0], facts=facts_of(case), visit_on=date.fromisoformat(visit_on) if visit_on else None,
        skipped=frozenset(as_facts(skipped)), assumed=said.assumed, claims=said.claims,
        months_gone=said.months_gone, wants_detail=wants_detail, offices=tuple(entity_values(tracker, "office")),
        warned_of=frozenset(warned_of), wants_public_figures=_wants_public_figures(tracker, case),
    )
    if only_if_unmoved and not _is_unmoved(question, said):
        perhaps = ()
    asks, kept = (
        _answer_sides(dispatcher, question, case, said.sides) if said.sides
        else _answer_topics(dispatcher, tracker, question, wanted, perhaps, own)
    )
    if set(said.assumed) - set(kept):
        new.pop("situation", None)  # a reading that was not kept is no fact
    return changes({
        **new, **talk_changes(said), "topic": wanted[0], "also_topics": wanted[1:], "asked_fact": asks,
        "skipped_facts": sorted(skipped), "visit_on": visit_on,
        "warned_of": _with_documents_of(warned_of, case["insured_region"]),
    })


def _wants_public_figures(tracker: Tracker, case: Mapping[str, Any]) -> bool:
    """Whether second-hand figures are wanted: asked for by name, while a bill is reckoned, or with the scheme told."""
    is_asked = tracker.get_slot("topic") == "cost_estimate" or bool(entity_values(tracker, "public_figures"))
    return is_asked or bool(case.get("scheme"))


def topic_of_facts(tracker: Tracker, said: Told) -> str | None:
    """Of the topics asked together last, the one that the new facts matter to; otherwise the first."""
    topics = [tracker.get_slot("topic"), *(tracker.get_slot("also_topics") or ())]
    told = [name for name, value in said.facts.items() if value is not None]
    facts = facts_of({**known_case(tracker), **said.facts})
    moved = [t for t in topics if t and told and bootstrap.answers().depends_on(Question(t, facts), told)]
    return moved[0] if moved else topics[0]


def _is_unmoved(question: Question, said: Told) -> bool:
    """Whether someone changed the place or the situation, and the topic does not depend on it."""
    changed = [name for name in MOVING_FACTS if said.facts.get(name) is not None]
    return bool(changed) and not bootstrap.answers().depends_on(question, changed)


def _with_documents_of(warned_of: list[str], insured_region: str | None) -> list[str]:
    """The documents whose age has now been told, as one list for a slot."""
    if insured_region is None:
        return warned_of
    return sorted({*warned_of, *bootstrap.answers().documents_of(insured_region)})


def _answer_topics(
    dispatcher: CollectingDispatcher, tracker: Tracker, question: Question, topics: Sequence[str],
    perhaps: Sequence[str], own: FilingView | None,
) -> tuple[str | None, tuple[str, ...]]:
    """Answers each topic. Which fact was asked for, and which readings of the question the answer kept.

    While a filing is filled in, its question comes back.
    """
    answers = bootstrap.answers()
    given = [answers.ask(replace(question, topic=topic, assumed=question.assumed if n == 0 else ()))
             for n, topic in enumerate(topics)]
    given = [answer for n, answer in enumerate(given) if not any(_says_the_same(answer, g) for g in given[:n])]
    filling_in = filing_steps.open_draft_of(tracker)
    is_filing = filling_in or (tracker.get_slot("task") == filing_steps.FILING_TASK and given[0].region)
    asks = None if is_filing else next((answer.ask for answer in given if answer.ask), None)
    for number, answer in enumerate(given, 1):
        is_last = number == len(given)
        replies.say_answer(dispatcher, answer, answers, offers_next=is_last and not is_filing and asks is None)
    if own:
        own_filing.say(dispatcher, tracker, own, topics[0])
    for topic in perhaps if not is_filing else ():
        instead = answers.ask(replace(question, topic=topic, assumed=()))
        if not _says_the_same(instead, given[0]):
            replies.say_in_a_line(dispatcher, instead, answers)
    if filling_in:
        filing_steps.ask_again(dispatcher, filling_in)
    named = next(iter(entity_values(tracker, "term")), None)
    return (_ask(dispatcher, given[0], asks, named) if asks else None), given[0].assumed


def _says_the_same(one: Answer, other: Answer) -> bool:
    """Whether two topics lead to nearly the same words, so that saying both helps nobody."""
    return SequenceMatcher(None, one.conclusion, other.conclusion).ratio() > MUCH_ALIKE


def _ask(dispatcher: CollectingDispatcher, answer: Answer, fact: str, named: str | None = None) -> str:
    """Asks for the fact; where no place is known, in general terms first: the topic's, or the word that was named."""
    slot = slot_of(fact)
    answers = bootstrap.answers()
    general = answers.general_term(answer.topic) or (answers.explain_term(named) if named else None)
    if slot == "insured_region" and general:
        dispatcher.utter_message(text=general)
    filing_steps.ask_fact(dispatcher, slot, answer.region)
    return slot


def _answer_sides(
    dispatcher: CollectingDispatcher, question: Question, case: Mapping[str, Any], sides: Sequence[Mapping[str, str]]
) -> tuple[str | None, tuple[str, ...]]:
    """The same question for several cases, side by side; the first open fact is asked for."""
    answers = bootstrap.answers()
    given = [answers.ask(replace(question, facts=facts_of({**case, **side}), claims=())) for side in sides]
    if len(given) == 1:
        replies.say_answer(dispatcher, given[0], answers, offers_next=True)
        return None, question.assumed
    replies.say_side_by_side(dispatcher, given, [next(iter(side.values())) for side in sides], answers)
    asks = next((answer.ask for answer in given if answer.ask), None)
    return (_ask(dispatcher, given[0], asks) if asks else None), question.assumed


def ask_which_place(dispatcher: CollectingDispatcher, topic: str, said: Told) -> list[EventType]:
    """Asks which of the places of that name is meant; what else was told is kept."""
    buttons = [
        {"title": name, "payload": replies.command("inform", region=code)}
        for code, name in bootstrap.answers().place_names(said.ambiguous)
    ]
    kind = {"kind": "ask", "slot": "treatment_region", "input": "choice", "sensitive": False}
    dispatcher.utter_message(response="utter_which_place", buttons=buttons, json_message=kind)
    return changes({**said.facts, "topic": topic})


def offer_topics(dispatcher: CollectingDispatcher, tracker: Tracker, said: Told) -> list[EventType]:
    """Keeps what was told, and asks what the question is."""
    answers = bootstrap.answers()
    buttons = [{"title": answers.topic_title(t), "payload": replies.command(f"ask_{t}")} for t in MAIN_TOPICS]
    dispatcher.utter_message(response="utter_what_to_ask", buttons=buttons)
    filing_steps.return_to_filing(dispatcher, tracker)
    return [*remembered(said), SlotSet("asked_fact", None)]

"""Which kind of filing someone needs, whether they can make it, and what must be known first."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import filing_particulars, filing_steps, replies
from actions.case_slots import changes, known_case, skipped_facts, slot_of, talk_changes
from actions.filing_open import Wanted, open_filing, say_another_is_open
from actions.filing_steps import FILING_TASK, PAUSED_TASK, entity
from services import bootstrap
from services.case_facts import Told, facts_of
from services.filing_choice import TEMPORARY, TOPICS, is_about_another_place, kind_meant, other_kinds, why_not
from services.filing_records import FilingProblem
from services.questions import Answer, Question

ELIGIBILITY = "filing_eligibility"  # the topic as which what is told is taken
WHICH = "filing_kind"  # as the slot asked for
NEEDED, NOT_NEEDED = "filing_needed", "not_needed"  # the topic, and its provisions' value
PLACE_FACTS = ("treatment_region", "destination_scope", "care_place")
NOT_IN_PROGRESS: Mapping[str, Any] = {
    "task": None, "asked_fact": None, "filing_kind": None, "filing_case": None, "filed_for": None,
    "particulars_kept": None,
}


def go_on(dispatcher: CollectingDispatcher, tracker: Tracker, said: Told) -> list[EventType]:
    """Goes on towards the first field: region, kind, what decides whether it can be filed; the slots to set.

    Particulars in the message are kept until there is a draft to fill them in.
    """
    slots = _towards_a_draft(dispatcher, tracker, said)
    return [*slots, *filing_particulars.keep_for_later(tracker, slots)]


def _towards_a_draft(dispatcher: CollectingDispatcher, tracker: Tracker, said: Told) -> list[EventType]:
    told = {**said.facts, **talk_changes(said)}
    case = {**_case_so_far(tracker), **said.facts}
    filed_for = entity(tracker, "filed_for") or _slot_in_progress(tracker, "filed_for")
    if not case.get("insured_region"):
        return _ask_region(dispatcher, tracker, {**told, "filed_for": filed_for, "filing_case": case})
    region = bootstrap.areas().of(case["insured_region"])
    offered = bootstrap.filings().offered(region)
    if not bootstrap.filings().offers(region):
        return _say_where_to_file(dispatcher, case, told)
    before = _slot_in_progress(tracker, "filing_kind")
    turns_elsewhere = said.facts.get("situation") and tracker.get_slot("asked_fact") != "situation"
    named = entity(tracker, "filing_kind") or (None if turns_elsewhere else before)
    meant = kind_meant(offered, named, case.get("situation"), case.get("care_stage"))
    if meant.topic:
        return _say_no_such_kind(dispatcher, meant.topic, case, told)
    if meant.kind is None:
        return _ask_kind(dispatcher, said, region, {**told, "filed_for": filed_for, "filing_case": case})
    kind = meant.kind
    if not kind.can_be_filed_here:
        return _say_elsewhere(dispatcher, kind, told)
    places_said = any(said.facts.get(name) for name in PLACE_FACTS)
    is_settled_now, place_before = kind.kind != before, None
    if is_settled_now and not places_said and is_about_another_place(kind, tracker.get_slot("situation")):
        place_before, forgotten = case.get("treatment_region"), dict.fromkeys(PLACE_FACTS)
        case, told = {**case, **forgotten}, {**told, **forgotten}
    case = bootstrap.filing_policy().with_stay_known(region, {**case, "insured_region": region}, bootstrap.today())
    wanted = Wanted(kind, case, filed_for, place_before)
    is_another = entity(tracker, "confirmed") is not None
    if is_settled_now and not is_another and say_another_is_open(dispatcher, tracker, wanted):
        return changes({**told, **NOT_IN_PROGRESS})
    return _open(dispatcher, tracker, said, wanted, told)


def _case_so_far(tracker: Tracker) -> dict[str, Any]:
    """What was told for this filing: a place in a question asked in between is not the one to file for."""
    begun = _slot_in_progress(tracker, "filing_case") or {}
    return begun if begun.get("insured_region") else known_case(tracker)


def _slot_in_progress(tracker: Tracker, name: str) -> Any:
    """What was told for the filing that is being begun; nothing of one that was left."""
    return tracker.get_slot(name) if is_being_begun(tracker) else None


def is_being_begun(tracker: Tracker) -> bool:
    """Whether it is being found out if, and as what, a filing can be made; one that was left counts when taken up."""
    is_taken_up = tracker.get_slot("task") == PAUSED_TASK and tracker.get_intent_of_latest_message() == "resume_filing"
    return is_taken_up or bool(tracker.get_slot("task") == FILING_TASK)


def ask_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """After something in between: back to what the filing hangs on; nothing where none is being begun."""
    is_known = is_being_begun(tracker) and _case_so_far(tracker).get("insured_region")
    return take_up(dispatcher, tracker) if is_known and not filing_steps.open_draft_of(tracker) else []


def take_up(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Goes on with a filing that is being begun, with nothing new told."""
    dispatcher.utter_message(response="utter_filing_goes_on")
    nothing_new = Told(
        {}, person=tracker.get_slot("person"), people=tracker.get_slot("people") or {},
        last_place_role=tracker.get_slot("last_place_role"),
    )
    return go_on(dispatcher, tracker, nothing_new)


def _open(
    dispatcher: CollectingDispatcher, tracker: Tracker, said: Told, wanted: Wanted, told: dict[str, Any]
) -> list[EventType]:
    """Opens the draft; asks for the fact that still decides, or says why it can't be filed."""
    try:
        slots = open_filing(dispatcher, tracker, wanted)
    except FilingProblem as problem:
        if problem.code == "fact_missing":
            return _ask_fact(dispatcher, tracker, said, wanted, {**told, "fact": problem.details["fact"]})
        if problem.code != "not_eligible":
            raise
        return _say_not_eligible(dispatcher, wanted, problem, told)
    return [*changes({**told, **NOT_IN_PROGRESS, "situation": wanted.kind.situation}), *slots]


def _ask_region(dispatcher: CollectingDispatcher, tracker: Tracker, told: dict[str, Any]) -> list[EventType]:
    in_force = bootstrap.filing_course().find_in_force(tracker.sender_id)
    if in_force and not is_being_begun(tracker) and entity(tracker, "confirmed") is None:
        say_another_is_open(dispatcher, tracker, None)
        return changes({**told, **NOT_IN_PROGRESS})
    filing_steps.ask_fact(dispatcher, "insured_region", None)
    named = entity(tracker, "filing_kind") or _slot_in_progress(tracker, "filing_kind")
    return changes({**told, "task": FILING_TASK, "asked_fact": "insured_region", "filing_kind": named})


def _say_where_to_file(
    dispatcher: CollectingDispatcher, case: Mapping[str, Any], told: dict[str, Any]
) -> list[EventType]:
    """A filing for this region can't be filled in here: say so, and where its document says to file."""
    dispatcher.utter_message(response="utter_problem_filing_not_offered")
    _answer(dispatcher, Question("channels", facts_of(case)))
    return changes({**told, **NOT_IN_PROGRESS, "topic": "channels"})


def _say_no_such_kind(
    dispatcher: CollectingDispatcher, topic: str, case: Mapping[str, Any], told: dict[str, Any]
) -> list[EventType]:
    """The region has no such kind: what its documents say instead, and which kinds it has."""
    answer = _answer(dispatcher, Question(topic, facts_of(case)))
    region = bootstrap.areas().of(case["insured_region"])
    _offer_others(dispatcher, region, None, case)
    asks = slot_of(answer.ask) if answer.ask else None
    if asks:
        filing_steps.ask_fact(dispatcher, asks, region)
    return changes({**told, **NOT_IN_PROGRESS, "asked_fact": asks, "topic": topic})


def _ask_kind(
    dispatcher: CollectingDispatcher, said: Told, region: str, told: dict[str, Any]
) -> list[EventType]:
    """Asks which of the region's kinds it is; what each is for, where someone doesn't know."""
    _say_if_not_needed(dispatcher, told["filing_case"])
    buttons = [
        {"title": kind.title, "payload": replies.command("start_filing", filing_kind=kind.kind)}
        for kind in bootstrap.filings().offered(region)
    ]
    response = "utter_explain_filing_kinds" if said.says_unknown else "utter_which_filing_kind"
    kind = {"kind": "ask", "slot": WHICH, "input": "choice", "sensitive": False}
    dispatcher.utter_message(response=response, buttons=buttons, json_message=kind)
    return changes({**told, "task": FILING_TASK, "asked_fact": WHICH})


def _say_if_not_needed(dispatcher: CollectingDispatcher, case: Mapping[str, Any]) -> None:
    """Where seeing a doctor there needs no filing: so, before it is asked what else is meant (威海 to 青岛)."""
    if not (case.get("treatment_region") or case.get("destination_scope")):
        return
    assumed = () if case.get("situation") else ("assumed_temporary",)
    facts = facts_of({**case, "situation": case.get("situation") or TEMPORARY})
    question = Question(NEEDED, facts, assumed=assumed)
    if bootstrap.answers().ask(question).value == NOT_NEEDED:
        _answer(dispatcher, question)


def _say_elsewhere(dispatcher: CollectingDispatcher, kind: Any, told: dict[str, Any]) -> list[EventType]:
    """A kind that another office takes: which one, by the region's own document."""
    dispatcher.utter_message(response="utter_filed_elsewhere", title=kind.title)
    topic = kind.elsewhere_topic or TOPICS[kind.kind]
    _answer(dispatcher, Question(topic, facts_of({"insured_region": kind.region, "situation": kind.situation})))
    return changes({**told, **NOT_IN_PROGRESS, "situation": kind.situation, "topic": topic})


def _ask_fact(
    dispatcher: CollectingDispatcher, tracker: Tracker, said: Told, wanted: Wanted, told: dict[str, Any]
) -> list[EventType]:
    """Asks for what decides; whoever doesn't know is told why it matters and whom to ask, once."""
    slot = slot_of(told.pop("fact"))
    if said.says_unknown and slot in skipped_facts(tracker, said):
        contact = bootstrap.answers().contact(wanted.kind.region)
        dispatcher.utter_message(
            response=f"utter_need_{slot}", phone=contact.phone, name=contact.name,
            filing_kind=wanted.kind.kind, filed_for=wanted.filed_for or "",
        )
        return changes({**told, **NOT_IN_PROGRESS})
    if slot == "treatment_region":
        _ask_destination(dispatcher, wanted)
    else:
        filing_steps.ask_fact(dispatcher, slot, wanted.kind.region)
    return changes({
        **told, "task": FILING_TASK, "asked_fact": slot, "filing_kind": wanted.kind.kind,
        "filed_for": wanted.filed_for, "filing_case": dict(wanted.case),
    })


def _ask_destination(dispatcher: CollectingDispatcher, wanted: Wanted) -> None:
    buttons = [
        {"title": name, "payload": replies.command("inform", region=code)}
        for code, name in bootstrap.answers().place_names([wanted.place_before] if wanted.place_before else [])
    ]
    kind = {"kind": "ask", "slot": "treatment_region", "input": "region", "sensitive": False}
    dispatcher.utter_message(
        response="utter_ask_filing_destination", json_message=kind, buttons=buttons, title=wanted.kind.title
    )


def _say_not_eligible(
    dispatcher: CollectingDispatcher, wanted: Wanted, problem: FilingProblem, told: dict[str, Any]
) -> list[EventType]:
    """Why this case can't be filed, in the decision's own words, and what can be done instead."""
    decision = problem.details["decision"]
    _answer(dispatcher, why_not(wanted.kind, decision, wanted.case))
    _offer_others(dispatcher, wanted.kind.region, wanted.kind, wanted.case)
    return changes({**told, **NOT_IN_PROGRESS, "topic": decision.topic})


def _offer_others(dispatcher: CollectingDispatcher, region: str, kind: Any, case: Mapping[str, Any]) -> None:
    """Buttons for the kinds that may still fit; the place stays."""
    offered = bootstrap.filings().offered(region)
    others = other_kinds(bootstrap.filing_policy(), kind, offered, case, bootstrap.today())
    place = {"region": str(case["treatment_region"])} if case.get("treatment_region") else {}
    buttons = [
        {"title": other.title, "payload": replies.command("start_filing", filing_kind=other.kind, **place)}
        for other in others
    ]
    if buttons:
        dispatcher.utter_message(response="utter_other_kinds", buttons=buttons)


def _answer(dispatcher: CollectingDispatcher, question: Question) -> Answer:
    """Says the answer with its sources."""
    answers = bootstrap.answers()
    answer = answers.ask(question)
    replies.say_answer(dispatcher, answer, answers, offers_next=True)
    return answer

"""The desk's answers over HTTP: one line in, decision cards out; several regions side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request

from rules_engine.errors import PolicyError
from rules_engine.fact_words import read_fact
from rules_engine.facts import FACT_NAMES
from server.desk_cards import open_shown
from server.desk_hearing import Listener, heard
from server.desk_policy import DeskPolicy, desk_policy
from server.desk_questions import VISIT_ON, Asked, Chosen, asked
from server.desk_reading import Reading
from server.desk_sessions import Asking
from server.fact_questions import Choice, OpenFact, call_120, which_place
from server.privacy import masked
from server.routes import desk_answer_models as models
from server.routes.desk_errors import DeskRoute, bad_value, refusal_of_other_methods, refusals
from services import bootstrap
from services.questions import Question

router = APIRouter(prefix="/desk", route_class=DeskRoute)
MOST_SUGGESTIONS = 3
RECKONED_ELSEWHERE = frozenset({"cost_estimate", "cost_difference"})  # bills have a page of their own
SAYS_SOMETHING = frozenset({"decided", "needs", "not_stated"})
MAIN_TOPICS = ("filing_needed", "share_borne", "materials")  # where only a place was named


@router.get("/answers", response_model=models.AnswersShown, responses=refusals(401, 403))
async def answers(request: Request, asking: Asking, given: models.AnswersAsked) -> dict[str, Any]:
    """What the line asks, answered: as the conversation would answer it. Never kept, never logged."""
    policy = await asyncio.to_thread(desk_policy)
    chosen = _chosen(given, policy)
    listener: Listener = request.app.state.chat.assistant
    reading = await heard(given.q, policy.reader, listener, needs_topic=chosen.topic is None)
    return _shown(policy, reading, asked(reading, chosen, bootstrap.areas()), chosen)


@router.get("/compare", response_model=models.CompareShown, responses=refusals(401, 403))
def compare(asking: Asking, given: models.CompareAsked) -> dict[str, Any]:
    """One topic in up to four regions, for the same case on the same day."""
    policy = desk_policy()
    topic = _topic(given.topic, policy)
    facts = _facts(given.facts)
    facts.pop("insured_region", None)
    codes = [_region(code, policy) for code in dict.fromkeys(given.regions.split(","))]
    on = given.on or bootstrap.today()
    return {
        "topic": topic, "title": policy.answers.topic_title(topic), "on": on,
        "cards": [policy.cards.card(_alone(topic, {**facts, "insured_region": code}, on), code) for code in codes],
    }


@router.get("/policy", response_model=models.PolicyShown, responses=refusals(401, 403))
def policy(asking: Asking) -> dict[str, Any]:
    """The regions and topics there are to choose from, and the day it is here."""
    known = bootstrap.answers()
    return {
        "today": bootstrap.today(),
        "regions": [{"code": code, "name": name} for code, name in known.covered_region_names()],
        "topics": [{"topic": topic, "title": row.title} for topic, row in known.packs.topics.items()],
    }


refusal_of_other_methods(router)


def _chosen(given: models.AnswersQuery, policy: DeskPolicy) -> Chosen:
    """What the agent set beside the line. DeskRefusal bad_input for a fact or topic that there is not."""
    return Chosen(
        topic=_topic(given.topic, policy) if given.topic else None,
        facts=_facts(given.facts), without=_names("without", given.without), skipped=_names("skip", given.skip),
        on=given.on,
    )


def _topic(topic: str, policy: DeskPolicy) -> str:
    if not policy.answers.has_topic(topic):
        raise bad_value("topic", "没有这个话题，请从列出的里面选")
    return topic


def _region(code: str, policy: DeskPolicy) -> str:
    try:
        return policy.answers.packs.area_of(code)
    except PolicyError:
        raise bad_value("regions", "里有不是行政区划的代码，请核对") from None


def _facts(written: str) -> dict[str, Any]:
    """name:value,name:value as the engine's facts."""
    facts = {}
    for part in filter(None, written.split(",")):
        name, _, value = part.partition(":")
        try:
            facts[name] = read_fact(name, value)
        except PolicyError:
            raise bad_value("facts", "里有读不懂的一项，请照接口说明写") from None
    return facts


def _names(key: str, written: str) -> frozenset[str]:
    names = frozenset(filter(None, written.split(",")))
    if not names <= {*FACT_NAMES, VISIT_ON}:
        raise bad_value(key, "里有不认识的名字，请照接口说明写")
    return names


def _alone(topic: str, facts: dict[str, Any], on: date | None) -> Question:
    return asked(Reading("", (), (topic,)), Chosen(topic=topic, facts=facts, on=on), bootstrap.areas()).questions[0]


def _shown(policy: DeskPolicy, reading: Reading, found: Asked, chosen: Chosen) -> dict[str, Any]:
    sides = found.sides or (None,) * len(found.questions)
    is_read = bool(reading.topics or found.topic)
    return {
        "line": masked(reading.text),
        "typed": [{"typed": t.typed, "read_as": t.read_as, "could_be": list(t.could_be)} for t in reading.typed],
        "unread": [masked(part) for part in reading.unread if len(part) > 1 and reading.by == "words"],
        "read_by": "choice" if chosen.topic else reading.by if is_read else "nothing",
        "on": found.visit_on or bootstrap.today(),
        "facts": policy.cards.facts(found.facts), "ignored": policy.cards.facts(found.ignored),
        "urgent": call_120() if found.is_urgent else None,
        "places": _places(found, policy),
        "cards": [policy.cards.card(one, side) for one, side in zip(found.questions, sides, strict=True)],
        "suggestions": _suggestions(policy, reading, found, chosen),
    }


def _places(found: Asked, policy: DeskPolicy) -> dict[str, Any] | None:
    """Which of the places of one name is meant, to be chosen."""
    if not found.ambiguous:
        return None
    is_insured_known = any(fact.name == "insured_region" for fact in found.facts)
    fact = "treatment_region" if is_insured_known else "insured_region"
    choices = tuple(Choice(fact, code, name) for code, name in policy.answers.place_names(found.ambiguous))
    return open_shown(OpenFact(fact, "地方", which_place(), "region", choices))


def _suggestions(policy: DeskPolicy, reading: Reading, found: Asked, chosen: Chosen) -> list[dict[str, Any]]:
    """Other topics that may have been meant, each with its conclusion in a line; the usual ones for a mere place."""
    known = policy.answers.packs.topics
    after: Iterable[str] = known[found.topic].next if found.topic else MAIN_TOPICS if found.facts else ()
    topics = [t for t in dict.fromkeys((*reading.topics, *after)) if t != found.topic and t not in RECKONED_ELSEWHERE]
    lines = []
    for topic in topics[:MOST_SUGGESTIONS]:
        instead = asked(reading, replace(chosen, topic=topic), bootstrap.areas())
        lines += [policy.cards.line(question) for question in instead.questions[:1]]
    return [line for line in lines if line["status"] in SAYS_SOMETHING]


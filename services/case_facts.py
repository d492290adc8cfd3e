"""What one message tells of the case: closed entities in, changes of the known facts out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.facts import Facts, facts_from
from services.facts_between_lines import (
    LONG_TERM,
    is_at_home,
    is_taken_for_insured,
    leave_the_last_stay,
    read_between,
    settle_emergency,
    settle_household,
    settle_scope,
)
from services.people_said import OWN_FILING, case_of, first_person, owners_of, person_asked_about
from services.places_said import INSURED, TREATMENT, Areas, Talk, is_in, places_said
from services.questions import Claim
from services.side_by_side import sides_of

# Facts that stay with a person through a conversation; all are slots of the same name.
CASE_FACTS = (
    "insured_region", "treatment_region", "filed_region", "destination_scope", "situation", "care_place",
    "has_valid_filing", "has_residence_proof", "is_within_change_limit", "stays_long_enough", "confirmed_on",
    "months_since_confirmation", "stay_months", "care_type", "care_stage", "was_settled", "institution",
    "person_group", "has_local_household", "drug_kind", "third_party", "scheme", "employment", "benefit_tier",
    "hospital_level", "stay_in_year", "class_b_item",
)
BOOLEAN_FACTS = frozenset({
    "has_valid_filing", "has_residence_proof", "is_within_change_limit", "stays_long_enough", "was_settled",
    "has_local_household",
})
# Topics in which a date or a span of months speaks of the filing's confirmation, not of the visit.
ABOUT_THE_FILING = frozenset({"change", "cancel_filing", "return_home", "start_date", "validity"})
# Said together with another value, these are meant: 慢病门诊; 被撞了，人跑了.
OUTWEIGHS = frozenset({("care_type", "chronic_special_disease"), ("third_party", "unclear")})
TEMPORARY = "temporary_care"
SHORT_STAY = frozenset({("situation", TEMPORARY), ("stays_long_enough", "false")})
ABOUT_THE_CLAIM = frozenset({"claim_deadline", "manual_claim"})


@dataclass(frozen=True)
class Told:
    """The facts to change (None takes one back), and what the person said they don't know.

    `sides`: the cases to answer side by side. `person`: whose case it now is; `people`: the cases put aside.
    """

    facts: Mapping[str, Any]
    ambiguous: tuple[str, ...] = ()  # codes of places that bear the name that was said
    says_unknown: bool = False
    assumed: tuple[str, ...] = ()
    visit_day_said: str | None = None
    sides: tuple[Mapping[str, str], ...] = ()
    claims: tuple[Claim, ...] = ()
    person: str | None = None
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    last_place_role: str | None = None
    months_gone: int | None = None  # since the treatment that is to be claimed


@dataclass(frozen=True)
class Conversation:
    """What is known before a message: the case, the topic, the fact asked for, and whose case it is."""

    known: Mapping[str, Any]
    topic: str | None = None
    asked: str | None = None
    last_place_role: str | None = None
    person: str | None = None
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def told(entities: Sequence[Mapping[str, Any]], conversation: Conversation, areas: Areas) -> Told:
    """What a message's entities say, given what is known and which fact was asked for last."""
    before = conversation.known
    turned_to = person_asked_about(entities, conversation.person, conversation.people, before)
    if turned_to:
        conversation = replace(conversation, known=case_of(turned_to, conversation.people, before), asked=None)
    if not turned_to and not before.get("insured_region"):
        several = _said_of_several(entities, conversation, areas)
        if several:
            return several
    said = _said(entities, conversation, areas)
    if not turned_to:
        return _with_people(said, entities, conversation, areas)
    people = {**conversation.people, conversation.person or "self": dict(before)}
    is_assumed = turned_to not in people and not said.facts.get("insured_region")
    assumed = (*said.assumed, "assumed_same_insured") if is_assumed else said.assumed
    facts = {**conversation.known, **said.facts}
    return replace(said, facts=facts, assumed=assumed, person=turned_to, people=people)


def _said_of_several(
    entities: Sequence[Mapping[str, Any]], conversation: Conversation, areas: Areas
) -> Told | None:
    """A first message on people insured in several places: the case of the one it speaks of last, the others put aside.

    None where it tells of one place of insurance, or compares two.
    """
    owners, person = owners_of(entities)
    areas_of = {owner: areas.of(str(e["value"]).split("|")[0]) for owner, e in owners.items()}
    if person not in owners or len(set(areas_of.values())) < 2 or sides_of(entities, conversation.known, areas):
        return None
    of_others = [e for owner, e in owners.items() if owner != person]
    said = _said([e for e in entities if not any(e is other for other in of_others)], conversation, areas)
    facts = {**said.facts, "insured_region": areas_of[person]}
    shared = {name: value for name, value in facts.items() if name not in OWN_FILING}
    blank = dict.fromkeys(conversation.known)
    people = {owner: {**blank, **shared, "insured_region": area} for owner, area in areas_of.items() if owner != person}
    return replace(said, facts=facts, person=person, people={**conversation.people, **people})


def _with_people(
    said: Told, entities: Sequence[Mapping[str, Any]], conversation: Conversation, areas: Areas
) -> Told:
    """What was said, with whose case it is; one's own insured place is put aside where another's case is told."""
    person, people = conversation.person or first_person(entities), dict(conversation.people)
    owned = [str(e["value"]) for e in entities if e["entity"] == "region" and e.get("own")]
    own = next((areas.of(code) for code in owned if "|" not in code), None)
    if own in areas.covered and person not in (None, "self") and said.facts.get("insured_region") not in (None, own):
        people["self"] = {**conversation.known, "insured_region": own}
    return replace(said, person=person, people=people)


def _said(entities: Sequence[Mapping[str, Any]], conversation: Conversation, areas: Areas) -> Told:
    """What a message says of the case it is about."""
    known, topic, asked = conversation.known, conversation.topic, conversation.asked
    kinds = {e["entity"] for e in entities}
    facts = _plain_facts(entities, topic, asked)
    sides = sides_of(entities, known, areas)
    mentions = _single_mentions(entities, sides)
    talk = Talk(
        known, asked, conversation.last_place_role, corrects="correction" in kinds, goes_home=topic == "return_home"
    )
    places, ambiguous = places_said(mentions, talk, areas)
    facts = {**places, **facts} if "destination_scope" in facts else facts | places
    if facts.get("has_valid_filing") is False:
        facts.pop("filed_region", None)  # 在杭州上班没备案，去广州看病: nothing is filed for 杭州
    settle_scope(facts)
    settle_emergency(entities, facts)
    leave_the_last_stay(facts, known)
    if "elsewhere" in kinds and not mentions and is_at_home(known):
        facts |= {"treatment_region": None, "destination_scope": None, "care_place": None}
    if any(e["entity"] == "not_so" and e["value"] == f"situation={known.get('situation')}" for e in entities):
        facts.setdefault("situation", None)  # 那要不是急诊呢
    settle_household(facts, known, mentions, areas)
    assumed = read_between(entities, facts, known, topic)
    if is_taken_for_insured(mentions, facts, known):
        assumed += ("assumed_insured_there",)
    return Told(
        facts, ambiguous, "unknown" in kinds, assumed,
        visit_day_said=next((e["value"] for e in entities if e["entity"] == "date"), None),
        sides=sides, claims=_claims(entities, kinds), months_gone=_months_gone(entities, topic),
        last_place_role=_role_of(places, conversation.last_place_role),
    )


def _single_mentions(
    entities: Sequence[Mapping[str, Any]], sides: Sequence[Mapping[str, str]]
) -> list[Mapping[str, Any]]:
    """The places of a message but those that are answered side by side."""
    apart = {code for side in sides for code in side.values()}
    mentions = [e for e in entities if e["entity"] == "region"]
    is_of_sides = [any(is_in(str(m["value"]).split("|")[0], code) for code in apart) for m in mentions]
    return [mention for mention, is_side in zip(mentions, is_of_sides, strict=True) if not is_side]


def _claims(entities: Sequence[Mapping[str, Any]], kinds: set[str]) -> tuple[Claim, ...]:
    """Figures the person has heard of; a figure in a plain question (住了3个月) claims nothing."""
    if "premise" not in kinds:
        return ()
    rates = [Claim("rate", Decimal(e["value"])) for e in entities if e["entity"] == "claimed_rate"]
    return (*rates, *(Claim("months", int(e["value"])) for e in entities if e["entity"] == "months"))


def _months_gone(entities: Sequence[Mapping[str, Any]], topic: str | None) -> int | None:
    """How long ago the treatment was, where a claim is spoken of."""
    spans = [int(e["value"]) for e in entities if e["entity"] == "months"]
    return spans[0] if spans and topic in ABOUT_THE_CLAIM else None


def _role_of(places: Mapping[str, Any], before: str | None) -> str | None:
    """Which place the message told: the one that a correction in the next would put right.

    Of both the insured one, where it can be: a place that we have no documents of is corrected as that of treatment.
    """
    if "insured_region" in places:
        return INSURED
    return TREATMENT if "treatment_region" in places else before


def _plain_facts(entities: Sequence[Mapping[str, Any]], topic: str | None, asked: str | None) -> dict[str, Any]:
    """Facts said outright. Spans of time mean the filing's age or the stay, as the talk goes."""
    goes_back = any(e.get("returns") for e in entities)  # 回乌市耍两个月: no stay elsewhere
    about_stay = asked == "stays_long_enough" or topic not in ABOUT_THE_FILING
    about_filing = asked == "is_within_change_limit" or not about_stay
    facts: dict[str, Any] = {}
    for entity in entities:
        name, value = entity["entity"], entity["value"]
        if name == "months" and (topic in ABOUT_THE_CLAIM or (goes_back and not about_filing)):
            continue
        if name == "months":
            facts["months_since_confirmation" if about_filing else "stay_months"] = int(value)
        elif name in CASE_FACTS and name not in facts and _is_meant(entity, about_filing, topic, asked):
            facts[name] = value in (True, "true") if name in BOOLEAN_FACTS else value
    facts |= {e["entity"]: e["value"] for e in entities if (e["entity"], e["value"]) in OUTWEIGHS}
    said_of = {(e["entity"], e["value"]) for e in entities}
    if said_of >= SHORT_STAY and ("stays_long_enough", "true") not in said_of and facts.get("situation") == LONG_TERM:
        facts["situation"] = TEMPORARY  # 我在外地上班, 我爸来做手术, 养几天就回去
    if asked == "stays_long_enough" and "stays_long_enough" in facts:
        facts.pop("situation", None)
    kinds = {e["entity"] for e in entities}
    if "settles" in kinds and "care_visit" not in kinds and not about_filing:
        facts = {"situation": LONG_TERM, "stays_long_enough": True, **facts}
    groups = [e["value"] for e in entities if e["entity"] == "person_group" and e["value"] != "other"]
    return {**facts, "person_group": groups[0]} if groups else facts


def _is_meant(entity: Mapping[str, Any], about_filing: bool, topic: str | None, asked: str | None) -> bool:
    """没满 and 半年以上 stand in more than one fact: the one that was asked, or that the topic is about.

    Who has a filing made and says 好几年 has told how long; 长期 alone may only name the kind.
    """
    name = entity["entity"]
    if name == "is_within_change_limit":
        return about_filing
    is_told = topic == "filing_eligibility" and bool(entity.get("outright"))
    return name != "stays_long_enough" or asked == name or is_told


def sounds_dangerous(entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message tells of an emergency that is going on, not of one that is over or under care."""
    kinds = {e["entity"] for e in entities}
    return "danger" in kinds and not kinds & {"past", "care_stage"}


def facts_of(case: Mapping[str, Any]) -> Facts:
    """The engine's facts from stored values (None: untold; days as ISO text). Raises UnknownFact."""
    values = dict(case)
    values["stay_in_year"] = int(values["stay_in_year"]) if values.get("stay_in_year") else None
    if values.get("confirmed_on"):
        values["confirmed_on"] = date.fromisoformat(values["confirmed_on"])
    return facts_from(values)

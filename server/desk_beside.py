"""A line of the desk read together with what was chosen beside it: no place of the one is mixed with the other's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.case_facts import Conversation, Told, told
from services.places_said import GOES_THERE, Areas

INSURED = "insured_region"
# Worked out from the insured place, where they are not said outright.
FROM_THE_INSURED = ("destination_scope", "care_place", "has_local_household")
SAYS_INSURED = ("insures", "own", "heads", "labels", "theirs")
FILED_PLACE = "assumed_filed_place"
# What each assumption is about; where that fact was chosen or taken away, nothing is assumed of it.
ASSUMED = {
    "assumed_temporary": "situation", "assumed_long_term": "situation", FILED_PLACE: "filed_region",
    "assumed_insured_there": INSURED, "assumed_same_insured": INSURED,
}
Entities = Sequence[Mapping[str, Any]]


def overruled(entities: Entities, facts: Mapping[str, Any], without: Collection[str], areas: Areas) -> tuple[str, ...]:
    """The chosen facts that the line speaks against: it may be the next caller's, so its own place of insurance holds.

    Who wants the chosen one takes the line's away first.
    """
    if INSURED not in facts or INSURED in without:
        return ()
    named = _insured_in(told(entities, Conversation({}), areas))
    return (INSURED,) if named and areas.of(str(facts[INSURED])) not in map(areas.of, named) else ()


def told_beside(
    entities: Entities, topic: str | None, facts: Mapping[str, Any], without: Collection[str], areas: Areas
) -> Told:
    """What the line says where these facts are known already, and those don't count."""
    others: Entities = entities
    if INSURED in without:
        named = _insured_in(told(entities, Conversation({}, topic), areas))
        others = _without_the_insured(entities, set(map(areas.of, named)), areas)
    said = told(others, Conversation(facts, topic), areas)
    if INSURED in facts or INSURED in without:
        said = _not_from_another(said, others, facts.get(INSURED), areas)
    touched = {*facts, *without}
    if FILED_PLACE in said.assumed and "treatment_region" in touched:
        said = replace(said, facts={name: value for name, value in said.facts.items() if name != "filed_region"})
        touched.add("filed_region")
    return replace(said, assumed=tuple(one for one in said.assumed if ASSUMED.get(one) not in touched))


def _insured_in(said: Told) -> set[str]:
    """Every place of insurance that the line speaks of."""
    cases = (said.facts, *said.sides, *said.people.values())
    return {str(case[INSURED]) for case in cases if case.get(INSURED)}


def _without_the_insured(entities: Entities, named: Collection[str], areas: Areas) -> Entities:
    """The line as if it named no place of insurance: the places in it are those that somebody goes to."""
    kept = []
    for entity in entities:
        if entity["entity"] == "region":
            code = str(entity["value"]).split("|")[0]
            if areas.of(code) in named and not any(entity.get(cue) for cue in GOES_THERE):
                continue
            entity = {key: value for key, value in entity.items() if key not in SAYS_INSURED}
        kept.append(entity)
    return kept


def _not_from_another(said: Told, entities: Entities, insured: Any, areas: Areas) -> Told:
    """Without what was worked out from a place of insurance that doesn't count."""
    read = said.facts.get(INSURED)
    if not read or (insured and areas.of(str(read)) == areas.of(str(insured))):
        return said
    outright = {entity["entity"] for entity in entities}
    dropped = {name for name in FROM_THE_INSURED if name not in outright}
    return replace(said, facts={name: value for name, value in said.facts.items() if name not in dropped})

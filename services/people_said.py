"""Whose case it is: 我妈 is insured elsewhere, and 那我自己呢 goes back to one's own."""

from collections.abc import Mapping, Sequence
from typing import Any

SELF = "self"
# What belongs to one person's filing and is not taken over to another person.
OWN_FILING = (
    "filed_region", "has_valid_filing", "has_residence_proof", "is_within_change_limit", "confirmed_on",
    "months_since_confirmation",
)


def person_asked_about(
    entities: Sequence[Mapping[str, Any]], person: str | None, people: Mapping[str, Any], known: Mapping[str, Any]
) -> str | None:
    """The person whose case a message turns to; None where it stays with the one spoken of.

    People are named in passing all the time (我闺女说…): only 那我妈呢, another place of insurance beside the
    person, or a person whose case was told before counts.
    """
    named = [e for e in entities if e["entity"] == "person"]
    now = person or SELF
    others = [e for e in named if e["value"] != now]
    the_other = [one for one in people if one != SELF]
    if not named and now == SELF and len(the_other) == 1 and any(e["entity"] == "speaks_of_another" for e in entities):
        return the_other[0]
    if not named and SELF in people and now != SELF and any(e["entity"] == "speaks_of_oneself" for e in entities):
        return SELF
    if not others or not known.get("insured_region"):
        return None
    asked = next((e for e in others if e.get("asked")), None)
    if asked:
        return str(asked["value"])
    owner = _owner_of_insurance(entities)
    if owner:
        return owner if owner != now else None
    last = str(others[-1]["value"])
    return last if len(named) == 1 and last in people else None


def _owner_of_insurance(entities: Sequence[Mapping[str, Any]]) -> str | None:
    """The person named last before a place of insurance: 我妈是高邮医保的，去我姐家住. None where there is none."""
    insured = [e["start"] for e in entities if e["entity"] == "region" and e.get("insures")]
    before = [e for e in entities if e["entity"] == "person" and insured and e["start"] < insured[0]]
    return str(max(before, key=lambda e: e["start"])["value"]) if before else None


def first_person(entities: Sequence[Mapping[str, Any]]) -> str | None:
    """The person a first message speaks of: the only one, or the first before a place of insurance; None for none."""
    named = [e for e in entities if e["entity"] == "person"]
    if len({e["value"] for e in named}) == 1:
        return str(named[0]["value"])
    insured = [e["start"] for e in entities if e["entity"] == "region" and e.get("insures") and not e.get("hails")]
    before = [e for e in named if insured and e["start"] < insured[0]]
    return str(before[0]["value"]) if before else None


def owners_of(entities: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Mapping[str, Any]], str | None]:
    """Who is insured where, of the people of one message, and whom it speaks of last.

    老公威海医保，公公高邮退休，我乌鲁木齐的 … 先问公公的: each person's first place of insurance; one that comes when
    the person named last has a place already is the asker's own.
    """
    owners: dict[str, Mapping[str, Any]] = {}
    named = speaks_of = None
    for entity in sorted(entities, key=lambda e: e["start"]):
        if entity["entity"] == "person":
            named = speaks_of = str(entity["value"])
        elif entity["entity"] == "region" and (entity.get("insures") or entity.get("own")):
            owner = SELF if entity.get("own") or named is None or named in owners else named
            if owner not in owners:
                owners[owner], speaks_of = entity, owner
        elif entity["entity"] == "speaks_of_another" and len(owners.keys() - {SELF}) == 1:
            speaks_of = next(iter(owners.keys() - {SELF}))  # 我老婆高邮的，我乌市的，她看门诊能刷吗
    return owners, speaks_of


def case_of(person: str, people: Mapping[str, Mapping[str, Any]], known: Mapping[str, Any]) -> dict[str, Any]:
    """That person's case: as told before, or the present one without what belongs to the other's filing."""
    if person in people:
        return {name: people[person].get(name) for name in known}
    return {name: None if name in OWN_FILING else value for name, value in known.items()}

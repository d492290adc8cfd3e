"""Which kind of filing someone means, and what is said where it can't be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.decision import Decision
from rules_engine.filing_kinds import FilingKind
from services.case_facts import facts_of
from services.filing_policy import FilingPolicy
from services.questions import Question

LONG_TERM, TEMPORARY, LATE = "long_term_residence", "temporary_care", "late_filing"
ADMITTED = frozenset({"in_hospital", "discharged"})
NARROWER = frozenset({"referral", "self_arranged", "emergency_treatment"})  # situations that are temporary care
SITUATIONS = {"emergency_registration": "emergency_treatment"}  # of the kinds that are not called as their situation
# What is asked about a kind that the region doesn't have.
TOPICS = {
    LATE: "late_filing", "referral": "referral", "emergency_registration": "emergency", TEMPORARY: "filing_needed",
    LONG_TERM: "filing_eligibility",
}


@dataclass(frozen=True)
class Meant:
    """The kind that is meant; or the topic that answers where the region has no such kind; or neither: ask."""

    kind: FilingKind | None = None
    topic: str | None = None


def kind_meant(
    offered: Sequence[FilingKind], named: str | None, situation: str | None, care_stage: str | None
) -> Meant:
    """The kind that was named, or that fits the situation; a stay that has begun is filed late where that exists."""
    if named:
        found = _fitting(offered, named, SITUATIONS.get(named, named))
        return Meant(found, None if found else TOPICS.get(named, TOPICS[TEMPORARY]))
    late = next((kind for kind in offered if kind.kind == LATE), None)
    if late and care_stage in ADMITTED and situation not in (LONG_TERM, "emergency_treatment"):
        return Meant(late)
    if situation:
        found = _fitting(offered, None, situation)
        return Meant(found, None if found else TOPICS[TEMPORARY])
    return Meant(offered[0] if len(offered) == 1 else None)


def _fitting(offered: Sequence[FilingKind], named: str | None, situation: str) -> FilingKind | None:
    """The kind of that name, of that situation, or of the wider one."""
    others = [kind for kind in offered if kind.kind != LATE]
    by_name = next((kind for kind in offered if kind.kind == named), None)
    if by_name or named == LATE:
        return by_name
    exact = next((kind for kind in others if kind.situation == situation), None)
    if exact or situation not in NARROWER:
        return exact
    return next((kind for kind in others if kind.situation == TEMPORARY), None)


def is_of_situation(filed: str, told: str) -> bool:
    """Whether a filing made for one situation may be the one of a case in the other: one is the other, or wider."""
    return filed == told or (TEMPORARY in (filed, told) and {filed, told} <= NARROWER | {TEMPORARY})


def is_about_another_place(kind: FilingKind, situation_before: str | None) -> bool:
    """Whether a place spoken of before is hardly the one to file for: where one sees a doctor, and where one lives."""
    return (kind.situation == LONG_TERM) != (situation_before == LONG_TERM)


def why_not(kind: FilingKind, decision: Decision, case: Mapping[str, Any]) -> Question:
    """The question whose answer tells why this case can't be filed: the knock-out's own, with its own facts."""
    asked = next(one for one in kind.knock_outs if one.topic == decision.topic)
    told = {name: case.get(name) for name in asked.asks}
    return Question(decision.topic, facts_of({"insured_region": kind.region, **told, **asked.facts}))


def other_kinds(
    policy: FilingPolicy, kind: FilingKind | None, offered: Sequence[FilingKind], case: Mapping[str, Any], on: date
) -> tuple[FilingKind, ...]:
    """The kinds that this case may still come under."""
    has_begun = case.get("care_stage") in ADMITTED
    others = (other for other in offered if other != kind and (has_begun or other.kind != LATE))
    return tuple(other for other in others if _may_be(policy, other, case, on))


def _may_be(policy: FilingPolicy, kind: FilingKind, case: Mapping[str, Any], on: date) -> bool:
    result = policy.knock_out(kind, case, on)
    return result.is_passed or result.asks is not None

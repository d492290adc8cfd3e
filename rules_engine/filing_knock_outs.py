"""Whether someone can make a filing at all, asked before anything else is; and what must be told to know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine.decide import decide
from rules_engine.decision import Decision, Outcome
from rules_engine.facts import ALLOWED_VALUES, facts_from
from rules_engine.filing_kind import FilingKind, KnockOut
from rules_engine.packs import PackSet

REGION = "treatment_region"


@dataclass(frozen=True)
class KnockOutResult:
    """`asks`: the next fact to ask. Otherwise it is settled: `is_passed`, and `decision` says why not."""

    is_passed: bool
    asks: str | None = None
    decision: Decision | None = None


def knock_out(kind: FilingKind, told: Mapping[str, Any], on: date, packs: PackSet) -> KnockOutResult:
    """What the kind's knock-outs come to with what was told (fact → value), the first that isn't passed first.

    A fact of which any value would lead to the same is never asked: who goes to another city of 浙江 needs no filing,
    whoever they are. `told` may hold more than these questions ask; that is left out.
    """
    for question in kind.knock_outs:
        asked = {name: told[name] for name in question.asks if told.get(name) is not None}
        untold = [name for name in question.asks if name not in asked]
        decision = _decide(kind, question, asked, on, packs)
        possible = tuple(_possible(kind, question, asked, on, packs))
        outcomes = {_is_passed(question, one) for one in possible}
        if len(outcomes) > 1 or any(name not in ALLOWED_VALUES for name in untold):
            return KnockOutResult(False, untold[0], decision)
        if outcomes == {False}:
            if any(one.outcome is Outcome.NEEDS for one in possible):  # only the province where the city decides
                return KnockOutResult(False, REGION, decision)
            return KnockOutResult(False, decision=possible[0] if decision.outcome is Outcome.NEEDS else decision)
    return KnockOutResult(True)


def _possible(
    kind: FilingKind, question: KnockOut, asked: Mapping[str, Any], on: date, packs: PackSet
) -> Iterator[Decision]:
    """The decision with what is known, for each way in which the facts not yet told may turn out."""
    untold = next((name for name in question.asks if name not in asked and name in ALLOWED_VALUES), None)
    if untold is None:
        yield _decide(kind, question, asked, on, packs)
        return
    for value in ALLOWED_VALUES[untold]:
        yield from _possible(kind, question, {**asked, untold: value}, on, packs)


def _decide(
    kind: FilingKind, question: KnockOut, asked: Mapping[str, Any], on: date, packs: PackSet
) -> Decision:
    facts = facts_from({"insured_region": kind.region, **question.facts, **asked})
    return decide(question.topic, facts, on, packs)


def _is_passed(question: KnockOut, decision: Decision) -> bool:
    return decision.outcome is Outcome.DECIDED and decision.value in question.passes

"""The cost cases in tests/cost_cases, worked out by hand, hold to the cent; and no limit of a schedule is without them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from written_cost_cases import ALL_CASES, PACKS, YEAR, Case

from rules_engine.cost import critical_illness_pays
from rules_engine.cost_terms import CRITICAL
from rules_engine.decide import decide
from rules_engine.provisions import Provision, exclude_each_other
from rules_engine.schedules import COMPONENTS, CriticalIllness, Schedule
from rules_engine.settlement import Settlement
from services.cost_estimates import CostLine

FEWEST_CASES = 60


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_the_estimate_is_what_was_worked_out_by_hand(case: Case) -> None:
    estimate = case.estimate
    assert estimate.ask is None, f"asks for {estimate.ask}"
    if "outcome" in case.expect:
        assert estimate.outcome.value == case.expect["outcome"] and not estimate.lines
        return
    (line,) = estimate.lines
    assert seen(line, case.expect) == {"at_least": False, "patient_high": None, **case.expect}


def seen(line: CostLine, expect: Mapping[str, Any]) -> dict[str, Any]:
    """What the line says on each point of the case, in the case's own spelling.

    The parts are compared as they were before critical illness insurance took over some of them.
    """
    settlement = line.settlement
    found: dict[str, Any] = {name: f"{gross(settlement, name):.2f}" for name in COMPONENTS}
    for name in ("pooled_fund_amount", "critical_illness_amount"):
        found[name] = f"{settlement.amount(name):.2f}"
    found["patient_total_amount"] = f"{settlement.patient_amount:.2f}"
    found["fund_total_amount"] = f"{settlement.fund_amount:.2f}"
    found["at_least"] = line.at_least
    found["patient_high"] = f"{line.high.patient_amount:.2f}" if line.high else None
    # a share that no document gives is missing in every such case; the cases name the other figures
    found["missing"] = [name for name in line.missing if name not in ("share", "reduced")]
    return {name: found[name] for name in {*expect, "at_least", "patient_high"}}


def gross(settlement: Settlement, name: str) -> Decimal:
    return sum((part.amount + part.taken_over for part in settlement.parts if part.name == name), Decimal("0.00"))


def test_there_are_enough_cases_and_no_two_share_a_name() -> None:
    names = [case.name for case in ALL_CASES]
    assert len(names) >= FEWEST_CASES and len(names) == len(set(names))
    assert {case.city for case in ALL_CASES} == {"weihai", "hangzhou", "gaoyou", "urumqi"}


@dataclass(frozen=True)
class Limit:
    """A limit that a table of a pack states: of a band, of a deductible, or of what is paid in a year."""

    provision: str
    table: Schedule | CriticalIllness
    kind: str
    amount: Decimal


def limits() -> Iterator[Limit]:
    for found in PACKS.all_provisions.values():
        schedules = [provision for provision in found if tables(provision, Schedule)]
        critical = [provision for provision in found if tables(provision, CriticalIllness)]
        # critical illness insurance of people whose schedule nobody published is never reached by a bill
        reached = [one for one in critical if any(not exclude_each_other(one, other) for other in schedules)]
        for provision in (*schedules, *reached):
            for table in tables(provision, Schedule | CriticalIllness):
                yield from limits_of(provision.id, table)


def tables(provision: Provision, kind: Any) -> list[Any]:
    return [version.value for version in provision.versions if isinstance(version.value, kind)]


def limits_of(provision: str, table: Schedule | CriticalIllness) -> Iterator[Limit]:
    kinds = ("deductible", "band", "ceiling") if isinstance(table, Schedule) else ("starts_at", "critical", "critical_ceiling")
    starts = table.deductible.values() if isinstance(table, Schedule) else (table.starts_at,)
    ends = [band.up_to for band in table.bands if band.up_to is not None]
    yield from (Limit(provision, table, kinds[0], amount) for amount in dict.fromkeys(starts))
    yield from (Limit(provision, table, kinds[1], amount) for amount in ends)
    if table.ceiling is not None:
        yield Limit(provision, table, kinds[2], table.ceiling)


def measured(case: Case, limit: Limit) -> Iterator[Decimal]:
    """What the case's cost is measured by at that limit, yuan; nothing where the limit does not come into it."""
    for line in case.estimate.lines:
        settlement, critical = line.settlement, decide(CRITICAL, line.facts, case.given["on"], PACKS).value
        if limit.table not in (line.schedule.value, critical):
            continue
        parts = {part.name: part for part in settlement.parts}
        year = {name: Decimal(case.given.get(name, 0)) for name in YEAR}
        before = parts["deductible"].base
        if limit.kind == "deductible" and parts["deductible"].limit == limit.amount:
            yield before
        elif limit.kind == "band":
            yield before + year["year_in_scope_amount"]
        elif limit.kind == "ceiling":
            yield parts["coinsurance_amount"].base - gross(settlement, "coinsurance_amount") + year["year_fund_amount"]
        elif limit.kind in ("starts_at", "critical"):
            yield sum((gross(settlement, name) for name in critical.counts), year["year_burden_amount"])
        elif limit.kind == "critical_ceiling":
            counted = sum((gross(settlement, name) for name in critical.counts), year["year_burden_amount"])
            yield critical_illness_pays(counted, replace(critical, ceiling=None))


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: f"{limit.provision} {limit.kind} {limit.amount}")
def test_every_limit_of_a_schedule_has_cases_on_both_sides(limit: Limit) -> None:
    sums = [amount for case in ALL_CASES for amount in measured(case, limit)]
    remedy = f"{limit.provision} 的 {limit.kind} {limit.amount}：tests/cost_cases 里缺一个"
    assert any(amount <= limit.amount for amount in sums), f"{remedy}不超过它的"
    assert any(amount > limit.amount for amount in sums), f"{remedy}超过它的"


@pytest.mark.parametrize("limit", [one for one in limits() if one.kind in ("band", "starts_at", "critical")], ids=lambda limit: f"{limit.provision} {limit.kind} {limit.amount}")
def test_of_each_city_some_case_lies_exactly_on_every_border(limit: Limit) -> None:
    region = limit.provision.split(".")[0]
    alike = [one for one in limits() if (one.provision.split(".")[0], one.kind, one.amount) == (region, limit.kind, limit.amount)]
    assert any(amount == limit.amount for case in ALL_CASES for one in alike for amount in measured(case, one))

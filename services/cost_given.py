"""What a form tells of a bill, field by field: a question to the estimates, or what is wrong with which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.bills import TITLES, bill_of
from rules_engine.cost_terms import OwnFigures, YearSoFar
from rules_engine.errors import PolicyError
from rules_engine.fact_words import UnreadableFact, region_code
from rules_engine.facts import FACT_NAMES, REGION_FACTS, Facts, facts_from
from rules_engine.money import NOTHING, BadAmount, in_words
from services.bill_rows import BillRow, ReadBill
from services.cost_estimates import TOTAL, CostQuestion

OUTSIDE, UPFRONT, CLASS_A, CLASS_B, IN_SCOPE = (
    "non_covered_amount", "class_b_upfront_amount", "class_a_amount", "class_b_lines", "in_scope_amount",
)
YEAR_FIELDS: Mapping[str, str] = {
    "deductible_met_amount": "deductible_met_amount", "year_in_scope_amount": "in_scope_amount",
    "year_fund_amount": "fund_amount", "year_burden_amount": "burden_amount",
}
OWN_FIELDS: Mapping[str, str] = {"own_deductible_amount": "deductible", "own_rate": "rate"}
NO_PLACE = "没有找到这个地方。请写市的全名（例如 烟台市），或六位行政区划代码。"


class BadCostInput(Exception):
    """Fields that cannot be used together or as they are: {field: what is wrong}, in Chinese."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("、".join(faults))
        self.faults = dict(faults)


@dataclass(frozen=True)
class _Classes:
    """What the bill's lines by class come to: sums that follow, and what nobody told of them."""

    sums: Mapping[str, Decimal]
    open_amount: Decimal = NOTHING
    unclassed_amount: Decimal = NOTHING


def question_of(given: Mapping[str, Any]) -> CostQuestion:
    """The question of a form's fields (facts, sums in yuan, rates 0–1). Raises BadCostInput, naming the fields."""
    facts = _facts(given)
    classes = _classes(given)
    sums = {name: given[name] for name in TITLES if name in given} | dict(classes.sums)
    if TOTAL in sums:
        _check(sums)
    return CostQuestion(
        facts, sums, _day(given), frozenset(given.get("skipped", ())),
        OwnFigures(**{of: given[name] for name, of in OWN_FIELDS.items() if name in given}),
        YearSoFar(**{of: given[name] for name, of in YEAR_FIELDS.items() if name in given}),
        class_b_open_amount=classes.open_amount, unclassed_amount=classes.unclassed_amount,
    )


def _facts(given: Mapping[str, Any]) -> Facts:
    told, faults = {name: given[name] for name in FACT_NAMES if name in given}, {}
    for name in REGION_FACTS & told.keys():
        try:
            told[name] = region_code(told[name].strip())
        except UnreadableFact as fault:
            faults[name] = str(fault)
        except PolicyError:
            faults[name] = NO_PLACE
    if faults:
        raise BadCostInput(faults)
    return facts_from(told)


def _day(given: Mapping[str, Any]) -> date | None:
    on: date | None = given.get("admitted_on")
    return on


def _classes(given: Mapping[str, Any]) -> _Classes:
    """What Class A and Class B lines add to the sums. What no class accounts for stays of no known class."""
    lines = given.get(CLASS_B) or ()
    if not lines and CLASS_A not in given:
        return _Classes({})
    _check_together(given, bool(lines))
    read = ReadBill(tuple(BillRow(at, "", one["amount"], "B", one.get("rate")) for at, one in enumerate(lines, 1)))
    rest = _rest(given, read.sums[TOTAL])
    upfront = {UPFRONT: read.sums[UPFRONT]} if lines else {}
    open_amount = read.sums["class_b_open_amount"]
    if CLASS_A not in given:
        return _Classes(upfront, open_amount)
    if not rest:  # every yuan has its class: what nobody wrote down is nothing
        return _Classes({OUTSIDE: NOTHING, UPFRONT: NOTHING} | _of(given, OUTSIDE, UPFRONT) | upfront, open_amount)
    return _Classes(upfront, open_amount, NOTHING if UPFRONT in given else rest)


def _check_together(given: Mapping[str, Any], has_lines: bool) -> None:
    if has_lines and UPFRONT in given:
        raise BadCostInput({UPFRONT: "跟乙类明细只填一样，请清空其中一样"})
    if TOTAL not in given:
        raise BadCostInput({TOTAL: "没有填。填了甲类或乙类的，请把总费用也填上"})
    if IN_SCOPE in given:
        raise BadCostInput({IN_SCOPE: "跟甲类、乙类明细只填一样，请清空其中一样"})


def _rest(given: Mapping[str, Any], class_b: Decimal) -> Decimal:
    """What is left of the total beside Class A, Class B and what is not covered. Raises BadCostInput below nothing."""
    told = class_b + sum((given.get(name, NOTHING) for name in (CLASS_A, OUTSIDE)), NOTHING)
    rest: Decimal = given[TOTAL] - told
    if rest < given.get(UPFRONT, NOTHING):
        field = CLASS_A if CLASS_A in given else CLASS_B
        raise BadCostInput({field: f"甲类、乙类、自费加起来比总费用（{in_words(given[TOTAL])}）还多，请核对"})
    return rest


def _of(given: Mapping[str, Any], *names: str) -> dict[str, Decimal]:
    return {name: given[name] for name in names if name in given}


def _check(sums: Mapping[str, Decimal]) -> None:
    try:
        bill_of(sums)
    except BadAmount as fault:
        first = next((name for name in (IN_SCOPE, OUTSIDE, UPFRONT) if name in sums), TOTAL)
        raise BadCostInput({first: str(fault)}) from fault

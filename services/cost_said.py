"""What a message's amounts change in the bill that is being spoken of: closed entities in, sums out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.cost_terms import OwnFigures
from rules_engine.money import NOTHING, BadAmount, yuan

TOTAL, IN_SCOPE = "total_amount", "in_scope_amount"
SUMS = (TOTAL, "non_covered_amount", "class_b_upfront_amount", IN_SCOPE)
# Entities that tell what a settlement sheet shows → the component, or the total of several.
OF_A_SHEET: Mapping[str, str] = {
    "fund_amount": "fund_total_amount", "patient_amount": "patient_total_amount",
    "patient_total_amount": "patient_total_amount", "deductible": "deductible",
    "out_of_area_upfront_amount": "out_of_area_upfront_amount", "coinsurance_amount": "coinsurance_amount",
    "pooled_fund_amount": "pooled_fund_amount", "critical_illness_amount": "critical_illness_amount",
}
FUND = "fund_amount"
OPEN_CLASS_B, OWN_DEDUCTIBLE, OWN_RATE = "class_b_open_amount", "deductible_amount", "own_rate"
UNCLASSED, UNREAD, VAGUE = "unclassed_amount", "unread_lines", "about"
FROM_SERVER = "server"  # the extractor of values that a pasted or sent bill gave: they are a whole bill
AMOUNTS = frozenset({*SUMS, *OF_A_SHEET, OPEN_CLASS_B, UNCLASSED, UNREAD, OWN_DEDUCTIBLE, OWN_RATE})


@dataclass(frozen=True)
class BillSaid:
    """The bill as a conversation knows it: plain text values by entity name, fit for a slot."""

    values: Mapping[str, str]

    @property
    def sums(self) -> dict[str, str]:
        """The bill's own sums, yuan, by the names of rules_engine.bills.TITLES."""
        told = {name: self.values[name] for name in SUMS if name in self.values}
        if TOTAL not in told and IN_SCOPE in told:  # what lies outside was not asked about
            return {TOTAL: told[IN_SCOPE]}
        return told

    @property
    def sheet(self) -> dict[str, Decimal]:
        """What the settlement sheet shows of the computed components, yuan."""
        return {OF_A_SHEET[name]: Decimal(value) for name, value in self.values.items() if name in OF_A_SHEET}

    @property
    def own(self) -> OwnFigures:
        """The person's own deductible (yuan) and rate (0–1), where told."""
        deductible, rate = self.values.get(OWN_DEDUCTIBLE), self.values.get(OWN_RATE)
        return OwnFigures(Decimal(deductible) if deductible else None, Decimal(rate) if rate else None)

    @property
    def is_about(self) -> bool:
        """Whether the total was a rough one: 两万多."""
        return VAGUE in self.values

    @property
    def unclassed_amount(self) -> Decimal:
        """Items of a bill that don't say whether they are covered, yuan."""
        return Decimal(self.values.get(UNCLASSED, NOTHING))

    @property
    def unread_lines(self) -> int:
        """How many lines of a bill could not be read."""
        return int(self.values.get(UNREAD, 0))

    @property
    def class_b_open_amount(self) -> Decimal:
        """Class B items whose first share nobody told, yuan."""
        return Decimal(self.values.get(OPEN_CLASS_B, NOTHING))


def bill_said(
    before: Mapping[str, str] | None, entities: Sequence[Mapping[str, Any]], *, compares: bool = False
) -> BillSaid:
    """The bill after a message. A new total is a new bill: what was told of the last one goes.

    Of two sums of one name the first counts. `compares`: a deductible is the sheet's, not one to reckon with.
    """
    told: dict[str, str] = {}
    for entity in entities:
        name = "deductible" if compares and entity["entity"] == OWN_DEDUCTIBLE else entity["entity"]
        if name == FUND and name in told:  # 统筹付了一万，大病付了两千
            told[name] = str(Decimal(told[name]) + Decimal(entity["value"]))
        elif name in AMOUNTS:
            told.setdefault(name, str(entity["value"]))
    if any(entity["entity"] == TOTAL and entity.get(VAGUE) for entity in entities):
        told[VAGUE] = "true"
    old = dict(before or {})
    is_whole = any(entity["entity"] == TOTAL and entity.get("extractor") == FROM_SERVER for entity in entities)
    if is_whole or (TOTAL in told and told[TOTAL] != old.get(TOTAL, told[TOTAL])):
        old = {name: value for name, value in old.items() if name in (OWN_DEDUCTIBLE, OWN_RATE)}
    elif TOTAL in told:
        old.pop(IN_SCOPE, None)
    return BillSaid({**old, **told})


def total_alone(before: Mapping[str, str] | None) -> dict[str, str]:
    """The bill without all but its total: the talk turned to somebody else, or the rest contradicts it."""
    return {TOTAL: before[TOTAL]} if before and TOTAL in before else {}


def is_amount(value: str | None) -> bool:
    """Whether it is an amount a bill may have."""
    try:
        return value is not None and bool(yuan(value))
    except BadAmount:
        return False

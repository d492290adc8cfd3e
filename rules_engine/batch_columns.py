"""Many bills of one case at once: the components of rules_engine.cost as numpy columns of whole cents.

The same rules in the same order, and the same to the cent; rates are whole numbers over a power of ten, so nothing
passes through floating point. `settle` explains one bill, this only counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from rules_engine.cost import Terms, lowered
from rules_engine.money import LARGEST
from rules_engine.schedules import COMPONENTS, CriticalIllness

Cents = NDArray[np.int64]
FUND_COMPONENTS = ("pooled_fund_amount", "critical_illness_amount")
CENTS = Decimal(100)
MOST = np.iinfo(np.int64).max
ROWS_AT_ONCE = 16_384  # so that a block's columns stay in the processor's cache


class TooFine(ValueError):
    """Terms with more decimals than whole numbers of 64 bits can hold. In English: only a developer can cause it."""


@dataclass(frozen=True)
class BillColumns:
    """Sums of many bills, one value a bill, in cents; those left out are 0, `deductible` and `year_*` as the terms say.

    Each bill must be one that bill_of accepts: nothing negative, the parts no more than the total.
    """

    total_amount: Cents
    non_covered_amount: Cents | None = None
    class_b_upfront_amount: Cents | None = None
    deductible: Cents | None = None
    year_in_scope_amount: Cents | None = None
    year_fund_amount: Cents | None = None
    year_burden_amount: Cents | None = None

    def rows(self, chosen: slice) -> "BillColumns":
        """The chosen bills."""
        columns = {one.name: getattr(self, one.name) for one in fields(self)}
        told = {name: column[chosen] for name, column in columns.items() if column is not None}
        return BillColumns(**told)


@dataclass(frozen=True)
class _Rate:
    """A rate as a whole number over a power of ten."""

    number: int
    scale: int


@dataclass(slots=True)
class _Running:
    """Bills being settled."""

    bills: BillColumns
    terms: Terms
    remaining: Cents
    parts: dict[str, Cents] = field(default_factory=dict)
    before_deductible: Cents | None = None
    beyond_bands: Cents | int = 0

    def take(self, name: str, amount: Cents) -> None:
        self.remaining = self.remaining - amount
        self.parts[name] = amount

    def of_year(self, name: str) -> Cents | int:
        """The bills' own column, or what the terms say for all."""
        column: Cents | None = getattr(self.bills, name)
        return cents(getattr(self.terms, name)) if column is None else column


def settle_columns(columns: BillColumns, terms: Terms) -> dict[str, Cents]:
    """Every component of each bill in cents, by name: COMPONENTS, then FUND_COMPONENTS. Raises TooFine.

    Source: the provisions of the terms, as rules_engine.cost.settle names them in each part's step.
    """
    count = len(columns.total_amount)
    settled = {name: np.empty(count, np.int64) for name in (*COMPONENTS, *FUND_COMPONENTS)}
    for start in range(0, count, ROWS_AT_ONCE):
        chosen = slice(start, start + ROWS_AT_ONCE)
        for name, amounts in _settled(columns.rows(chosen), terms).items():
            settled[name][chosen] = amounts
    return settled


def cents(amount: Decimal) -> int:
    """The amount in whole cents. Raises TooFine for a fraction of one."""
    scaled = amount * CENTS
    if scaled != scaled.to_integral_value():
        raise TooFine(f"{amount} yuan is not a whole number of cents")
    return int(scaled)


def _settled(bills: BillColumns, terms: Terms) -> dict[str, Cents]:
    run = _Running(bills, terms, bills.total_amount)
    for name in terms.schedule.order:
        STEPS[name](run)
    run.parts["pooled_fund_amount"] = run.remaining
    run.parts["critical_illness_amount"] = _take_critical_illness(run)
    return run.parts


def _from_bill(name: str) -> Callable[[_Running], None]:
    def take(run: _Running) -> None:
        column: Cents | None = getattr(run.bills, name)
        run.take(name, np.zeros_like(run.remaining) if column is None else column)

    return take


def _out_of_area_upfront(run: _Running) -> None:
    terms, bills = run.terms, run.bills
    if terms.schedule.shape != "share_first" or not terms.share:
        run.take("out_of_area_upfront_amount", np.zeros_like(run.remaining))
        return
    base = bills.total_amount
    if terms.schedule.base == "remaining":
        base = run.remaining
    elif terms.schedule.base == "covered" and bills.non_covered_amount is not None:
        base = base - bills.non_covered_amount
    (rate,) = _whole([terms.share])
    run.take("out_of_area_upfront_amount", np.minimum(_half_up(base * rate.number, rate.scale), run.remaining))


def _deductible(run: _Running) -> None:
    run.before_deductible = run.remaining
    limit = cents(run.terms.deductible) if run.bills.deductible is None else run.bills.deductible
    run.take("deductible", np.minimum(run.remaining, limit))


def _coinsurance(run: _Running) -> None:
    starts = run.of_year("year_in_scope_amount")
    if run.terms.schedule.measure == "before_deductible" and run.before_deductible is not None:
        starts = starts + run.before_deductible - run.remaining
    left, scaled = run.remaining, np.zeros_like(run.remaining)
    bands = run.terms.schedule.bands
    rates = _whole([lowered(band.rates[run.terms.level], run.terms) for band in bands])
    for band, rate in zip(bands, rates, strict=True):
        room = left if band.up_to is None else np.minimum(left, cents(band.up_to) - starts)
        room = np.maximum(room, 0)
        scaled += room * rate.number
        left, starts = left - room, starts + room
    covered = run.remaining - left
    paid = _half_up(scaled, rates[0].scale) if rates else scaled
    run.beyond_bands = left
    run.take("coinsurance_amount", covered - paid)


def _above_ceiling(run: _Running) -> None:
    amount, limit = run.beyond_bands, run.terms.schedule.ceiling
    if limit is not None:
        room = np.maximum(cents(limit) - run.of_year("year_fund_amount"), 0)
        amount = amount + np.maximum(run.remaining - run.beyond_bands - room, 0)
    run.take("above_ceiling_amount", amount + np.zeros_like(run.remaining))


STEPS: Mapping[str, Callable[[_Running], None]] = {
    "non_covered_amount": _from_bill("non_covered_amount"),
    "class_b_upfront_amount": _from_bill("class_b_upfront_amount"),
    "out_of_area_upfront_amount": _out_of_area_upfront, "deductible": _deductible,
    "coinsurance_amount": _coinsurance, "above_ceiling_amount": _above_ceiling,
}


def _take_critical_illness(run: _Running) -> Cents:
    """What critical illness insurance takes over, off the counted parts, the last ones first."""
    nothing, rules = np.zeros_like(run.remaining), run.terms.critical
    if rules is None:
        return nothing
    counted = [name for name in run.terms.schedule.order if name in rules.counts]
    burden = sum((run.parts[name] for name in counted), nothing)
    if burden.max(initial=0) + np.max(run.of_year("year_burden_amount"), initial=0) <= cents(rules.starts_at):
        return nothing
    paid = _critical_illness_pays(burden, rules, run.of_year("year_burden_amount"))
    left = paid
    for name in reversed(counted):
        takes = np.minimum(left, run.parts[name])
        run.parts[name], left = run.parts[name] - takes, left - takes
    return paid - left


def _critical_illness_pays(burden: Cents, rules: CriticalIllness, before: Cents | int) -> Cents:
    paid = _paid_by(before + burden, rules)
    if not np.any(before):
        return paid
    return paid - _paid_by(np.zeros_like(burden) + before, rules)


def _paid_by(burden: Cents, rules: CriticalIllness) -> Cents:
    """What it pays of a year's whole burden."""
    at: Cents | int = cents(rules.starts_at)
    scaled, rates = np.zeros_like(burden), _whole([band.rate for band in rules.bands])
    for band, rate in zip(rules.bands, rates, strict=True):
        upper = burden if band.up_to is None else np.minimum(burden, cents(band.up_to))
        scaled += np.maximum(upper - at, 0) * rate.number
        at = np.maximum(at, upper)
    paid = _half_up(scaled, rates[0].scale)
    return paid if rules.ceiling is None else np.minimum(paid, cents(rules.ceiling))


def _whole(rates: list[Decimal]) -> list[_Rate]:
    """The rates over one common scale. Raises TooFine where the largest bill times the scale would not fit."""
    places = max((-int(rate.normalize().as_tuple().exponent) for rate in rates), default=0)
    scale = 10 ** max(places, 0)
    if int(LARGEST * CENTS) * scale > MOST // 2:
        raise TooFine(f"rates with {places} decimals")
    return [_Rate(int(rate * scale), scale) for rate in rates]


def _half_up(scaled: Cents, scale: int) -> Cents:
    """The products over the scale, each rounded once, half away from zero as Decimal's ROUND_HALF_UP does."""
    if scale == 1:
        return scaled
    if scaled.min(initial=0) < 0:
        return np.where(scaled < 0, -((scale // 2 - scaled) // scale), (scaled + scale // 2) // scale)
    return (scaled + scale // 2) // scale

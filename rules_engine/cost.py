"""From a bill and the terms that hold for a case to each component of what patient and fund pay.

Order, base and shape of each share come from the schedule (a pack's value). Each component is rounded once,
half up to the cent; what is left is never rounded, so the parts add up to the total exactly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules_engine.bills import Bill
from rules_engine.decision import Step
from rules_engine.money import NOTHING, to_cents
from rules_engine.schedules import CriticalIllness, Schedule
from rules_engine.settlement import FUND, PATIENT, Part, Piece, Settlement


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one case: the schedule's row for its hospital level, the out-of-area share, the year so far.

    `share`: 0–1 (points and factors too). `deductible`: what this stay's is, yuan. The `_step`s are the provisions
    these rest on. `year_*`: what other stays of the year had already used up, yuan.
    """

    schedule: Schedule
    level: str
    deductible: Decimal
    share: Decimal
    schedule_step: Step | None = None
    deductible_step: Step | None = None
    share_step: Step | None = None
    critical: CriticalIllness | None = None
    critical_step: Step | None = None
    year_in_scope_amount: Decimal = NOTHING
    year_fund_amount: Decimal = NOTHING
    year_burden_amount: Decimal = NOTHING


@dataclass(slots=True)
class _Running:
    """A settlement being worked out."""

    bill: Bill
    terms: Terms
    remaining: Decimal
    parts: list[Part] = field(default_factory=list)
    before_deductible: Decimal | None = None
    beyond_bands: Decimal = NOTHING

    def take(self, part_name: str, amount: Decimal, step: Step | None = None, **how: object) -> None:
        self.remaining -= amount
        self.parts.append(Part(part_name, PATIENT, amount, self.remaining, step=step, **how))  # type: ignore[arg-type]


def settle(bill: Bill, terms: Terms) -> Settlement:
    """The bill's components, yuan: what the patient bears by each rule, then what the funds pay.

    Source: the schedule's and the share's provisions, named in each part's step.
    """
    run = _Running(bill, terms, bill.total_amount)
    for name in terms.schedule.order:
        STEPS[name](run)
    parts = _with_critical_illness(run.parts, terms)
    paid = run.remaining
    parts.append(Part("pooled_fund_amount", FUND, paid, NOTHING, base=paid, step=terms.schedule_step))
    taken = NOTHING if terms.critical is None else sum((part.taken_over for part in parts), NOTHING)
    if taken:
        parts.append(Part("critical_illness_amount", FUND, taken, NOTHING, base=taken, step=terms.critical_step))
    return Settlement(bill.total_amount, tuple(parts))


def _non_covered(run: _Running) -> None:
    run.take("non_covered_amount", run.bill.non_covered_amount)


def _class_b_upfront(run: _Running) -> None:
    run.take("class_b_upfront_amount", run.bill.class_b_upfront_amount)


def _out_of_area_upfront(run: _Running) -> None:
    """The share taken first; where the rate is lowered instead, nothing is taken here."""
    terms = run.terms
    if terms.schedule.shape != "share_first":
        run.take("out_of_area_upfront_amount", NOTHING, terms.share_step, rate=None if terms.share else NOTHING)
        return
    base = run.remaining if terms.schedule.base == "remaining" else run.bill.total_amount
    if terms.schedule.base == "covered":
        base -= run.bill.non_covered_amount
    amount = min(to_cents(base * terms.share), run.remaining)
    run.take("out_of_area_upfront_amount", amount, terms.share_step, base=base, rate=terms.share)


def _deductible(run: _Running) -> None:
    run.before_deductible = run.remaining
    amount = min(run.terms.deductible, run.remaining)
    base = run.remaining
    run.take("deductible", amount, run.terms.deductible_step, base=base, limit=run.terms.deductible)


def _coinsurance(run: _Running) -> None:
    """The patient's share of what the bands cover; what no band covers is left for the ceiling."""
    terms = run.terms
    starts = terms.year_in_scope_amount
    if terms.schedule.measure == "before_deductible" and run.before_deductible is not None:
        starts += run.before_deductible - run.remaining
    pieces = _pieces(run.remaining, starts, terms)
    covered = sum((piece.amount for piece in pieces), NOTHING)
    paid = to_cents(sum((piece.amount * piece.rate for piece in pieces), NOTHING))
    run.beyond_bands = run.remaining - covered
    run.take("coinsurance_amount", covered - paid, terms.schedule_step, base=covered, pieces=pieces)


def _pieces(amount: Decimal, starts: Decimal, terms: Terms) -> tuple[Piece, ...]:
    """How the amount falls into the bands, when the year's cost before it was `starts`."""
    pieces: list[Piece] = []
    for band in terms.schedule.bands:
        if amount <= 0:
            break
        room = amount if band.up_to is None else min(amount, band.up_to - starts)
        if room > 0:
            rate = lowered(band.rates[terms.level], terms)
            before = pieces.pop().amount if pieces and pieces[-1].rate == rate else NOTHING
            pieces.append(Piece(before + room, rate))
            amount, starts = amount - room, starts + room
    return tuple(pieces)


def lowered(rate: Decimal, terms: Terms) -> Decimal:
    """The fund's rate (0–1) where the out-of-area share lowers it by points or by a factor."""
    if terms.schedule.shape == "rate_points":
        return max(rate - terms.share, NOTHING)
    return rate * (1 - terms.share) if terms.schedule.shape == "rate_factor" else rate


def _above_ceiling(run: _Running) -> None:
    """What the bands do not cover, and what the fund may no longer pay this year."""
    amount, limit = run.beyond_bands, run.terms.schedule.ceiling
    if limit is not None:
        limit = max(limit - run.terms.year_fund_amount, NOTHING)
        amount += max(run.remaining - run.beyond_bands - limit, NOTHING)
    run.take("above_ceiling_amount", amount, run.terms.schedule_step, base=run.remaining, limit=limit)


STEPS: Mapping[str, Callable[[_Running], None]] = {
    "non_covered_amount": _non_covered, "class_b_upfront_amount": _class_b_upfront,
    "out_of_area_upfront_amount": _out_of_area_upfront, "deductible": _deductible,
    "coinsurance_amount": _coinsurance, "above_ceiling_amount": _above_ceiling,
}


def _with_critical_illness(parts: list[Part], terms: Terms) -> list[Part]:
    """The patient's parts less what critical illness insurance takes over, the last parts first."""
    if terms.critical is None:
        return parts
    counted = sum((part.amount for part in parts if part.name in terms.critical.counts), NOTHING)
    left = critical_illness_pays(counted, terms.critical, terms.year_burden_amount)
    lighter: list[Part] = []
    for part in reversed(parts):
        takes = min(left, part.amount) if part.name in terms.critical.counts else NOTHING
        left -= takes
        lighter.append(_less(part, takes) if takes else part)
    return lighter[::-1]


def _less(part: Part, takes: Decimal) -> Part:
    return Part(
        part.name, part.payer, part.amount - takes, part.remaining, part.base, part.rate, part.limit, part.pieces,
        takes, part.step,
    )


def critical_illness_pays(burden: Decimal, rules: CriticalIllness, before: Decimal = NOTHING) -> Decimal:
    """What critical illness insurance pays (yuan) of a burden, when the year's burden before it was `before`."""
    return _paid_by(before + burden, rules) - _paid_by(before, rules) if before else _paid_by(burden, rules)


def _paid_by(burden: Decimal, rules: CriticalIllness) -> Decimal:
    """What it pays of a year's whole burden, yuan."""
    at, paid = rules.starts_at, NOTHING
    for band in rules.bands:
        upper = burden if band.up_to is None else min(burden, band.up_to)
        if upper > at:
            paid += (upper - at) * band.rate
            at = upper
    paid = to_cents(paid)
    return paid if rules.ceiling is None else min(paid, rules.ceiling)

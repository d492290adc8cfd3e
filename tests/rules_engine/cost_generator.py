"""Invented bills and terms, all that rules_engine.schedules allows, from any source of choices.

The source is a seeded generator for the bulk of the cases, or hypothesis, which shrinks what it finds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import permutations
from random import Random
from typing import Any

from hypothesis import strategies as st

from rules_engine.bills import Bill
from rules_engine.cost import Terms, settle
from rules_engine.money import CENT, NOTHING
from rules_engine.schedules import (
    BASES,
    COMPONENTS,
    MEASURES,
    SHAPES,
    Band,
    CriticalBand,
    CriticalIllness,
    Schedule,
    as_schedule,
)
from rules_engine.settlement import Settlement

LEVEL = "tertiary"
ROUND_SUMS = tuple(map(Decimal, ("0.00", "0.01", "800", "1500", "40000", "300000")))  # where limits and bills often meet
OF_THE_BILL = ("non_covered_amount", "class_b_upfront_amount")
PERCENT = Decimal("0.01")


def can_be_had(order: tuple[str, ...]) -> bool:
    """Whether every amount of the order can always be taken from what is left.

    What the bill itself states comes first: after a share was taken it might no longer be there. Nothing stands
    between the coinsurance and the ceiling: it would be taken from cost that no band covers, which the ceiling takes.
    """
    follows = order.index("above_ceiling_amount") == order.index("coinsurance_amount") + 1
    return set(order[:2]) == set(OF_THE_BILL) and follows


def is_stated_as(order: tuple[str, ...]) -> bool:
    """Whether a pack may state this order."""
    try:
        as_schedule({
            "order": order, "share": {"shape": "share_first", "base": "remaining"}, "deductible": {},
            "deductible_stays": None, "measure": "before_deductible", "ceiling": None,
            "bands": [{"up_to": None, "rates": {LEVEL: "1"}}],
        })
    except ValueError:
        return False
    return True


ORDERS = tuple(order for order in permutations(COMPONENTS) if can_be_had(order))


@dataclass(frozen=True)
class Case:
    """A bill, the terms that hold for it, and an amount by which a property changes one of them."""

    bill: Bill
    terms: Terms
    more: Decimal

    @cached_property
    def settlement(self) -> Settlement:
        return settle(self.bill, self.terms)

    @cached_property
    def bearing(self) -> "Case":
        """The case, critical illness insurance counting every component after the first that it counts.

        Where it counts an earlier component and not a later one, a rule may move cost from an uncounted one into a
        counted one, of which the insurance pays most: then a higher deductible is rightly cheaper. No city counts so.
        """
        rules, order = self.terms.critical, self.terms.schedule.order
        if rules is None:
            return self
        first = min((order.index(name) for name in rules.counts), default=len(order))
        return replace(self, terms=replace(self.terms, critical=replace(rules, counts=order[first:])))

    @cached_property
    def growing(self) -> "Case":
        """The case as it must be for the fund to pay more where there is more cost.

        A share taken between deductible and coinsurance comes off the lowest band, if the bands are counted from
        before the deductible: as it grows with the cost, it displaces what the better-paid or only band covers.
        Counted from after the deductible, it does not.
        """
        order = self.terms.schedule.order
        places = [order.index(name) for name in ("deductible", "out_of_area_upfront_amount", "coinsurance_amount")]
        if places != sorted(places):
            return self
        return replace(self, terms=with_schedule(self.terms, measure="after_deductible"))


class Choices:
    """Whole numbers and members of a sequence, from a seeded generator."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def whole(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, values: Sequence[Any]) -> Any:
        return values[self.whole(0, len(values) - 1)]


class Drawn(Choices):
    """The same from hypothesis."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw

    def whole(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))


@st.composite
def cases(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Case:
    """Any case, as a strategy."""
    return a_case(Drawn(draw))


def seeded_cases(count: int) -> tuple[Case, ...]:
    """That many cases, the same ones in every run."""
    return tuple(a_case(Choices(seed)) for seed in range(count))


def a_case(some: Choices) -> Case:
    """Any case."""
    return Case(_bill(some), _terms(some), _yuan(some, 3_000_000) + CENT)


def _yuan(some: Choices, most: int = 60_000_000) -> Decimal:
    """Any sum to the cent; now and then a round one, and a small one as often as a large one."""
    if some.whole(0, 3) == 0:
        return some.one_of(ROUND_SUMS)
    return some.whole(0, most // some.one_of((1, 10, 1000))) * CENT


def _rate(some: Choices) -> Decimal:
    return some.whole(0, 100) * PERCENT


def _bill(some: Choices) -> Bill:
    in_scope = _yuan(some)
    outside, upfront = (_yuan(some, 500_000) if some.whole(0, 1) else NOTHING for _ in range(2))
    return Bill(in_scope + outside + upfront, outside, upfront)


def _terms(some: Choices) -> Terms:
    later = some.whole(0, 2) == 0
    return Terms(
        schedule=_schedule(some), level=LEVEL, deductible=_yuan(some, 400_000), share=_rate(some),
        critical=_critical_illness(some) if some.whole(0, 1) else None,
        year_in_scope_amount=_yuan(some) if later else NOTHING,
        year_fund_amount=_yuan(some) if later else NOTHING,
        year_burden_amount=_yuan(some, 20_000_000) if later else NOTHING,
    )


def _schedule(some: Choices) -> Schedule:
    limits, order = _limits(some), some.one_of(ORDERS)
    return Schedule(
        order=order, shape=some.one_of(SHAPES), base=some.one_of(_bases(order)),
        deductible={}, deductible_stays=None, measure=some.one_of(MEASURES),
        bands=tuple(Band(limit, {LEVEL: _rate(some)}) for limit in limits),
        ceiling=_yuan(some) if some.whole(0, 1) else None,
    )


def _bases(order: tuple[str, ...]) -> Sequence[str]:
    """Of what the share may be. Taken off the fund's part it is of that part: more cost would leave the fund less."""
    is_last = order.index("out_of_area_upfront_amount") > order.index("coinsurance_amount")
    return ("remaining",) if is_last else BASES


def _limits(some: Choices) -> tuple[Decimal | None, ...]:
    """Up to three limits upwards; an open end in half of the cases, and always where there is no limit."""
    limits = tuple(sorted({_yuan(some) + CENT for _ in range(some.whole(0, 3))}))
    return (*limits, None) if not limits or some.whole(0, 1) else limits


def _critical_illness(some: Choices) -> CriticalIllness:
    bands = tuple(CriticalBand(limit, _rate(some)) for limit in _limits(some))
    counts = tuple(name for name in COMPONENTS if some.whole(0, 1))
    return CriticalIllness(_yuan(some, 2_000_000), bands, _yuan(some) if some.whole(0, 1) else None, counts)


def with_schedule(terms: Terms, **changes: Any) -> Terms:
    """The terms with a changed schedule."""
    return replace(terms, schedule=replace(terms.schedule, **changes))

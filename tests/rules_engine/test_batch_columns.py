"""Bills settled as columns: to the cent what they are settled as one by one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from real_packs import PACKS

from rules_engine import cost_terms
from rules_engine.batch_columns import FUND_COMPONENTS, BillColumns, TooFine, settle_columns
from rules_engine.bills import Bill
from rules_engine.cost import Terms, settle
from rules_engine.schedules import COMPONENTS, Band, CriticalBand, CriticalIllness, Schedule

NAMES = (*COMPONENTS, *FUND_COMPONENTS)
ON = date(2026, 11, 22)
SHARES = tuple(map(Decimal, ("0", "0.05", "0.10", "0.15", "0.20", "0.125")))
ROUND_SUMS = np.array([0, 1, 50, 99, 100, 29_999, 30_000, 80_000, 100_000, 4_000_000, 10_000_000_000])
BILLS_OF_EACH_TERMS = 100
INVENTED_TERMS = 700
ORDERS = (
    COMPONENTS,
    ("non_covered_amount", "class_b_upfront_amount", "deductible", "out_of_area_upfront_amount", "coinsurance_amount", "above_ceiling_amount"),
    ("non_covered_amount", "out_of_area_upfront_amount", "class_b_upfront_amount", "deductible", "coinsurance_amount", "above_ceiling_amount"),
    ("class_b_upfront_amount", "non_covered_amount", "coinsurance_amount", "above_ceiling_amount", "deductible", "out_of_area_upfront_amount"),
)


def published(topic):
    """Values of the packs on a topic, in the versions of today."""
    found = [p for provisions in PACKS.all_provisions.values() for p in provisions if p.topic == topic and p.is_in_force(ON)]
    return [p.in_force(ON).value for p in found if p.unit != "none"]


SCHEDULES = [value for value in published(cost_terms.SCHEDULE) if isinstance(value, Schedule)]
CRITICAL = [value for value in published(cost_terms.CRITICAL) if isinstance(value, CriticalIllness)]


def published_terms():
    """Every schedule × level × share × deductible of its own or none, with and without critical illness insurance."""
    for schedule, share in product(SCHEDULES, SHARES):
        for level in schedule.levels:
            for limit in {Decimal(0), schedule.deductible.get(level, Decimal(700))}:
                for critical in (None, CRITICAL[len(level) % len(CRITICAL)]):
                    yield Terms(schedule, level, limit, share, critical=critical)


def invented_terms(random):
    """Terms of every shape, base, measure and order, with odd rates and limits."""
    def pick(choices):
        return choices[random.integers(len(choices))]

    def rate():
        return Decimal(int(random.integers(0, 10_001))) / 10_000

    for number in range(INVENTED_TERMS):
        limits = sorted({int(x) for x in random.integers(1, 30_000_000, random.integers(0, 4))})
        last = [None] if random.random() < 0.6 or not limits else []
        ups = [*(Decimal(x) / 100 for x in limits), *last]
        schedule = Schedule(
            order=ORDERS[number % len(ORDERS)], shape=pick(("share_first", "rate_points", "rate_factor")),
            base=pick(("remaining", "covered", "total")), deductible={}, deductible_stays=None,
            measure=pick(("before_deductible", "after_deductible")), bands=tuple(Band(up, {"tertiary": rate()}) for up in ups),
            ceiling=pick((None, Decimal("0"), Decimal("5000.55"), Decimal("200000"))),
        )
        counts = tuple(name for name in COMPONENTS if random.random() < 0.6)
        critical = CriticalIllness(
            pick((Decimal(0), Decimal("18000"), Decimal("333.33"))), tuple(CriticalBand(up, rate()) for up in ups),
            pick((None, Decimal("1000.01"), Decimal("400000"))), counts,
        )
        yield Terms(
            schedule, "tertiary", pick((Decimal(0), Decimal("800"), Decimal("1234.56"))), pick(SHARES),
            critical=pick((None, critical)),
        )


def some_bills(random, count):
    """Bills of every size, many of them at the edges, with parts that fit into the total."""
    total = (10 ** random.uniform(0, 10, count)).astype(np.int64)
    total = np.where(random.random(count) < 0.2, random.choice(ROUND_SUMS, count), total)
    outside = (total * random.choice((0, 0.1, 0.37, 1), count)).astype(np.int64)
    upfront = ((total - outside) * random.choice((0, 0.1, 1), count)).astype(np.int64)
    return BillColumns(total, outside, upfront)


def with_year(random, bills, count):
    """The bills with what else the year has used up, and a deductible of their own."""
    def sums():
        return np.where(random.random(count) < 0.5, random.integers(0, 40_000_000, count), random.choice(ROUND_SUMS, count))

    return replace(
        bills, deductible=random.choice((0, 30_000, 123_456), count), year_in_scope_amount=sums(),
        year_fund_amount=sums(), year_burden_amount=sums(),
    )


def yuan(cents):
    return Decimal(int(cents)).scaleb(-2)


def one_by_one(bills, terms, row):
    """The row's components in cents, by rules_engine.cost."""
    year = {
        name: yuan(column[row])
        for name in ("deductible", "year_in_scope_amount", "year_fund_amount", "year_burden_amount")
        if (column := getattr(bills, name)) is not None
    }
    bill = Bill(yuan(bills.total_amount[row]), yuan(bills.non_covered_amount[row]), yuan(bills.class_b_upfront_amount[row]))
    amounts = dict.fromkeys(NAMES, Decimal(0))
    for part in settle(bill, replace(terms, **year)).parts:
        amounts[part.name] += part.amount
    return [amounts[name] * 100 for name in NAMES]


def assert_the_same(bills, terms):
    settled = settle_columns(bills, terms)
    columns = np.array([settled[name] for name in NAMES]).T
    for row, column in enumerate(columns.tolist()):
        assert column == one_by_one(bills, terms, row), (terms, row)
    assert (columns.sum(axis=1) == bills.total_amount).all()


def test_packs_have_schedules_and_critical_illness_to_compare():
    assert len(SCHEDULES) >= 10
    assert len(CRITICAL) >= 2


def test_every_published_schedule_level_and_share_gives_the_same_to_the_cent():
    random = np.random.default_rng(20261122)
    for number, terms in enumerate(published_terms()):
        bills = some_bills(random, 40)
        assert_the_same(with_year(random, bills, 40) if number % 3 == 0 else bills, terms)


def test_invented_terms_of_every_shape_give_the_same_to_the_cent():
    random = np.random.default_rng(7)
    for number, terms in enumerate(invented_terms(random)):
        bills = some_bills(random, BILLS_OF_EACH_TERMS)
        assert_the_same(bills if number % 2 else with_year(random, bills, BILLS_OF_EACH_TERMS), terms)


def test_columns_left_out_are_nothing_and_the_year_is_the_terms():
    terms = replace(next(published_terms()), year_fund_amount=Decimal("100"), year_in_scope_amount=Decimal("500"))
    totals = np.array([123_456_789, 5])
    bare = settle_columns(BillColumns(totals), terms)
    told = settle_columns(
        BillColumns(totals, np.zeros(2, np.int64), np.zeros(2, np.int64), year_fund_amount=np.full(2, 10_000), year_in_scope_amount=np.full(2, 50_000)), terms,
    )
    assert all((bare[name] == told[name]).all() for name in NAMES)


def test_no_bills_give_no_rows():
    assert all(len(column) == 0 for column in settle_columns(BillColumns(np.zeros(0, np.int64)), next(published_terms())).values())


def test_more_bills_than_one_block_are_all_settled():
    totals = np.arange(40_000, dtype=np.int64)
    settled = settle_columns(BillColumns(totals), next(published_terms()))
    assert (sum(settled.values()) == totals).all()


@pytest.mark.parametrize("changed", [{"share": Decimal("0.123456789")}, {"deductible": Decimal("0.005")}])
def test_terms_too_fine_for_whole_numbers_are_refused_not_rounded(changed):
    with pytest.raises(TooFine):
        settle_columns(BillColumns(np.array([100])), replace(next(published_terms()), **changed))

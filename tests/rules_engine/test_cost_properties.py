"""What holds for every bill and every schedule that a pack may state: 10,000 cases each, the same in every run.

hypothesis looks further and shrinks what it finds. Every comparison is exact to the cent: there is no tolerance.
"""

import gc
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from cost_generator import Case, can_be_had, cases, is_stated_as, seeded_cases, with_schedule
from hypothesis import HealthCheck, given, settings

from rules_engine.bills import Bill
from rules_engine.cost import Terms, settle
from rules_engine.money import CENT, NOTHING, to_cents
from rules_engine.schedules import COMPONENTS, SHAPES, Band
from rules_engine.settlement import FUND, PATIENT

pytestmark = pytest.mark.slow

BULK, LOOKED_FOR = 10_000, 100
Property = Callable[[Case], None]
PROPERTIES: dict[str, Property] = {}


def holds(check: Property) -> Property:
    """Takes the property up into the two tests at the end."""
    PROPERTIES[check.__name__] = check
    return check


def dearer(bill: Bill, amount: Decimal) -> Bill:
    """The bill with that much more covered cost."""
    return replace(bill, total_amount=bill.total_amount + amount)


def without_out_of_area_share(terms: Terms) -> Terms:
    return replace(terms, share=NOTHING)


@holds
def parts_add_up_to_the_total(case: Case) -> None:
    settlement = case.settlement
    assert sum(part.amount for part in settlement.parts) == case.bill.total_amount == settlement.total_amount
    assert settlement.patient_amount + settlement.fund_amount == case.bill.total_amount


@holds
def no_part_is_negative_or_finer_than_a_cent(case: Case) -> None:
    for part in case.settlement.parts:
        assert part.amount >= 0 and part.taken_over >= 0 and part.remaining >= 0, part
        assert (part.amount, part.remaining) == (to_cents(part.amount), to_cents(part.remaining)), part


@holds
def every_component_is_there_once_each_with_its_payer_and_what_is_left(case: Case) -> None:
    parts = case.settlement.parts
    names = [part.name for part in parts]
    funds = [part.name for part in parts if part.payer == FUND]
    assert sorted(names[:len(COMPONENTS)]) == sorted(COMPONENTS) and tuple(names[:len(COMPONENTS)]) == case.terms.schedule.order
    assert funds in (["pooled_fund_amount"], ["pooled_fund_amount", "critical_illness_amount"]) and names[len(COMPONENTS):] == funds
    left = case.bill.total_amount
    for part in parts:
        if part.payer == PATIENT:
            left -= part.amount + part.taken_over
            assert part.remaining == left


@holds
def the_bills_own_sums_stand_as_they_were_told(case: Case) -> None:
    gross = {part.name: part.amount + part.taken_over for part in case.settlement.parts}
    assert gross["non_covered_amount"] == case.bill.non_covered_amount
    assert gross["class_b_upfront_amount"] == case.bill.class_b_upfront_amount


@holds
def more_covered_cost_never_means_less_from_the_fund(case: Case) -> None:
    case = case.growing
    less, more = case.settlement, settle(dearer(case.bill, case.more), case.terms)
    assert more.fund_amount >= less.fund_amount
    assert more.amount("pooled_fund_amount") >= less.amount("pooled_fund_amount")


@holds
def what_was_not_covered_and_now_is_never_means_less_from_the_fund(case: Case) -> None:
    case = case.growing
    covered = replace(case.bill, non_covered_amount=NOTHING)
    assert settle(covered, case.terms).amount("pooled_fund_amount") >= case.settlement.amount("pooled_fund_amount")


@holds
def one_cent_more_covered_is_borne_by_one_of_the_two(case: Case) -> None:
    """Bands, ceilings and limits have no step in them: neither side ever gains or loses more than that cent."""
    case = case.growing
    before, after = case.settlement, settle(dearer(case.bill, CENT), case.terms)
    assert after.patient_amount - before.patient_amount in (NOTHING, CENT)
    assert after.fund_amount - before.fund_amount in (NOTHING, CENT)


@holds
def a_higher_deductible_never_means_the_patient_pays_less(case: Case) -> None:
    case = case.bearing
    higher = replace(case.terms, deductible=case.terms.deductible + case.more)
    assert settle(case.bill, higher).patient_amount >= case.settlement.patient_amount


@holds
def whoever_filed_never_pays_more_than_who_did_not(case: Case) -> None:
    case = case.bearing
    filed = settle(case.bill, without_out_of_area_share(case.terms))
    assert filed.patient_amount <= case.settlement.patient_amount


@holds
def a_larger_share_never_means_the_patient_pays_less(case: Case) -> None:
    case = case.bearing
    larger = replace(case.terms, share=(case.terms.share + 1) / 2)
    assert settle(case.bill, larger).patient_amount >= case.settlement.patient_amount


@holds
def a_higher_rate_never_makes_the_patient_pay_more(case: Case) -> None:
    """In one band, each in its turn of the cases."""
    case = case.bearing
    bands = list(case.terms.schedule.bands)
    at = int(case.bill.total_amount) % len(bands)
    bands[at] = Band(bands[at].up_to, {level: (rate + 1) / 2 for level, rate in bands[at].rates.items()})
    better = with_schedule(case.terms, bands=tuple(bands))
    assert settle(case.bill, better).patient_amount <= case.settlement.patient_amount


@holds
def the_fund_never_pays_more_than_is_left_below_the_ceiling(case: Case) -> None:
    ceiling = case.terms.schedule.ceiling
    if ceiling is not None:
        left = max(ceiling - case.terms.year_fund_amount, NOTHING)
        assert case.settlement.amount("pooled_fund_amount") <= left


@holds
def a_lower_ceiling_never_makes_the_patient_pay_less(case: Case) -> None:
    case = case.bearing
    if case.terms.schedule.ceiling is not None:
        open_ended = with_schedule(case.terms, ceiling=None)
        assert settle(case.bill, open_ended).patient_amount <= case.settlement.patient_amount


@holds
def critical_illness_insurance_never_makes_the_patient_pay_more(case: Case) -> None:
    without = settle(case.bill, replace(case.terms, critical=None))
    with_it = case.settlement
    taken = sum(part.taken_over for part in with_it.parts)
    assert with_it.patient_amount == without.patient_amount - taken <= without.patient_amount
    assert with_it.amount("critical_illness_amount") == taken
    assert with_it.amount("pooled_fund_amount") == without.amount("pooled_fund_amount")


@holds
def critical_illness_insurance_keeps_to_what_it_counts_its_threshold_and_its_ceiling(case: Case) -> None:
    rules, settlement = case.terms.critical, case.settlement
    paid = settlement.amount("critical_illness_amount")
    if rules is None:
        assert paid == 0
        return
    counted = sum((p.amount + p.taken_over for p in settlement.parts if p.name in rules.counts), NOTHING)
    assert paid <= max(case.terms.year_burden_amount + counted - rules.starts_at, NOTHING)
    assert rules.ceiling is None or paid <= rules.ceiling
    assert all(part.taken_over == 0 for part in settlement.parts if part.name not in rules.counts)


@holds
def two_stays_after_each_other_reach_the_years_limits_like_one(case: Case) -> None:
    """What the fund paid before counts against the ceiling: two stays together never get more than it."""
    ceiling = case.terms.schedule.ceiling
    if ceiling is None:
        return
    first = replace(case.terms, year_fund_amount=NOTHING)
    paid = settle(case.bill, first).amount("pooled_fund_amount")
    again = settle(case.bill, replace(case.terms, year_fund_amount=paid)).amount("pooled_fund_amount")
    assert paid + again <= ceiling


@holds
def critical_illness_insurance_of_two_stays_together_keeps_to_the_years_ceiling(case: Case) -> None:
    rules = case.terms.critical
    if rules is None or rules.ceiling is None:
        return
    first = settle(case.bill, replace(case.terms, year_burden_amount=NOTHING))
    burden = sum((p.amount + p.taken_over for p in first.parts if p.name in rules.counts), NOTHING)
    second = settle(case.bill, replace(case.terms, year_burden_amount=burden))
    assert first.amount("critical_illness_amount") + second.amount("critical_illness_amount") <= rules.ceiling


@holds
def without_a_share_the_shape_does_not_matter(case: Case) -> None:
    terms = without_out_of_area_share(case.terms)
    other = SHAPES[SHAPES.index(terms.schedule.shape) - 1]
    assert settle(case.bill, with_schedule(terms, shape=other)).patient_amount == settle(case.bill, terms).patient_amount


def test_a_pack_can_state_exactly_the_orders_in_which_every_amount_can_be_had() -> None:
    strange = [order for order in permutations(COMPONENTS) if is_stated_as(order) != can_be_had(order)]
    assert strange == []


@pytest.fixture(scope="module")
def bulk() -> tuple[Case, ...]:
    made = seeded_cases(BULK)
    gc.freeze()  # they stay to the end: looking through them again and again takes a third of the time
    return made


def test_the_cases_reach_every_rule(bulk: tuple[Case, ...]) -> None:
    """A property that no case comes near would hold for nothing."""
    reached = {
        "share": [case for case in bulk if case.settlement.amount("out_of_area_upfront_amount")],
        "several bands": [case for case in bulk if any(len(part.pieces) > 1 for part in case.settlement.parts)],
        "ceiling": [case for case in bulk if case.settlement.amount("above_ceiling_amount")],
        "critical": [case for case in bulk if case.settlement.amount("critical_illness_amount")],
        "fund pays": [case for case in bulk if case.settlement.amount("pooled_fund_amount")],
    }
    assert min(map(len, reached.values())) > BULK / 10, {name: len(found) for name, found in reached.items()}


@pytest.mark.parametrize("name", PROPERTIES)
def test_in_ten_thousand_cases(name: str, bulk: tuple[Case, ...]) -> None:
    for case in bulk:
        PROPERTIES[name](case)


@settings(max_examples=LOOKED_FOR, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_all_of_it_in_the_cases_hypothesis_looks_for(case: Case) -> None:
    for check in PROPERTIES.values():
        check(case)

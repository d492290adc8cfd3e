"""One bill under invented terms: in which order its components are taken, of what, and how the bands are counted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rules_engine.bills import Bill
from rules_engine.cost import Terms, critical_illness_pays, settle
from rules_engine.cost_explained import explained
from rules_engine.decision import Citation, Step
from rules_engine.packs import PACKS_DIR, read_yaml
from rules_engine.schedules import COMPONENTS, Band, CriticalBand, CriticalIllness, Schedule

WORDS = read_yaml(PACKS_DIR / "cost_words.yml")["cost_words"]
BILL = Bill(Decimal("12000.00"), Decimal("1000.00"), Decimal("1000.00"))
SHARE_LATE = (*COMPONENTS[:2], "deductible", "out_of_area_upfront_amount", *COMPONENTS[4:])
CRITICAL = CriticalIllness(
    Decimal(1000), (CriticalBand(Decimal(3000), Decimal("0.5")), CriticalBand(None, Decimal("0.8"))), Decimal(2600),
    ("deductible", "coinsurance_amount", "above_ceiling_amount"),
)
STEP = Step("x.critical", "大病保险", CRITICAL, "critical_illness", Citation("示例", "第一条", date(2024, 1, 1)))


def bands(*rows):
    return tuple(Band(None if limit is None else Decimal(limit), {"tertiary": Decimal(rate)}) for limit, rate in rows)


def terms(*, share="0.20", deductible="1000", critical=None, year=None, **changes):
    plain = Schedule(COMPONENTS, "share_first", "remaining", {}, None, "before_deductible", bands((None, "0.50")), None)
    sums = {f"year_{name}_amount": Decimal(amount) for name, amount in (year or {}).items()}
    return Terms(replace(plain, **changes), "tertiary", Decimal(deductible), Decimal(share), critical=critical,
                 critical_step=STEP if critical else None, **sums)


def amounts(given, bill=BILL):
    return {part.name: str(part.amount.normalize() + 0) for part in settle(bill, given).parts}


def amount(name, given, bill=BILL):
    return Decimal(amounts(given, bill)[name])


def said(name, given, bill=BILL, missing=()):
    return next(step.formula for step in explained(settle(bill, given), WORDS, missing) if step.name == name)


def test_each_component_is_taken_from_what_the_one_before_left():
    parts = settle(BILL, terms()).parts
    assert [(part.name, int(part.amount), int(part.remaining)) for part in parts] == [
        ("non_covered_amount", 1000, 11000), ("class_b_upfront_amount", 1000, 10000), ("out_of_area_upfront_amount", 2000, 8000),
        ("deductible", 1000, 7000), ("coinsurance_amount", 3500, 3500), ("above_ceiling_amount", 0, 3500),
        ("pooled_fund_amount", 3500, 0),
    ]


def test_a_share_after_the_deductible_is_of_less():
    assert amount("out_of_area_upfront_amount", terms(order=SHARE_LATE)) == 1800


@pytest.mark.parametrize(("base", "share"), [("remaining", 2000), ("covered", 2200), ("total", 2400)])
def test_the_share_is_taken_of_what_the_schedule_says(base, share):
    part = settle(BILL, terms(base=base)).parts[2]
    assert (part.amount, part.base * Decimal("0.20")) == (share, share)


def test_a_share_of_the_total_takes_no_more_than_there_is():
    bill = Bill(Decimal("1000.00"), Decimal("950.00"))
    assert amounts(terms(base="total"), bill)["out_of_area_upfront_amount"] == "50"


@pytest.mark.parametrize(("shape", "fund"), [("share_first", "3500"), ("rate_points", "2700"), ("rate_factor", "3600")])
def test_the_shapes_differ_in_what_the_same_share_costs(shape, fund):
    """10,000 in scope less 1,000: 50% of 7,000 after a share of 2,000; 30% (minus 20 points) or 40% (times 0.8) of 9,000."""
    found = amounts(terms(shape=shape))
    assert found["pooled_fund_amount"] == fund
    assert (found["out_of_area_upfront_amount"] == "0") == (shape != "share_first")


def test_points_never_make_a_rate_negative():
    assert amount("pooled_fund_amount", terms(shape="rate_points", share="0.60")) == 0


@pytest.mark.parametrize(("measure", "fund"), [("before_deductible", 4000 * 0.5 + 5000 * 0.8), ("after_deductible", 5000 * 0.5 + 4000 * 0.8)])
def test_the_deductible_lies_in_the_first_band_or_before_it(measure, fund):
    given = terms(share="0", measure=measure, bands=bands(("5000", "0.50"), (None, "0.80")))
    assert amount("pooled_fund_amount", given) == Decimal(str(fund))


def test_cost_exactly_at_a_bands_limit_stays_in_it():
    given = terms(share="0", deductible="0", bands=bands(("10000", "0.50"), (None, "0.90")))
    assert [(piece.amount, piece.rate) for piece in settle(BILL, given).parts[4].pieces] == [(10000, Decimal("0.50"))]


def test_the_years_cost_before_this_stay_uses_up_the_lower_bands():
    given = terms(share="0", deductible="0", bands=bands(("15000", "0.50"), (None, "0.90")), year={"in_scope": "12000"})
    assert amount("pooled_fund_amount", given) == 3000 * Decimal("0.5") + 7000 * Decimal("0.9")


def test_what_lies_beyond_the_last_band_is_the_patients():
    given = terms(share="0", bands=bands(("4000", "0.50")))
    assert (amount("above_ceiling_amount", given), amount("pooled_fund_amount", given)) == (6000, 1500)


@pytest.mark.parametrize(("paid", "fund"), [("0", 3000), ("2500", 500), ("3000", 0), ("9000", 0)])
def test_the_ceiling_is_the_years_and_what_was_paid_before_counts(paid, fund):
    given = terms(ceiling=Decimal(3000), year={"fund": paid})
    assert (amount("pooled_fund_amount", given), amount("above_ceiling_amount", given)) == (fund, 3500 - fund)


def test_a_bill_below_the_deductible_is_all_the_patients():
    assert amounts(terms(), Bill(Decimal("900.00"))) == {
        **dict.fromkeys((*COMPONENTS, "pooled_fund_amount"), "0"), "out_of_area_upfront_amount": "180", "deductible": "720",
    }


def test_the_funds_share_is_rounded_once_and_the_rest_is_the_patients():
    given = terms(share="0", deductible="0", bands=bands(("0.01", "0.55"), (None, "0.70")))
    settlement = settle(Bill(Decimal("1000.05")), given)  # 0.0055 + 700.028 = 700.0335
    assert (settlement.fund_amount, settlement.patient_amount) == (Decimal("700.03"), Decimal("300.02"))


def test_a_bill_of_nothing_is_settled_with_nothing():
    assert set(amounts(terms(), Bill(Decimal("0.00"))).values()) == {"0"}


@pytest.mark.parametrize(("burden", "before", "paid"), [
    ("1000", "0", "0.00"), ("1000.01", "0", "0.01"), ("3000", "0", "1000.00"), ("4000", "0", "1800.00"), ("5000", "0", "2600.00"),
    ("5001", "0", "2600.00"), ("1000", "1000", "500.00"), ("1000", "500", "250.00"), ("1000", "3000", "800.00"),
])
def test_critical_illness_insurance_pays_by_the_years_burden_from_its_threshold_up_to_its_ceiling(burden, before, paid):
    assert critical_illness_pays(Decimal(burden), CRITICAL, Decimal(before)) == Decimal(paid)


def test_critical_illness_insurance_has_one_ceiling_for_the_year():
    assert critical_illness_pays(Decimal(5000), CRITICAL, before=Decimal(5000)) == 0


def test_critical_illness_insurance_takes_over_the_last_components_first_and_no_share():
    settlement = settle(BILL, terms(critical=CRITICAL))
    taken = {part.name: part.taken_over for part in settlement.parts if part.taken_over}
    assert taken == {"coinsurance_amount": Decimal("2200.00")}  # 4,500 counted: 2,000 × 50% + 1,500 × 80%
    assert settlement.amount("critical_illness_amount") == Decimal("2200.00")
    assert settlement.amount("out_of_area_upfront_amount") == 2000 and settlement.total_amount == 12000


def test_critical_illness_insurance_that_pays_nothing_is_no_part():
    assert "critical_illness_amount" not in amounts(terms(critical=CRITICAL, bands=bands((None, "1"))))


def test_every_part_says_how_its_amount_came_about():
    given = terms(critical=CRITICAL, bands=bands(("5000", "0.50"), ("6000", "0.60")), ceiling=Decimal(2000))
    assert said("out_of_area_upfront_amount", given) == "10,000元 × 20% = 2,000元"
    assert "1,000元" in said("deductible", given)
    pieces = said("coinsurance_amount", given)
    assert all(words in pieces for words in ("4,000元", "50%", "1,000元", "60%", "40%", "2,400元"))
    above = said("above_ceiling_amount", given)
    assert all(words in above for words in ("2,000元", "2,600元", "大病保险"))
    assert "2,000元" in said("pooled_fund_amount", given)
    assert "超过1,000元" in said("critical_illness_amount", given) and "2,600元" in said("critical_illness_amount", given)


def test_a_deductible_that_is_not_reached_or_not_due_says_so():
    assert "不到起付线1,000元" in said("deductible", terms(), Bill(Decimal("900.00")))
    assert said("deductible", terms(deductible="0")) == WORDS["components"]["deductible"]["nothing"]


def test_what_nobody_printed_is_named_as_that_and_not_as_nothing():
    for name, missing in (("deductible", "deductible"), ("out_of_area_upfront_amount", "share"), ("out_of_area_upfront_amount", "reduced")):
        assert said(name, terms(deductible="0", share="0"), missing=(missing,)) == WORDS["components"][name]["missing"]


def test_a_lowered_rate_is_named_only_where_it_is_lowered():
    words = WORDS["components"]["out_of_area_upfront_amount"]
    assert said("out_of_area_upfront_amount", terms(shape="rate_points")) == words["lowered"]
    assert said("out_of_area_upfront_amount", terms(shape="rate_points", share="0")) == words["nothing"]

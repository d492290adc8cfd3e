"""Why a settlement sheet differs: the first component that does, and what may explain it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules_engine.bills import Bill
from rules_engine.facts import Facts
from services import bootstrap
from services.cost_compare import comparison_lines, differences
from services.cost_estimates import CostQuestion

CASE = Facts(
    insured_region="330100", treatment_region="310000", situation="self_arranged", has_valid_filing=False,
    scheme="employee", employment="working", hospital_level="tertiary", stay_in_year=1,
)


@pytest.fixture(scope="module")
def settled():
    sums = {"total_amount": "25000", "non_covered_amount": "0", "class_b_upfront_amount": "0"}
    return bootstrap.costs().estimate(CostQuestion(CASE, sums)).lines[0]


def told(settled, **sheet):
    shown = {name: Decimal(value) for name, value in sheet.items()}
    return "\n".join(comparison_lines(settled, shown, bootstrap.cost_words()))


def test_the_first_component_that_differs_is_named_with_its_reasons(settled):
    said = told(settled, out_of_area_upfront_amount="0", deductible="800", pooled_fund_amount="19844")
    assert "先不一样的是「异地先行自付」：结算单0元，我算的5,000元，结算单少5,000元" in said
    assert "按已备案或急诊结的" in said and "后面几项（统筹基金支付）" in said


def test_components_come_in_the_order_they_were_worked_out(settled):
    shown = {"pooled_fund_amount": Decimal(1), "deductible": Decimal(1)}
    assert [one.name for one in differences(settled, shown)] == ["deductible", "pooled_fund_amount"]


def test_a_sheet_that_agrees_is_said_to(settled):
    assert "一样" in told(settled, deductible="800", pooled_fund_amount="15744", patient_total_amount="9256")


def test_a_total_alone_tells_how_much_and_asks_for_the_components(settled):
    said = told(settled, patient_total_amount="9800")
    assert "多544元" in said and "自费" in said and "一行一个" in said


def test_nothing_of_the_sheet_told_asks_for_it(settled):
    assert "一行一个" in told(settled)


def test_every_component_has_reasons_both_ways():
    words = bootstrap.cost_words()
    assert set(words["compare"]["reasons"]) == {*words["components"], *words["compare"]["totals"]}
    assert all(rows["more"] and rows["less"] for rows in words["compare"]["reasons"].values())


def test_a_bill_is_whole():
    assert Bill(Decimal(100), Decimal(10), Decimal(5)).in_scope_amount == 85


def line_of(sums, **facts):
    return bootstrap.costs().estimate(CostQuestion(Facts(**facts), sums)).lines[0]


def test_what_nobody_printed_is_not_set_against_the_sheet():
    line = line_of({"total_amount": "30000"}, insured_region="650100", treatment_region="610100", scheme="employee",
                   employment="working", hospital_level="tertiary")
    said = told(line, deductible="800")
    assert "「起付线」我没有数，按结算单的800元为准" in said and "我算的" not in said


def test_what_critical_illness_insurance_took_over_is_no_difference():
    line = line_of(
        {"total_amount": "100000", "non_covered_amount": "0", "class_b_upfront_amount": "0"}, insured_region="371000",
        treatment_region="110000", situation="referral", scheme="resident", benefit_tier="tier_one",
        hospital_level="tertiary", stay_in_year=1,
    )
    sheet = {"out_of_area_upfront_amount": "10000", "deductible": "800", "coinsurance_amount": "44600",
             "pooled_fund_amount": "44600", "critical_illness_amount": "16440"}
    assert "一样" in told(line, **sheet)


def test_a_difference_that_may_come_from_earlier_untold_parts_is_not_called_the_first(settled):
    said = told(settled, pooled_fund_amount="18000")
    assert "先不一样" not in said and "前面的异地先行自付、起付线、按比例自付，结算单上是多少" in said

"""The sums of a settlement sheet: what follows from the others is worked out, what contradicts them is refused."""

from decimal import Decimal

import pytest

from rules_engine.bills import Bill, bill_of
from rules_engine.money import BadAmount


def amounts(bill: Bill) -> tuple[str, ...]:
    return tuple(map(str, (bill.total_amount, bill.non_covered_amount, bill.class_b_upfront_amount, bill.in_scope_amount)))


def refusal(**sums):
    with pytest.raises(BadAmount) as refused:
        bill_of(sums)
    return str(refused.value)


def test_the_total_alone_counts_as_covered_and_says_what_was_not_told():
    read = bill_of({"total_amount": "25000"})
    assert amounts(read.bill) == ("25000.00", "0.00", "0.00", "25000.00")
    assert read.untold == ("non_covered_amount", "class_b_upfront_amount")


def test_what_applies_to_the_rules_is_the_total_less_the_other_two():
    read = bill_of({"total_amount": "25000", "non_covered_amount": "2000", "class_b_upfront_amount": "300.55"})
    assert amounts(read.bill) == ("25000.00", "2000.00", "300.55", "22699.45") and read.untold == ()


def test_a_sum_of_nothing_was_told_all_the_same():
    assert bill_of({"total_amount": "100", "non_covered_amount": "0"}).untold == ("class_b_upfront_amount",)


@pytest.mark.parametrize(("told", "follows"), [
    ({"non_covered_amount": "2000"}, ("2000.00", "500.00")),
    ({"class_b_upfront_amount": "500"}, ("2000.00", "500.00")),
    ({}, ("2500.00", "0.00")),
    ({"non_covered_amount": "2000", "class_b_upfront_amount": "500"}, ("2000.00", "500.00")),
])
def test_with_the_in_scope_amount_the_third_sum_follows(told, follows):
    read = bill_of({"total_amount": "25000", "in_scope_amount": "22500", **told})
    assert (str(read.bill.non_covered_amount), str(read.bill.class_b_upfront_amount)) == follows
    assert read.untold == () and read.bill.in_scope_amount == Decimal("22500")


def test_a_bill_may_be_nothing_or_wholly_outside_coverage():
    assert bill_of({"total_amount": "0"}).bill.in_scope_amount == 0
    assert bill_of({"total_amount": "100", "non_covered_amount": "100"}).bill.in_scope_amount == 0


def test_other_names_are_not_sums_of_a_bill_and_are_left_alone():
    assert amounts(bill_of({"total_amount": "100", "pooled_fund_amount": "nonsense"}).bill)[0] == "100.00"


def test_without_a_total_there_is_no_bill():
    assert refusal(non_covered_amount="10") == "还不知道总费用。请写一共花了多少元。"


def test_a_total_less_than_its_parts_is_refused_with_all_three():
    said = refusal(total_amount="1000", non_covered_amount="800", class_b_upfront_amount="200.01")
    assert said == "自费（800元）和乙类先行自付（200.01元）加起来比总费用（1,000元）还多。请对着结算单核对这几个数。"


def test_more_in_scope_than_in_all_is_refused():
    assert refusal(total_amount="1000", in_scope_amount="1000.01") == (
        "符合政策范围金额（1,000.01元）比总费用（1,000元）还多。请对着结算单核对这两个数。"
    )


@pytest.mark.parametrize("told", [
    {"non_covered_amount": "800", "class_b_upfront_amount": "100"}, {"non_covered_amount": "300"}, {"class_b_upfront_amount": "201"},
])
def test_sums_that_contradict_the_in_scope_amount_are_refused(told):
    said = refusal(total_amount="1000", in_scope_amount="800", **told)
    assert "对不上" in said and "800元" in said and "请对着结算单核对" in said


@pytest.mark.parametrize(("name", "title"), [
    ("total_amount", "总费用"), ("non_covered_amount", "自费"), ("class_b_upfront_amount", "乙类先行自付"), ("in_scope_amount", "符合政策范围金额"),
])
@pytest.mark.parametrize("typed", ["-1", "两万", "1e12", "NaN", "1.234", ""])
def test_a_sum_that_is_none_is_refused_by_its_chinese_name(name, title, typed):
    said = refusal(**{"total_amount": "1000", name: typed})
    assert said.startswith(f"「{title}」") and "请" in said

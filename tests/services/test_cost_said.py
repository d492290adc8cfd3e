"""What a message's sums change in the bill that is being spoken of."""

from __future__ import annotations

from decimal import Decimal

from services.cost_said import bill_said


def said(before=None, compares=False, **sums):
    return bill_said(before, [{"entity": name, "value": value} for name, value in sums.items()], compares=compares)


def test_sums_add_up_to_one_bill_over_several_messages():
    bill = said(said(total_amount="25000.00").values, non_covered_amount="2000.00")
    assert bill.sums == {"total_amount": "25000.00", "non_covered_amount": "2000.00"}


def test_a_new_total_is_a_new_bill():
    bill = said({"total_amount": "25000.00", "non_covered_amount": "2000.00"}, total_amount="30000.00")
    assert bill.sums == {"total_amount": "30000.00"}


def test_the_in_scope_amount_alone_is_reckoned_as_it_is():
    assert said(in_scope_amount="20000.00").sums == {"total_amount": "20000.00"}


def test_what_two_funds_paid_is_added_up():
    entities = [{"entity": "fund_amount", "value": "8000.00"}, {"entity": "fund_amount", "value": "2000.00"}]
    assert bill_said(None, entities).sheet == {"fund_total_amount": Decimal(10000)}


def test_a_deductible_is_ones_own_figure_and_in_a_comparison_the_sheets():
    assert said(deductible_amount="900").own.deductible == 900
    compared = said(deductible_amount="900", compares=True)
    assert compared.own.deductible is None and compared.sheet == {"deductible": Decimal(900)}

"""Medicine bought elsewhere by somebody insured in 杭州 (four cases), and the leaflet's Class B examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rules_engine.facts import Facts
from services import bootstrap
from services.purchases import CLASS_B, PHARMACY, purchase, purchase_line

ON = date(2026, 11, 22)
IN_SHANGHAI = {"insured_region": "330100", "treatment_region": "310000"}


def bought(topic, amount, balance=None, **facts):
    packs = bootstrap.answers().packs
    return purchase(topic, Facts(**IN_SHANGHAI, **facts), Decimal(amount), ON, packs, balance and Decimal(balance))


def line(*args, **facts):
    return purchase_line(bought(*args, **facts), bootstrap.cost_words())


@pytest.mark.parametrize(("facts", "upfront"), [
    ({"has_valid_filing": True}, "0.00"),
    ({"has_valid_filing": False}, "200.00"),
    ({"situation": "self_arranged"}, "200.00"),
    ({"has_valid_filing": False, "was_settled": False}, "200.00"),
])
def test_negotiated_medicine_takes_a_share_first_where_there_is_no_filing(facts, upfront):
    one = bought(PHARMACY, "1000", drug_kind="national_negotiated", **facts)
    assert one.upfront == Decimal(upfront) and one.upfront + one.rest == 1000


def test_what_is_left_is_not_made_up():
    said = line(PHARMACY, "1000", drug_kind="national_negotiated", has_valid_filing=False)
    assert "1,000元 × 20% = 200元" in said and "报几成文件没写" in said


def test_an_untold_filing_is_asked_for():
    assert bought(PHARMACY, "1000", drug_kind="national_negotiated").ask == "has_valid_filing"


@pytest.mark.parametrize("kind", ["prescription", "over_the_counter"])
def test_other_medicine_is_paid_by_the_account_and_the_rest_in_cash(kind):
    one = bought(PHARMACY, "300", "120.50", drug_kind=kind)
    assert (one.account, one.cash) == (Decimal("120.50"), Decimal("179.50")) and one.is_from_account
    assert bought(PHARMACY, "100", "120.50", drug_kind=kind).cash == 0
    assert "有多少付多少" in line(PHARMACY, "300", drug_kind=kind)


@pytest.mark.parametrize(("item", "rate", "upfront"), [("ct", "5%", "30"), ("mri", "10%", "60"), ("tylenol", "3%", "18")])
def test_the_leaflets_examples_of_class_b(item, rate, upfront):
    assert f"600元 × {rate} = {upfront}元" in line(CLASS_B, "600", class_b_item=item)


def test_another_city_states_no_such_share():
    packs = bootstrap.answers().packs
    one = purchase(CLASS_B, Facts(insured_region="371000", class_b_item="ct"), Decimal(600), ON, packs)
    assert one.upfront is None and purchase_line(one, bootstrap.cost_words()) == ""

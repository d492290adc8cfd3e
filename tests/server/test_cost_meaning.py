"""Whether a message asks what a bill comes to, goes on with it, or speaks of something else."""

from __future__ import annotations

import pytest

from server.cost_meaning import COST, COST_TOPIC, INFORM, SHARE, meant_of_a_bill

TOTAL = {"total_amount"}


def meant(intent, text, kinds=(), topics=(), topic=None):
    return meant_of_a_bill(intent, text, set(kinds), topics, topic)


@pytest.mark.parametrize("intent", [SHARE, "ask_deductible", "inform", "nlu_fallback"])
def test_a_sum_makes_a_question_on_shares_one_on_a_bill(intent):
    assert meant(intent, "花了两万五自己先付多少", TOTAL) == COST


def test_without_a_sum_or_a_word_of_reckoning_a_question_on_cost_is_one_on_shares():
    assert meant(COST, "自己要付几成", topics=(COST, SHARE)) == SHARE
    assert meant(COST, "帮我算算", topics=(COST, SHARE)) == COST


def test_a_bill_from_abroad_is_not_reckoned():
    assert meant("nlu_fallback", "在大阪看牙花了一千多能报吗", TOTAL | {"abroad"}) == "ask_exclusions"


def test_a_sum_in_a_question_on_something_else_stays_there():
    assert meant("ask_manual_claim", "垫了三万回来怎么报", TOTAL) == "ask_manual_claim"


@pytest.mark.parametrize(("intent", "text", "kinds"), [
    ("ask_referral", "不备案直接去呢", {"has_valid_filing"}),
    (SHARE, "要是她没备长期，就当临时去看病，是多少", {"situation"}),
    ("ask_hospital", "换成二级医院呢", {"hospital_level"}),
    ("ask_cost_parts", "自费三千", {"non_covered_amount"}),
    ("start_filing", "办了备案", {"has_valid_filing"}),
])
def test_a_supposed_situation_goes_on_with_the_bill(intent, text, kinds):
    assert meant(intent, text, kinds, topic=COST_TOPIC) == INFORM
    assert meant(intent, text, kinds, topic="channels") == intent


@pytest.mark.parametrize(("intent", "text"), [
    ("ask_materials", "要是备了案，要带什么材料"), ("ask_filing_needed", "要是去南京要不要备案"),
    ("ask_deductible", "要是备了案，三级医院报销比例是多少"),
])
def test_another_question_in_between_is_that_question(intent, text):
    assert meant(intent, text, {"has_valid_filing", "region"}, topic=COST_TOPIC) == intent


def test_why_a_share_is_taken_is_a_question_on_the_share():
    assert meant("ask_why", "为什么要先付20%", {"claimed_rate"}, topic=COST_TOPIC) == SHARE


def test_a_price_of_medicine_is_no_hospital_bill():
    assert meant(COST, "国谈药1000块要付多少", {"total_amount", "drug_kind"}) == "ask_pharmacy"


def test_a_deductible_that_is_told_is_no_question_on_deductibles():
    assert meant("ask_deductible", "我打电话问了，起付线是900", {"deductible_amount"}) == INFORM
    assert meant("ask_deductible", "起付线是900吗", {"deductible_amount"}) == "ask_deductible"

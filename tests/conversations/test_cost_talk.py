"""What people are told of their bills, over the whole application."""

from __future__ import annotations

from decimal import Decimal

import pytest
import reply_shapes

pytestmark = pytest.mark.model
HANGZHOU = "杭州职工医保，在职，没备案去上海三级医院住院，花了两万五，自己要付多少"
SHEET = "医疗费总额 25000\n全自费 2000\n先行自付 500\n起付线 800\n统筹基金支付 13000\n个人支付 12000"


def amounts(custom):
    return {part["name"]: Decimal(part["amount"]) for part in custom["components"]}


def test_a_whole_question_gets_each_component_with_its_source(person):
    replies = person.say(HANGZHOU)
    reply_shapes.check([*replies])
    cost = replies.custom("cost")
    assert amounts(cost) == {
        "out_of_area_upfront_amount": Decimal(5000), "deductible": Decimal(800),
        "coinsurance_amount": Decimal(3456), "pooled_fund_amount": Decimal(15744),
    }
    assert (cost["total"], cost["patient"], cost["fund"]) == ("25000.00", "9256.00", "15744.00")
    assert "9,256元" in replies.text and "25,000元 × 20% = 5,000元" in replies.text
    assert "杭州2023年6月分册" in replies.text and "2020年12月" in replies.text and "转载" in replies.text


def test_only_what_decides_is_asked_for_one_thing_at_a_time(person):
    said = ("住院花了两万五能报多少", "杭州的", "职工医保")
    assert [person.say(one).asked for one in said] == ["insured_region", "scheme", "employment"]
    person.say("退休了")
    person.say("去上海")
    replies = person.say("没备案")
    assert {line["label"] for line in replies.custom("cost")["settlements"]} >= {"三级医院", "二级医院"}
    one = person.say("三甲")
    assert "自己付8,488元" in one.text  # 25000 − 5000 − 800 = 19200 × 14% = 2688


@pytest.mark.parametrize(("said", "total"), [
    ("花了2万5", "25000.00"), ("一共25000块", "25000.00"), ("一万二千三", "12300.00"), ("1.8万", "18000.00"),
])
def test_sums_are_understood_as_people_say_them(person, said, total):
    person.say("威海居民医保一档，转诊去北京三级医院住院，帮我算算自己付多少")
    assert person.say(said).custom("cost")["total"] == total


def test_a_what_if_shows_the_difference_and_leaves_the_case_as_it_is(person):
    first = person.say(HANGZHOU)
    assert "如果办了备案" in first.buttons
    other = person.press("如果办了备案")
    assert "少付4,100元" in other.text and other.custom("cost")["patient"] == "5156.00"
    again = person.say("再算一遍自己付多少")
    assert again.custom("cost")["patient"] == "9256.00"


def test_a_changed_fact_is_reckoned_again(person):
    person.say(HANGZHOU)
    assert person.say("换成二级医院呢").custom("cost")["patient"] == "8620.00"
    assert person.say("花的是三万").custom("cost")["total"] == "30000.00"


def test_what_nobody_printed_is_said_and_not_made_up(person):
    weihai = person.say("威海职工医保，去上海三级医院住院花了三万，能报多少")
    assert not weihai.customs("cost") and "没有可靠的公开数字" in weihai.text
    assert "30,000元里先付10%，是3,000元" in weihai.text


def test_a_figure_of_ones_own_sheet_makes_it_possible(person):
    person.say("乌鲁木齐职工医保，在职，长期备案在西安，三级医院住院花了三万，自己付多少")
    replies = person.say("起付线900")
    assert amounts(replies.custom("cost"))["deductible"] == 900


def test_a_pasted_sheet_is_compared_component_by_component(person):
    person.say(HANGZHOU)
    replies = person.say(SHEET)
    cost = replies.custom("cost")
    assert amounts(cost)["non_covered_amount"] == 2000 and amounts(cost)["class_b_upfront_amount"] == 500
    assert "「统筹基金支付」不一样" in replies.text and "可能的原因" in replies.text
    assert "可能的原因" not in person.say("换成二级医院呢").text


def test_a_pasted_bill_is_added_up_and_its_faults_are_told_by_line(person):
    person.say("威海居民二档，去北京三级医院住院，算算自己付多少")
    replies = person.say("床位费 1200 甲类\nCT平扫 300 乙类 5%\n进口支架 abc 自费\n陪护费 200 自费\n药费 8,300 甲类")
    cost = replies.custom("cost")
    assert cost["total"] == "10000.00" and amounts(cost)["non_covered_amount"] == 200
    assert amounts(cost)["class_b_upfront_amount"] == 15
    assert "第3行" in replies.text


@pytest.mark.parametrize("said", [
    "总费用一百，自费两百，杭州职工医保能报多少", "花了999999999999块能报多少，杭州的",
])
def test_sums_that_cannot_be_are_told_with_what_to_do(person, said):
    replies = person.say(said)
    assert not replies.customs("cost") and "核对" in replies.text


def test_a_purchase_of_negotiated_medicine_takes_its_share_first(person):
    replies = person.say("杭州医保，没备案，在上海药店买国谈药花了1000块，要付多少")
    assert "1,000元 × 20% = 200元" in replies.text


def test_other_medicine_comes_from_the_account(person):
    replies = person.say("杭州医保在上海药店买了300块的非处方药，医保报吗")
    assert "历年账户" in replies.text and "统筹基金不报" in replies.text


def test_the_leaflet_s_example_of_a_class_b_item(person):
    replies = person.say("杭州医保，做磁共振800块，乙类先付多少")
    assert "800元 × 10% = 80元" in replies.text


def test_a_term_is_told_with_a_small_example(person):
    assert "比如" in person.say("起付线是什么意思").text


def test_outpatient_bills_are_not_reckoned_with_inpatient_figures(person):
    replies = person.say("杭州职工在职，上海三级医院看门诊花了2000，能报多少")
    assert not replies.customs("cost") and "住院" in replies.text


def test_a_sheet_s_deductible_stands_in_where_nobody_printed_one(person):
    replies = person.say("乌鲁木齐退休职工，备案在郑州，郑州三级医院\n总费用 28400\n自费 400\n起付线 1000")
    assert amounts(replies.custom("cost"))["deductible"] == 1000


def test_another_persons_bill_keeps_nothing_but_the_total(person):
    person.say(HANGZHOU)
    person.say("报销比例90%，起付线1000")
    replies = person.say("那我妈呢，她是高邮退休职工")
    assert amounts(replies.custom("cost"))["deductible"] == 1500


def test_figures_nobody_printed_in_the_document_are_told_as_public_ones_where_the_scheme_is_told(person):
    bare = person.say("威海医保去北京三级医院住院，起付线多少钱").text
    assert "没写" in bare and "800" not in bare and "公开数字" in bare
    told = person.say("居民二档的呢").text
    assert "800" in told and "转载" in told

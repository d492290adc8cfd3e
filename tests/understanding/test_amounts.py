"""Sums of money as people say them: what they come to, which amount of the bill they are, and what is no amount."""

import time
from itertools import product

import pytest

from understanding.amounts import amounts_in, own_rates_in
from understanding.case_entities import entities_of
from understanding.normaliser import normalised
from understanding.spoken_sums import value_of

TOTAL, NON_COVERED, UPFRONT = "total_amount", "non_covered_amount", "class_b_upfront_amount"
OPEN, DEDUCTIBLE, IN_SCOPE = "class_b_open_amount", "deductible_amount", "in_scope_amount"
PATIENT, FUND = "patient_amount", "fund_amount"


def amounts(text):
    return [(label, value.removesuffix(".00")) for label, value, _, _ in amounts_in(normalised(text))]


@pytest.mark.parametrize(("said", "yuan"), [
    ("2万5", "25000"), ("两万五", "25000"), ("两万五千", "25000"), ("25000块", "25000"), ("25,000元", "25000"),
    ("２５０００", "25000"), ("¥18,600", "18600"), ("21,340.66元", "21340.66"), ("一万二千三", "12300"),
    ("三千八百块六毛", "3800.60"), ("12元5角3分", "12.53"), ("一百二十块五", "120.50"), ("1.5万", "15000"),
    ("2w5", "25000"), ("2W", "20000"), ("15k", "15000"), ("3千2", "3200"), ("2万6千块", "26000"), ("2万5000", "25000"),
    ("五千", "5000"), ("八百", "800"), ("一百万", "1000000"), ("一百二十万", "1200000"), ("十二万六", "126000"),
    ("一万零五百", "10500"), ("一万零五", "10005"), ("三万零五十", "30050"), ("两万捌", "28000"), ("俩万五", "25000"),
    ("壹万贰仟", "12000"), ("叁万贰仟元整", "32000"), ("贰萬伍", "25000"), ("兩萬五", "25000"), ("二五零零零块", "25000"),
    ("12万3千4百5十6块7毛8", "123456.78"), ("一百亿", "10000000000"),
    # about as much: the round number
    ("两千多", "2000"), ("两万来块", "20000"), ("三万左右", "30000"), ("十来万", "100000"), ("二十多万", "200000"),
    ("万把块", "10000"), ("百把块", "100"), ("半万", "5000"), ("小两万", "20000"), ("差不多五万块", "50000"),
    # one of two: the first
    ("五六千", "5000"), ("三五百块", "300"), ("两三万", "20000"), ("2-3万", "20000"), ("两到三万", "20000"),
    ("三千到五千", "3000"), ("2000-3000元", "2000"),
    # the number ends where the next word begins
    ("花了两万三级医院", "20000"), ("两万二档", "20000"), ("三万二次住院", "30000"), ("两万一共", "20000"),
    ("两万五个人付多少", "25000"), ("万一两万五不够", "25000"), ("周三两万", "20000"), ("花了三万25号出院", "30000"),
])
def test_a_spoken_sum_comes_to(said, yuan):
    assert amounts(said) == [(TOTAL, yuan)]


@pytest.mark.parametrize("text", [
    "2023年住的院", "2023能报多少", "2023-05-01", "2023.5.1", "8月15号", "我70岁了", "住了3个月", "下午12:30", "先付20%", "两成",
    "百分之二十", "第5问怎么说", "第二千条", "三级医院", "二档", "住了一次", "分三块", "跟我一块去", "属于哪一块钱", "两个人", "三百人",
    "三千家医院", "两千里地", "13800138000", "0631-5231234", "打12393", "12393", "120拉走的", "301能报吗", "371002199001011234",
    "37100219900101123x", "鲁医保发〔2021〕50号", "4万元以上的部分报多少", "1万到3万的部分报多少", "三万以下", "超过4万报几成",
    "卡里三千多", "账户里还剩8000", "押金三万", "交了两万押金", "一针三千多", "每个月四千多", "一年交380", "退休金三千", "对方赔了两万",
    "比你算的多了2000", "少报了三千", "差了一千二", "-500元", "负五百", "几万块", "十几万", "三七二十", "花了1234.567", "666",
    "你算的是9800", "该报两万一",
])
def test_no_amount_of_a_bill_is_seen_in(text):
    assert amounts(text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("花了三万，自费五千", [(TOTAL, "30000"), (NON_COVERED, "5000")]),
    ("总费用25000自费2300乙类先付800", [(TOTAL, "25000"), (NON_COVERED, "2300"), (UPFRONT, "800")]),
    ("自费药大概三千", [(NON_COVERED, "3000")]),
    ("自费 两千", [(NON_COVERED, "2000")]),
    ("里头有三千是自费的", [(NON_COVERED, "3000")]),
    ("其中不能报的2300", [(NON_COVERED, "2300")]),
    ("三千是自费的两千是乙类的", [(NON_COVERED, "3000"), (UPFRONT, "2000")]),
    ("自费0，乙类0", [(NON_COVERED, "0"), (UPFRONT, "0")]),
    ("要是没有那两千自费，总额还是三万呢", [(NON_COVERED, "2000"), (TOTAL, "30000")]),
    ("全自费结的两万五", [(TOTAL, "25000")]),
    ("自费付了三万", [(TOTAL, "30000")]),
    ("先行自付一千三", [(UPFRONT, "1300")]),
    ("乙类药花了5300", [(OPEN, "5300")]),
    ("起付线800", [(DEDUCTIBLE, "800")]),
    ("起付线交过了，800", [(DEDUCTIBLE, "800")]),
    ("门槛费扣了一千二", [(DEDUCTIBLE, "1200")]),
    ("起付线是800还是1200", [(DEDUCTIBLE, "800")]),
    ("政策范围内两万", [(IN_SCOPE, "20000")]),
    ("符合规定的费用两万", [(IN_SCOPE, "20000")]),
    ("医保付了一万五", [(FUND, "15000")]),
    ("两万五报了一万八", [(TOTAL, "25000"), (FUND, "18000")]),
    ("统筹17500，大病2300，个人支付5500", [(FUND, "17500"), (FUND, "2300"), (PATIENT, "5500")]),
    ("自己付了九千八怎么比你算的多", [(PATIENT, "9800")]),
    ("医院让交8200", [(PATIENT, "8200")]),
    ("总共3万，我自己花了1万2", [(TOTAL, "30000"), (PATIENT, "12000")]),
    # asked about, or spent in all: the bill itself
    ("两万五自己要付多少", [(TOTAL, "25000")]),
    ("我花了两万五", [(TOTAL, "25000")]),
    ("我交了两万五能报多少", [(TOTAL, "25000")]),
    ("四千六全是我掏的", [(TOTAL, "4600")]),
    # no label of ours: nothing rather than the wrong one
    ("异地先行自付2500，乙类自付800", [(UPFRONT, "800")]),
    ("个人账户付了2300", []),
    # corrections
    ("不是两万是三万", [(TOTAL, "30000")]),
    ("是不是两万五", [(TOTAL, "25000")]),
    ("改成36500", [(TOTAL, "36500")]),
    # plain numbers need a word of money beside them, or a question of money around them
    ("8600能报吗", [(TOTAL, "8600")]),
    ("三甲25600", [(TOTAL, "25600")]),
    ("跨省52600个人付多少", [(TOTAL, "52600")]),
    ("做了个CT300块", [(TOTAL, "300")]),
])
def test_the_words_around_a_sum_tell_which_amount_it_is(text, expected):
    assert amounts(text) == expected


def test_a_settlement_sheet_read_aloud_gives_every_sum():
    text = "医疗总费用38654 全自费4120 先行自付2307 起付线1300 统筹支付22118"
    assert amounts(text) == [
        (TOTAL, "38654"), (NON_COVERED, "4120"), (UPFRONT, "2307"), (DEDUCTIBLE, "1300"), (FUND, "22118"),
    ]


@pytest.mark.parametrize(("text", "rate"), [
    ("报销比例80%", "0.8"), ("按85报能报多少", "0.85"), ("按百分之八十五报", "0.85"), ("报八成五", "0.85"), ("报了七成", "0.7"),
    ("80%的报销比例", "0.8"), ("报销100%", "1"),
])
def test_the_funds_rate_is_read_where_it_is_named(text, rate):
    assert [value for _, value, _, _ in own_rates_in(normalised(text))] == [rate]


@pytest.mark.parametrize("text", [
    "先付20%", "自付比例20%", "少报20%", "报销比例降20%", "报80块", "2023年报的", "听说要先付两成", "按10%先扣再报",
])
def test_another_rate_is_not_taken_for_the_funds(text):
    assert list(own_rates_in(normalised(text))) == []


@pytest.mark.parametrize("said", ["三百二千", "两万三万", "百", "2.5万5.5", "三七二十", "一三万"])
def test_what_only_looks_like_a_number_has_no_value(said):
    assert value_of(said) is None


def test_every_whole_sum_up_to_a_hundred_thousand_is_read_back_from_its_digits_and_from_wan():
    for thousands, hundreds in product(range(1, 100), (0, 1, 5, 9)):
        yuan = thousands * 1000 + hundreds * 100
        for said in (f"{yuan}元", f"{yuan:,}元", f"{yuan / 10000:g}万"):
            assert [value for _, value, _, _ in amounts_in(said)] == [f"{yuan}.00"], said


def test_the_place_of_an_amount_is_that_of_its_words():
    text = normalised("一共花了两万五千块，自费三千")
    assert [text[start:end] for _, _, start, end in amounts_in(text)] == ["两万五千块", "三千"]


def test_nothing_but_closed_values_leaves_the_reader():
    text = normalised("我叫王秀英，电话13812345678，花了2万5，自费药三千，按85报")
    for _, value, _, _ in (*amounts_in(text), *own_rates_in(text)):
        assert value.replace(".", "").isdigit()


@pytest.mark.parametrize("text", ["万" * 400, "9" * 400, "一二三四五六七八九" * 40, "1,234," * 80, "两万到" * 120, "自费" * 200, "乙类1" * 120])
def test_a_senseless_message_takes_no_longer_than_a_blink(text):
    began = time.perf_counter()
    list(amounts_in(text))
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(("text", "expected"), [
    ("退休职工", {("scheme", "employee"), ("employment", "retired")}),
    ("职工在职", {("scheme", "employee"), ("employment", "working")}),
    ("居民二档", {("scheme", "resident"), ("benefit_tier", "tier_two")}),
    ("少儿医保", {("scheme", "resident"), ("person_group", "child")}),
    ("在职的", {("scheme", "employee"), ("employment", "working")}),
    ("没退休", {("employment", "working")}),
    ("一档", {("benefit_tier", "tier_one")}),
    ("三甲", {("hospital_level", "tertiary")}),
    ("二级医院", {("hospital_level", "secondary")}),
    ("镇卫生院", {("hospital_level", "community")}),
    ("今年第二次住院", {("stay_in_year", "2"), ("care_type", "inpatient"), ("care_visit", "care_visit")}),
    ("第四次住院", {("stay_in_year", "3"), ("care_type", "inpatient"), ("care_visit", "care_visit")}),
    ("第一次", {("stay_in_year", "1")}),
    ("花了两万五，按85报", {("total_amount", "25000.00"), ("own_rate", "0.85")}),
])
def test_a_message_tells_the_facts_of_a_cost(read, text, expected):
    told = {(e["entity"], e["value"]) for e in read(text)}
    assert told - {("past", "past")} >= expected
    facts = {"scheme", "employment", "benefit_tier", "hospital_level", "stay_in_year"}
    assert {(label, value) for label, value in told if label in facts} == {one for one in expected if one[0] in facts}


@pytest.mark.parametrize("text", ["退休金", "没退休金", "没有退休证", "智力二级残疾", "哪一级医院", "选到省一级", "按哪一档", "高档病房", "我第一次去北京看病"])
def test_words_alike_tell_nothing_of_a_cost(read, text):
    assert not {e["entity"] for e in read(text)} & {"employment", "benefit_tier", "hospital_level", "stay_in_year"}


def test_a_negative_sum_is_handed_on_to_be_refused_and_a_range_is_none():
    sums = [(e["entity"], e["value"]) for e in entities_of("花了负三千块我付多少", [])]
    assert ("total_amount", "-3000.00") in sums
    assert not [e for e in entities_of("费用2000-3000", []) if e["value"].startswith("-")]

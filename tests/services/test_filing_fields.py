"""Each problem code has a case that raises it and, beside it, one that does not."""

from __future__ import annotations

import pytest
from filing_office import HANGZHOU
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric
from typed_answers import asked, checked, problem

from services.filing_fields import CHECKS
from services.filing_records import FieldProblem

ACCEPTED = [
    ("name", "张三", "张三"),
    ("name", "我叫张三。", "张三"),
    ("name", "叫 张 三", "张三"),
    ("name", "我是欧阳测试", "欧阳测试"),
    ("name", "姓名：张三", "张三"),
    ("name", "我的名字是张三", "张三"),
    ("name", "好，张三", "张三"),
    ("name", "晓得了，名字是张三。", "张三"),
    ("name", "嗯嗯，好的，我叫张三", "张三"),
    ("name", "阿卜杜拉•买买提", "阿卜杜拉·买买提"),
    ("name", "阿卜杜拉.买买提", "阿卜杜拉·买买提"),
    ("name", "㐀𠮷", "㐀𠮷"),
    ("name", "Anna-Maria O'Neill", "Anna-Maria O'Neill"),
    ("name", "José Müller Jr.", "José Müller Jr"),
    ("name", "买" * 20, "买" * 20),
    ("id_number", "371002199001011237", "371002199001011237"),
    ("id_number", "身份证号是 371002 19900101 1237", "371002199001011237"),
    ("id_number", "３７１００２１９９００１０１１２３７", "371002199001011237"),
    ("id_number", "11010519491231002x", "11010519491231002X"),
    ("id_number", "11010519491231002×", "11010519491231002X"),
    ("id_number", "三七一零零二一九九零零一零一一二三七", "371002199001011237"),
    ("id_number", "看错了，是371002199001011237", "371002199001011237"),
    ("id_number", "我看看啊 371002 19900101 1237 对吧", "371002199001011237"),
    ("phone", "13812345678", "13812345678"),
    ("phone", "哎呀打错了，改成138 1234 5678吧", "13812345678"),
    ("phone", "我的手机号是138 1234-5678", "13812345678"),
    ("phone", "+86 138 1234 5678", "13812345678"),
    ("phone", "008613812345678", "13812345678"),
    ("phone", "8613812345678", "13812345678"),
    ("phone", "幺三八一二三四五六七八", "13812345678"),
    ("phone", "0631-5231234", "0631-5231234"),
    ("phone", "（0631）5231234", "0631-5231234"),
    ("phone", "010 8888 1234", "010-88881234"),
    ("phone", "+86 631 523 1234", "0631-5231234"),
    ("treatment_region", "青岛", "370200"),
    ("treatment_region", "370200", "370200"),
    ("treatment_region", "从威海去青岛", "370200"),
    ("treatment_region", "北京", "110000"),
    ("treatment_region", "北京市朝阳区", "110000"),
    ("treatment_region", "上海浦东", "310000"),
    ("treatment_region", "重庆", "500000"),
    ("treatment_region", "天津", "120000"),
    ("treatment_region", "烟台市芝罘区", "370600"),
    ("reason", "return_to_native_place", "return_to_native_place"),
    ("reason", "外出务工", "working_away"),
    ("reason", "去闺女家", "joining_relatives"),
    ("reason", "带孙子", "joining_relatives"),
    ("reason", "儿子在青岛上班，我去带孙子", "joining_relatives"),
    ("reason", "打工", "working_away"),
    ("reason", "公司派我去上班", "posted_by_employer"),
    ("reason", "退休回老家", "return_to_native_place"),
    ("starts_on", "2026-11-22", "2026-11-22"),
    ("address", "山东省青岛市市南区香港中路1号", "山东省青岛市市南区香港中路1号"),
    ("address", "地址是：青岛香港路", "青岛香港路"),
    ("address", "路" * 100, "路" * 100),
]


@pytest.mark.parametrize(("field", "raw", "value"), ACCEPTED)
def test_an_answer_is_understood_and_brought_to_one_form(field, raw, value):
    assert checked(field, raw) == value


REFUSED = [
    ("name", "  ", "name_empty"),
    ("name", "我叫", "name_empty"),
    ("name", "不知道", "name_not_a_name"),
    ("name", "为什么要问名字？", "name_not_a_name"),
    ("name", "张3", "name_has_digits"),
    ("name", "张", "name_too_short"),
    ("name", "买" * 21, "name_too_long"),
    ("name", "张三@", "name_unreadable"),
    ("name", "张san", "name_unreadable"),
    ("id_number", "37100219900101123", "id_number_wrong_length"),
    ("id_number", "3710021990010112377", "id_number_wrong_length"),
    ("id_number", "", "id_number_wrong_length"),
    ("id_number", "371002900101123", "id_number_old_form"),
    ("id_number", "37100219900101123A", "id_number_has_letters"),
    ("id_number", "3710021990X1011237", "id_number_has_letters"),
    ("name", "好，我知道了", "name_unreadable"),
    ("name", "好，等我找一下身份证", "name_unreadable"),
    ("name", "嗯，我问一下我妈", "name_unreadable"),
    ("name", "不对，不是我", "name_unreadable"),
    ("name", "是的，给我妈办", "name_unreadable"),
    ("id_number", "刚才371002199001011237填错了", "id_number_has_letters"),
    ("id_number", "原来填的是371002199001011237", "id_number_has_letters"),
    ("id_number", "我妈的身份证是371002199001011237", "id_number_has_letters"),
    ("phone", "13812345678不用了", "phone_not_a_number"),
    ("phone", "不要打13812345678", "phone_not_a_number"),
    ("phone", "我爱人的是13812345678", "phone_not_a_number"),
    ("id_number", "我忘了", "id_number_has_letters"),
    ("id_number", "不是371002199001011237", "id_number_has_letters"),
    ("id_number", "371002199001011237和371002199001011237两个", "id_number_has_letters"),
    ("id_number", "371002199002301237", "id_number_impossible_birth_date"),
    ("id_number", "371002180001011237", "id_number_impossible_birth_date"),
    ("id_number", "371002202611231231", "id_number_birth_in_future"),
    ("id_number", "371002199001011238", "id_number_bad_check_digit"),
    ("phone", "1381234567", "phone_too_short"),
    ("phone", "063152312", "phone_too_short"),
    ("phone", "138123456789", "phone_too_long"),
    ("phone", "063152312345678", "phone_too_long"),
    ("phone", "没有电话", "phone_not_a_number"),
    ("phone", "不是13812345678", "phone_not_a_number"),
    ("phone", "13812345678或者13812345679", "phone_not_a_number"),
    ("phone", "", "phone_not_a_number"),
    ("phone", "5231234", "phone_needs_area_code"),
    ("phone", "+852 2123 4567", "phone_not_chinese"),
    ("phone", "12345678901", "phone_invalid"),
    ("phone", "+999 1", "phone_invalid"),
    ("treatment_region", "火星", "treatment_region_unknown"),
    ("treatment_region", "999999", "treatment_region_unknown"),
    ("treatment_region", "", "treatment_region_unknown"),
    ("treatment_region", "山东", "treatment_region_only_province"),
    ("treatment_region", "朝阳", "treatment_region_ambiguous"),
    ("treatment_region", "吉林", "treatment_region_ambiguous"),
    ("treatment_region", "威海", "treatment_region_inside_pooling_area"),
    ("treatment_region", "荣成", "treatment_region_inside_pooling_area"),
    ("treatment_region", "371002", "treatment_region_inside_pooling_area"),
    ("treatment_region", "香港", "treatment_region_outside_mainland"),
    ("reason", "随便", "reason_unknown"),
    ("reason", "", "reason_unknown"),
    ("reason", "回老家打工", "reason_ambiguous"),
    ("starts_on", "随便", "starts_on_unreadable"),
    ("starts_on", "下个月", "starts_on_needs_day"),
    ("starts_on", "2026年2月30日", "starts_on_no_such_day"),
    ("starts_on", "昨天", "starts_on_before_today"),
    ("starts_on", "去年12月1日", "starts_on_before_today"),
    ("starts_on", "2026-11-21", "starts_on_before_today"),
    ("address", "青岛", "address_too_short"),
    ("address", "路" * 101, "address_too_long"),
    ("address", "12345 Main St", "address_no_han"),
]


@pytest.mark.parametrize(("field", "raw", "code"), REFUSED)
def test_an_answer_that_cannot_be_used_has_its_own_code(field, raw, code):
    assert problem(field, raw).code == code


@pytest.mark.parametrize(("field", "raw", "code"), REFUSED)
def test_a_problem_never_carries_what_was_typed_into_a_sensitive_field(field, raw, code):
    found = problem(field, raw)
    if field in ("name", "id_number", "phone", "address") and len(raw.strip()) > 2:
        assert raw not in f"{found!r}{found.details}"


WORDS = st.text(alphabet="0129xX一二十两零百半个年月日号周下本明天底初/-.： +（）abc威海青朝阳市老家打工·第负点", max_size=20)


@pytest.mark.parametrize("field", CHECKS)
@settings(max_examples=150, deadline=None)
@given(raw=st.one_of(WORDS, st.text(max_size=30)))
def test_whatever_is_typed_is_refused_properly_or_stays_the_same_when_checked_again(field, raw):
    try:
        value = checked(field, raw)
    except FieldProblem:
        return
    assert checked(field, value) == value


def test_an_unknown_area_code_is_no_reason_to_refuse_an_id_number():
    body = "99999919900101123"
    number = body + ric.calc_check_digit(body + "0")
    assert checked("id_number", number) == number


def test_someone_born_today_can_be_filed_for():
    body = "37100220261122123"
    number = body + ric.calc_check_digit(body + "0")
    assert checked("id_number", number) == number


def test_lengths_are_told_so_that_the_person_can_count():
    assert problem("id_number", "3710021990010112").details == {"given": 16, "needed": 18}
    assert problem("phone", "1381234567").details == {"given": 10, "needed": 11}


def test_an_unknown_reason_offers_all_four():
    assert dict(problem("reason", "随便").details["options"]) == asked().kind.reasons


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("filed_for", "本人", "self"), ("filed_for", "给我妈办", "family"), ("filed_for", "我自己", "self"),
        ("filed_for", "替我爱人办的", "family"), ("filed_for", "我儿子", "family"),
        ("agent_relation", "我是他女儿", "child"), ("agent_relation", "老伴", "spouse"), ("agent_relation", "邻居", "other"),
        ("care_stage", "还在住院呢", "in_hospital"), ("care_stage", "还没出院", "in_hospital"),
        ("care_stage", "出院了，自己垫的", "discharged"), ("care_stage", "已经结了账", "discharged"),
        ("hospital", "在北京协和医院", "北京协和医院"), ("admitted_on", "昨天", "2026-11-21"),
        ("admitted_on", "2026年1月3日", "2026-01-03"), ("admitted_on", "今天早上", "2026-11-22"),
        ("discharged_on", "今天", "2026-11-22"),
    ],
)
def test_answers_about_family_and_hospital_are_understood(field, words, value):
    assert CHECKS[field](words, asked(HANGZHOU, "late_filing", admitted_on="2026-11-20")) == value


@pytest.mark.parametrize(
    ("field", "words", "code"),
    [
        ("filed_for", "不知道", "filed_for_unknown"), ("agent_relation", "嗯", "agent_relation_unknown"),
        ("care_stage", "什么意思", "care_stage_unknown"), ("hospital", "医院", "hospital_too_short"),
        ("hospital", "医" * 61, "hospital_too_long"), ("admitted_on", "明天", "day_in_future"),
        ("admitted_on", "住院那天", "day_unreadable"), ("discharged_on", "2026-11-19", "discharged_on_before_admission"),
        ("agent_id_number", "123", "id_number_wrong_length"), ("agent_name", "12", "name_has_digits"),
    ],
)
def test_other_answers_are_refused_with_their_fields_name(field, words, code):
    with pytest.raises(FieldProblem) as raised:
        CHECKS[field](words, asked(HANGZHOU, "late_filing", admitted_on="2026-11-20"))
    assert (raised.value.code, raised.value.field) == (code, field)

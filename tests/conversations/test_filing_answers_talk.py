"""What is typed for a field and cannot be used gets its reason; what was typed wrong can be corrected."""

from __future__ import annotations

import pytest
import reply_shapes
from talking import ANSWERS, FIELDS, another_person, in_days

pytestmark = pytest.mark.model

BAD_INPUTS = [
    ("name", "张3", "数字"), ("name", "张", "太短"), ("name", "张" * 21, "太长"), ("name", "你好", "不像"),
    ("name", "不知道", "不像"), ("name", "***", "读不出"), ("name", "。", "没有写"),
    ("id_number", "371002199001011230", "对不上"), ("id_number", "371002199013011231", "出生日期不存在"),
    ("id_number", "371002199002301237", "出生日期不存在"), ("id_number", "37100219900101123", "18位"),
    ("id_number", "3710021990010112377", "18位"), ("id_number", "371002900101123", "15位"),
    ("id_number", "371002209901011239", "还没到"), ("id_number", "张三", "只有数字"),
    ("phone", "138123", "太短"), ("phone", "138123456789", "太长"), ("phone", "5231234", "区号"),
    ("phone", "10012345678", "没有这样"), ("phone", "+1 2025550123", "国内"), ("phone", "没有手机号码的", "不像电话"),
    ("treatment_region", "荣成", "不算异地"), ("treatment_region", "威海", "不算异地"), ("treatment_region", "江苏", "哪个市"),
    ("filed_for", "随便", "没听明白"),
    ("treatment_region", "香港", "港澳台"), ("treatment_region", "火星", "没找到"), ("treatment_region", "鼓楼区", "不止一个"),
    ("reason", "随便", "没听明白"), ("reason", "回老家，跟儿子住", "两种原因"),
    ("starts_on", "昨天", "不能往前填"), ("starts_on", "2020年1月1日", "不能往前填"), ("starts_on", "2月30日", "没有这一天"),
    ("starts_on", "下个月", "哪一天"), ("starts_on", "随缘", "没看懂"),
    ("address", "青岛", "太短"), ("address", "路" * 101, "太长"), ("address", "abc def 123", "汉字"),
    ("signature", "张三", "一样"), ("signature", "data:image/png;base64,AAAA", "打不开"),
]


@pytest.mark.parametrize(("field", "bad", "reason"), BAD_INPUTS, ids=[f"{row[0]}: {row[1][:20]}" for row in BAD_INPUTS])
def test_a_bad_answer_gets_its_reason_and_the_question_again(person, field, bad, reason):
    someone = another_person()
    person.file_up_to(field, **someone)
    replies = person.say(bad)
    reply_shapes.check(replies)
    assert reason in replies[0]["text"] and replies.asked == field
    good = {**ANSWERS, **someone}.get(field, someone["name"])
    assert person.say(good).asked != field


@pytest.mark.parametrize(("field", "bad"), [(f, next(row[1] for row in BAD_INPUTS if row[0] == f)) for f in (*FIELDS, "signature")])
def test_two_failures_bring_an_explanation_and_a_way_out(person, field, bad):
    person.file_up_to(field)
    assert "稍后继续" not in person.say(bad).buttons
    replies = person.say(bad)
    assert {"稍后继续", "取消"} <= set(replies.buttons)
    assert len(replies) == 4 and replies.asked == field


def test_an_ambiguous_place_can_be_picked(person):
    person.file_up_to("treatment_region")
    person.say("鼓楼区")
    title = next(title for title in person.last.buttons if "南京" in title)
    assert person.press(title).asked == "reason"


@pytest.mark.parametrize(("field", "better", "shown"), [
    ("name", "李四光", "李**"), ("id_number", "110101199003078670", "110***********8670"), ("phone", "13987654321", "139****4321"),
    ("treatment_region", "北京", "北京市"), ("reason", "外出务工", "外出务工"), ("starts_on", in_days, ""), ("address", "北京市朝阳区望京街9号", "北京市***"),
])
def test_each_field_can_be_corrected_at_the_review(person, field, better, shown):
    better = better(40) if callable(better) else better
    person.file_up_to("review")
    title = next(row["title"] for row in person.last.custom("review")["fields"] if row["slot"] == field)
    person.press("要改")
    assert person.press(title).asked == field
    replies = person.say(better)
    assert replies.asked == "review"
    value = next(row["value"] for row in replies.custom("review")["fields"] if row["slot"] == field)
    assert value == (shown or better)


@pytest.mark.parametrize(("said", "field"), [("电话写错了", "phone"), ("改地址", "address"), ("名字错了", "name")])
def test_a_correction_can_be_said(person, said, field):
    person.file_up_to("review")
    assert person.say(said).asked == field


def test_a_line_of_the_review_can_be_pressed(person):
    person.file_up_to("review")
    payload = next(row["edit_payload"] for row in person.last.custom("review")["fields"] if row["slot"] == "address")
    assert person.say(payload).asked == "address"


def test_a_correction_after_the_letter_asks_for_consent_anew(person):
    person.file_up_to("signature")
    replies = person.say_all("改电话", "13987654321")
    assert replies.asked == "review"
    assert person.say("都对").asked == "commitment"
    assert "139****4321" in person.last.text


def test_a_letter_that_was_changed_since_must_be_seen_again(person):
    person.file_up_to("commitment")
    old = person.last.buttons["我已读完并同意"]
    person.say_all("改电话", "13987654321", "都对")
    replies = person.say(old)
    assert "重新同意" in replies.text and replies.asked == "commitment"

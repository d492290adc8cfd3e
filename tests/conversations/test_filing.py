"""A long-term filing by commitment, from the first word to the receipt and after it."""

from __future__ import annotations

import pytest
import reply_shapes
from talking import ANSWERS, FIELDS, IN_ORDER, START, another_person, in_days

pytestmark = pytest.mark.model

STEPS = (*FIELDS, "review", "commitment", "signature")
QUESTION = "要带什么材料？"

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


def test_a_filing_goes_from_the_first_word_to_the_receipt(person):
    answers = {**ANSWERS, **another_person()}
    replies = person.say("我要办异地备案")
    assert replies.asked == "insured_region"
    replies = person.press("威海")
    assert replies.asked == "filing_kind"
    replies = person.press("异地长期居住备案")
    assert (replies.asked, replies.custom("ask")["input"]) == ("treatment_region", "region")
    replies = person.say("青岛")
    assert replies.asked == "stays_long_enough"
    replies = person.press("6个月以上")
    for field, answer in answers.items():
        if field == "treatment_region":
            continue
        reply_shapes.check(replies)
        assert replies.asked == field
        ask = replies.custom("ask")
        assert ask["sensitive"] == (field in ("name", "id_number", "phone", "address"))
        replies = person.say(answer)
    reply_shapes.check(replies)
    assert [row["slot"] for row in replies.custom("review")["fields"]] == list(FIELDS)
    replies = person.press("都对")
    reply_shapes.check(replies)
    assert replies.custom("commitment_letter")["text"] == replies[0]["text"]
    replies = person.press("我已读完并同意")
    assert replies.asked == "signature"
    replies = person.say(answers["name"])
    reply_shapes.check(replies)
    receipt = replies.custom("receipt")
    assert receipt["filing_no"] in replies.text and receipt["status"] == "submitted"
    assert receipt["notes"] and all(note in replies.text for note in receipt["notes"])


def test_what_is_worth_knowing_is_said_before_the_first_field(person):
    replies = person.start_filing()
    assert "6个月内原则上不能变更" in replies.text and "二（三）" in replies.text and "威海" in replies.text
    assert len(replies[0]["text"]) <= 120


def test_the_place_of_an_earlier_question_is_not_taken_for_where_someone_will_live(person):
    person.say_all("我是威海医保，临时去上海看病要备案吗", "我要办长期备案")
    assert person.last.asked == "treatment_region"


def test_the_place_told_with_the_wish_to_file_is_not_asked_again(person):
    person.say_all(*START, *IN_ORDER[:4])
    assert person.last.asked == "reason"


def test_who_is_insured_elsewhere_can_say_so(person):
    person.say("我要办异地备案")
    replies = person.press("别的地方")
    reply_shapes.check(replies)
    assert "威海" in replies.text


@pytest.mark.parametrize(("said", "status"), [("不到6个月", "decided"), ("三个月", "decided")])
def test_who_stays_too_short_is_told_what_holds_instead(person, said, status):
    replies = person.say_all("我要办长期备案", "威海", "去北京", said)
    assert replies.custom("answer")["status"] == status and "临时" in replies.text
    assert "跨省临时外出就医备案" in replies.buttons


def test_an_insured_place_without_a_pack_gets_no_filing(person):
    replies = person.say_all("帮我办备案", "苏州")
    assert replies.custom("answer")["status"] == "no_pack" and "12393" in replies.text


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


@pytest.mark.parametrize("step", STEPS)
def test_a_question_in_the_middle_is_answered_and_the_step_asked_again(person, step):
    person.file_up_to(step)
    replies = person.say(QUESTION)
    assert replies.custom("answer")["topic"] == "materials"
    assert replies.asked == step


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("aside", ["什么叫承诺制？", "转人工", "帮助"])
def test_other_asides_come_back_to_the_step_too(person, step, aside):
    person.file_up_to(step)
    assert person.say(aside).asked == step


@pytest.mark.parametrize("step", ["review", "commitment"])
@pytest.mark.parametrize("aside", ["你好", "谢谢", "北京", "今天天气怎么样", "那个啥就是那啥", "6个月以上", "371002199001011237"])
def test_whatever_is_said_at_a_choice_the_choice_comes_back(person, step, aside):
    person.file_up_to(step)
    assert person.say(aside).asked == step


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


@pytest.mark.parametrize("step", STEPS)
def test_cancelling_is_confirmed_and_then_deletes(person, step):
    person.file_up_to(step)
    assert "确定" in person.say("取消").text
    assert "删掉了" in person.press("确定取消").text
    assert "没有办过" in person.say("我的备案").text


@pytest.mark.parametrize("yes", ["确定", "是的", "取消", "确定取消"])
def test_a_typed_yes_confirms_the_cancelling(person, yes):
    person.file_up_to("name")
    assert "删掉了" in person.say_all("取消", yes).text


@pytest.mark.parametrize("no", ["不", "不取消", "接着填"])
def test_a_typed_no_goes_on_filling_in(person, no):
    person.file_up_to("phone")
    assert person.say_all("取消", no).asked == "phone"


def test_going_on_takes_the_cancelling_back(person):
    person.file_up_to("phone")
    assert person.say_all("取消", ANSWERS["phone"]).asked == "reason"
    assert "确定" in person.say("取消").text
    assert person.press("接着填").asked == "reason"


@pytest.mark.parametrize("step", STEPS)
def test_a_paused_filing_goes_on_where_it_was_left(person, step):
    person.file_up_to(step)
    assert "存着" in person.say("稍后继续").text
    assert person.say(QUESTION).asked != step
    assert "没填完" in person.say("我的备案").text
    assert person.say("继续办").asked == step


def test_beginning_again_takes_up_the_paused_filing(person):
    person.file_up_to("phone")
    assert person.say_all("先放着", "我要办异地备案").asked == "phone"


@pytest.mark.parametrize("no", ["不同意", "我不签"])
def test_without_consent_nothing_is_handed_in(person, no):
    person.file_up_to("commitment")
    replies = person.say(no)
    assert "没有提交" in replies.text and {"再看一遍承诺书", "稍后继续", "取消"} <= set(replies.buttons)
    assert person.press("再看一遍承诺书").asked == "commitment"
    assert person.say("我的备案").asked == "commitment"


def test_a_second_hand_in_is_refused(person):
    number = person.file().custom("receipt")["filing_no"]
    replies = person.say("我要办长期异地备案")
    assert number in replies.text and replies.asked is None and "等待" in replies.text
    assert {"看看这一份", "撤回", "另办一份"} <= set(replies.buttons)
    assert person.press("另办一份").asked == "filed_for"


def test_signing_again_makes_no_second_filing(person):
    person.file()
    person.say(person.particulars["name"])
    assert len(person.say("我的备案").customs("filing")) == 1


def test_the_same_person_filed_from_another_talk_is_not_filed_twice(someone):
    one, other = someone(), someone()
    number = one.file().custom("receipt")["filing_no"]
    other.file_up_to("signature", **one.particulars)
    replies = other.say(one.particulars["name"])
    assert number in replies.text and not replies.customs("receipt")
    assert {"凭备案号查", "取消这一份", "稍后继续"} <= set(replies.buttons)
    assert other.press("凭备案号查").asked == "lookup"


def test_my_filing_tells_where_it_stands(person):
    number = person.file().custom("receipt")["filing_no"]
    replies = person.say("我的备案")
    reply_shapes.check(replies)
    filing = replies.custom("filing")
    assert (filing["filing_no"], filing["status"], filing["treatment_region"]) == (number, "submitted", "山东省青岛市")
    assert [entry["event"] for entry in filing["timeline"]] == ["submitted"]


def test_my_filing_without_one_says_where_to_look(person):
    assert "12393" in person.say("我的备案").text


def test_handing_in_is_not_called_done(person):
    text = person.file().text
    assert "确认" in text and "办好了" not in text and "成功" not in text


@pytest.mark.parametrize("said", ["继续办", "接着填备案"])
def test_with_no_filing_there_is_nothing_to_go_on_with(person, said):
    assert "没有填到一半" in person.say(said).text


def test_old_buttons_of_a_filing_that_is_gone_do_no_harm(person):
    person.file_up_to("commitment")
    consent = person.last.buttons["我已读完并同意"]
    person.say_all("取消", "取消")
    assert "没有填到一半" in person.say(consent).text


def test_old_buttons_never_fill_in_a_private_field(person):
    person.file_up_to("reason")
    reason = person.last.buttons["投靠亲属"]
    person.say_all("取消", "取消")
    person.file_up_to("name")
    assert person.say(reason).asked == "name"
    assert person.say(ANSWERS["name"]).asked == "id_number"


def test_a_letter_that_was_changed_since_must_be_seen_again(person):
    person.file_up_to("commitment")
    old = person.last.buttons["我已读完并同意"]
    person.say_all("改电话", "13987654321", "都对")
    replies = person.say(old)
    assert "重新同意" in replies.text and replies.asked == "commitment"

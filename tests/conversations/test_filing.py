"""A long-term filing by commitment, from the first word to the receipt and after it."""

from __future__ import annotations

import pytest
import reply_shapes
from talking import ANSWERS, FIELDS, IN_ORDER, START, another_person

pytestmark = pytest.mark.model


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

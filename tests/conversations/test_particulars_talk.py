"""Name, number and phone told in one message, before the first field or in the middle. All of them are invented."""

from __future__ import annotations

import json

import pytest
import reply_shapes
from talking import another_person

from services import bootstrap

pytestmark = pytest.mark.model
START = "威海职工医保，去上海长期居住半年以上，给我自己办备案"


@pytest.fixture
def mine() -> dict[str, str]:
    return another_person()


def test_what_is_told_together_is_filled_in_at_once(person, mine):
    assert person.say(START).asked == "name"
    replies = person.say(f"我叫李晓红，身份证{mine['id_number']}，手机{mine['phone']}")
    reply_shapes.check(replies)
    assert "记下了：姓名、身份证号码、联系电话" in replies.text
    assert replies.asked == "reason"
    shown = json.dumps(person.history(), ensure_ascii=False)
    assert "李晓红" not in shown and mine["id_number"] not in shown and mine["phone"] not in shown


def test_a_wrong_number_among_them_is_told_and_asked_again(person, mine):
    person.say(START)
    wrong = mine["id_number"][:-1] + ("0" if mine["id_number"][-1] != "0" else "1")
    replies = person.say(f"姓名李晓红 身份证{wrong} 电话{mine['phone']}")
    assert "记下了：姓名、联系电话" in replies.text and "最后一位" in replies.text
    assert replies.asked == "id_number"


def test_of_the_family_each_goes_where_it_belongs(person, mine):
    agents = another_person()
    person.say("我妈是威海医保，在上海跟我长住半年以上，给我妈办备案")
    replies = person.say(f"我妈叫李秀兰，身份证{mine['id_number']}，我是她女儿，我叫王晓红，身份证{agents['id_number']}")
    assert replies.asked == "phone"
    draft = bootstrap.filings().find_draft(person.conversation)
    assert {"name", "id_number", "agent_name", "agent_id_number"} <= draft.filled
    assert draft.fields["agent_relation"] == "child"


def test_what_is_told_before_it_is_clear_for_whom_waits(person, mine):
    person.say("威海职工医保，去上海长期居住，帮我办备案")
    replies = person.say(f"我叫李晓红，身份证{mine['id_number']}")
    assert "先存着" in replies.text and replies.asked == "stays_long_enough"
    assert person.say("半年以上").asked == "filed_for"
    replies = person.say("本人")
    assert "记下了：姓名、身份证号码" in replies.text and replies.asked == "phone"
    events = json.dumps(bootstrap.conversation_store().events(person.conversation), ensure_ascii=False)
    assert "李晓红" not in events and mine["id_number"] not in events


def test_outside_a_filing_nothing_is_taken_and_nothing_deleted(person, mine):
    replies = person.say(f"我的身份证{mine['id_number']}")
    assert "没有记下" in replies.text and "删" not in replies.text
    assert mine["id_number"] not in json.dumps(person.history(), ensure_ascii=False)


def test_a_number_corrected_at_the_review_comes_back_to_it(person):
    person.file_up_to("review")
    replies = person.say("等等，手机打错了，是13912345670")
    assert "记下了：联系电话" in replies.text and replies.asked == "review"

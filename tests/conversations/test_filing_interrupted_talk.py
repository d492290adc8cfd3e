"""Questions in the middle of a filing, and one that is put off or cancelled: it goes on where it was left, or is gone."""

from __future__ import annotations

import pytest
from talking import ANSWERS, STEPS

pytestmark = pytest.mark.model

QUESTION = "要带什么材料？"


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

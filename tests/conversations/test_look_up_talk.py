"""A filing looked up by its number, the last four of the ID number and the phone."""

from __future__ import annotations

import json

import pytest
import reply_shapes
from talking import Person

from services import bootstrap

pytestmark = pytest.mark.model


@pytest.fixture
def owner(someone) -> Person:
    """Somebody who handed in a filing in another talk."""
    person = someone()
    person.number = person.filed("371000", "long_term_residence", "370200")
    return person


def proof(owner) -> tuple[str, str, str]:
    return owner.number, owner.particulars["id_number"][-4:], owner.particulars["phone"]


def test_what_is_needed_is_asked_in_one_message(person):
    replies = person.say("凭备案号查")
    reply_shapes.check(replies)
    assert (replies.asked, replies.custom("ask")["input"]) == ("lookup", "lookup")


@pytest.mark.parametrize("message", [
    "备案号 {0} 后四位 {1} 电话 {2}", "{2}，{1}，{0}", "我的备案号是{0}，身份证后四位{1}，电话{2}，帮我看看", "{1} {0} {2}",
])
def test_the_filing_is_shown_in_whatever_order_it_was_said(person, owner, message):
    replies = person.say(message.format(*proof(owner)))
    reply_shapes.check(replies)
    assert replies.custom("filing")["filing_no"] == owner.number
    assert replies.custom("filing")["document_url"].startswith(f"/documents/{owner.number}")
    assert "撤回" in replies.buttons
    assert owner.number in person.say("我的备案").text


def test_the_number_alone_asks_for_the_rest(person, owner):
    number, last_four, phone = proof(owner)
    replies = person.say(number)
    assert replies.asked == "lookup" and number in replies.text
    assert person.say(f"{last_four} {phone}").customs("filing")


def test_ones_own_number_needs_no_proof(owner):
    assert owner.say(owner.number).customs("filing")


def test_what_proves_the_owner_is_shown_and_kept_nowhere(server, person, owner):
    number, last_four, phone = proof(owner)
    person.say(f"备案号 {number} 后四位 {last_four} 电话 {phone}")
    shown = json.dumps(person.history(), ensure_ascii=False)
    assert f"后四位 {last_four}" not in shown and phone not in shown and number in shown
    events = json.dumps(bootstrap.conversation_store().events(person.conversation), ensure_ascii=False)
    assert phone not in events and f" {last_four} " not in events


def test_tries_are_counted_and_then_locked(person, owner):
    number, last_four, phone = proof(owner)
    # A fixed one would be right for some of the people tests make up: one in eleven ends with 0000.
    wrong = f"{(int(last_four[:3]) + 1) % 1000:03}0"
    for left in (4, 3, 2, 1):
        replies = person.say(f"{number} {wrong} {phone}")
        assert f"还能再试{left}次" in replies.text and replies.asked == "lookup"
    replies = person.say(f"{number} {wrong} {phone}")
    assert "锁住" in replies.text and "以后再试" in replies.text and replies.asked is None
    assert "锁住" in person.say(" ".join(proof(owner))).text


def test_a_wrong_digit_of_the_number_is_told_and_not_counted(person, owner):
    number, last_four, phone = proof(owner)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for _ in range(6):
        replies = person.say(f"{wrong} {last_four} {phone}")
        assert "对不上" in replies.text and "锁" not in replies.text
    assert person.say(f"{number} {last_four} {phone}").customs("filing")


def test_a_look_up_in_the_middle_of_a_filing_comes_back_to_it(person, owner):
    person.file_up_to("phone")
    replies = person.say("备案号 {} 后四位 {} 电话 {}".format(*proof(owner)))
    assert replies.customs("filing") and replies.asked == "phone"


def test_a_filing_that_was_looked_up_can_be_withdrawn_here(person, owner):
    person.say(" ".join(proof(owner)))
    person.press("撤回")
    assert person.say("是的").custom("filing")["status"] == "withdrawn"
    assert owner.say("我的备案").custom("filing")["status"] == "withdrawn"

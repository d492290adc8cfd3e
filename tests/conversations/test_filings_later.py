"""After handing in: how a filing stands, withdrawing, mending, changing, renewing, ending; policy asked by its owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
import reply_shapes
from talking import OFFICER, another_person, confirm, send_back, today

from services import bootstrap

pytestmark = pytest.mark.model


def in_words(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@pytest.fixture
def confirmed(person) -> str:
    """A long-term filing of 威海, confirmed today."""
    number = person.filed("371000", "long_term_residence", "370200")
    confirm(number)
    return number


def test_a_filing_that_waits_can_be_withdrawn_after_one_yes(person):
    number = person.filed("371000", "long_term_residence", "370200")
    replies = person.say("我的备案")
    assert list(replies.buttons) == ["撤回"]
    assert "确定" in person.press("撤回").text
    assert "什么都没有动" in person.press("先不撤回").text
    assert bootstrap.filing_course().view(person.conversation, number).status == "submitted"
    person.say("我的备案")
    person.say("撤回")
    replies = person.say("确定")
    reply_shapes.check(replies)
    assert replies.custom("filing")["status"] == "withdrawn"
    assert not person.say("我的备案").buttons


def test_a_yes_that_comes_later_withdraws_nothing(person):
    number = person.filed("371000", "long_term_residence", "370200")
    person.say("我的备案")
    person.press("撤回")
    person.say_all("备案管多久？", "确定")
    assert bootstrap.filing_course().view(person.conversation, number).status == "submitted"


def test_a_returned_filing_tells_why_and_is_mended(person):
    number = person.filed("321084", "long_term_residence", "320100")
    send_back(number, "照片看不清", "paper:residence_proof", "phone")
    replies = person.say("我的备案")
    reply_shapes.check(replies)
    filing = replies.custom("filing")
    assert filing["status"] == "returned" and "照片看不清" in filing["return_reason"] and "联系电话" in filing["return_reason"]
    assert "照片看不清" in replies.text
    replies = person.press("改好重交")
    assert replies.asked == "phone" and "照片看不清" in replies.text
    assert person.say("13987654321").asked == "paper:residence_proof"
    person.fill_in({})
    person.say("继续办")
    person.say("都对")
    new = person.say("提交").custom("receipt")["filing_no"]
    replies = person.say("我的备案")
    reply_shapes.check(replies)
    shown = [(f["filing_no"], f["status"], f.get("is_earlier", False)) for f in replies.customs("filing")]
    assert shown == [(new, "submitted", False), (number, "replaced", True)], "what counts comes first"
    assert replies.customs("filing")[0]["predecessor"] == number


def test_a_confirmed_filing_tells_from_when_it_may_be_changed(person, confirmed):
    replies = person.say("我的备案")
    reply_shapes.check(replies)
    filing = replies.custom("filing")
    [day] = {filing["may_change_from"]}
    assert filing["valid_to_text"] == "长期有效" and day > (today() + timedelta(days=180)).isoformat()
    assert "变更" not in replies.buttons


def test_a_change_that_is_too_early_is_refused_with_day_and_clause(person, confirmed):
    person.say("我的备案")
    replies = person.say("变更")
    reply_shapes.check(replies)
    assert "还不能变更" in replies[0]["text"] and "起可以" in replies[0]["text"] and "二（三）" in replies.text
    assert bootstrap.filings().find_draft(person.conversation) is None


def test_an_end_that_is_too_early_names_the_papers_that_allow_it(person, confirmed):
    person.say("我的备案")
    replies = person.press("注销")
    reply_shapes.check(replies)
    assert "居住证" in replies.text and "二（四）" in replies.text
    replies = person.press("交材料申请")
    assert replies.asked == "paper:residence_proof"
    person.fill_in({})
    replies = person.say("继续办")
    reply_shapes.check(replies)
    editable = {row["slot"] for row in replies.custom("review")["fields"] if "edit_payload" in row}
    assert editable == {"paper:residence_proof"}
    person.say("都对")
    replies = person.press("提交")
    reply_shapes.check(replies)
    receipt = replies.custom("receipt")
    assert receipt["status"] == "ending" and "同意以后" in replies.text
    assert not receipt["notes"], "what was said to who sets out is not for who comes back"
    person.say("我的备案")
    assert "已申请注销" in person.say("变更").text, "why it can't be changed now"


def test_a_self_service_filing_may_be_changed_early_with_papers(person):
    person.filed("330100", "long_term_residence")
    person.say("我的备案")
    replies = person.say("变更")
    assert "凭材料" in replies.text and "六" in replies.text and replies.asked == "filed_for"
    replies = person.say_all("本人", "上海")
    assert replies.asked == "paper:change_proof"
    person.fill_in({})
    person.say_all("继续办", "都对", "我同意")
    replies = person.say(person.particulars["name"])
    assert replies.customs("receipt")


def test_where_the_document_is_silent_the_agency_decides_and_its_phone_is_told(person):
    number = person.filed("321084", "long_term_residence", "320100")
    confirm(number)
    person.say("我的备案")
    replies = person.press("注销")
    assert "没有写" in replies.text and "0514-84601050" in replies.text and "确定注销" in replies.buttons
    replies = person.press("确定注销")
    reply_shapes.check(replies)
    assert replies.custom("filing")["status"] == "ending"
    desk = bootstrap.filing_desk()
    desk.decide_end(OFFICER, number, True, "", desk.find(OFFICER, number).filing.version, "end")
    assert person.say("我的备案").custom("filing")["status"] == "ended"


def test_a_renewal_before_the_end_is_told_from_when(person):
    number = person.filed("330100", "referral", "310000")
    confirm(number)
    replies = person.say("我的备案")
    filing = replies.custom("filing")
    assert filing["valid_to"] == today().replace(year=today().year + 1).isoformat() and "续办" not in replies.buttons
    replies = person.say("续办")
    assert "还不能续办" in replies[0]["text"] and str(today().year + 1) in replies[0]["text"]


def test_another_persons_filing_is_not_there(person, someone):
    number = someone().filed("371000", "long_term_residence", "370200")
    payload = person.say("我的备案")
    assert "没有办过" in payload.text
    assert person.say(number).asked == "lookup"


def test_the_buttons_of_one_talk_do_nothing_in_another(person, someone):
    person.filed("371000", "long_term_residence", "370200")
    stolen = person.say("我的备案").buttons["撤回"]
    other = someone()
    other.say(stolen)
    assert "失效" in str(other.history()[0])


OWN = [
    ("备案能变更吗", "change", "还不能变更"), ("备案能取消吗", "cancel_filing", "还不能注销"),
]


@pytest.mark.parametrize(("said", "topic", "conclusion"), OWN)
def test_the_owner_of_a_filing_gets_the_answer_for_its_dates(person, confirmed, said, topic, conclusion):
    replies = person.say(said)
    reply_shapes.check(replies)
    assert replies.custom("answer")["topic"] == topic
    assert conclusion in replies[0]["text"] and in_words(today()) in replies.text and confirmed in replies.text
    assert replies.asked is None, "nothing is left to ask: the date is known"


def test_the_button_for_what_was_asked_stands_under_the_answer(person, confirmed):
    assert "注销" in person.say("备案能取消吗").buttons
    assert person.press("注销").text


def test_how_long_ones_own_filing_holds_is_told(person):
    confirm(person.filed("330100", "referral", "310000"))
    replies = person.say("备案管多久")
    assert in_words(today().replace(year=today().year + 1)) in replies.text


@pytest.mark.parametrize("said", ["我是杭州医保，备案能变更吗", "我爸是杭州医保，他的备案能变更吗"])
def test_questions_about_another_case_are_answered_as_before(person, confirmed, said):
    replies = person.say(said)
    assert confirmed not in replies.text and replies.custom("answer")["region"] == "330100"


def test_a_date_that_was_told_stands(person, confirmed):
    replies = person.say("我是威海医保，备案确认都8个月了，现在能变更吗")
    assert confirmed not in replies.text and "还不能变更" not in replies[0]["text"]


def test_without_a_filing_the_answers_are_as_before(person):
    replies = person.say("我是威海医保，备案能变更吗")
    assert replies.custom("answer")["status"] == "needs"


def test_two_filings_are_both_shown_the_newest_first(person):
    first = person.filed("371000", "long_term_residence", "370200")
    second = person.filed("330100", "referral", "310000")
    replies = person.say("我的备案")
    assert [filing["filing_no"] for filing in replies.customs("filing")] == [second, first]
    assert another_person()["name"] not in replies.text

"""A yes or a no does what was asked last, and nothing else; so do the words of a shown filing's buttons."""

from __future__ import annotations

import pytest
from turn_samples import NUMBER, draft_at, parsed

from server.turns import SoFar, turn_from_text


@pytest.mark.parametrize(("said", "intent"), [
    ("确定", "cancel_task"), ("是的", "cancel_task"), ("确定取消", "cancel_task"), ("删掉吧", "cancel_task"), ("好", "cancel_task"),
    ("不", "resume_filing"), ("不取消", "resume_filing"), ("别删", "resume_filing"), ("不是", "resume_filing"),
    ("先不取消了", "resume_filing"), ("继续填", "resume_filing"), ("王小明", "answer_field"),
])
def test_after_the_question_whether_to_give_up_yes_and_no_answer_that(said, intent):
    so_far = SoFar("cancel_task")
    assert turn_from_text(said, parsed("affirm"), draft_at("name"), so_far).intent == intent


ENDING = {"intent": "end_filing", "filing_no": NUMBER}
WITHDRAWING = {"intent": "withdraw_filing", "filing_no": NUMBER}
ERASING = {"intent": "erase_confirmed"}


@pytest.mark.parametrize(("asked", "before", "said"), [
    (ENDING, "end_filing", "确定"), (ENDING, "end_filing", "是的"), (ENDING, "end_filing", "确定注销"), (ENDING, "end_filing", "注销吧"),
    (WITHDRAWING, "withdraw_filing", "好"), (WITHDRAWING, "withdraw_filing", "撤回"), (WITHDRAWING, "withdraw_filing", "撤了吧"),
    (ERASING, "erase_my_data", "确定删除"), (ERASING, "erase_my_data", "删吧"), (ERASING, "erase_my_data", "对。"),
])
@pytest.mark.parametrize("draft", [None, draft_at("name")], ids=["no draft", "draft"])
def test_a_yes_does_what_was_asked_to_the_filing_that_was_asked_about(asked, before, said, draft):
    turn = turn_from_text(said, parsed("affirm"), draft, SoFar(before, awaits_yes=asked))
    assert turn.intent == asked["intent"]
    told = {e["entity"]: e["value"] for e in turn.entities}
    assert told == ({"filing_no": NUMBER, "confirmed": "true"} if "filing_no" in asked else {})


@pytest.mark.parametrize(("asked", "before", "said"), [
    (ENDING, "end_filing", "不"), (ENDING, "end_filing", "先不注销"), (ENDING, "end_filing", "不要"), (ENDING, "end_filing", "取消"),
    (WITHDRAWING, "withdraw_filing", "别撤回"), (WITHDRAWING, "withdraw_filing", "算了"),
    (ERASING, "erase_my_data", "不删"), (ERASING, "erase_my_data", "先不删了"), (ERASING, "erase_my_data", "不是"),
])
def test_a_no_leaves_everything_as_it_is(asked, before, said):
    assert turn_from_text(said, parsed("deny"), None, SoFar(before, awaits_yes=asked)).intent == "keep_as_is"


@pytest.mark.parametrize("before", ["ask_my_filing", "ask_change", "greet", None])
def test_a_yes_to_something_else_ends_nothing(before):
    """What was asked some messages ago is no longer asked."""
    turn = turn_from_text("确定", parsed("affirm"), None, SoFar(before, awaits_yes=ENDING))
    assert turn.intent == "affirm"


@pytest.mark.parametrize("said", ["删除什么？", "注销了还能再办吗", "我再想想", "那我的钱呢"])
def test_what_is_no_clear_yes_or_no_is_taken_for_what_it_says(said):
    turn = turn_from_text(said, parsed("ask_cancel_filing"), None, SoFar("erase_my_data", awaits_yes=ERASING))
    assert turn.intent == "ask_cancel_filing"


@pytest.mark.parametrize("said", ["撤回了吗", "注销了吗？", "注销了没"])
def test_asking_whether_it_was_done_does_it_not(said):
    assert turn_from_text(said, parsed("ask_change"), None, SoFar("ask_my_filing")).intent == "ask_change"


@pytest.mark.parametrize(("said", "intent"), [
    ("变更", "change_filing"), ("我要变更这份备案", "change_filing"), ("注销", "end_filing"), ("申请注销", "end_filing"),
    ("续办", "renew_filing"), ("撤回吧", "withdraw_filing"), ("能撤回吗", "withdraw_filing"), ("还可以注销吗？", "end_filing"), ("改好重交", "mend_filing"),
])
def test_the_words_of_a_shown_filings_buttons_can_be_typed(said, intent):
    assert turn_from_text(said, parsed("ask_change"), None, SoFar("ask_my_filing")).intent == intent
    assert turn_from_text(said, parsed("ask_change"), None, SoFar("greet")).intent == "ask_change"

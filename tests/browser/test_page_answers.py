"""Questions in people's own words, answered on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]


def test_an_empty_page_offers_questions_to_begin_with(chat: ChatPage, shot: Shot) -> None:
    shot(chat, "empty")
    chat.page.get_by_test_id("starter").filter(has_text="要不要备案").click()
    expect(chat.own()).to_have_text("去外地看病要不要备案")
    expect(chat.page.get_by_test_id("starter")).to_have_count(0)


def test_a_question_in_own_words_gets_conclusion_source_and_year_and_the_next_one_follows_on(
    chat: ChatPage, shot: Shot
) -> None:
    near = chat.say("我是威海参保的，想去烟台的医院看病，要备案吗")
    assert near.startswith("不用备案")
    assert "依据：" in near and "2021年12月" in near
    shot(chat, "answer")

    far = chat.say("那去北京呢")
    assert far.startswith("要备案")
    assert "北京" in far and "2021年" in far
    shot(chat, "answer_follow_up")


def test_source_and_warning_stand_once_and_the_document_s_full_name_unfolds(chat: ChatPage, shot: Shot) -> None:
    said = chat.say("威海参保，去烟台住院要备案吗")
    assert said.count("依据：") == 1
    assert said.count("可能有变") == 1
    full = chat.page.get_by_test_id("citation-full").last
    expect(full).to_be_hidden()
    chat.page.get_by_test_id("citation").last.click()
    expect(full).to_contain_text("2021年12月10日")
    shot(chat, "answer_source")


def test_a_topic_button_leads_to_that_topic_s_answer(chat: ChatPage) -> None:
    chat.say("威海参保，去北京看病要不要备案")
    share = chat.press("自己先付多少")
    assert chat.own().last.inner_text() == "自己先付多少"
    assert "10%" in share
    assert "APP" in chat.press("要不要备案") and "10%" not in chat.choices()


def test_a_missing_fact_is_asked_for_and_its_button_answers_it(chat: ChatPage, shot: Shot) -> None:
    assert "参保" in chat.say("去外地看病要不要备案")
    shot(chat, "ask_region")
    overview = chat.press("威海")
    assert "哪里" in overview, "what is still missing is asked for"
    assert {"外省", "还不知道"} <= set(chat.choices())
    shot(chat, "ask_place")
    assert "要备案" in chat.press("外省")


def test_buttons_of_earlier_answers_stay_readable_but_cannot_be_pressed(chat: ChatPage) -> None:
    chat.say("威海参保，去北京看病要不要备案")
    earlier = chat.page.get_by_test_id("quick-reply").first
    chat.say("你好")
    expect(earlier).to_be_visible()
    expect(earlier).to_be_disabled()

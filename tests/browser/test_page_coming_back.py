"""Leaving and coming back: reload, start anew, pause, cancel, a server that goes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from people import (
    ID_NUMBER,
    NAME,
    PHONE,
    begin_filing,
    fill_where,
    fill_who,
    in_days,
    someone_else,
    up_to_the_residence_proof,
)
from photos import photo
from playwright.sync_api import expect
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]


def test_after_a_reload_the_conversation_is_there_with_private_values_masked(chat: ChatPage, shot: Shot) -> None:
    begin_filing(chat)
    fill_who(chat)
    own = chat.own().all_inner_texts()
    chat.reload()
    assert chat.own().all_inner_texts() == own
    assert {"欧***", "371***********1237", "138****5678"} <= set(own)
    for private in (NAME, ID_NUMBER, PHONE):
        assert private not in chat.page.content()
    expect(chat.page.get_by_test_id("ask-reason")).to_be_visible()
    shot(chat, "after_reload")


def test_after_a_reload_papers_are_still_there_and_the_filing_goes_on_to_the_receipt(chat: ChatPage, shot: Shot) -> None:
    up_to_the_residence_proof(chat, someone_else())
    chat.reload()
    assert "共1份" in chat.upload(photo())
    chat.press("再传一份")
    chat.reload()
    expect(chat.page.get_by_test_id("paper-uploaded").locator("li")).to_have_count(1)
    shot(chat, "reload_paper")
    chat.press("传好了，下一步")
    chat.reload()
    expect(chat.page.get_by_test_id("review-value-paper:residence_proof").last).to_have_text("已上传1份")
    chat.press("都对")
    chat.press("提交")
    number = chat.filing_no()
    chat.reload()
    assert chat.filing_no() == number
    shot(chat, "reload_receipt")


def test_after_a_reload_the_letter_is_still_to_be_agreed_to_and_then_signed(chat: ChatPage) -> None:
    begin_filing(chat)
    fill_who(chat, someone_else())
    fill_where(chat, in_days(9).isoformat())
    chat.press("都对")
    letter = chat.page.get_by_test_id("letter-text")
    text = letter.inner_text()
    chat.reload()
    assert letter.inner_text() == text
    chat.press("我已读完并同意")
    chat.reload()
    chat.draw_signature()
    assert "提交不等于办好" in chat.submit()


def test_starting_anew_clears_the_page_and_the_unfinished_filing_for_good(chat: ChatPage, shot: Shot) -> None:
    begin_filing(chat)
    chat.fill("name", NAME)
    chat.page.get_by_test_id("restart").click()
    shot(chat, "restart_dialog")
    chat.page.get_by_test_id("restart-cancel").click()
    expect(chat.own().last).to_have_text("欧***")
    chat.restart()
    expect(chat.page.get_by_test_id("starter").first).to_be_visible()
    chat.reload()
    expect(chat.own()).to_have_count(0)
    assert "没有" in chat.say("继续办")


def test_a_filing_can_be_paused_gone_on_with_and_cancelled(chat: ChatPage, shot: Shot) -> None:
    begin_filing(chat)
    chat.fill("name", NAME)
    assert "存着" in chat.say("稍后继续")
    expect(chat.page.get_by_test_id("ask-id_number")).to_have_count(0)
    shot(chat, "paused")
    assert "接着上次的填" in chat.press("继续办")
    expect(chat.page.get_by_test_id("ask-id_number")).to_be_visible()

    assert "确定取消吗" in chat.say("取消")
    shot(chat, "cancel")
    chat.press("接着填")
    expect(chat.page.get_by_test_id("ask-id_number")).to_be_visible()
    chat.say("取消")
    assert "都删掉了" in chat.press("确定取消")
    assert "没有填到一半" in chat.say("继续办")


def test_while_the_server_is_away_nothing_is_lost_and_a_message_arrives_once(
    chat: ChatPage, server: ServerProcess, shot: Shot
) -> None:
    begin_filing(chat)
    chat.fill("name", NAME)
    own = chat.own().all_inner_texts()

    server.stop()
    expect(chat.page.get_by_test_id("offline-banner")).to_be_visible()
    chat.page.get_by_test_id("chat-input").fill("备案管多久？")
    chat.page.get_by_test_id("chat-send").click()
    shot(chat, "offline")
    expect(chat.page.get_by_text("等连上再发")).to_be_visible(timeout=20_000)
    shot(chat, "offline_waiting")
    server.start()

    # It comes back by itself, perhaps while the model is still being loaded; at the latest now, as on a phone.
    chat.page.evaluate("dispatchEvent(new Event('online'))")
    chat.wait_until_connected()
    expect(chat.own().last).to_have_attribute("data-delivery", "sent", timeout=30_000)
    expect(chat.page.get_by_test_id("ask-id_number")).to_be_visible()
    chat.reload()
    assert chat.own().all_inner_texts() == [*own, "备案管多久？"]
    assert chat.text().count("长期有效") == 1
    assert "电话" in chat.fill("id_number", ID_NUMBER)

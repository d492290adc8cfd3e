"""Taking a filing back and ending one on the page: asked once, refused with the day, applied for with a paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from desk import Desk
from people import NAME, begin_filing, fill_where, fill_who, in_days, in_words, someone_else, up_to_the_residence_proof
from photos import photo
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]


def test_a_filing_that_waits_is_taken_back_after_one_yes(chat: ChatPage, shot: Shot) -> None:
    _file_by_commitment(chat)
    chat.press("我的备案")
    expect(_actions(chat)).to_have_text(["撤回"])
    assert "确定撤回吗" in chat.press("撤回")
    shot(chat, "withdraw_asked")
    assert "什么都没有动" in chat.press("先不撤回")
    chat.say("我的备案")
    assert chat.status(chat.filing()) == "submitted"
    chat.press("撤回")
    chat.press("确定撤回")
    assert chat.status(chat.filing()) == "withdrawn"
    expect(chat.filing().get_by_test_id("filing-timeline")).to_contain_text("已撤回")
    expect(_actions(chat)).to_have_count(0)
    shot(chat, "withdrawn")


def test_an_end_that_is_too_early_tells_from_which_day_and_which_paper_allows_it_now(
    chat: ChatPage, desk: Desk, shot: Shot
) -> None:
    number = _file_by_commitment(chat)
    desk.confirm(number)
    chat.press("我的备案")
    words = chat.filing().get_by_test_id("filing-may_change").inner_text()
    found = re.fullmatch(r"(\d+年\d+月\d+日)起可以变更", words)
    assert found and found[1] in {in_words(in_days(days)) for days in range(180, 187)}, words
    refused = chat.press("注销")
    assert f"{found[1]}起才能直接注销" in refused and "居住证" in refused and "二（四）" in refused
    shot(chat, "end_refused")

    assert "请传备案地的证明" in chat.press("交材料申请")
    chat.upload(photo())
    chat.press("都对")
    assert "同意以后才算注销" in chat.press("提交")
    receipt = chat.page.get_by_test_id("receipt").last
    expect(receipt.get_by_test_id("receipt-notes")).to_have_count(0)
    assert chat.status(receipt) == "ending"
    expect(receipt).to_contain_text("注销申请已提交")
    shot(chat, "end_receipt")
    chat.press("我的备案")
    assert chat.status(chat.filing()) == "ending"
    shot(chat, "ending")


def test_where_the_document_is_silent_on_ending_whom_to_ask_is_told_and_it_can_be_applied_for(
    chat: ChatPage, desk: Desk, shot: Shot
) -> None:
    up_to_the_residence_proof(chat, someone_else())
    chat.upload(photo())
    chat.press("都对")
    chat.press("提交")
    desk.confirm(chat.filing_no())
    chat.press("我的备案")
    said = chat.press("注销")
    assert "文件没有写" in said and "0514-84601050" in said and "确定注销" in said
    shot(chat, "end_left_open")
    chat.press("确定注销")
    assert chat.status(chat.filing()) == "ending"


def _file_by_commitment(chat: ChatPage) -> str:
    """长期居住 from 威海 to 南京, handed in; its number."""
    begin_filing(chat)
    fill_who(chat, someone_else())
    fill_where(chat, in_days(3).isoformat())
    chat.press("都对")
    chat.press("我已读完并同意")
    chat.sign_by_typing(NAME)
    return chat.filing_no()


def _actions(chat: ChatPage) -> Locator:
    """What can be done with the newest filing shown."""
    return chat.filing().get_by_test_id("filing-actions").get_by_role("button")

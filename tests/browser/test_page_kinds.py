"""The kinds of filings on the page: in effect at once, not for everyone, after an emergency, for one's mother."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from desk import Desk
from people import (
    ADDRESS,
    AGENT,
    AGENT_ID_NUMBER,
    HOSPITAL,
    NAME,
    file_at_once,
    fill_who,
    in_days,
    in_words,
    someone_else,
)
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
YESTERDAY = in_days(-1)


def test_who_files_from_hangzhou_may_go_at_once(chat: ChatPage, shot: Shot) -> None:
    assert "已生效" in file_at_once(chat, someone_else())
    receipt = chat.page.get_by_test_id("receipt")
    assert chat.status(receipt) == "confirmed"
    shot(chat, "at_once_receipt")
    number = chat.filing_no()

    chat.press("我的备案")
    assert chat.status(chat.filing()) == "confirmed"
    for name, says in (("treatment_region", "北京市"), ("valid_to", "长期有效"), ("may_change", "起可以变更")):
        expect(chat.filing().get_by_test_id(f"filing-{name}")).to_contain_text(says)
    steps = chat.filing().get_by_test_id("filing-timeline").locator("strong")
    expect(steps).to_have_text(["已提交", "已生效"])  # nobody confirms it
    assert chat.filing().get_by_test_id("filing-actions").get_by_role("button").all_inner_texts() == ["变更", "注销"]
    shot(chat, "at_once_filing")

    link = chat.filing().get_by_test_id("document-link").get_attribute("href")
    assert link and number in link
    document = chat.page.request.get(chat.url + link)
    assert (document.status, document.headers["content-type"]) == (200, "application/pdf")
    assert document.body().startswith(b"%PDF")


def test_who_is_left_out_hears_why_before_any_field_is_asked(chat: ChatPage, shot: Shot) -> None:
    chat.say("我是杭州医保，我要办长期备案")
    chat.pick_region("北京市")
    chat.press("灵活就业")
    said = chat.press("不在")
    shot(chat, "left_out")
    assert "不能" in said and "户籍" in said and "依据：" in said
    expect(chat.asked()).to_have_count(0)
    assert "没有填到一半" in chat.say("继续办")


def test_an_emergency_is_registered_with_hospital_and_day(chat: ChatPage, shot: Shot) -> None:
    chat.say("我是乌鲁木齐医保，急诊住院了，给我办登记")
    assert "120" in chat.pick_region("北京市")
    chat.press("本人")
    assert "哪家医院" in fill_who(chat, someone_else())
    chat.fill("hospital", HOSPITAL)
    chat.pick_day("admitted_on", in_days(0).isoformat())
    days = chat.page.get_by_test_id("ask-day").locator("option")
    expect(days.last).to_have_text(f"{in_days(0).day}日")  # nobody is admitted tomorrow
    shot(chat, "emergency_day")
    chat.fill("admitted_on", YESTERDAY.isoformat())
    expect(chat.page.get_by_test_id("review-value-hospital")).to_have_text("北京***")
    expect(chat.page.get_by_test_id("review-value-admitted_on")).to_have_text(in_words(YESTERDAY))
    chat.press("都对")
    chat.press("提交")
    assert chat.status(chat.page.get_by_test_id("receipt")) == "submitted"
    shot(chat, "emergency_receipt")


def test_a_daughter_files_and_signs_for_her_mother_and_sees_it_confirmed(chat: ChatPage, desk: Desk, shot: Shot) -> None:
    _file_for_the_mother(chat, shot)
    number = chat.filing_no()
    chat.press("我的备案")
    assert chat.status(chat.filing()) == "submitted"
    expect(chat.filing().get_by_test_id("filing-may_change")).to_contain_text("确认")
    shot(chat, "family_filing")

    desk.confirm(number)
    chat.say("我的备案")
    assert chat.status(chat.filing()) == "confirmed"
    expect(chat.filing().get_by_test_id("filing-timeline")).to_contain_text("已确认")
    words = chat.filing().get_by_test_id("filing-may_change").inner_text()
    found = re.fullmatch(r"(\d+年\d+月\d+日)起可以变更", words)
    assert found and found[1] in {in_words(in_days(days)) for days in range(180, 187)}, words
    shot(chat, "family_confirmed")

    refused = chat.say("变更")
    shot(chat, "change_refused")
    assert f"现在还不能变更，从{found[1]}起可以" in refused and "二（三）" in refused
    expect(chat.asked()).to_have_count(0)


def _file_for_the_mother(chat: ChatPage, shot: Shot) -> None:
    chat.say("给我妈办长期异地备案，她是威海医保")
    chat.pick_region("山东省", "青岛市")
    assert "参保人叫什么" in chat.press("6个月以上"), "for whom it is was said"
    assert "代办人" in fill_who(chat, someone_else())
    chat.fill("agent_name", AGENT)
    chat.fill("agent_id_number", AGENT_ID_NUMBER)
    shot(chat, "family_relation")
    chat.press("子女")
    chat.press("投靠亲属")
    chat.fill("starts_on", in_days(9).isoformat())
    chat.fill("address", ADDRESS)
    for slot, says in (("filed_for", "家人"), ("agent_name", "代**"), ("agent_relation", "子女")):
        expect(chat.page.get_by_test_id(f"review-value-{slot}")).to_have_text(says)
    shot(chat, "family_review")
    chat.press("都对")
    assert "代办人（代**）签名" in chat.press("我已读完并同意")
    assert "一样" in chat.sign_by_typing(NAME), "the mother does not sign"
    assert "提交不等于办好" in chat.sign_by_typing(AGENT)

"""Whether a filing fits the screen, the finger and old eyes: each field, paper, letter, receipt, card, look-up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chat_page import ChatPage
from conftest import Visits
from desk import Desk
from faults import Faults
from people import ADDRESS, CITY, NAME, PROVINCE, in_days, someone_else, up_to_the_paper
from photos import photo, too_large
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]


def test_a_filing_by_commitment_fits_every_screen_from_the_first_question_to_the_receipt(
    visits: Visits, desk: Desk, shot: Shot
) -> None:
    chat = visits.open()
    faults = Faults(chat, shot)
    _up_to_the_review(chat, faults)
    chat.press("都对")
    faults.note("commitment_letter")
    chat.press("我已读完并同意")
    faults.note("commitment_signature")
    chat.draw_signature()
    chat.submit()
    faults.note("commitment_receipt")
    number = chat.filing_no()
    desk.send_back(number, "地址写到了市，没有写门牌号", "address")
    chat.press("我的备案")
    faults.note("commitment_returned")
    assert not faults.found, faults.found
    assert visits.complaints == []


def _up_to_the_review(chat: ChatPage, faults: Faults) -> None:
    who = someone_else()
    chat.say("我要办长期备案")
    faults.note("commitment_insured")
    chat.press("威海")
    faults.note("commitment_region")
    chat.pick_region(PROVINCE, CITY)
    faults.note("commitment_how_long")
    chat.press("6个月以上")
    faults.note("commitment_for_whom")
    chat.press("本人")
    faults.note("commitment_name")
    for slot, value in (("name", NAME), ("id_number", who.id_number), ("phone", who.phone)):
        chat.fill(slot, value)
    faults.note("commitment_reason")
    chat.press("投靠亲属")
    faults.note("commitment_day")
    chat.fill("starts_on", in_days(40).isoformat())
    faults.note("commitment_address")
    chat.fill("address", ADDRESS)
    faults.note("commitment_review")


def test_a_filing_with_papers_fits_every_screen_and_finger(visits: Visits, tmp_path: Path, shot: Shot) -> None:
    chat = visits.open()
    faults = Faults(chat, shot)
    up_to_the_paper(chat, someone_else())
    faults.note("paper")
    chat.choose_paper(too_large(tmp_path))
    expect(chat.page.get_by_test_id("paper-problem")).to_be_visible()
    faults.note("paper_refused")
    chat.upload(photo())
    faults.note("review")
    chat.press("再传一份")
    faults.note("second_paper")
    chat.press("传好了，下一步")
    chat.press("都对")
    faults.note("hand_in")
    chat.press("提交")
    faults.note("receipt")
    chat.press("我的备案")
    faults.note("filing")
    _look_up_and_erase(chat, faults)
    assert not faults.found, faults.found
    assert visits.complaints == []


def _look_up_and_erase(chat: ChatPage, faults: Faults) -> None:
    chat.say("凭备案号查")
    faults.note("look_up")
    chat.page.get_by_test_id("lookup-submit").click()
    expect(chat.page.get_by_test_id("lookup-problem-phone")).to_contain_text("还没有填")
    faults.note("look_up_problems")
    chat.say("删除我的信息")
    faults.note("erase")
    chat.button("确定删除").click()
    expect(chat.page.get_by_test_id("starter").first).to_be_visible(timeout=20_000)
    faults.note("erased")

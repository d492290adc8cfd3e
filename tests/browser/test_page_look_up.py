"""A filing of another device on the page: found by three things, locked after wrong ones, mended, and forgotten again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from conftest import Visits
from desk import Desk
from other_device import OtherDevice
from people import NAME, OTHER_PHONE, file_at_once, someone_else
from photos import photo
from playwright.sync_api import expect
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
MOST_WRONG = 5


def test_a_filing_is_found_with_the_keyboard_and_what_proves_the_owner_is_hidden(
    chat: ChatPage, server: ServerProcess, shot: Shot
) -> None:
    filed = OtherDevice(server).file_at_once()
    keyboard = chat.page.keyboard
    chat.say("凭备案号查")
    chat.tab_to(chat.page.get_by_test_id("lookup-filing_no"))
    keyboard.type(filed.number.replace("-", ""))
    expect(chat.page.get_by_test_id("lookup-filing_no")).to_have_value(filed.number)
    keyboard.press("Tab")
    keyboard.type(filed.owner.last_four)
    keyboard.press("Tab")
    keyboard.type(filed.owner.phone)
    shot(chat, "look_up_filled")
    chat.answered(lambda: keyboard.press("Enter"))
    expect(chat.filing()).to_have_attribute("data-filing", filed.number)
    own = chat.own().last.inner_text()
    assert own.startswith(f"{filed.number} ****") and filed.owner.phone not in own
    shot(chat, "look_up_found")
    chat.reload()
    assert filed.owner.phone not in chat.page.content() and NAME not in chat.page.content()


def test_wrong_tries_are_counted_and_after_five_it_is_locked(chat: ChatPage, server: ServerProcess, shot: Shot) -> None:
    filed = OtherDevice(server).file_at_once()
    chat.say("凭备案号查")
    _slips_are_told_before_anything_is_sent(chat, filed.number)
    for left in range(MOST_WRONG - 1, 0, -1):
        assert f"还能再试{left}次" in chat.look_up(filed.number, "0000", filed.owner.phone)
        expect(chat.page.get_by_test_id("lookup-filing_no")).to_have_value(filed.number)
        expect(chat.page.get_by_test_id("lookup-id_last_four")).to_be_focused()
    shot(chat, "look_up_wrong")
    assert "锁住" in chat.look_up(filed.number, "0000", filed.owner.phone)
    chat.say("凭备案号查")
    assert "锁住" in chat.look_up(*filed.proof), "the right ones come too late"
    expect(chat.page.get_by_test_id("filing")).to_have_count(0)
    shot(chat, "look_up_locked")


def _slips_are_told_before_anything_is_sent(chat: ChatPage, number: str) -> None:
    slip = number[:-1] + str((int(number[-1]) + 1) % 10)
    for field, value in (("filing_no", slip), ("id_last_four", "12"), ("phone", "138")):
        chat.page.get_by_test_id(f"lookup-{field}").fill(value)
    chat.page.get_by_test_id("lookup-submit").click()
    for field, says in (("filing_no", "对不上"), ("id_last_four", "最后4位"), ("phone", "现在是3位")):
        expect(chat.page.get_by_test_id(f"lookup-problem-{field}")).to_contain_text(says)
    expect(chat.page.get_by_test_id("lookup-filing_no")).to_be_focused()
    expect(chat.own()).to_have_count(1)


def test_a_filing_sent_back_tells_why_and_is_mended_here(
    chat: ChatPage, server: ServerProcess, desk: Desk, shot: Shot
) -> None:
    filed = OtherDevice(server).file_with_a_paper()
    desk.send_back(filed.number, "照片看不清，请重拍", "paper:referral_certificate", "phone")
    chat.say("凭备案号查")
    chat.look_up(*filed.proof)
    assert chat.status(chat.filing()) == "returned"
    reason = chat.filing().get_by_test_id("filing-return_reason")
    expect(reason).to_contain_text("照片看不清，请重拍")
    expect(reason).to_contain_text("联系电话")
    shot(chat, "returned")

    assert "照片看不清" in chat.press("改好重交")
    assert "请传转外就医证明" in chat.fill("phone", OTHER_PHONE)
    chat.upload(photo())
    expect(chat.page.get_by_test_id("review-value-phone")).to_have_text("139****5678")
    chat.press("都对")
    chat.press("提交")
    number = chat.filing_no()
    assert number != filed.number
    chat.press("我的备案")
    mended = chat.page.locator(f'[data-filing="{number}"]')
    expect(mended.get_by_test_id("filing-predecessor")).to_have_text(filed.number)
    expect(chat.page.get_by_test_id("filing-earlier").locator("summary")).to_contain_text("已由改好的一份代替")
    shot(chat, "mended")


def test_after_everything_is_deleted_the_page_is_empty_and_the_filing_is_still_found(
    chat: ChatPage, visits: Visits, shot: Shot
) -> None:
    owner = someone_else()
    file_at_once(chat, owner)
    number = chat.filing_no()
    said = chat.say("删除我的信息")
    assert number in said and "经办机构办事的记录" in said and "10年" in said, "what stays is named before, why, how long"
    shot(chat, "erase")
    chat.button("确定删除").click()
    expect(chat.page.get_by_test_id("erased-note")).to_contain_text(number)
    expect(chat.page.get_by_test_id("starter").first).to_be_visible()
    expect(chat.own()).to_have_count(0)
    shot(chat, "erased")

    chat.reload()
    expect(chat.page.get_by_test_id("starter").first).to_be_visible()
    assert number not in chat.page.content()
    assert "没有办过" in chat.say("我的备案")
    elsewhere = visits.open()
    elsewhere.say("凭备案号查")
    elsewhere.look_up(number, owner.last_four, owner.phone)
    expect(elsewhere.filing()).to_have_attribute("data-filing", number)

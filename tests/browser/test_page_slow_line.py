"""Over a slow and far line: nothing is lost, nothing comes twice, and what is wanted first is there first."""

from __future__ import annotations

from typing import Any

import pytest
from chat_page import ChatPage
from desk import OFFICER_ID, PASSWORD, Desk
from desk_page import DESK_WIDTH, DeskPage
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}  # a village's 3G
PATIENCE = 60_000
BILL = "杭州职工医保，在职，没备案去上海三级医院住院，花了两万五，自己要付多少"


def slow_page(context: BrowserContext) -> Page:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    return page


@pytest.fixture
def slow_chat(visits: Any, server: Any) -> ChatPage:
    page = slow_page(visits.person())
    page.goto(server.url, wait_until="commit")
    chat = ChatPage(page, server.url)
    page.get_by_test_id("chat-input").wait_for()
    chat.wait_until_connected()
    return chat


def test_a_question_is_shown_at_once_and_answered_once(slow_chat: ChatPage) -> None:
    page = slow_chat.page
    page.get_by_test_id("chat-input").fill("我是威海参保的，去烟台看病要备案吗")
    page.get_by_test_id("chat-send").click()
    expect(slow_chat.own()).to_have_count(1, timeout=1_000)
    page.get_by_test_id("chat-input").fill("那去北京呢")  # one needn't wait for the answer
    page.get_by_test_id("chat-send").click()
    expect(page.get_by_test_id("msg-bot").filter(has_text="跨省")).to_have_count(1, timeout=PATIENCE)
    expect(slow_chat.own()).to_have_text(["我是威海参保的，去烟台看病要备案吗", "那去北京呢"])
    for own in slow_chat.own().all():
        expect(own).to_have_attribute("data-delivery", "sent")
    expect(page.get_by_test_id("offline-banner")).to_have_count(0)


def test_the_sums_of_a_bill_are_read_before_the_chart_is_there(slow_chat: ChatPage) -> None:
    page = slow_chat.page
    page.get_by_test_id("chat-input").fill(BILL)
    page.get_by_test_id("chat-send").click()
    expect(slow_chat.cost()).to_contain_text("9,256", timeout=PATIENCE)
    assert slow_chat.cost().locator("svg").count() == 0
    expect(slow_chat.cost().locator("svg").first).to_be_visible(timeout=PATIENCE)


def test_at_the_desk_only_the_last_thing_typed_is_answered(visits: Any, desk: Desk, server: Any) -> None:
    page = slow_page(visits.person(DESK_WIDTH))
    page.goto(f"{server.url}/desk", wait_until="commit")
    DeskPage(page, server.url).try_to_sign_in(OFFICER_ID, PASSWORD)
    page.get_by_test_id("desk-line").wait_for()
    for part in ("威海", " 转诊", " 自付"):
        page.keyboard.type(part)
        page.wait_for_timeout(300)  # each part is asked for, and the next typed before it is answered
    expect(page.get_by_test_id("desk-answers")).to_have_attribute("aria-busy", "false", timeout=PATIENCE)
    expect(page.get_by_test_id("desk-card")).to_have_count(1)
    expect(page.get_by_test_id("desk-conclusion")).to_contain_text("10%")
    expect(page.get_by_test_id("desk-fact-situation")).to_contain_text("转诊")

"""WCAG 2.2 AA by axe in every state of the page; filings' states are looked at in test_page_filing_layout.py."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_check import assert_no_violations
from chat_page import ChatPage
from playwright.sync_api import WebSocketRoute, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
BILL = "项目,金额,类别\nCT平扫,300,乙类\n护理费,三百左右,甲类\n床位费,500,甲类\n".encode()
COST = "杭州职工医保，在职，没备案去上海三级医院住院，花了两万五，自己要付多少"


@pytest.mark.parametrize("width", [320, 640, 1280])  # 1280 px at 400 %, at 200 %, and as it is
def test_talking_has_no_violation_and_nothing_sticks_out(visits: Any, width: int) -> None:
    chat = visits.open(width=width)
    states = {"empty": lambda: None, "answer": lambda: chat.say("威海参保，去北京住院要备案吗"), "unfolded": lambda: unfold(chat),
              "comparison": lambda: chat.say("威海和杭州哪个先付得多"), "cost": lambda: chat.say(COST),
              "a term": lambda: chat.page.get_by_role("button", name="起付线").last.click()}
    for state, reach in states.items():
        reach()
        assert_no_violations(chat.page, f"{state} at {width}")
        assert chat.overflow_px() <= 0, state
    assert visits.complaints == []


def unfold(chat: ChatPage) -> None:
    for summary in chat.page.locator("summary:visible").all():
        summary.click()


def test_dialogs_problems_and_a_lost_line_have_no_violation(chat: ChatPage) -> None:
    page = chat.page
    page.get_by_test_id("restart").click()
    assert_no_violations(page, "restart dialog")
    page.get_by_test_id("restart-cancel").click()
    chat.choose_bill("账单.csv", BILL)
    assert_no_violations(page, "bill sheet")
    page.get_by_test_id("bill-cancel").click()
    chat.choose_bill("账单.csv", b"\x00\x01")
    assert_no_violations(page, "bill that can't be read")
    page.get_by_test_id("bill-cancel").click()
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(page.get_by_test_id("offline-banner")).to_be_visible()
    page.get_by_test_id("chat-input").fill("备案管多久")
    page.get_by_test_id("chat-send").click()
    assert_no_violations(page, "offline, a message pending")
    expect(page.get_by_test_id("msg-failed")).to_be_visible(timeout=20_000)
    assert_no_violations(page, "offline, a message failed")
    page.get_by_test_id("restart").click()
    page.get_by_test_id("restart-confirm").click()
    expect(page.get_by_test_id("problem")).to_be_visible()
    assert_no_violations(page, "a problem")


def test_while_the_assistant_types_there_is_no_violation_and_its_answer_is_announced(visits: Any) -> None:
    person = visits.person()
    held: list[str] = []
    lines: list[WebSocketRoute] = []

    def hold_answers(line: WebSocketRoute) -> None:
        def pass_on(frame: str | bytes) -> None:
            if json.loads(frame)["type"] == "entries":
                held.append(str(frame))
            else:
                line.send(frame)

        lines.append(line)
        line.connect_to_server().on_message(pass_on)

    person.route_web_socket("**/chat/ws", hold_answers)
    chat: ChatPage = visits.open(person)
    chat.page.get_by_test_id("chat-input").fill("威海参保，备案管多久")
    chat.page.get_by_test_id("chat-send").click()
    expect(chat.page.get_by_test_id("typing")).to_be_visible()
    assert_no_violations(chat.page, "typing")
    while not held:
        chat.page.wait_for_timeout(100)
    lines[-1].send(held[0])
    live = chat.page.get_by_role("log")
    expect(live.get_by_test_id("msg-bot").first).to_be_visible()
    expect(live).to_have_attribute("aria-live", "polite")

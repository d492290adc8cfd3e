"""The three pictures of the documentation: `make pictures` takes them anew. No part of the tests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chat_page import ChatPage
from people import begin_filing, fill_where, fill_who
from playwright.sync_api import ViewportSize, expect
from server_process import PROJECT_DIR

FOLDER = PROJECT_DIR / "docs" / "images"
LARGEST_BYTES = 200_000
TALL: ViewportSize = {"width": 390, "height": 1170}
pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_picture_of_an_answered_question_with_its_follow_up(chat: ChatPage) -> None:
    chat.say("我是威海参保的，去烟台看病要备案吗")
    chat.say("那去北京呢")
    chat.page.set_viewport_size(TALL)  # both questions in one picture
    chat.page.locator("#log").evaluate("log => log.scrollTo(0, log.scrollHeight)")
    _save(chat, "chat")


def test_picture_of_a_filing_under_review(chat: ChatPage) -> None:
    begin_filing(chat)
    fill_who(chat)
    fill_where(chat, (date.today() + timedelta(days=9)).isoformat())
    _save(chat, "filing")


def test_picture_of_a_bill_reckoned(chat: ChatPage) -> None:
    chat.say("杭州职工医保，在职，没备案去上海三级医院住院，花了两万五，自己要付多少")
    expect(chat.cost().locator("svg")).to_be_visible()
    chat.page.set_viewport_size({"width": 390, "height": 1500})
    chat.own().last.evaluate("bubble => bubble.scrollIntoView({block: 'start'})")
    _save(chat, "cost")


def _save(chat: ChatPage, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    chat.page.evaluate("document.activeElement.blur()")
    chat.page.screenshot(path=FOLDER / f"{name}.png")
    assert (FOLDER / f"{name}.png").stat().st_size < LARGEST_BYTES

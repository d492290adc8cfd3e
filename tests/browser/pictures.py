"""The pictures of docs/pictures.md: `make pictures` takes them anew. No part of the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from desk_page import DeskPage
from desk_stock import file
from people import begin_filing, fill_where, fill_who, in_days, someone_else
from playwright.sync_api import Page, ViewportSize, expect
from server_process import PROJECT_DIR, ServerProcess

FOLDER = PROJECT_DIR / "docs" / "images"
LARGEST_BYTES = 300_000
TALL: ViewportSize = {"width": 390, "height": 1170}
BILL = "杭州职工医保，在职，没备案去上海三级医院住院，花了两万五，自己要付多少"
pytestmark = [pytest.mark.browser, pytest.mark.model]


# --- the page people chat on ---


def test_picture_of_the_opening(chat: ChatPage) -> None:
    expect(chat.page.get_by_test_id("welcome")).to_be_visible()
    _save(chat.page, "opening")


def test_picture_of_an_answered_question_with_its_follow_up(chat: ChatPage) -> None:
    chat.say("我是威海参保的，去烟台看病要备案吗")
    chat.say("那去北京呢")
    chat.page.set_viewport_size(TALL)  # both questions in one picture
    _to_the_end(chat)
    _save(chat.page, "chat")


def test_picture_of_two_places_side_by_side(chat: ChatPage) -> None:
    chat.say("杭州和威海哪个先付得多")
    _save(chat.page, "comparison")


def test_picture_of_large_print(chat: ChatPage) -> None:
    chat.page.get_by_test_id("elder-mode").click()
    chat.say("我是威海参保的，去北京看病要备案吗")
    _save(chat.page, "elder")


def test_picture_of_a_bill_reckoned(chat: ChatPage) -> None:
    chat.say(BILL)
    expect(chat.cost().locator("svg")).to_be_visible()
    chat.page.set_viewport_size({"width": 390, "height": 1500})
    chat.own().last.evaluate("bubble => bubble.scrollIntoView({block: 'start'})")
    _save(chat.page, "cost")


def test_pictures_of_a_filing_from_its_fields_to_the_receipt(chat: ChatPage) -> None:
    begin_filing(chat)
    expect(chat.page.get_by_test_id("ask-name")).to_be_visible()
    _save(chat.page, "filing_field")
    fill_who(chat, someone_else())
    fill_where(chat, in_days(9).isoformat())
    _save(chat.page, "filing")
    chat.press("都对")
    _save(chat.page, "letter")
    chat.press("我已读完并同意")
    chat.draw_signature()
    chat.submit()
    chat.page.set_viewport_size(TALL)
    _to_the_end(chat)
    _save(chat.page, "receipt")


def test_picture_of_a_lost_line(chat: ChatPage) -> None:
    chat.say("我是威海参保的，去烟台看病要备案吗")
    chat.page.context.set_offline(True)
    chat.page.get_by_test_id("chat-input").fill("那去北京呢")
    chat.page.get_by_test_id("chat-send").click()
    _save(chat.page, "offline")
    chat.page.context.set_offline(False)


# --- the agents' desk ---


@pytest.mark.parametrize(("name", "at", "shows"), [
    ("desk_answers", "answers?q=威海 跨省 转诊 自付", "desk-card"),
    ("desk_open", "answers?q=威海 自付", "desk-open"),
    ("desk_compare", "answers/compare?topic=share_borne&regions=371000,330100,321084,650100", "desk-card"),
    ("desk_provisions", "answers/provisions?q=居住证", "desk-provision"),
])
def test_picture_of_the_policy_pages(desk_page: DeskPage, name: str, at: str, shows: str) -> None:
    desk_page.go(at)
    expect(desk_page.page.get_by_test_id(shows).first).to_be_visible()
    _save(desk_page.page, name)


def test_picture_of_the_cost_page(desk_page: DeskPage) -> None:
    page = desk_page.page
    desk_page.go("cost")
    for name, value in {"insured_region": "杭州", "treatment_region": "上海", "total_amount": "25,000"}.items():
        page.get_by_test_id(f"cost-field-{name}").fill(value)
        page.keyboard.press("Tab")
    for name, value in {
        "situation": "self_arranged", "has_valid_filing": "false", "scheme": "employee", "employment": "working",
        "hospital_level": "tertiary",
    }.items():
        page.get_by_test_id(f"cost-field-{name}").select_option(value)
    for name in ("non_covered_amount", "class_b_upfront_amount"):
        page.get_by_test_id(f"cost-field-{name}").fill("0")
        page.keyboard.press("Tab")
    expect(page.get_by_test_id("cost-headline")).to_contain_text("9,256元")
    expect(page.get_by_test_id("cost-result").locator("svg").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 1100})
    page.evaluate("scrollTo(0, 0)")
    _save(page, "desk_cost")


def test_pictures_of_the_queue_and_a_filing(desk_page: DeskPage, server: ServerProcess) -> None:
    for _ in range(3):
        file(server.data_dir)
    desk_page.go("queue")
    expect(desk_page.page.get_by_test_id("filing-line").nth(2)).to_be_visible()
    desk_page.page.get_by_test_id("filing-line").first.focus()
    desk_page.page.keyboard.press("Enter")
    expect(desk_page.page.locator("#filing-title")).to_be_visible()
    _save(desk_page.page, "desk_queue")


def test_pictures_of_a_conversation_that_is_read_along_and_of_the_figures(
    desk_page: DeskPage, visits: Any, told: Callable[[ChatPage], str]
) -> None:
    page = desk_page.page
    desk_page.go("conversations")
    page.get_by_test_id("listen-code").fill(told(visits.open()))
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("said-user").first).to_be_visible()
    _save(page, "desk_conversation")
    desk_page.go("figures")
    expect(page.get_by_test_id("figures-heads")).to_be_visible()
    expect(page.locator("main svg").first).to_be_visible()
    _save(page, "desk_figures")


@pytest.fixture
def told() -> Callable[[ChatPage], str]:
    """What a caller says, and the code the agent is then told."""
    def tell(chat: ChatPage) -> str:
        for line in ("我在威海参保，在烟台毓璜顶医院住院，起付线多少", "要不要备案", "今天股票怎么样", "杭州转诊要什么材料"):
            chat.say(line)
        chat.page.get_by_test_id("consent").click()
        chat.page.get_by_test_id("consent-give").click()
        return chat.page.get_by_test_id("consent-code").inner_text()
    return tell


def _to_the_end(chat: ChatPage) -> None:
    chat.page.locator("#log").evaluate("log => log.scrollTo(0, log.scrollHeight)")


def _save(page: Page, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(700)  # what moves has come to rest
    page.screenshot(path=FOLDER / f"{name}.png")
    assert (FOLDER / f"{name}.png").stat().st_size < LARGEST_BYTES

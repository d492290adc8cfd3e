"""The desk's policy pages by keyboard: a line in, an answer out; provisions, comparison, changes, telephones."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_check import assert_no_violations
from desk import OFFICER_ID, PASSWORD, Desk
from desk_page import DeskPage
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
WIDTHS = (375, 1280)
TABS = {
    "answers?q=威海 自付": "desk-open", "answers?q=威海 鼓楼区 备案": "desk-open", "answers?q=杭州和威海哪个先付得多": "desk-card",
    "answers?q=济南 备案": "desk-card", "answers/provisions?q=居住证": "desk-provision",
    "answers/compare?topic=share_borne&regions=371000,330100,321084,650100": "desk-card",
    "answers/changes?from=2021-01-01&to=2023-12-31": "desk-changes", "answers/contacts": "desk-contacts-000000",
}


@pytest.fixture
def page(desk_page: DeskPage) -> Page:
    """The answers tab, at the beginning."""
    desk_page.go("answers")
    expect(desk_page.page.get_by_test_id("desk-line")).to_be_focused()
    return desk_page.page


def conclusion(page: Page) -> Any:
    return page.get_by_test_id("desk-conclusion").first


def address(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash).replaceAll('+', ' ')"))


def test_a_line_is_answered_while_it_is_typed_and_enter_goes_to_the_answer(page: Page):
    page.keyboard.type("威海 跨省 转诊 自付")
    expect(conclusion(page)).to_contain_text("10%")
    expect(page.get_by_test_id("desk-card")).to_contain_text("2021年12月10日")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("desk-answers")).to_be_focused()
    assert address(page) == "#/answers?q=威海 跨省 转诊 自付"


def test_the_whole_way_without_a_mouse(page: Page, desk_page: DeskPage):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.type("wh zf")
    expect(page.get_by_test_id("desk-choice-2")).to_be_visible()
    expect(page.get_by_test_id("desk-answers")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-status", "decided")
    expect(page.get_by_test_id("desk-answers")).to_be_focused()
    page.keyboard.press("c")
    expect(page.get_by_text("已复制，带出处。")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("【威海】自己先付多少") and "一（二）" in copied
    page.keyboard.press("r")
    expect(page.get_by_test_id("desk-script")).to_contain_text("政策内费用自己先付10%")
    assert_no_violations(page, "the script that is read aloud")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("desk-script")).to_have_count(0)
    expect(page.get_by_test_id("desk-card")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_test_id("desk-line")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("desk-line")).to_have_value("")
    expect(page.get_by_test_id("desk-card")).to_have_count(0)
    assert address(page) == "#/answers"


def test_arrows_and_enter_take_another_topic_and_then_a_line_asked_before(page: Page):
    page.keyboard.type("威海 备案")
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-topic", "filing_needed")
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    second = page.get_by_test_id("desk-other").first
    expect(second).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("desk-card")).not_to_have_attribute("data-topic", "filing_needed")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("desk-other")).to_have_text(["威海 备案"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("desk-line")).to_have_value("威海 备案")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_chip_takes_a_fact_away_and_the_address_brings_the_same_page_back(page: Page):
    page.keyboard.type("威海 转诊 自付")
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-status", "decided")
    page.get_by_test_id("desk-fact-situation").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-status", "needs")
    page.reload()
    expect(page.get_by_test_id("desk-line")).to_have_value("威海 转诊 自付")
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-status", "needs")


def test_what_was_chosen_for_one_caller_is_not_counted_for_the_next(page: Page):
    page.keyboard.type("威海 自付")
    page.get_by_test_id("desk-choice-2").click()
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-status", "decided")
    page.get_by_test_id("desk-line").press("End")
    page.keyboard.type(" 跨省")
    expect(page.get_by_test_id("desk-fact-situation")).to_be_visible()
    page.get_by_test_id("desk-line").select_text()
    page.keyboard.type("杭州 自付")
    expect(page.get_by_test_id("desk-fact-insured_region")).to_contain_text("杭州")
    expect(page.get_by_test_id("desk-fact-situation")).to_have_count(0)
    assert address(page) == "#/answers?q=杭州 自付"


def test_a_chosen_place_that_the_line_speaks_against_is_named_and_not_counted(desk_page: DeskPage):
    desk_page.go("answers?q=杭州 转诊 自付&facts=insured_region:371000")
    page = desk_page.page
    expect(page.get_by_test_id("desk-ignored")).to_contain_text("威海")
    expect(page.get_by_test_id("desk-fact-insured_region")).to_contain_text("杭州")


def test_a_link_with_somebodys_number_loses_it_and_signing_out_leaves_nothing(desk_page: DeskPage):
    desk_page.go("answers?q=13812345678 威海 备案")
    page = desk_page.page
    expect(page.get_by_text("已经去掉")).to_be_visible()
    assert address(page) == "#/answers?q=威海 备案"
    page.get_by_test_id("desk-line").press("Enter")
    page.get_by_test_id("desk-sign-out").click()
    expect(page.get_by_test_id("desk-sign-in")).to_be_visible()
    assert "威海" not in address(page)
    desk_page.sign_in(OFFICER_ID, PASSWORD)
    expect(page.get_by_test_id("desk-line")).to_have_value("")
    expect(page.get_by_test_id("desk-other")).to_have_count(0)


def test_the_day_decides_which_rules_hold(page: Page):
    page.keyboard.type("威海 转诊 自付")
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-status", "decided")
    page.get_by_test_id("desk-day").fill("2021-12-31")
    expect(page.get_by_test_id("desk-card")).to_have_attribute("data-status", "not_in_force")
    expect(conclusion(page)).to_contain_text("2021年12月31日")


def test_private_numbers_are_neither_sent_nor_kept(page: Page):
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.keyboard.insert_text("371002199001011237 13812345678 威海 备案")
    expect(page.get_by_test_id("desk-card")).to_be_visible()
    expect(page.get_by_text("已经去掉")).to_be_visible()
    expect(page.get_by_test_id("desk-line")).to_have_value("威海 备案")
    assert not [url for url in sent if re.search(r"37100219|13812345", url)]
    assert "3710" not in address(page)


def test_a_name_of_several_places_is_chosen_by_its_number(page: Page):
    page.keyboard.type("威海 鼓楼区 备案")
    expect(page.get_by_test_id("desk-choice-1")).to_contain_text("南京市鼓楼区")
    expect(page.get_by_test_id("desk-answers")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    expect(page.get_by_test_id("desk-fact-treatment_region")).to_contain_text("南京")


def test_what_is_not_understood_says_so_and_what_was_not_used_is_named(page: Page):
    page.keyboard.type("啊啊啊")
    expect(page.get_by_text("没看出要问的是什么")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("威海 qwq 自付")
    expect(page.get_by_test_id("desk-unread")).to_contain_text("qwq")


def test_a_lost_line_is_told_and_tried_again(page: Page):
    page.route("**/desk/answers*", lambda route: route.abort())
    page.keyboard.type("威海 自付")
    expect(page.get_by_role("alert")).to_contain_text("连不上服务器")
    page.unroute("**/desk/answers*")
    page.get_by_role("button", name="再试一次").press("Enter")
    expect(conclusion(page)).to_contain_text("10%")


def test_provisions_are_found_with_their_words_marked_and_lead_to_the_answer(desk_page: DeskPage):
    page = desk_page.page
    desk_page.go("answers/provisions")
    expect(page.get_by_test_id("desk-provision-line")).to_be_focused()
    page.keyboard.type("居住证")
    expect(page.get_by_test_id("desk-provision").first.locator("mark").first).to_contain_text("居住证")
    page.get_by_test_id("desk-provision").first.get_by_role("link").press("Enter")
    expect(page.get_by_test_id("desk-card")).to_be_visible()


def test_no_more_than_four_regions_are_compared(desk_page: DeskPage):
    page = desk_page.page
    desk_page.go("answers/compare?topic=share_borne&regions=371000,330100,321084,650100")
    expect(page.get_by_test_id("desk-card")).to_have_count(4)
    page.get_by_test_id("desk-compare-000000").click()
    expect(page.get_by_text("最多四个，请先去掉一个。")).to_be_visible()
    page.get_by_test_id("desk-compare-650100").press("Space")
    expect(page.get_by_test_id("desk-card")).to_have_count(3)


def test_where_the_document_prints_no_number_it_says_so(desk_page: DeskPage):
    desk_page.go("answers/contacts")
    expect(desk_page.page.get_by_test_id("desk-contacts-371000")).to_contain_text("文件没有印电话")
    expect(desk_page.page.get_by_test_id("desk-contacts-321084")).to_contain_text("附：联系电话")


def test_days_the_wrong_way_round_are_told_before_anything_is_asked(desk_page: DeskPage):
    desk_page.go("answers/changes?from=2022-02-02&to=2022-01-01")
    expect(desk_page.page.get_by_role("alert")).to_contain_text("不能早于")


@pytest.mark.parametrize("width", WIDTHS)
def test_on_every_tab_nothing_sticks_out_and_axe_finds_nothing(visits: Any, desk: Desk, width: int):
    opened = visits.desk(width).sign_in(OFFICER_ID, PASSWORD)
    for at, shown in {"answers": "desk-line", **TABS}.items():
        opened.go(at)
        expect(opened.page.get_by_test_id(shown).first).to_be_visible()
        assert_no_violations(opened.page, f"{at} at {width}")
        assert opened.overflow_px() <= 0, at

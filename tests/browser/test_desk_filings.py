"""Filings looked up at the desk: one box, masked, in clear with a reason for a minute."""

from __future__ import annotations

from typing import Any

import pytest
from axe_check import assert_no_violations
from desk import Desk
from desk_page import DeskPage
from desk_stock import PASSWORD, add_account, file
from playwright.sync_api import Page, expect
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]
GAOYOU = "321084"


@pytest.fixture(params=[1280, 375])
def agent(request: pytest.FixtureRequest, visits: Any, desk: Desk, server: ServerProcess) -> DeskPage:
    """An agent on the page where filings are looked up."""
    page = visits.desk(request.param).sign_in(add_account(server.data_dir, "agent-1", "agent", "李接线"), PASSWORD)
    page.go("filings")
    return page


def search(page: Page, typed: str) -> None:
    """By keyboard, from anywhere on the page."""
    expect(page.get_by_test_id("filing-search")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.insert_text(typed)
    page.keyboard.press("Enter")


def test_a_filing_is_found_by_number_id_and_phone_and_what_was_typed_is_masked(agent: DeskPage, server: ServerProcess):
    number, whose = file(server.data_dir)
    page = agent.page
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for typed in (number, whose["id_number"], whose["phone"]):
        search(page, typed)
        expect(page.get_by_test_id("filing")).to_contain_text(number)
        shown = page.get_by_test_id("filing-search").input_value()
        assert shown == number if typed == number else "****" in shown and typed not in page.content()
    told = " ".join([*requests, page.url, str(page.evaluate("JSON.stringify([localStorage, sessionStorage])"))])
    assert not [value for value in whose.values() if value in told]
    assert "filings" in page.url and number not in page.url


def test_what_is_no_number_at_all_is_told_and_nothing_is_asked(agent: DeskPage):
    search(agent.page, "12345")
    expect(agent.page.get_by_test_id("filing-search-problem")).to_contain_text("看不出是什么")
    search(agent.page, "13999999999")
    expect(agent.page.get_by_test_id("filing-none")).to_contain_text("没有查到")
    assert_no_violations(agent.page, "nothing found")


def test_it_is_shown_in_clear_with_a_reason_and_masked_again_after_a_minute(agent: DeskPage, server: ServerProcess):
    number, whose = file(server.data_dir)
    page = agent.page
    page.clock.install()
    search(page, number)
    expect(page.get_by_test_id("filing")).not_to_contain_text(whose["id_number"])
    page.get_by_test_id("clear-ask").click()
    page.get_by_label("其他（要写明）").check()
    page.get_by_test_id("clear-show").click()
    expect(page.get_by_test_id("clear-why")).to_contain_text("要写明为什么看")
    page.get_by_label("说明").fill("本人来问地址")
    assert_no_violations(page, "the reason")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("clear-shown")).to_contain_text(whose["id_number"])
    expect(page.get_by_test_id("clear-shown")).to_contain_text(whose["phone"])
    assert_no_violations(page, "in clear")
    page.clock.fast_forward(61_000)
    expect(page.get_by_test_id("clear-shown")).to_have_count(0)
    assert whose["id_number"] not in page.content()


def test_others_of_the_same_person_and_the_limits_are_shown_and_an_agent_decides_nothing(agent: DeskPage, server: ServerProcess):
    number, whose = file(server.data_dir)
    other, _ = file(server.data_dir, **{**whose, "phone": "13900000000"})
    page = agent.page
    search(page, number)
    expect(page.get_by_test_id("filing-duplicates")).to_contain_text(other)
    expect(page.get_by_test_id("filing-limits")).to_contain_text("能变更的日子从医保确认那天算")
    expect(page.get_by_test_id("filing-audit")).to_have_count(0)
    expect(page.get_by_test_id("decide-confirm")).to_have_count(0)
    assert agent.overflow_px() <= 0
    assert_no_violations(page, "a filing with another one")
    page.get_by_test_id("filing-duplicates").get_by_test_id("filing-line").click()
    expect(page.locator("#filing-title")).to_contain_text(other)


def test_whoever_has_two_filings_is_listed_with_both(agent: DeskPage, server: ServerProcess):
    number, whose = file(server.data_dir)
    other, _ = file(server.data_dir, **{**whose, "phone": "13900000001"})
    search(agent.page, whose["id_number"])
    expect(agent.page.get_by_test_id("filing-line")).to_have_count(2)
    agent.page.get_by_test_id("filing-line").filter(has_text=number).press("Enter")
    expect(agent.page.locator("#filing-title")).to_contain_text(number)
    assert other not in agent.page.locator("#filing-title").inner_text()


def test_an_officer_sees_papers_when_he_asks_for_them_and_who_has_seen_what(visits: Any, desk: Desk, server: ServerProcess):
    number, _ = file(server.data_dir, GAOYOU)
    page = visits.desk(1280).sign_in(add_account(server.data_dir, "officer-9", "officer", "材料员", GAOYOU), PASSWORD)
    page.go("filings")
    search(page.page, number)
    page.page.get_by_test_id("paper-open").first.press("Enter")
    picture = page.page.get_by_test_id("paper-viewer").locator("img")
    expect(picture).to_be_visible()
    page.page.wait_for_function("() => document.querySelector('.viewer img').naturalWidth > 0")
    assert_no_violations(page.page, "a paper")
    page.page.keyboard.press("Escape")
    expect(page.page.get_by_test_id("paper-open").first).to_be_focused()
    page.page.get_by_text("谁看过").click()
    expect(page.page.get_by_test_id("filing-audit")).to_contain_text("工号 officer-9打开了材料")

"""The officers' queue, worked by keyboard alone: the oldest first, each decision once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_check import assert_no_violations
from desk import Desk
from desk_page import DeskPage
from desk_stock import PASSWORD, add_account, apply_for_end, file, the_office
from playwright.sync_api import expect
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]
WEIHAI, URUMQI = "371000", "650100"


@pytest.fixture
def waiting(server: ServerProcess) -> Iterator[list[str]]:
    """Three filings of 威海, the oldest first; the queue holds nothing else."""
    numbers = [file(server.data_dir)[0] for _ in range(3)]
    with the_office(server.data_dir) as office:
        for status in ("submitted",):
            for row in office.store.filings.queue(status, [WEIHAI], ("", ""), 100):
                if row.filing_no not in numbers:
                    office.course.withdraw(row.conversation, row.filing_no)
    yield numbers


@pytest.fixture
def officer(visits: Any, desk: Desk, server: ServerProcess, waiting: list[str]) -> DeskPage:
    return at_the_queue(visits, server, 1280)


def at_the_queue(visits: Any, server: ServerProcess, width: int, *regions: str) -> DeskPage:
    account = add_account(server.data_dir, f"queue-{(regions or ('371000',))[0]}", "officer", "队列员", *(regions or [WEIHAI]))
    page = visits.desk(width).sign_in(account, PASSWORD)
    page.go("queue")
    return page


def test_the_queue_is_worked_without_a_mouse(officer: DeskPage, waiting: list[str]):
    page, press = officer.page, officer.page.keyboard.press
    expect(page.get_by_test_id("filing-line")).to_have_count(3)
    assert [waiting.index(line.locator(".filing-no").inner_text()) for line in page.get_by_test_id("filing-line").all()] == [0, 1, 2]
    page.get_by_role("main").focus()
    press("j")
    expect(page.get_by_test_id("filing-line").nth(1)).to_be_focused()
    press("ArrowUp")
    expect(page.get_by_test_id("filing-line").first).to_be_focused()
    press("Enter")
    expect(page.locator("#filing-title")).to_contain_text(waiting[0])
    assert_no_violations(page, "a filing to decide")
    press("y")
    expect(page.get_by_test_id("decide-on")).to_be_focused()
    assert_no_violations(page, "the confirmation")
    press("Enter")
    expect(page.get_by_test_id("queue-done")).to_contain_text(f"{waiting[0]} 已确认")
    expect(page.get_by_test_id("filing-line")).to_have_count(2)
    press("n")
    expect(page.locator("#filing-title")).to_contain_text(waiting[1])
    press("t")
    expect(page.get_by_test_id("decide-common")).to_be_focused()
    press("ArrowDown")
    press("Tab")
    press("Tab")
    press("Tab")
    press("Space")
    assert_no_violations(page, "the return")
    page.get_by_test_id("decide-send").press("Enter")
    expect(page.get_by_test_id("queue-done")).to_contain_text(f"{waiting[1]} 已退回")
    expect(page.get_by_test_id("filing")).to_contain_text("材料照片看不清")
    expect(page.get_by_test_id("filing")).to_contain_text("要改的：")
    press("Escape")
    expect(page.get_by_test_id("filing-line").first).to_be_focused()
    officer.page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("下一份")


def test_a_reason_that_is_too_short_is_told_and_nothing_is_sent(officer: DeskPage, desk: Desk, waiting: list[str]):
    page = officer.page
    page.get_by_test_id("filing-line").first.click()
    page.get_by_test_id("decide-return").click()
    page.get_by_test_id("decide-reason").fill("不行")
    page.get_by_test_id("decide-send").click()
    expect(page.get_by_test_id("decide-problem")).to_have_text("原因至少要5个字。")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("decide")).to_have_count(0)
    assert desk._ask("GET", f"filings/{waiting[0]}")["filing"]["status"] == "submitted"


def test_pressing_twice_decides_once(officer: DeskPage, desk: Desk, waiting: list[str]):
    page, sent = officer.page, []
    page.on("request", lambda request: request.url.endswith("/confirm") and sent.append(request.headers["idempotency-key"]))
    page.get_by_test_id("filing-line").first.click()
    page.get_by_test_id("decide-confirm").click()
    page.get_by_test_id("decide-send").dblclick(no_wait_after=True)
    expect(page.get_by_test_id("queue-done")).to_be_visible()
    assert len(set(sent)) == 1
    assert [one["event"] for one in desk._ask("GET", f"filings/{waiting[0]}")["filing"]["timeline"]] == ["submitted", "confirmed"]


def test_a_lost_answer_is_asked_for_again_under_the_same_key(officer: DeskPage, desk: Desk, waiting: list[str]):
    page, sent = officer.page, []
    page.on("request", lambda request: request.url.endswith("/confirm") and sent.append(request.headers["idempotency-key"]))

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/confirm", lose, times=1)
    page.get_by_test_id("filing-line").first.click()
    page.get_by_test_id("decide-confirm").click()
    page.get_by_test_id("decide-send").click()
    expect(page.get_by_test_id("decide-problem")).to_contain_text("连不上服务器")
    page.get_by_test_id("decide-send").click()
    expect(page.get_by_test_id("queue-done")).to_contain_text("已确认")
    assert len(sent) == 2 and len(set(sent)) == 1


def test_whoever_was_slower_is_told_what_has_happened_meanwhile(officer: DeskPage, desk: Desk, waiting: list[str]):
    page = officer.page
    page.get_by_test_id("filing-line").first.click()
    expect(page.locator("#filing-title")).to_contain_text(waiting[0])
    desk.send_back(waiting[0], "电话打不通，请改一个", "phone")
    page.get_by_test_id("decide-confirm").click()
    page.get_by_test_id("decide-send").click()
    expect(page.get_by_test_id("decide-stale")).to_contain_text("已退回")
    expect(page.get_by_test_id("decide-stale")).to_contain_text("电话打不通，请改一个")
    expect(page.get_by_test_id("decide-confirm")).to_have_count(0)
    assert_no_violations(page, "somebody was faster")


def test_an_applied_end_is_refused_with_a_reason(officer: DeskPage, desk: Desk, server: ServerProcess, waiting: list[str]):
    desk.confirm(waiting[0])
    apply_for_end(server.data_dir, waiting[0])
    page = officer.page
    page.get_by_test_id("queue-ending").click()
    page.get_by_test_id("filing-line").filter(has_text=waiting[0]).click()
    page.get_by_test_id("decide-end").click()
    page.get_by_test_id("decide-send").click()
    expect(page.get_by_test_id("decide-problem")).to_have_text("请先选同意还是不同意。")
    page.get_by_label("不同意").check()
    page.get_by_test_id("decide-reason").fill("还有没结的住院费用")
    assert_no_violations(page, "the end")
    page.get_by_test_id("decide-send").click()
    expect(page.get_by_test_id("queue-done")).to_contain_text("没有同意注销，备案继续有效")
    expect(page.get_by_test_id("queue-empty")).to_have_text("没有等决定的注销申请。")


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_at_every_width_it_can_be_worked_and_nothing_sticks_out(visits: Any, desk: Desk, server: ServerProcess, waiting: list[str], width: int):
    page = at_the_queue(visits, server, width)
    expect(page.page.get_by_test_id("filing-line")).to_have_count(3)
    assert page.overflow_px() <= 0
    page.page.get_by_test_id("filing-line").first.click()
    expect(page.page.get_by_test_id("filing")).to_be_visible()
    assert page.overflow_px() <= 0
    assert_no_violations(page.page, f"the queue at {width}")
    page.page.get_by_test_id("decide-return").click()
    assert page.overflow_px() <= 0
    assert_no_violations(page.page, f"the return at {width}")


def test_an_empty_queue_says_that_all_is_done(visits: Any, desk: Desk, server: ServerProcess):
    page = at_the_queue(visits, server, 1280, URUMQI)
    expect(page.page.get_by_test_id("queue-empty")).to_contain_text("没有等确认的备案")
    assert_no_violations(page.page, "an empty queue")

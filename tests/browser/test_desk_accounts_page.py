"""Accounts at the desk's page: an administrator's list, everybody's own password."""

from __future__ import annotations

from typing import Any

import pytest
from axe_check import assert_no_violations
from desk import Desk
from desk_page import DeskPage
from desk_stock import PASSWORD, add_account
from playwright.sync_api import expect
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]


@pytest.fixture(params=[1280, 375])
def boss(request: pytest.FixtureRequest, visits: Any, desk: Desk, server: ServerProcess) -> DeskPage:
    page = visits.desk(request.param).sign_in(add_account(server.data_dir, "boss-1", "admin", "管理员甲"), PASSWORD)
    page.go("accounts")
    return page


def test_somebody_is_added_with_a_password_shown_once_and_signs_in_and_is_put_out(boss: DeskPage, visits: Any):
    page = boss.page
    new = f"new-{page.viewport_size['width']}"
    page.get_by_test_id("account-send").click()
    expect(page.get_by_test_id("account-problem")).to_have_text("工号和姓名都要填。")
    page.get_by_test_id("account-id").fill(new)
    page.get_by_test_id("account-name").fill("欧阳某某某某某某某某某某某某某某某某某某某某某某某某")
    page.get_by_test_id("account-send").click()
    expect(page.get_by_test_id("account-problem")).to_have_text("请至少选一个统筹区。")
    page.get_by_label("山东省威海市").check()
    page.get_by_test_id("account-send").press("Enter")
    password = page.get_by_test_id("new-password-text").inner_text()
    assert_no_violations(page, "a new password")
    assert boss.overflow_px() <= 0
    page.get_by_role("button", name="记下了").click()
    assert password not in page.content()
    visits.desk(1280).sign_in(new, password)
    page.get_by_test_id(f"account-{new}").get_by_role("button", name="停用").click()
    expect(page.get_by_role("button", name="确定")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id(f"account-{new}")).to_contain_text("已停用")
    expect(page.get_by_test_id("account-events")).to_contain_text(f"boss-1：停用 {new}")
    out = visits.desk(1280)
    out.try_to_sign_in(new, password)
    expect(out.page.get_by_test_id("desk-sign-in-problem")).to_contain_text("已经停用")


def test_a_role_is_changed(boss: DeskPage, server: ServerProcess):
    one = add_account(server.data_dir, f"changes-{boss.page.viewport_size['width']}", "officer", "换角色", "371000")
    boss.page.reload()
    boss.page.get_by_test_id(f"account-{one}").get_by_role("button", name="改角色").click()
    boss.page.get_by_test_id("account-role").select_option("agent")
    boss.page.get_by_label("全部（以后加的也算）").check()
    boss.page.get_by_test_id("account-send").click()
    line = boss.page.get_by_test_id(f"account-{one}")
    expect(line).to_contain_text("接线")
    stop = line.get_by_role("button", name="停用").bounding_box()
    assert stop and stop["x"] + stop["width"] <= boss.page.viewport_size["width"], "it can be reached without scrolling aside"
    assert_no_violations(boss.page, "the list of accounts")


def test_the_last_administrator_cannot_put_himself_out(visits: Any, desk: Desk, server: ServerProcess, boss: DeskPage):
    of_the_first_start = boss.page.get_by_test_id("account-admin")
    expect(of_the_first_start).to_be_visible()
    if of_the_first_start.get_by_role("button", name="停用").count():
        of_the_first_start.get_by_role("button", name="停用").click()
        boss.page.get_by_role("button", name="确定").click()
        expect(of_the_first_start).to_contain_text("已停用")
    boss.page.get_by_test_id("account-boss-1").get_by_role("button", name="停用").click()
    boss.page.get_by_role("button", name="确定").click()
    expect(boss.page.get_by_test_id("accounts-problem")).to_contain_text("最后一个在用的管理员")


@pytest.mark.parametrize("width", [375, 1280])
def test_ones_own_password_is_changed_and_other_sessions_end(visits: Any, desk: Desk, server: ServerProcess, width: int):
    account = add_account(server.data_dir, f"own-{width}", "agent", "自己换")
    elsewhere, here = visits.desk(1280).sign_in(account, PASSWORD), visits.desk(width).sign_in(account, PASSWORD)
    here.go("me")
    form = here.page.get_by_test_id("password-form")
    for label, typed in (("现在的密码", "wrong"), ("新密码", "short"), ("再输一遍新密码", "short")):
        form.get_by_label(label, exact=True).fill(typed)
    here.page.get_by_test_id("password-send").click()
    expect(here.page.get_by_test_id("password-problem")).to_have_text("新密码至少10个字符。")
    for label in ("新密码", "再输一遍新密码"):
        form.get_by_label(label, exact=True).fill("another password")
    here.page.get_by_test_id("password-send").click()
    expect(here.page.get_by_test_id("password-problem")).to_contain_text("现在的密码不对")
    assert_no_violations(here.page, f"a wrong present password at {width}")
    form.get_by_label("现在的密码", exact=True).fill(PASSWORD)
    here.page.keyboard.press("Enter")
    expect(here.page.get_by_test_id("password-changed")).to_be_visible()
    expect(here.page.get_by_test_id("session-expires")).to_contain_text("这次登录到")
    assert here.overflow_px() <= 0
    elsewhere.page.reload()
    expect(elsewhere.page.get_by_test_id("desk-sign-in")).to_be_visible()
    here.page.get_by_test_id("out-everywhere").click()
    expect(here.page.get_by_test_id("desk-sign-in")).to_be_visible()


def test_an_agent_is_not_offered_the_accounts_and_is_told_so_at_their_address(visits: Any, desk: Desk, server: ServerProcess):
    page = visits.desk(1280).sign_in(add_account(server.data_dir, "agent-1", "agent", "李接线"), PASSWORD)
    expect(page.page.get_by_role("navigation").get_by_role("link", name="账号", exact=True)).to_have_count(0)
    page.go("accounts")
    expect(page.page.get_by_role("main")).to_contain_text("您的账号不能打开这一页")

"""Getting into the desk, and what is around its pages."""

from __future__ import annotations

from typing import Any

import pytest
from axe_check import assert_no_violations
from desk import OFFICER_ID, PASSWORD, Desk
from desk_page import DeskPage
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
WIDTHS = (320, 375, 1280)


def test_the_cursor_stands_in_the_first_field_and_enter_signs_in(visits: Any, desk: Desk):
    page = visits.desk()
    expect(page.page.get_by_test_id("desk-id")).to_be_focused()
    page.sign_in(OFFICER_ID, PASSWORD)
    expect(page.page.get_by_text("测试员")).to_be_visible()


def test_a_wrong_password_is_told_and_only_the_password_has_to_be_typed_again(visits: Any, desk: Desk):
    page = visits.desk()
    page.try_to_sign_in(OFFICER_ID, "not this one")
    expect(page.page.get_by_test_id("desk-sign-in-problem")).to_contain_text("密码")
    expect(page.page.get_by_test_id("desk-id")).to_have_value(OFFICER_ID)
    expect(page.page.get_by_test_id("desk-password")).to_have_value("")
    expect(page.page.get_by_test_id("desk-password")).to_be_focused()
    assert_no_violations(page.page, "a refused sign-in")
    page.sign_in(OFFICER_ID, PASSWORD)


@pytest.mark.parametrize(("officer_id", "password", "missing"), [("", "x", "工号"), (OFFICER_ID, "", "密码")])
def test_an_empty_field_is_named(visits: Any, officer_id: str, password: str, missing: str):
    page = visits.desk()
    page.try_to_sign_in(officer_id, password)
    expect(page.page.get_by_test_id("desk-sign-in-problem")).to_have_text(f"请填{missing}。")


def test_signed_in_stays_signed_in_after_a_reload_until_signed_out(desk_page: DeskPage):
    desk_page.page.reload()
    expect(desk_page.page.get_by_test_id("desk-sign-out")).to_be_visible()
    desk_page.page.get_by_test_id("desk-sign-out").click()
    expect(desk_page.page.get_by_test_id("desk-sign-in")).to_be_visible()
    desk_page.page.reload()
    expect(desk_page.page.get_by_test_id("desk-sign-in")).to_be_visible()


def test_the_list_of_keys_opens_and_closes_by_key(desk_page: DeskPage):
    desk_page.page.get_by_role("main").focus()
    desk_page.page.keyboard.press("?")
    expect(desk_page.page.get_by_role("dialog")).to_be_visible()
    assert_no_violations(desk_page.page, "the list of keys")
    desk_page.page.keyboard.press("Escape")
    expect(desk_page.page.get_by_role("dialog")).to_have_count(0)


def test_an_address_that_leads_nowhere_says_so(desk_page: DeskPage):
    desk_page.go("nowhere")
    expect(desk_page.page.get_by_text("没有这一页")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_and_axe_finds_nothing(visits: Any, desk: Desk, width: int):
    page = visits.desk(width)
    assert_no_violations(page.page, f"the sign-in at {width}")
    assert page.overflow_px() <= 0
    page.sign_in(OFFICER_ID, PASSWORD)
    assert_no_violations(page.page, f"the frame at {width}")
    assert page.overflow_px() <= 0


def test_no_other_page_may_post_in_the_officers_name(desk_page: DeskPage):
    answer = desk_page.page.context.request.post(
        f"{desk_page.url}/desk/logout", headers={"Origin": "http://elsewhere.example"}, data={}
    )
    assert answer.status == 403
    desk_page.page.reload()
    expect(desk_page.page.get_by_test_id("desk-sign-out")).to_be_visible()

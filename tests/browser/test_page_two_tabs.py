"""Two tabs of one browser agree."""

from __future__ import annotations

from typing import Any

import pytest
from people import NAME, begin_filing
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_what_is_said_in_one_tab_appears_in_the_other_with_its_answer(visits: Any) -> None:
    person = visits.person()
    one, two = visits.open(person), visits.open(person)
    one.say("威海参保，去烟台住院要备案吗")
    expect(two.own()).to_have_text("威海参保，去烟台住院要备案吗")
    two.say("那去北京呢")
    expect(one.own()).to_have_count(2)
    assert one.page.get_by_test_id("msg-bot").all_inner_texts() == two.page.get_by_test_id("msg-bot").all_inner_texts()
    assert visits.complaints == []


def test_a_field_filled_in_in_one_tab_is_not_asked_again_in_the_other_and_stays_masked(visits: Any) -> None:
    person = visits.person()
    one, two = visits.open(person), visits.open(person)
    begin_filing(one)
    expect(two.page.get_by_test_id("ask-name")).to_be_visible()
    one.fill("name", NAME)
    expect(two.page.get_by_test_id("ask-id_number")).to_be_visible()
    assert NAME not in two.page.content()


def test_starting_anew_in_one_tab_clears_the_other_which_goes_on_in_the_same_talk(visits: Any) -> None:
    person = visits.person()
    one, two = visits.open(person), visits.open(person)
    one.say("你好")
    two.page.get_by_test_id("chat-input").fill("写了一半")
    one.restart()
    expect(two.own()).to_have_count(0)
    expect(two.page.get_by_test_id("chat-input")).to_have_value("")
    expect(two.page.get_by_test_id("problem")).to_have_count(0)
    two.wait_until_connected()
    two.say("威海参保，备案管多久")
    expect(one.own()).to_have_text("威海参保，备案管多久")


def test_after_a_deletion_in_one_tab_both_say_so_and_go_on_together(visits: Any) -> None:
    person = visits.person()
    one, two = visits.open(person), visits.open(person)
    one.say("删除我的信息")
    one.button("确定删除").click()
    for tab in (one, two):
        expect(tab.page.get_by_test_id("erased-note")).to_be_visible()
        expect(tab.page.get_by_test_id("starter").first).to_be_visible()
        tab.wait_until_connected()
    one.say("你好")
    expect(two.own()).to_have_text("你好")

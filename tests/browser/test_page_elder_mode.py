"""长辈模式: large, plain, in one column; kept on the device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_check import assert_no_violations
from chat_page import ChatPage
from people import begin_filing, fill_who, someone_else
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
LEAST_PRINT_PX, LEAST_TARGET_PX = 22, 48
# Whatever stands in the conversation, side by side with another of its kind.
BESIDE = """() => [...document.querySelectorAll(".choices")].flatMap(({children}) => {
  const shown = [...children].filter(one => one.checkVisibility());
  return shown.slice(1).filter((one, at) => one.offsetTop === shown[at].offsetTop).map(one => one.textContent);
})"""


def fine_print(chat: ChatPage) -> list[str]:
    from page_measures import TOO_FINE

    return list(chat.page.evaluate(TOO_FINE, LEAST_PRINT_PX))


def small_targets(chat: ChatPage) -> list[str]:
    from page_measures import TOO_SMALL

    return list(chat.page.evaluate(TOO_SMALL, LEAST_TARGET_PX))


@pytest.fixture
def elder(chat: ChatPage) -> ChatPage:
    chat.page.get_by_test_id("elder-mode").click()
    return chat


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_print_and_targets_are_large_nothing_stands_side_by_side_and_it_fits(visits: Any, shot: Shot, width: int) -> None:
    chat = visits.open(width=width)
    chat.page.get_by_test_id("elder-mode").click()
    for state, question in (("answer", "威海参保，去北京住院要备案吗"), ("compare", "威海和杭州哪个先付得多")):
        chat.say(question)
        assert fine_print(chat) == [] and chat.overflow_px() <= 0, state
        assert chat.page.evaluate(BESIDE) == []
        shot(chat, f"elder_{state}_{width}")
    assert_no_violations(chat.page, f"elder mode at {width}")
    assert visits.complaints == []


def test_an_answer_shows_the_conclusion_first_and_the_rest_when_it_is_wanted(elder: ChatPage) -> None:
    said = elder.say("杭州职工医保，在职，没备案去上海三级医院住院，花了两万五，自己要付多少")
    assert "9,256元" in said
    expect(elder.page.get_by_test_id("cost-table")).to_have_count(0)
    elder.page.get_by_test_id("elder-unfold").last.click()
    expect(elder.page.get_by_test_id("cost-table")).to_be_visible()
    assert_no_violations(elder.page, "elder mode, a bill unfolded")
    assert elder.overflow_px() <= 0


def test_it_stays_on_this_device_and_can_be_left(elder: ChatPage) -> None:
    elder.reload()
    switch = elder.page.get_by_test_id("elder-mode")
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert elder.page.evaluate("getComputedStyle(document.querySelector('.ChatApp')).fontSize") == "23px"
    kept = elder.page.evaluate("({...localStorage})")
    assert kept == {"elder": "1"}, "nothing of the person is kept there"
    switch.click()
    elder.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert elder.page.evaluate("document.documentElement.hasAttribute('data-elder')") is False


def test_a_filing_can_be_filled_in_with_it(elder: ChatPage, shot: Shot) -> None:
    elder.page.set_viewport_size({"width": 320, "height": 568})
    begin_filing(elder)
    assert_no_violations(elder.page, "elder mode, a field")
    shot(elder, "elder_field_320")
    fill_who(elder, someone_else())
    expect(elder.page.get_by_test_id("ask-reason")).to_be_visible()
    assert elder.overflow_px() <= 0 and small_targets(elder) == []

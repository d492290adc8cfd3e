"""A whole filing without a mouse, from the opened page to the receipt."""

from __future__ import annotations

import pytest
from conftest import Visits
from keyboard import Keyboard, is_said_aloud
from people import ADDRESS, CITY, NAME, PROVINCE, WRONG_ID_NUMBER, Person, in_days, in_words, someone_else
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
DAY = in_days(40)
# From a card's title over each line's 修改 to the button below it.
MOST_TABS_TO_ANYTHING = 16


@pytest.mark.parametrize("width", [375, 1280])
def test_a_filing_is_handed_in_by_keyboard_alone(visits: Visits, width: int) -> None:
    chat = visits.open(width=width)
    keys = Keyboard(chat)
    _begin(keys)
    _say_who(keys, someone_else())
    _say_where_and_when(keys)
    _check_what_was_typed(keys)
    _agree_and_sign(keys)
    receipt = chat.page.get_by_test_id("receipt")
    keys.expect_at_heading_of(receipt)
    assert is_said_aloud(receipt) and "提交不等于办好" in receipt.inner_text()
    keys.tab_to(chat.page.get_by_test_id("receipt-copy"))
    assert not keys.used_a_pointer() and keys.longest_way <= MOST_TABS_TO_ANYTHING
    assert visits.complaints == []


def _begin(keys: Keyboard) -> None:
    keys.tab_to(keys.page.get_by_test_id("starter").filter(has_text="办备案"))
    keys.chat.answered(lambda: keys.page.keyboard.press("Enter"))
    expect(keys.page.get_by_test_id("ask-insured_region")).to_be_focused()
    keys.press("威海")
    keys.press("异地长期居住备案")
    expect(keys.page.get_by_test_id("ask-province")).to_be_focused()
    keys.choose("province", PROVINCE)
    keys.choose("city", CITY)
    keys.submit()
    keys.press("6个月以上", key="Space")
    keys.press("本人")


def _say_who(keys: Keyboard, who: Person) -> None:
    keys.type("name", NAME)
    problem = keys.page.get_by_test_id("field-problem")
    keys.page.keyboard.type(WRONG_ID_NUMBER)
    expect(problem).to_contain_text("对不上")
    assert is_said_aloud(problem)
    keys.page.keyboard.press("Control+a")
    keys.type("id_number", who.id_number)
    keys.type("phone", who.phone)


def _say_where_and_when(keys: Keyboard) -> None:
    expect(keys.page.get_by_test_id("ask-reason")).to_be_focused()
    keys.press("投靠亲属")
    expect(keys.page.get_by_test_id("ask-year")).to_be_focused()
    for part, wanted in (("year", f"{DAY.year}年"), ("month", f"{DAY.month}月"), ("day", f"{DAY.day}日")):
        keys.choose(part, wanted)
    expect(keys.page.get_by_test_id("ask-chosen")).to_contain_text(in_words(DAY))
    keys.submit()
    keys.type("address", ADDRESS)


def _check_what_was_typed(keys: Keyboard) -> None:
    review = keys.page.get_by_test_id("review")
    keys.expect_at_heading_of(review)
    keys.tab_to(keys.page.get_by_test_id("show-typed"))
    keys.page.keyboard.press("Enter")
    expect(review).to_contain_text(ADDRESS)
    keys.page.keyboard.press("Enter")
    expect(review).not_to_contain_text(ADDRESS)
    keys.press("都对")


def _agree_and_sign(keys: Keyboard) -> None:
    keys.expect_at_heading_of(keys.page.get_by_test_id("letter"))
    keys.press("我已读完并同意")
    keys.tab_to(keys.page.get_by_test_id("signature-switch"))
    keys.page.keyboard.press("Enter")
    expect(keys.page.get_by_test_id("signature-typed")).to_be_focused()
    keys.page.keyboard.type(NAME)
    keys.chat.answered(lambda: keys.page.keyboard.press("Enter"))

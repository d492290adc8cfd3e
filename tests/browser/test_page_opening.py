"""What an empty page offers; the city that is taken, remembered and changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from conftest import Visits
from people import say_where_and_for_whom
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
SMALL, PHONE, DESKTOP = 320, 375, 1280


def city(chat: ChatPage, name: str) -> Locator:
    """The button of that city, also where it is asked about again."""
    return chat.page.get_by_test_id("city").filter(has_text=re.compile(f"(还是)?{name}$"))


def tap_city(chat: ChatPage, name: str) -> str:
    """Taps the city; what the assistant answers."""
    return chat.answered(lambda: city(chat, name).click())


def kept(chat: ChatPage) -> dict[str, str]:
    """What the page keeps on the device."""
    return dict(chat.page.evaluate("() => ({...localStorage})"))


@pytest.mark.parametrize("width", [SMALL, PHONE, DESKTOP])
def test_an_empty_page_says_what_for_and_for_which_cities_and_fits(visits: Visits, shot: Shot, width: int) -> None:
    chat = visits.open(width=width)
    welcome = chat.page.get_by_test_id("welcome")
    for name in ("威海", "高邮", "杭州", "乌鲁木齐"):
        expect(city(chat, name)).to_be_visible()
    assert [one.split("\n")[0] for one in welcome.get_by_test_id("starter").all_inner_texts()] == [
        "问规定", "算费用", "办备案", "我的备案",
    ]
    expect(chat.page.get_by_test_id("city-bar")).to_have_count(0)
    assert (chat.overflow_px(), chat.too_small(), chat.too_fine(), chat.cut()) == (0, [], [], [])
    assert chat.page.locator("#log").evaluate("log => log.scrollTop") == 0, "it is read from its top"
    shot(chat, f"opening_{width}")


@pytest.mark.parametrize(
    ("title", "answer"),
    [("问规定", "参保"), ("算费用", "花了多少|参保"), ("办备案", "参保|哪一种"), ("我的备案", "没有办过")],
)
def test_each_capability_is_one_tap_away(chat: ChatPage, title: str, answer: str) -> None:
    starter = chat.page.get_by_test_id("starter").filter(has=chat.page.get_by_text(title, exact=True))
    assert re.search(answer, chat.answered(starter.click))
    expect(chat.page.get_by_test_id("welcome")).to_have_count(0)


def test_a_tapped_city_holds_for_what_is_asked_later_and_stays_in_sight(chat: ChatPage, shot: Shot) -> None:
    tap_city(chat, "威海")
    expect(chat.own().last).to_have_text("我在威海参保")
    expect(chat.page.get_by_test_id("city-taken")).to_have_text("按威海参保来回答")
    expect(chat.page.get_by_test_id("starter")).to_have_count(3)
    shot(chat, "opening_city")
    assert "威海" in chat.say("备案管多久")
    expect(chat.page.get_by_test_id("starter")).to_have_count(0)
    chat.reload()
    expect(chat.page.get_by_test_id("city-taken")).to_have_text("按威海参保来回答")


def test_the_city_can_be_changed_by_keyboard_and_nothing_of_the_first_is_said_any_more(chat: ChatPage, shot: Shot) -> None:
    tap_city(chat, "威海")
    assert "威海" in chat.say("去北京看病自己先付多少")
    change = chat.page.get_by_test_id("city-change")
    chat.tab_to(change)
    chat.page.keyboard.press("Enter")
    shot(chat, "city_change")
    other = city(chat, "杭州")
    chat.tab_to(other)
    said = chat.answered(lambda: chat.page.keyboard.press("Enter"))
    assert "20%" in said and "杭州" in said and "威海" not in said
    expect(chat.page.get_by_test_id("city-taken")).to_have_text("按杭州参保来回答")
    expect(city(chat, "高邮")).to_have_count(0)


def test_what_is_typed_of_another_city_shows_at_once_and_is_not_what_is_remembered(chat: ChatPage) -> None:
    tap_city(chat, "威海")
    chat.say("我妈是高邮参保的，去南京看病要备案吗")
    expect(chat.page.get_by_test_id("city-taken")).to_have_text("按高邮参保来回答")
    assert "371000" in kept(chat).values() and "321084" not in kept(chat).values()


def test_the_list_of_cities_makes_room_for_the_answer_to_what_is_asked_after_all(chat: ChatPage) -> None:
    tap_city(chat, "威海")
    chat.page.get_by_test_id("city-change").click()
    expect(city(chat, "杭州")).to_be_visible()
    chat.say("备案管多久")
    expect(city(chat, "杭州")).to_have_count(0)


def test_a_city_without_documents_is_named_as_one(chat: ChatPage) -> None:
    chat.say("我是苏州参保的，去北京看病要备案吗")
    expect(chat.page.get_by_test_id("city-taken")).to_contain_text("没有苏州的资料")


def test_in_a_new_conversation_the_city_of_last_time_is_asked_about_and_never_taken_by_itself(
    chat: ChatPage, shot: Shot
) -> None:
    tap_city(chat, "威海")
    chat.restart()
    expect(chat.page.get_by_test_id("welcome-city")).to_have_text("上次是威海参保，还是威海吗？")
    expect(chat.page.get_by_test_id("city").first).to_have_text("还是威海")
    expect(chat.page.get_by_test_id("city-bar")).to_have_count(0)
    shot(chat, "opening_again")
    assert "参保" in chat.say("备案管多久"), "it asks where one is insured"
    expect(chat.page.get_by_test_id("city-bar")).to_have_count(0)
    chat.press("杭州")
    expect(chat.page.get_by_test_id("city-taken")).to_have_text("按杭州参保来回答")
    chat.restart()
    expect(chat.page.get_by_test_id("city").first).to_have_text("还是杭州")
    assert "记下" in tap_city(chat, "杭州")


def test_of_the_city_only_its_code_is_kept_and_goes_with_all_that_is_deleted(chat: ChatPage) -> None:
    tap_city(chat, "威海")
    assert kept(chat)["insured-region"] == "371000"
    chat.say("删除我的信息")
    chat.button("确定删除").click()
    expect(chat.page.get_by_test_id("erased-note")).to_be_visible(timeout=20_000)
    expect(chat.page.get_by_test_id("welcome-city")).to_have_text("您在哪里参保？")
    assert "insured-region" not in kept(chat)


def test_in_the_middle_of_a_filing_the_city_is_not_changed_from_above(chat: ChatPage) -> None:
    chat.say("我要办长期备案")
    chat.press("威海")
    expect(chat.page.get_by_test_id("city-change")).to_be_visible()
    say_where_and_for_whom(chat)
    expect(chat.page.get_by_test_id("city-taken")).to_have_text("按威海参保来回答")
    expect(chat.page.get_by_test_id("city-change")).to_have_count(0)

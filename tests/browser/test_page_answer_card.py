"""An answer as a card: copied, judged, compared; and filings that are over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from conftest import Visits
from people import NAME, Person, begin_filing, fill_where, fill_who, in_days, someone_else
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
SMALL, PHONE, DESKTOP = 320, 375, 1280
QUESTION = "威海参保，去北京看病要不要备案"
COMPARING = "杭州和威海，去北京看病哪个先付得多"


@pytest.mark.parametrize("width", [SMALL, PHONE, DESKTOP])
def test_an_answer_is_one_card_with_conclusion_what_to_do_and_source(visits: Visits, shot: Shot, width: int) -> None:
    chat = visits.open(width=width)
    said = chat.say(QUESTION)
    card = chat.page.get_by_test_id("answer")
    expect(card).to_have_count(1)
    expect(card.get_by_test_id("answer-conclusion")).to_contain_text("要备案。")
    expect(card.get_by_test_id("answer-to-do")).to_contain_text("APP")
    expect(card.get_by_test_id("citation")).to_contain_text("2021年12月")
    expect(card.get_by_test_id("warning")).to_have_count(1)
    assert said.count("APP") == 1, "nothing is said twice"
    assert (chat.overflow_px(), chat.too_small(), chat.too_fine(), chat.cut()) == (0, [], [], [])
    shot(chat, f"answer_card_{width}")


def test_an_answer_is_copied_with_its_source_in_full(visits: Visits) -> None:
    person = visits.person()
    person.grant_permissions(["clipboard-read", "clipboard-write"])
    chat = visits.open(person)
    chat.say(QUESTION)
    chat.page.get_by_test_id("answer-copy").click()
    expect(chat.page.get_by_test_id("answer-copy")).to_have_text("已复制")
    copied = chat.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("要备案。") and "APP" in copied and "不是官方机构" in copied
    assert "依据：威海市医疗保障局" in copied and "2021年12月10日" in copied


def test_without_the_right_to_the_clipboard_it_is_copied_the_older_way(visits: Visits) -> None:
    person = visits.person()
    person.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    chat = visits.open(person)
    chat.say(QUESTION)
    chat.page.evaluate("addEventListener('copy', () => { window.copied = getSelection().toString() || document.activeElement.value })")
    copy = chat.page.get_by_test_id("answer-copy")
    copy.click()
    expect(copy).to_have_text("已复制")
    expect(copy).to_be_focused()
    assert chat.page.evaluate("window.copied").startswith("要备案。")


def test_an_answer_is_judged_the_verdict_can_be_changed_and_is_there_after_coming_back(chat: ChatPage, shot: Shot) -> None:
    chat.say(QUESTION)
    useful, useless = (chat.page.get_by_test_id(f"feedback-{one}") for one in ("useful", "useless"))
    useful.click()
    expect(useful).to_have_attribute("aria-pressed", "true")
    expect(chat.page.get_by_test_id("feedback-note")).to_contain_text("谢谢")
    expect(chat.page.get_by_test_id("feedback-reasons")).to_have_count(0)
    useless.click()
    expect(useful).to_have_attribute("aria-pressed", "false")
    chat.page.get_by_test_id("feedback-reasons").get_by_role("button", name="看不懂").click()
    expect(chat.page.get_by_test_id("feedback-note")).to_contain_text("谢谢")
    shot(chat, "answer_useless")
    assert chat.too_small() == []
    chat.reload()
    expect(useless).to_have_attribute("aria-pressed", "true")
    expect(chat.page.get_by_test_id("feedback-not_understood")).to_have_attribute("aria-pressed", "true")
    useless.click()
    expect(useless).to_have_attribute("aria-pressed", "false")
    expect(chat.page.get_by_test_id("feedback-note")).to_have_text("")
    chat.reload()
    expect(useless).to_have_attribute("aria-pressed", "false")


def test_a_verdict_given_without_a_line_is_sent_when_there_is_one_again(visits: Visits) -> None:
    person = visits.person()
    chat = visits.open(person)
    chat.say(QUESTION)
    person.set_offline(True)
    expect(chat.page.get_by_test_id("offline-banner")).to_be_visible()
    chat.page.get_by_test_id("feedback-useful").click()
    expect(chat.page.get_by_test_id("feedback-note")).to_contain_text("连上网就发出去")
    person.set_offline(False)
    expect(chat.page.get_by_test_id("feedback-note")).to_contain_text("谢谢", timeout=30_000)
    chat.reload()
    expect(chat.page.get_by_test_id("feedback-useful")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [SMALL, PHONE, DESKTOP])
def test_places_are_compared_each_with_its_own_source(visits: Visits, shot: Shot, width: int) -> None:
    chat = visits.open(width=width)
    said = chat.say(COMPARING)
    sides = chat.page.get_by_test_id("side")
    expect(sides).to_have_count(2)
    for side, place, source in ((sides.first, "杭州", "2023年6月"), (sides.last, "威海", "2021年12月")):
        expect(side).to_contain_text(place)
        expect(side.locator(".source")).to_contain_text(source)
        expect(side.get_by_test_id("warning")).to_have_count(1)
    assert said.count("先付10%") == 1 and said.count("可能有变") == 2, "nothing is said twice"
    first, last = sides.first.bounding_box(), sides.last.bounding_box()
    assert first and last
    assert (last["y"] == first["y"]) == (width == DESKTOP), "beside each other only where there is room"
    assert (chat.overflow_px(), chat.too_small(), chat.too_fine(), chat.cut()) == (0, [], [], [])
    shot(chat, f"comparison_{width}")


def test_a_place_whose_document_is_silent_says_so_in_the_comparison(chat: ChatPage) -> None:
    chat.say("高邮和威海，去北京看病哪个先付得多")
    side = chat.page.get_by_test_id("side").filter(has_text="高邮")
    expect(side).to_have_attribute("data-status", "not_stated")
    expect(side.locator(".badge")).to_have_text("文件没写")


@pytest.mark.parametrize("width", [SMALL, DESKTOP])
def test_a_filing_that_is_over_is_one_line_below_the_one_that_counts(visits: Visits, shot: Shot, width: int) -> None:
    chat = visits.open(width=width)
    who = someone_else()
    begin_filing(chat)
    over = _hand_in(chat, who)
    chat.press("我的备案")
    chat.press("撤回")
    chat.press("确定撤回")
    chat.say("我要办长期备案")
    chat.press("本人")
    counts = _hand_in(chat, who)
    before = chat.page.get_by_test_id("filing").count()
    chat.say("我的备案")
    shown = [card.get_attribute("data-filing") for card in chat.page.get_by_test_id("filing").all()[before:]]
    assert shown == [counts, over]
    line = chat.page.get_by_test_id("filing-earlier").locator("summary")
    expect(line).to_have_text(re.compile("^以前的：.+，已撤回$"))
    expect(chat.filing().get_by_test_id("filing-status")).to_be_hidden()
    shot(chat, f"filing_over_{width}")
    line.click()
    expect(chat.filing().get_by_test_id("filing-status")).to_be_visible()
    shot(chat, f"filing_over_open_{width}")
    assert (chat.overflow_px(), chat.too_small(), chat.cut()) == (0, [], [])


def _hand_in(chat: ChatPage, who: Person) -> str:
    """A filing by commitment from the person's name on; its number."""
    fill_who(chat, who)
    fill_where(chat, in_days(3).isoformat())
    chat.press("都对")
    chat.press("我已读完并同意")
    chat.sign_by_typing(NAME)
    return chat.filing_no()

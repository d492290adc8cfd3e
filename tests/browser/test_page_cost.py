"""What will be paid and why: the card, its chart, its table and the buttons below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from conftest import Visits
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
HANGZHOU = "杭州职工医保，在职，没备案去上海三级医院住院，花了两万五，自己要付多少"
LEVEL_UNTOLD = "杭州职工医保，在职，没备案去上海住院，花了两万五，自己要付多少"
IN_TABLE = {
    "异地先行自付": "5,000.00", "起付线": "800.00", "按比例自付": "3,456.00", "统筹基金支付": "15,744.00",
    "自己付": "9,256.00", "医保付": "15,744.00", "总费用": "25,000.00",
}
IN_CHART = {"总费用": "25,000", "异地先行自付": "5,000", "起付线": "800", "按比例自付": "3,456", "统筹基金支付": "15,744"}

TITLE_AND_SUM = """rows => rows.map(row => {
  const title = row.querySelector(".term, .term-plain") || row.cells[0];
  return [title.innerText, row.cells[1].innerText];
})"""


def table_of(card: Locator) -> dict[str, str]:
    """Title and sum of each row, the sums at the foot included."""
    rows = card.get_by_test_id("cost-table").locator("tr:has(> th[scope=row])")
    cells = rows.evaluate_all(TITLE_AND_SUM)
    return {title.strip(): amount.strip() for title, amount in cells}


def test_a_whole_question_gets_a_card_of_which_chart_and_table_say_the_same(visits: Visits, shot: Shot) -> None:
    chat = visits.open()
    said = chat.say(HANGZHOU)
    assert said.startswith("全在医保范围内的话，自己付9,256元，医保付15,744元")
    card = chat.cost()
    expect(card.get_by_test_id("cost-headline")).to_contain_text("9,256元")
    expect(card.get_by_test_id("cost-headline")).to_contain_text("15,744元")
    chart = card.get_by_test_id("cost-chart")
    expect(chart.locator("svg")).to_be_visible()
    expect(chart.locator("svg text")).to_have_text([*IN_CHART, *IN_CHART.values()])
    expect(chart).to_have_attribute("aria-label", "条形图：总费用25,000元，依次分成异地先行自付5,000元（自己付）、起付线800元（自己付）、"
                                    "按比例自付3,456元（自己付）、统筹基金支付15,744元（医保付）。下面的表里有同样的数。")
    assert table_of(card) == IN_TABLE
    shot(chat, "cost")
    assert visits.complaints == []


def test_an_empty_page_offers_to_reckon_and_the_sum_is_asked_for_first(chat: ChatPage, shot: Shot) -> None:
    shot(chat, "cost_empty")
    chat.page.get_by_test_id("starter").filter(has_text="算费用").click()
    expect(chat.page.get_by_test_id("msg-bot").last).to_contain_text("一共花了多少钱")


def test_each_part_has_its_amount_its_formula_and_its_source(chat: ChatPage) -> None:
    chat.say(HANGZHOU)
    share = chat.cost().get_by_test_id("cost-out_of_area_upfront_amount")
    for words in ("5,000.00", "25,000元 × 20% = 5,000元", "文件", "杭州医保异地就医宣传分册"):
        expect(share).to_contain_text(words)
    deductible = chat.cost().get_by_test_id("cost-deductible")
    for words in ("800.00", "公开数字", "职工在职住院"):
        expect(deductible).to_contain_text(words)
    expect(chat.cost().get_by_test_id("cost-note")).to_contain_text("转载")
    expect(chat.cost().get_by_test_id("cost-assumptions")).to_contain_text("今年第一次住院")


def test_a_term_explains_itself_at_a_tap_and_folds_again(chat: ChatPage, shot: Shot) -> None:
    chat.say(HANGZHOU)
    row = chat.cost().get_by_test_id("cost-deductible")
    term = row.get_by_role("button", name="起付线")
    expect(term).to_have_attribute("aria-expanded", "false")
    expect(row.get_by_test_id("citation-full")).to_be_hidden()
    term.click()
    expect(term).to_have_attribute("aria-expanded", "true")
    expect(row.get_by_text("比如")).to_be_visible()
    expect(row.get_by_test_id("citation-full")).to_contain_text("2020年12月9日")
    shot(chat, "cost_term")
    term.click()
    expect(row.get_by_test_id("citation-full")).to_be_hidden()


def test_other_circumstances_stand_in_a_table_and_a_button_shows_one_of_them(chat: ChatPage, shot: Shot) -> None:
    chat.say(HANGZHOU)
    what_if = chat.cost().get_by_test_id("cost-what-if")
    filed = what_if.get_by_role("row").filter(has=chat.page.get_by_role("rowheader", name="办了备案", exact=True))
    expect(filed).to_contain_text("5,156元")
    expect(filed).to_contain_text("少付4,100元")
    what_if.scroll_into_view_if_needed()
    shot(chat, "cost_what_if")
    said = chat.press("如果办了备案")
    assert "少付4,100元" in said
    expect(chat.cost().get_by_test_id("cost-headline")).to_contain_text("5,156元")
    assert table_of(chat.cost())["异地先行自付"] == "0.00"
    drawn = chat.cost().locator("svg text")
    expect(drawn).to_have_text(["总费用", "起付线", "按比例自付", "统筹基金支付", "25,000", "800", "4,356", "19,844"])
    shot(chat, "cost_filed")


def test_what_the_card_shows_is_not_written_again_above_its_buttons(chat: ChatPage) -> None:
    chat.say(HANGZHOU)
    text = chat.text()
    for once in ("25,000元 × 20% = 5,000元", "是转载的，不是文件原文", "不用先付20%。急诊抢救"):
        assert text.count(once) == 1, once
    last = chat.page.get_by_test_id("msg-bot").last
    expect(last).to_have_attribute("data-kind", "cost_text")
    assert last.inner_text() == "点一个，按那种情况再算一遍："
    assert "如果办了备案" in chat.choices()
    chat.press("如果办了备案")
    rows = chat.page.locator("#log .Message.left").filter(has_not=chat.page.locator(".Bubble, .Card"))
    expect(rows).to_have_count(0)  # no avatar without anything beside it


def test_an_untold_level_is_a_choice_that_switches_figures_and_table(chat: ChatPage, shot: Shot) -> None:
    said = chat.say(LEVEL_UNTOLD)
    assert "要看医院等级" in said and "三级医院：自己付9,256元" in said
    card = chat.cost()
    expect(card.get_by_role("radio", name="三级医院")).to_be_checked()
    expect(card.get_by_test_id("cost-headline")).to_contain_text("9,256元")
    card.get_by_text("二级医院", exact=True).click()
    expect(card.get_by_role("radio", name="二级医院")).to_be_checked()
    expect(card.get_by_test_id("cost-headline")).to_contain_text("8,620元")
    expect(card.get_by_test_id("cost-table").locator("caption")).to_have_text("明细 · 二级医院")
    assert table_of(card)["起付线"] == "500.00"
    expect(card.get_by_test_id("cost-chart").locator("svg")).to_contain_text("3,120")
    shot(chat, "cost_levels")
    assert "8,620元" in chat.press("二级医院")


def test_a_reload_keeps_the_card_and_its_buttons(chat: ChatPage) -> None:
    chat.say(HANGZHOU)
    drawn = chat.cost().locator("svg text")
    expect(drawn).to_have_count(2 * len(IN_CHART))
    before, choices = chat.cost().text_content(), chat.choices()
    chat.reload()
    expect(chat.page.get_by_test_id("cost")).to_have_count(1)
    expect(drawn).to_have_count(2 * len(IN_CHART))
    assert chat.cost().text_content() == before
    assert chat.choices() == choices
    assert "5,156元" in chat.press("如果办了备案")


def test_where_the_chart_cannot_be_fetched_the_table_says_it_alone(visits: Visits) -> None:
    person = visits.person()
    person.route("**/assets/chart-*.js", lambda route: route.abort())
    chat = visits.open(person)
    chat.say(HANGZHOU)
    expect(chat.cost().get_by_test_id("cost-chart")).to_have_count(0)
    assert table_of(chat.cost()) == IN_TABLE


def test_all_of_it_can_be_done_with_the_keyboard(chat: ChatPage) -> None:
    chat.page.get_by_test_id("chat-input").focus()
    chat.page.keyboard.type(LEVEL_UNTOLD)
    chat.page.keyboard.press("Enter")
    tertiary = chat.cost().get_by_role("radio", name="三级医院")
    expect(chat.button("二级医院")).to_be_enabled(timeout=20_000)
    chat.page.locator("#log").focus()
    chat.tab_to(tertiary)
    chat.page.keyboard.press("ArrowRight")
    expect(chat.cost().get_by_test_id("cost-headline")).to_contain_text("8,620元")
    term = chat.cost().get_by_role("button", name="起付线")
    chat.tab_to(term)
    chat.page.keyboard.press("Enter")
    expect(term).to_have_attribute("aria-expanded", "true")
    chat.tab_to(chat.button("二级医院"))
    chat.page.keyboard.press("Enter")
    expect(chat.own()).to_have_text([LEVEL_UNTOLD, "二级医院"])
    expect(chat.cost().get_by_test_id("cost-what-if")).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("width", [320, 375, 1024])
def test_nothing_sticks_out_sideways(visits: Visits, shot: Shot, width: int) -> None:
    chat = visits.open(width=width)
    chat.say(LEVEL_UNTOLD)
    assert chat.overflow_px() <= 0
    chat.press("三级医院")
    for term in chat.cost().locator(".term").all():
        term.click()
    expect(chat.cost().get_by_test_id("cost-chart").locator("svg")).to_be_visible()
    assert chat.overflow_px() <= 0
    shot(chat, f"cost_{width}")

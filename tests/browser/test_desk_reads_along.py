"""An agent reads along by a code; questions that wait are seen to; figures are shown."""

from __future__ import annotations

from typing import Any

import pytest
from axe_check import assert_no_violations
from chat_page import ChatPage
from desk import OFFICER_ID, PASSWORD, Desk
from desk_page import DESK_WIDTH, DeskPage
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
WIDTHS = (375, DESK_WIDTH)


def code_of(chat: ChatPage) -> str:
    """A code, as the person asks for it on the page."""
    chat.page.get_by_test_id("consent").click()
    chat.page.get_by_test_id("consent-give").click()
    shown = chat.page.get_by_test_id("consent-code")
    expect(shown).to_be_visible()
    return shown.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_caller_lets_an_agent_read_along_and_ends_it(visits: Any, desk: Desk, shot: Any, width: int):
    chat = visits.open(width=375)
    chat.say("我在威海参保，在烟台毓璜顶医院住院，起付线多少")
    code = code_of(chat)
    shot(chat, f"consent_code_{width}")
    assert_no_violations(chat.page, "the code")
    assert chat.overflow_px() <= 0
    chat.page.get_by_test_id("consent-close").click()

    agent = visits.desk(width).sign_in(OFFICER_ID, PASSWORD)
    agent.go("conversations")
    field = agent.page.get_by_test_id("listen-code")
    expect(field).to_be_focused()
    expect(agent.page.get_by_test_id("listen-empty")).to_be_visible()
    shot(agent, f"listen_empty_{width}")
    field.fill("12")
    agent.page.keyboard.press("Enter")
    expect(agent.page.get_by_test_id("listen-problem")).to_contain_text("还可以试")
    field.fill(code)
    agent.page.keyboard.press("Enter")
    said = agent.page.get_by_test_id("listen-said")
    expect(said.get_by_test_id("said-user")).to_contain_text("在烟台〔医院〕住院")
    expect(said).not_to_contain_text("毓璜顶")
    expect(chat.page.get_by_test_id("consent-watched")).to_contain_text("客服正在看")
    assert_no_violations(chat.page, "somebody reads along")
    shot(chat, f"consent_watched_{width}")

    chat.say("要带什么材料")
    expect(said.get_by_test_id("said-user").last).to_contain_text("要带什么材料")
    assert_no_violations(agent.page, f"a conversation at {width}")
    assert agent.overflow_px() <= 0
    shot(agent, f"listen_said_{width}")

    chat.page.get_by_test_id("consent-stop").click()
    expect(chat.page.get_by_test_id("consent-watched")).to_be_hidden()
    expect(agent.page.get_by_test_id("listen-over")).to_contain_text("不能再看")
    expect(said).to_have_count(0)


def test_a_code_is_taken_back_and_one_that_is_out_is_told_after_a_reload(visits: Any):
    chat = visits.open(width=320)
    code_of(chat)
    chat.reload()
    chat.page.get_by_test_id("consent").click()
    dialog = chat.page.get_by_role("dialog")
    expect(dialog).to_contain_text("已经给过一个码")
    assert chat.overflow_px() <= 0
    chat.page.get_by_test_id("consent-end").click()
    expect(dialog).to_have_count(0)
    chat.page.get_by_test_id("consent").click()
    expect(chat.page.get_by_test_id("consent-give")).to_have_text("要一个码")


def test_a_question_is_seen_to_with_a_note_by_keyboard_and_opened_again(visits: Any, desk: Desk, desk_page: DeskPage, shot: Any):
    chat = visits.open()
    chat.say("我在威海参保，外地生孩子怎么报")
    page = desk_page.page
    desk_page.go("questions?kind=not_stated")
    row = page.get_by_test_id("question").first
    expect(row).to_contain_text("威海")
    assert_no_violations(page, "the list of questions")
    shot(desk_page, "questions")
    about = row.locator("strong").inner_text()
    row.get_by_test_id("question-done").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("question-note")).to_be_focused()
    page.keyboard.type("已问过医保局")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("question").filter(has_text=about)).to_have_count(0)
    page.get_by_test_id("questions-state").select_option("done")
    done = page.get_by_test_id("question").filter(has_text=about)
    expect(done).to_contain_text("已问过医保局")
    expect(done).to_contain_text(OFFICER_ID)
    done.get_by_test_id("question-reopen").click()
    expect(page.get_by_test_id("questions-empty")).to_have_text("还没有处理过的问题。")
    with page.expect_download() as download:
        page.get_by_test_id("questions-csv").click()
    assert download.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize("width", WIDTHS)
def test_questions_and_figures_fit_and_axe_finds_nothing(visits: Any, desk: Desk, shot: Any, width: int):
    chat = visits.open()
    for text in ("威海医保，去烟台看病要不要备案", "起付线多少", "呜啦啦啦咕噜", "谢谢"):
        chat.say(text)
    page = visits.desk(width).sign_in(OFFICER_ID, PASSWORD)
    page.go("questions")
    expect(page.page.get_by_test_id("question").first).to_be_visible()
    assert_no_violations(page.page, f"questions at {width}")
    assert page.overflow_px() <= 0
    shot(page, f"questions_{width}")
    page.go("figures")
    expect(page.page.get_by_test_id("figures-heads")).to_be_visible()
    expect(page.page.locator(".figure-chart svg").first).to_be_visible()
    page.page.locator("summary").first.click()
    expect(page.page.locator("details[open] table")).to_be_visible()
    assert_no_violations(page.page, f"figures at {width}")
    assert page.overflow_px() <= 0
    shot(page, f"figures_{width}")
    page.page.get_by_test_id("figures-from").fill("2020-01-01")
    page.page.get_by_test_id("figures-to").fill("2020-01-31")
    page.page.get_by_test_id("figures-show").click()
    expect(page.page.get_by_test_id("figures-empty")).to_be_visible()
    shot(page, f"figures_empty_{width}")

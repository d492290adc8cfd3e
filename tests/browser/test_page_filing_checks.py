"""Filling in a filing: how far one is, what one typed in clear, a day in three lists, what is masked at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_check import assert_no_violations
from chat_page import ChatPage
from people import (
    ADDRESS,
    AGENT,
    ID_NUMBER,
    NAME,
    PHONE,
    begin_filing,
    fill_where,
    fill_who,
    in_days,
    in_words,
    say_where_and_for_whom,
    someone_else,
)
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
DAY = in_days(40)
SECONDS_SHOWN = 60
CARD = "6222021234567890123"


def _step(chat: ChatPage) -> tuple[int, int]:
    """Which step the page says this is, and of how many; it says so once."""
    bar = chat.page.get_by_role("progressbar", name="备案办到哪一步")
    expect(bar).to_have_count(1)
    behind, steps = (int(bar.get_attribute(f"aria-value{end}") or "") for end in ("now", "max"))
    expect(bar).to_have_attribute("aria-valuetext", f"第{behind + 1}步，共{steps}步")
    expect(chat.page.locator(".step-line")).to_contain_text(f"第{behind + 1}步，共{steps}步")
    return behind + 1, steps


def test_each_step_says_which_it_is_and_more_of_them_when_it_is_for_somebody_else(chat: ChatPage, shot: Shot) -> None:
    begin_filing(chat)
    first, steps = _step(chat)
    seen = [first]
    for slot, value in (("name", NAME), ("id_number", someone_else().id_number), ("phone", PHONE)):
        chat.fill(slot, value)
        seen.append(_step(chat)[0])
    assert "长期有效" in chat.say("备案管多久？"), "a question in between leaves the step as it is"
    assert _step(chat) == (seen[-1], steps)
    fill_where(chat, DAY.isoformat())
    assert _step(chat) == (steps - 2, steps) and seen == [first, first + 1, first + 2, first + 3]
    shot(chat, "steps_review")

    chat.edit("filed_for")
    chat.press("家人")
    assert _step(chat) == (steps - 2, steps + 3), "three more, about whoever files"
    chat.fill("agent_name", AGENT)
    assert _step(chat) == (steps - 1, steps + 3)


def _up_to_the_review(chat: ChatPage) -> str:
    """The ID number that the review masks."""
    who = someone_else()
    begin_filing(chat)
    fill_who(chat, who)
    fill_where(chat, DAY.isoformat())
    return who.id_number


def _is_kept(page: Page, private: str) -> bool:
    """Whether the page still holds it anywhere a script or the next person could find it."""
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, location.href])")
    return private in page.content() or private in kept


def test_what_was_typed_is_shown_on_the_review_until_it_is_masked_again(chat: ChatPage, shot: Shot) -> None:
    id_number = _up_to_the_review(chat)
    value, button = chat.page.get_by_test_id("review-value-id_number"), chat.page.get_by_test_id("show-typed")
    masked = value.inner_text()
    assert not _is_kept(chat.page, id_number)
    button.click()
    expect(value).to_have_text(id_number)
    for slot, says in (("name", NAME), ("address", ADDRESS), ("starts_on", in_words(DAY))):
        expect(chat.page.get_by_test_id(f"review-value-{slot}")).to_have_text(says)
    shot(chat, "review_shown")
    assert_no_violations(chat.page, "what was typed, shown on the review")
    button.click()
    expect(value).to_have_text(masked)
    assert not _is_kept(chat.page, id_number)

    button.click()
    expect(value).to_have_text(id_number)
    chat.reload()
    expect(value).to_have_text(masked)
    assert not _is_kept(chat.page, id_number)


def test_after_a_minute_it_is_masked_by_itself_and_when_the_page_is_put_away(chat: ChatPage) -> None:
    id_number = _up_to_the_review(chat)
    value, state = chat.page.get_by_test_id("review-value-id_number"), chat.page.get_by_test_id("show-typed-state")
    chat.page.clock.install()
    chat.page.get_by_test_id("show-typed").click()
    expect(value).to_have_text(id_number)
    expect(state).to_contain_text(f"{SECONDS_SHOWN}秒后自动遮住")
    chat.page.clock.fast_forward((SECONDS_SHOWN + 1) * 1000)
    expect(state).to_have_text("已遮住。")
    assert not _is_kept(chat.page, id_number)

    chat.page.get_by_test_id("show-typed").click()
    expect(value).to_have_text(id_number)
    chat.page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    expect(value).not_to_have_text(id_number)
    assert not _is_kept(chat.page, id_number)


def test_beside_the_letter_it_can_be_checked_and_changed_and_after_handing_in_it_stays_masked(
    chat: ChatPage, shot: Shot
) -> None:
    id_number = _up_to_the_review(chat)
    chat.press("都对")
    letter = chat.page.get_by_test_id("letter")
    chat.page.get_by_test_id("show-typed").click()
    expect(letter.get_by_test_id("review-value-id_number")).to_have_text(id_number)
    assert id_number not in chat.page.get_by_test_id("letter-text").inner_text(), "the letter stays as it is signed"
    shot(chat, "letter_shown")
    assert "电话" in chat.edit("phone")
    assert not _is_kept(chat.page, id_number)
    chat.fill("phone", "13900000001")
    chat.press("都对")
    chat.press("我已读完并同意")
    chat.sign_by_typing(NAME)
    expect(chat.page.get_by_test_id("show-typed")).to_have_count(0)
    answer = chat.page.request.post(f"{chat.url}/chat/draft/shown")
    assert answer.status == 409 and id_number not in answer.text()


def test_where_it_cant_be_fetched_the_page_says_so_and_it_can_be_tried_again(chat: ChatPage) -> None:
    id_number = _up_to_the_review(chat)
    chat.page.route("**/chat/draft/shown", lambda route: route.abort())
    chat.page.get_by_test_id("show-typed").click()
    expect(chat.page.get_by_test_id("show-typed-state")).to_contain_text("没取到")
    chat.page.unroute("**/chat/draft/shown")
    chat.page.get_by_test_id("show-typed").click()
    expect(chat.page.get_by_test_id("review-value-id_number")).to_have_text(id_number)


def test_a_day_is_picked_in_three_lists_that_hold_only_days_that_may_be(chat: ChatPage, shot: Shot) -> None:
    begin_filing(chat)
    fill_who(chat, someone_else())
    chat.press("投靠亲属")
    page, today = chat.page, in_days(0)
    page.get_by_test_id("ask-submit").click()
    expect(page.get_by_test_id("field-problem")).to_contain_text("年、月、日")
    expect(page.get_by_test_id("ask-month")).to_be_focused()
    shot(chat, "day_missing")
    assert_no_violations(chat.page, "a day that is not picked whole")
    page.get_by_test_id("ask-month").select_option(str(today.month))
    expect(page.get_by_test_id("ask-day").locator("option").nth(1)).to_have_text(f"{today.day}日")
    page.get_by_role("button", name="明天").click()
    expect(page.get_by_test_id("ask-chosen")).to_contain_text(in_words(in_days(1)))
    chat.submit()
    expect(chat.own().last).to_have_text(in_words(in_days(1)))


@pytest.mark.parametrize(
    ("typed", "secret", "shown"),
    [
        (f"我的身份证号{ID_NUMBER}", ID_NUMBER[3:14], "371***********1237"), (f"电话{PHONE}", PHONE, "138****5678"),
        (f"卡号{CARD}能在北京用吗", CARD, "〔已隐去〕"),
    ],
)
def test_a_number_typed_into_the_message_box_is_masked_before_the_server_hears_of_it(
    chat: ChatPage, typed: str, secret: str, shown: str
) -> None:
    _say_while_offline(chat, typed)
    expect(chat.own().last).to_contain_text(shown)
    assert secret not in chat.page.content()
    _be_online_again(chat)
    expect(chat.own().last).to_contain_text(shown)
    chat.reload()
    expect(chat.own().last).to_contain_text(shown)
    assert secret not in chat.page.content()


def test_a_name_typed_into_the_message_box_at_its_question_is_hidden_at_once(chat: ChatPage) -> None:
    begin_filing(chat)
    _say_while_offline(chat, NAME)
    expect(chat.own().last).to_have_text("••••••")
    assert NAME not in chat.page.content()
    _be_online_again(chat)
    expect(chat.own().last).to_have_text("欧***")
    chat.reload()
    expect(chat.own().last).to_have_text("欧***")
    assert NAME not in chat.page.content()


def _say_while_offline(chat: ChatPage, text: str) -> None:
    """The message stands in its bubble, and has not left the page."""
    own = chat.own().count()
    chat.page.context.set_offline(True)
    chat.page.get_by_test_id("chat-input").fill(text)
    chat.page.get_by_test_id("chat-send").click()
    expect(chat.own()).to_have_count(own + 1)
    expect(chat.own().last).to_have_attribute("data-delivery", "pending")


def _be_online_again(chat: ChatPage) -> None:
    chat.page.context.set_offline(False)
    expect(chat.own().last).to_have_attribute("data-delivery", "sent", timeout=30_000)


def test_what_is_typed_is_checked_while_it_is_typed_and_can_be_hidden(chat: ChatPage, shot: Shot) -> None:
    begin_filing(chat)
    page, problem = chat.page, chat.page.get_by_test_id("field-problem")
    expect(page.get_by_test_id("ask-name")).to_have_attribute("autocomplete", "name")
    chat.fill("name", NAME)
    field = page.get_by_test_id("ask-id_number")
    for name, value in (("inputmode", "numeric"), ("autocomplete", "off")):
        expect(field).to_have_attribute(name, value)
    field.fill(f"{ID_NUMBER[:-1]}8")
    expect(problem).to_contain_text("最后一位跟前面的对不上")
    shot(chat, "id_doubt")
    field.fill(ID_NUMBER)
    expect(problem).to_be_empty()
    page.get_by_test_id("ask-mask").click()
    expect(field).to_have_class("masked")
    assert chat.submit()
    phone = page.get_by_test_id("ask-phone")
    expect(phone).to_have_class("masked")  # as the field before was
    for name, value in (("inputmode", "tel"), ("autocomplete", "tel")):
        expect(phone).to_have_attribute(name, value)
    phone.fill(f"{PHONE}9")
    expect(problem).to_contain_text("多了1位")


def test_nothing_is_offered_from_the_browser_for_somebody_else(chat: ChatPage) -> None:
    assert "参保" in chat.say("给我妈办长期异地备案")
    chat.press("威海")
    chat.pick_region("山东省", "青岛市")
    assert "参保人叫什么" in chat.press("6个月以上")
    expect(chat.page.get_by_test_id("ask-name")).to_have_attribute("autocomplete", "off")


def test_a_place_spoken_of_before_stands_before_not_knowing(chat: ChatPage, shot: Shot) -> None:
    chat.say("威海的医保，去南京看病怎么报销")
    chat.say("我要办长期备案")
    expect(chat.page.get_by_test_id("ask-province")).to_be_visible()
    offered = chat.choices()
    assert len(offered) == 2 and "南京" in offered[0] and offered[1] == "还不知道"


def test_the_receipt_has_number_document_code_and_what_comes_next(chat: ChatPage, shot: Shot) -> None:
    chat.say("我要办长期备案")
    chat.press("威海")
    say_where_and_for_whom(chat)
    fill_who(chat, someone_else())
    fill_where(chat, DAY.isoformat())
    chat.press("都对")
    chat.press("我已读完并同意")
    said = chat.sign_by_typing(NAME)
    receipt, number = chat.page.get_by_test_id("receipt"), chat.filing_no()
    assert said.count("提交不等于办好") == 1
    code = receipt.get_by_role("img")
    expect(code).to_have_attribute("alt", f"备案{number}的二维码，用来核对这份备案")
    assert code.evaluate("picture => picture.decode().then(() => picture.naturalWidth > 0)")
    expect(receipt.get_by_test_id("receipt-next").get_by_role("listitem")).to_have_count(3)
    assert receipt.get_by_test_id("receipt-no").evaluate("number => parseFloat(getComputedStyle(number).fontSize)") >= 22
    expect(receipt.get_by_test_id("document-link")).to_have_attribute("href", f"/documents/{number}.pdf")
    shot(chat, "receipt_with_code")
    assert_no_violations(chat.page, "receipt")

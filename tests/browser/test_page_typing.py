"""Typing as people do: with an input method, with a keyboard on the screen, further up in the talk."""

from __future__ import annotations

import pytest
from chat_page import ChatPage
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
SAFARI_ENTER = """box => {
  box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true, data: "备案"}));
  box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true, cancelable: true}));
}"""
# Whether the newest bubble ends above the message box.
LAST_IS_SEEN = """() => {
  const bubbles = document.querySelectorAll('[data-testid="msg-bot"]');
  const composer = document.querySelector(".composer").getBoundingClientRect();
  return bubbles[bubbles.length - 1].getBoundingClientRect().bottom <= composer.top && composer.bottom <= innerHeight + 1;
}"""


def test_enter_that_picks_a_word_of_an_input_method_does_not_send(chat: ChatPage) -> None:
    box = chat.page.get_by_test_id("chat-input")
    box.focus()
    typing = chat.page.context.new_cdp_session(chat.page)
    typing.send("Input.imeSetComposition", {"text": "bei'an", "selectionStart": 6, "selectionEnd": 6})
    for kind in ("keyDown", "keyUp"):
        typing.send("Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229})
    expect(chat.own()).to_have_count(0)
    typing.send("Input.insertText", {"text": "备案"})
    expect(box).to_have_value("备案")
    box.evaluate(SAFARI_ENTER)  # Safari ends the composition first
    expect(chat.own()).to_have_count(0)
    chat.answered(lambda: chat.page.keyboard.press("Enter"))
    expect(chat.own()).to_have_text("备案")


def test_the_keyboard_on_the_screen_does_not_cover_the_last_bubble(chat: ChatPage) -> None:
    chat.page.set_viewport_size({"width": 375, "height": 812})
    for question in ("你好", "威海参保，备案管多久", "你好"):
        chat.say(question)
    chat.page.get_by_test_id("chat-input").click()
    chat.page.set_viewport_size({"width": 375, "height": 430})
    chat.page.wait_for_function(LAST_IS_SEEN)


def test_who_reads_further_up_is_told_what_is_new_and_gets_back_with_one_press(chat: ChatPage) -> None:
    for question in ("威海参保，去北京住院要备案吗", "要带什么材料", "备案管多久"):
        chat.say(question)
    log = chat.page.locator("#log")
    log.evaluate("log => log.scrollTo(0, 0)")
    button = chat.page.get_by_test_id("to-bottom")
    expect(button).to_be_visible()
    button.click()
    expect(button).to_have_count(0)
    assert log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2


def test_what_is_said_is_pending_until_the_server_has_it_then_failed_and_retried(chat: ChatPage) -> None:
    chat.page.context.set_offline(True)
    chat.page.evaluate("dispatchEvent(new Event('offline'))")
    expect(chat.page.get_by_test_id("offline-banner")).to_be_visible()
    chat.page.get_by_test_id("chat-input").fill("威海参保，备案管多久")
    chat.page.get_by_test_id("chat-send").click()
    expect(chat.own()).to_have_attribute("data-delivery", "pending")
    expect(chat.own()).to_have_attribute("data-delivery", "failed")
    chat.page.get_by_test_id("retry").click()
    expect(chat.own()).to_have_attribute("data-delivery", "pending")
    chat.page.context.set_offline(False)
    expect(chat.own()).to_have_attribute("data-delivery", "sent", timeout=30_000)
    expect(chat.own()).to_have_count(1)
    expect(chat.page.get_by_test_id("offline-banner")).to_have_count(0)

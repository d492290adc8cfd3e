"""Answers read aloud, and speaking instead of typing."""

from __future__ import annotations

from typing import Any

import pytest
from axe_check import assert_no_violations
from chat_page import ChatPage
from fake_speech import EAR, NO_CHINESE_VOICE, NO_EAR, VOICE
from people import begin_filing
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
QUESTION = "威海参保，去烟台住院要备案吗"


def page_with(visits: Any, script: str) -> ChatPage:
    person = visits.person()
    person.add_init_script(script)
    opened: ChatPage = visits.open(person)
    return opened


def spoken(chat: ChatPage) -> str:
    return "".join(chat.page.evaluate("window.spoken"))


def finish_all(chat: ChatPage) -> None:
    while chat.page.evaluate("window.voice.now !== null"):
        chat.page.evaluate("window.voice.finish()")


def test_an_answer_is_read_with_its_reasons_as_one_says_it_then_paused_gone_on_with_and_stopped(visits: Any) -> None:
    chat = page_with(visits, VOICE)
    chat.say(QUESTION)
    read = chat.page.get_by_test_id("read-aloud")
    read.last.click()
    assert spoken(chat).startswith("不用备案。")
    chat.page.evaluate("window.voice.finish()")
    second = chat.page.evaluate("window.spoken.at(-1)")
    chat.page.get_by_test_id("read-pause").click()
    assert chat.page.evaluate("window.voice.now") is None
    assert_no_violations(chat.page, "reading, paused")
    chat.page.get_by_test_id("read-on").click()
    assert chat.page.evaluate("window.spoken.at(-1)") == second, "it goes on with the piece that was broken off"
    finish_all(chat)
    expect(read.last).to_be_visible()
    assert "第一部分第一点" in spoken(chat) and "幺二三九三" in spoken(chat) and "一（一）" not in spoken(chat)
    read.last.click()
    chat.page.get_by_test_id("read-stop").click()
    assert chat.page.evaluate("window.voice.now") is None
    expect(read.last).to_be_visible()


def test_a_voice_that_fails_or_is_missing_is_told_in_words(visits: Any) -> None:
    chat = page_with(visits, VOICE)
    chat.say(QUESTION)
    chat.page.get_by_test_id("read-aloud").last.click()
    chat.page.evaluate("window.voice.fail('audio-hardware')")
    expect(chat.page.get_by_test_id("problem")).to_contain_text("没读出来")
    mute = page_with(visits, NO_CHINESE_VOICE)
    mute.say(QUESTION)
    mute.page.get_by_test_id("read-aloud").last.click()
    expect(mute.page.get_by_test_id("problem")).to_contain_text("没有能读中文的声音")


def test_in_elder_mode_replies_are_read_by_themselves_once_that_is_switched_on(visits: Any) -> None:
    chat = page_with(visits, VOICE)
    expect(chat.page.get_by_test_id("auto-read")).to_have_count(0)
    chat.page.get_by_test_id("elder-mode").click()
    chat.say(QUESTION)
    assert spoken(chat) == "", "not before it is wanted"
    chat.page.get_by_test_id("auto-read").click()
    assert spoken(chat) == "", "nothing old is read"
    chat.say("那去北京呢")
    assert spoken(chat).startswith("要备案。")
    chat.page.get_by_test_id("chat-input").fill("谢谢")
    chat.page.get_by_test_id("auto-read").click()
    assert chat.page.evaluate("window.voice.now") is None, "switched off, it is silent at once"
    chat.page.get_by_test_id("auto-read").click()
    chat.page.evaluate("window.spoken.length = 0")
    chat.reload()
    assert spoken(chat) == "", "what was there before isn't read again"
    chat.say("备案管多久")
    assert spoken(chat) != ""


def test_what_is_spoken_lands_in_the_box_to_be_checked_and_is_not_sent(visits: Any) -> None:
    chat = page_with(visits, EAR)
    box = chat.page.get_by_test_id("chat-input")
    box.fill("威海参保，")
    chat.page.get_by_test_id("voice-input").click()
    expect(chat.page.get_by_test_id("listening")).to_contain_text("正在听")
    assert_no_violations(chat.page, "listening")
    chat.page.evaluate("window.ear.hear('去烟')")
    expect(box).to_have_value("威海参保，去烟")
    chat.page.evaluate("window.ear.hear('去烟台住院', '要备案吗')")
    chat.page.get_by_test_id("voice-input").click()
    expect(box).to_have_value(QUESTION)
    expect(box).to_be_focused()
    expect(chat.own()).to_have_count(0)
    chat.answered(lambda: chat.page.keyboard.press("Enter"))
    expect(chat.own()).to_have_text(QUESTION)


@pytest.mark.parametrize(("error", "words"), [
    ("not-allowed", "许可"), ("no-speech", "没有听到声音"), ("audio-capture", "没有找到话筒"), ("network", "连网"), ("odd", "直接打字"),
])
def test_what_goes_wrong_in_listening_is_told_in_words_and_leaves_the_box_alone(visits: Any, error: str, words: str) -> None:
    chat = page_with(visits, EAR)
    chat.page.get_by_test_id("chat-input").fill("写了一半")
    chat.page.get_by_test_id("voice-input").click()
    chat.page.evaluate("error => window.ear.fail(error)", error)
    expect(chat.page.get_by_test_id("problem")).to_contain_text(words)
    expect(chat.page.get_by_test_id("chat-input")).to_have_value("写了一半")
    expect(chat.page.get_by_test_id("voice-input")).to_have_attribute("aria-pressed", "false")


def test_there_is_no_microphone_where_the_browser_does_not_listen_nor_where_what_is_asked_is_private(visits: Any) -> None:
    deaf = page_with(visits, NO_EAR)
    expect(deaf.page.get_by_test_id("chat-input")).to_be_visible()
    expect(deaf.page.get_by_test_id("voice-input")).to_have_count(0)
    chat = page_with(visits, EAR)
    expect(chat.page.get_by_test_id("voice-input")).to_be_visible()
    begin_filing(chat)
    expect(chat.page.get_by_test_id("ask-name")).to_be_visible()
    expect(chat.page.get_by_test_id("voice-input")).to_have_count(0)

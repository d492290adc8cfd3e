"""The page as a button on another site, which runs under a strict policy."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from axe_check import assert_no_violations
from chat_page import TURN_MS
from host_site import HostSite
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]
LISTEN = """addEventListener("yidi-assistant", ({detail}) => (window.heard ??= []).push(detail.event));
addEventListener("message", ({data, origin}) => (window.told ??= []).push({data, origin}));"""
QUESTION = "威海参保，去烟台住院要备案吗"


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def site(person: BrowserContext, server: ServerProcess, host_site: HostSite) -> Page:
    """The other site's page with the button, and what it complains of."""
    page = person.new_page()
    page.add_init_script(LISTEN)
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda line: line.type in ("error", "warning") and page.complaints.append(line.text))  # type: ignore[attr-defined]
    page.goto(host_site.show(server.url, 'data-colour="#0a7" data-position="left"'))
    return page


def opened(site: Page) -> FrameLocator:
    """The page in the frame, connected."""
    site.get_by_role("button", name="问异地就医").click()
    frame = site.frame_locator("iframe")
    expect(frame.locator("#log")).to_have_attribute("aria-live", "polite", timeout=TURN_MS)
    return frame


def ask(frame: FrameLocator, text: str) -> None:
    frame.get_by_test_id("chat-input").fill(text)
    frame.get_by_test_id("chat-send").click()
    expect(frame.get_by_test_id("msg-user").last).to_have_attribute("data-delivery", "sent", timeout=TURN_MS)


def heard(site: Page) -> list[str]:
    return list(site.evaluate("window.heard || []"))


def test_a_question_is_answered_in_the_frame_and_the_site_hears_of_it_without_words(site: Page, server: ServerProcess) -> None:
    frame = opened(site)
    assert set(heard(site)) == {"opened", "ready"}
    ask(frame, QUESTION)
    expect(frame.get_by_test_id("msg-bot").first).to_contain_text("不用备案", timeout=TURN_MS)
    site.wait_for_function("window.heard.includes('answered')")
    told = site.evaluate("window.told")
    assert {message["origin"] for message in told} == {server.url}
    assert all(set(message["data"]) == {"source", "event"} for message in told)
    assert "备案" not in json.dumps(told, ensure_ascii=False)
    assert site.complaints == [], "the site's policy needs no more than script and frame"  # type: ignore[attr-defined]


def test_the_talk_outlives_a_reload_though_the_page_s_own_cookie_is_not_sent(site: Page, person: BrowserContext) -> None:
    ask(opened(site), QUESTION)
    [cookie] = person.cookies()
    assert cookie["name"] == "yidi_framed" and cookie["httpOnly"] and cookie["secure"]
    site.reload()
    expect(opened(site).get_by_test_id("msg-user")).to_have_text(QUESTION, timeout=TURN_MS)


def test_the_framed_talk_is_not_the_one_of_the_page_itself(site: Page, person: BrowserContext, server: ServerProcess) -> None:
    ask(opened(site), QUESTION)
    itself = person.new_page()
    itself.goto(server.url)
    expect(itself.locator("#log")).to_have_attribute("aria-live", "polite", timeout=TURN_MS)
    expect(itself.get_by_test_id("msg-user")).to_have_count(0)


def test_starting_anew_in_the_frame_clears_it_for_good(site: Page) -> None:
    frame = opened(site)
    ask(frame, QUESTION)
    frame.get_by_test_id("restart").click()
    frame.get_by_test_id("restart-confirm").click()
    expect(frame.get_by_test_id("starter").first).to_be_visible()
    site.reload()
    expect(opened(site).get_by_test_id("msg-user")).to_have_count(0)


def test_it_opens_and_closes_by_keyboard_and_the_focus_comes_back(site: Page) -> None:
    button = site.get_by_role("button", name="问异地就医")
    button.focus()
    site.keyboard.press("Enter")
    box = site.frame_locator("iframe").get_by_test_id("chat-input")
    expect(box).to_be_focused(timeout=TURN_MS)
    site.keyboard.press("Escape")
    expect(site.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    assert heard(site)[-1] == "closed"
    site.keyboard.press("Enter")
    site.get_by_role("button", name="关闭").click()
    expect(button).to_be_focused()


def test_it_wears_the_site_s_colour_dark_enough_to_be_read(site: Page) -> None:
    frame = opened(site)
    assert frame.locator("html").evaluate("root => root.style.getPropertyValue('--brand')") not in ("", "#0a7", "#00aa77")
    ask(frame, QUESTION)
    assert_no_violations(site, "the site with the assistant")
    inner = next(one for one in site.frames if "embed=1" in one.url)
    assert_no_violations(inner, "the framed page")  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [320, 375])
def test_on_a_phone_it_fills_the_screen_and_can_be_closed(site: Page, width: int) -> None:
    site.set_viewport_size({"width": width, "height": 640})
    frame = opened(site)
    box = site.get_by_role("dialog").bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, width, 640)
    ask(frame, QUESTION)
    assert frame.locator("html").evaluate("root => root.scrollWidth") <= width
    site.get_by_role("button", name="关闭").click()
    expect(site.get_by_role("dialog")).to_be_hidden()


def test_a_site_that_was_not_named_is_shown_nothing(browser: Browser, server: ServerProcess) -> None:
    policy = httpx.get(server.url, trust_env=False).headers["content-security-policy"]
    assert policy.split("frame-ancestors ")[1].startswith("'self' http://localhost:")
    with HostSite() as stranger:
        page = browser.new_page()
        page.goto(stranger.show(server.url))
        page.get_by_role("button", name="问异地就医").click()
        page.wait_for_timeout(1_500)
        assert not any(frame.locator("#log").count() for frame in page.frames)
        page.close()


def test_the_example_shows_the_button_on_the_server_itself(person: BrowserContext, server: ServerProcess) -> None:
    page = person.new_page()
    page.goto(f"{server.url}/widget-example.html")
    expect(opened(page).get_by_test_id("starter").first).to_be_visible()

"""Whether what is new in a filing fits the screen and the finger: papers, look-up, receipt, card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chat_page import ChatPage
from conftest import PHONE as PHONE_SIZE
from conftest import Visits
from people import someone_else, up_to_the_paper
from photos import photo, too_large
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
WIDTHS = (320, 375, 1024)


class Faults:
    """What sticks out or is too small for a finger, by state and width."""

    def __init__(self, chat: ChatPage, shot: Shot) -> None:
        self._chat, self._shot = chat, shot
        self.found: list[str] = []

    def note(self, state: str) -> None:
        """Looks at the page as it is, at every width."""
        for width in WIDTHS:
            self._chat.page.set_viewport_size({"width": width, "height": PHONE_SIZE["height"]})
            by = self._chat.overflow_px()
            if by > 0:
                self.found.append(f"{state} at {width}: sticks out by {by}")
            self.found += [f"{state} at {width}: {small}" for small in self._chat.too_small()]
            self._shot(self._chat, f"{state}_{width}")


def test_each_state_of_a_filing_fits_every_screen_and_finger(visits: Visits, tmp_path: Path, shot: Shot) -> None:
    chat = visits.open()
    faults = Faults(chat, shot)
    up_to_the_paper(chat, someone_else())
    faults.note("paper")
    chat.choose_paper(too_large(tmp_path))
    expect(chat.page.get_by_test_id("paper-problem")).to_be_visible()
    faults.note("paper_refused")
    chat.upload(photo())
    faults.note("review")
    chat.press("再传一份")
    faults.note("second_paper")
    chat.press("传好了，下一步")
    chat.press("都对")
    faults.note("hand_in")
    chat.press("提交")
    faults.note("receipt")
    chat.press("我的备案")
    faults.note("filing")
    chat.say("凭备案号查")
    faults.note("look_up")
    chat.page.get_by_test_id("lookup-submit").click()
    expect(chat.page.get_by_test_id("lookup-problem-phone")).to_contain_text("还没有填")
    faults.note("look_up_problems")
    assert not faults.found, faults.found
    assert visits.complaints == []

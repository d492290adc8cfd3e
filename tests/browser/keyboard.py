"""Somebody who has no mouse: Tab, Enter, Space and the arrow keys, and what they type."""

from __future__ import annotations

import re

from chat_page import ChatPage
from playwright.sync_api import Locator, expect

NOTE_POINTERS = "addEventListener('pointerdown', () => { window.pointerUsed = true; }, true)"
WHERE = """() => {
  const {tagName, id, dataset, textContent} = document.activeElement;
  return dataset.testid || id || `${tagName} ${textContent.slice(0, 20)}`;
}"""
MOST_ARROWS = 40


class Keyboard:
    """The keyboard at an open page. `tabs`: how often Tab was pressed, for the longest way to anything."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat, self.page = chat, chat.page
        self.longest_way = 0
        self.page.evaluate(NOTE_POINTERS)

    def tab_to(self, target: Locator) -> None:
        """Presses Tab until the keyboard is there, forwards only."""
        for way in range(60):
            if target.evaluate("element => element === document.activeElement"):
                self.longest_way = max(self.longest_way, way)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"60 times Tab do not reach {target}; the keyboard is at {self.where()}")

    def press(self, title: str, key: str = "Enter") -> str:
        """Goes to the quick reply and presses it; what the assistant answers."""
        self.tab_to(self.chat.button(title))
        return self.chat.answered(lambda: self.page.keyboard.press(key))

    def type(self, slot: str, value: str) -> str:
        """Types into the field, where the keyboard must be already, and sends it with Enter."""
        expect(self.page.get_by_test_id(f"ask-{slot}")).to_be_focused()
        self.page.keyboard.type(value)
        return self.chat.answered(lambda: self.page.keyboard.press("Enter"))

    def choose(self, part: str, wanted: str) -> None:
        """Goes to the list and down it with the arrow key to the entry that says this."""
        entries = self.page.get_by_test_id(f"ask-{part}")
        self.tab_to(entries)
        for _ in range(MOST_ARROWS):
            if entries.evaluate("list => list.selectedOptions[0].textContent") == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {wanted} in the list of {part}")

    def submit(self) -> str:
        """Goes to 确定 and presses it; what the assistant answers."""
        self.tab_to(self.page.get_by_test_id("ask-submit"))
        return self.chat.answered(lambda: self.page.keyboard.press("Enter"))

    def where(self) -> str:
        """What the keyboard is at."""
        return str(self.page.evaluate(WHERE))

    def expect_at_heading_of(self, card: Locator) -> None:
        """The keyboard's place is the title of that card."""
        expect(card.get_by_role("heading").first).to_be_focused()

    def used_a_pointer(self) -> bool:
        """Whether anything was pressed with mouse or finger."""
        return bool(self.page.evaluate("window.pointerUsed === true"))


def is_said_aloud(element: Locator) -> bool:
    """Whether a screen reader is told of changes there: it lies in a live region."""
    live = element.evaluate("element => element.closest('[aria-live], [role=log], [role=status], [role=alert]')?.role")
    return bool(live and re.fullmatch("log|status|alert", live))

"""What is wrong with how the page looks, state by state and screen by screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from axe_check import violations
from chat_page import ChatPage
from playwright.sync_api import ViewportSize

Shot = Callable[..., Any]
SCREENS: tuple[ViewportSize, ...] = (
    {"width": 320, "height": 568}, {"width": 375, "height": 812}, {"width": 1280, "height": 900},
)
# Words that people in China read in Latin letters.
FAMILIAR = frozenset({"APP", "CSV", "Excel", "HEIC", "JPG", "MB", "PDF", "PNG", "WebP", "X"})
LATIN = re.compile(r"[A-Za-z_]+")


class Faults:
    """What sticks out, is cut, too fine, too small for a finger, or not in Chinese."""

    def __init__(self, chat: ChatPage, shot: Shot) -> None:
        self._chat, self._shot = chat, shot
        self.found: list[str] = []

    def note(self, state: str) -> None:
        """Looks at the page as it is, on every screen."""
        for screen in SCREENS:
            self._chat.page.set_viewport_size(screen)
            where = f"{state} at {screen['width']}"
            self.found += [f"{where}: {fault}" for fault in self._now()]
            self._shot(self._chat, f"{state}_{screen['width']}")

    def _now(self) -> list[str]:
        by = self._chat.overflow_px()
        sticking_out = [f"sticks out by {by}"] if by > 0 else []
        foreign = sorted(set(LATIN.findall(self._chat.text())) - FAMILIAR)
        return [
            *sticking_out, *self._chat.too_small(), *self._chat.too_fine(),
            *violations(self._chat.page), *(f"cut: {text}" for text in self._chat.cut()), *(f"not Chinese: {word}" for word in foreign),
        ]

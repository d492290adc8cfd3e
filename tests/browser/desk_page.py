"""The desk's page as an agent or an officer uses it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

DESK_WIDTH, DESK_HEIGHT = 1280, 800


class DeskPage:
    """One open page of the desk."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def open(self, at: str = "") -> DeskPage:
        """Opens the desk at that address after the #: the sign-in, or the page if somebody is signed in."""
        self.page.goto(f"{self.url}/desk{f'#/{at}' if at else ''}")
        expect(self.page.get_by_test_id("desk-sign-in").or_(self.page.get_by_test_id("desk-sign-out"))).to_be_visible()
        return self

    def sign_in(self, officer_id: str, password: str) -> DeskPage:
        """Signs in and waits for the first page."""
        self.try_to_sign_in(officer_id, password)
        expect(self.page.get_by_test_id("desk-sign-out")).to_be_visible()
        return self

    def try_to_sign_in(self, officer_id: str, password: str) -> None:
        """Fills the form in and sends it off, by keyboard alone."""
        self.page.get_by_test_id("desk-id").fill(officer_id)
        self.page.get_by_test_id("desk-password").fill(password)
        self.page.keyboard.press("Enter")

    def go(self, at: str) -> None:
        """Another page of the desk."""
        self.page.evaluate("at => { location.hash = `#/${at}`; }", at)

    def overflow_px(self) -> int:
        """By how much something sticks out to the right; tables that scroll by themselves don't count."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

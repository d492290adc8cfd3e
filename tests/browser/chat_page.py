"""The chat page as a person uses it: writes, presses, fills in, reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import page_measures
from playwright.sync_api import FilePayload, Locator, Page, expect

TURN_MS = 20_000
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_TABS = 60
LEAST_TARGET_PX, LEAST_PRINT_PX = 44, 16


class ChatPage:
    """One open page. Every step waits until the assistant has answered it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def open(self) -> ChatPage:
        """Opens the page and waits until it is connected."""
        self.page.goto(self.url)
        self.wait_until_connected()
        return self

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_connected()

    def wait_until_connected(self) -> None:
        expect(self.page.get_by_text("正在连接")).to_have_count(0)
        expect(self.page.get_by_test_id("offline-banner")).to_have_count(0, timeout=60_000)
        expect(self.page.locator("#log")).to_have_attribute("aria-live", "polite")

    # what is done

    def say(self, text: str) -> str:
        """Writes into the message box and sends; what the assistant answers."""
        self.page.get_by_test_id("chat-input").fill(text)
        return self.answered(lambda: self.page.get_by_test_id("chat-send").click())

    def press(self, title: str) -> str:
        """Presses the newest quick reply of that title; what the assistant answers."""
        return self.answered(lambda: self.button(title).click())

    def fill(self, slot: str, value: str) -> str:
        """Fills in the open field and sends it; what the assistant answers. A day is an ISO date."""
        if ISO_DAY.fullmatch(value):
            self.pick_day(slot, value)
        else:
            self.page.get_by_test_id(f"ask-{slot}").fill(value)
        return self.submit()

    def pick_day(self, slot: str, day: str) -> None:
        """Picks year, month and day in the open question's three lists."""
        lists = self.page.get_by_test_id(f"ask-{slot}")
        for part, figure in zip(("year", "month", "day"), day.split("-"), strict=True):
            lists.get_by_test_id(f"ask-{part}").select_option(value=str(int(figure)))

    def pick_region(self, province: str, city: str | None = None) -> str:
        """Picks the place in the two lists and sends it; a municipality has no second list."""
        self.page.get_by_test_id("ask-province").select_option(label=province)
        if city is not None:
            self.page.get_by_test_id("ask-city").select_option(label=city)
        return self.submit()

    def draw_signature(self) -> None:
        """Writes three strokes on the pad with the mouse."""
        pad = self.page.get_by_test_id("signature-pad")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box
        for left, top, right, bottom in ((0.2, 0.3, 0.7, 0.35), (0.45, 0.15, 0.4, 0.85), (0.25, 0.6, 0.75, 0.7)):
            mouse = self.page.mouse
            mouse.move(box["x"] + box["width"] * left, box["y"] + box["height"] * top)
            mouse.down()
            mouse.move(box["x"] + box["width"] * right, box["y"] + box["height"] * bottom, steps=8)
            mouse.up()

    def sign_by_typing(self, name: str) -> str:
        """Signs with a typed name; what the assistant answers."""
        self.page.get_by_test_id("signature-switch").click()
        self.page.get_by_test_id("signature-typed").fill(name)
        return self.submit()

    def submit(self) -> str:
        """Sends the open field; what the assistant answers."""
        return self.answered(lambda: self.page.get_by_test_id("ask-submit").click())

    def choose_bill(self, name: str, content: bytes) -> Locator:
        """Picks a file as the bill; the sheet that shows what was read of it, or why it wasn't."""
        file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_test_id("bill-file").set_input_files(file)
        return self.bill_once_read()

    def bill_once_read(self) -> Locator:
        """The sheet, when the reading of the bill has ended."""
        sheet = self.page.get_by_test_id("bill")
        expect(sheet.get_by_test_id("bill-sums").or_(sheet.get_by_test_id("bill-problem"))).to_be_visible(timeout=TURN_MS)
        return sheet

    def use_bill(self) -> str:
        """用这份账单算; what the assistant answers."""
        return self.answered(lambda: self.page.get_by_test_id("bill-use").click())

    def choose_paper(self, photo: bytes | Path) -> None:
        """Picks what says that it is a photo as the paper that is asked for."""
        file: FilePayload | Path = photo if isinstance(photo, Path) else jpeg("居住证.jpg", photo)
        self.page.get_by_test_id("paper-file").set_input_files(file)

    def upload(self, content: bytes) -> str:
        """Picks a photo that is taken; what the assistant answers."""
        return self.answered(lambda: self.choose_paper(content))

    def upload_from_chooser(self, file: FilePayload) -> str:
        """Presses the button and picks the file in what the browser opens; what the assistant answers."""
        return self.answered(lambda: self.pick_in_chooser(file))

    def pick_in_chooser(self, file: FilePayload | Path) -> None:
        """Presses the button and picks the file in what the browser opens."""
        with self.page.expect_file_chooser() as chosen:
            self.page.get_by_test_id("paper-button").click()
        chosen.value.set_files(file)

    def retry_paper(self) -> str:
        """再试一次; what the assistant answers."""
        return self.answered(lambda: self.page.get_by_test_id("paper-retry").click())

    def look_up(self, filing_no: str, last_four: str, phone: str) -> str:
        """Fills in the three and sends them; what the assistant answers."""
        for field, value in (("filing_no", filing_no), ("id_last_four", last_four), ("phone", phone)):
            self.page.get_by_test_id(f"lookup-{field}").fill(value)
        return self.answered(lambda: self.page.get_by_test_id("lookup-submit").click())

    def edit(self, slot: str) -> str:
        """Presses 修改 beside a line of the review."""
        return self.answered(lambda: self.page.get_by_test_id(f"review-edit-{slot}").last.click())

    def restart(self) -> None:
        """重新开始, and yes."""
        self.page.get_by_test_id("restart").click()
        self.page.get_by_test_id("restart-confirm").click()
        expect(self.page.get_by_test_id("msg-bot")).to_have_count(0)
        self.wait_until_connected()

    # what is seen

    def cost(self) -> Locator:
        """The newest cost card."""
        return self.page.get_by_test_id("cost").last

    def filing(self) -> Locator:
        """The newest card of a filing."""
        return self.page.get_by_test_id("filing").last

    def filing_no(self) -> str:
        """The number on the newest receipt or card."""
        return self.page.get_by_test_id("receipt-no").last.inner_text()

    def status(self, card: Locator) -> str:
        """How the filing of that card stands, as a code."""
        return card.get_by_test_id("filing-status").get_attribute("data-status") or ""

    def asked(self) -> Locator:
        """The open field, whatever it asks for."""
        return self.page.locator('[data-testid^="ask-"]')

    def tab_to(self, target: Locator) -> None:
        """Presses Tab until the keyboard is there."""
        for _ in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} times Tab do not reach {target}")

    def button(self, title: str) -> Locator:
        """The newest quick reply of that title that can be pressed."""
        name = re.compile(rf"^\s*{re.escape(title)}\s*$")
        return self.page.locator('[data-testid="quick-reply"]:enabled').filter(has_text=name).last

    def choices(self) -> list[str]:
        """The quick replies that can be pressed now."""
        return self.page.locator('[data-testid="quick-reply"]:enabled').all_inner_texts()

    def own(self) -> Locator:
        return self.page.get_by_test_id("msg-user")

    def text(self) -> str:
        """All that stands in the conversation."""
        return self.page.locator("#log").inner_text()

    def overflow_px(self) -> int:
        """By how much anything sticks out to the right of the screen."""
        return int(self.page.evaluate(page_measures.OVERFLOW))

    def too_small(self) -> list[str]:
        """What can be pressed or filled in now and is smaller than a fingertip."""
        return list(self.page.evaluate(page_measures.TOO_SMALL, LEAST_TARGET_PX))

    def too_fine(self) -> list[str]:
        """Print that is smaller than an old person can read."""
        return list(self.page.evaluate(page_measures.TOO_FINE, LEAST_PRINT_PX))

    def cut(self) -> list[str]:
        """Text that is wider than the box that holds it."""
        return list(self.page.evaluate(page_measures.CUT))

    def answered(self, act: Callable[[], object]) -> str:
        """What the assistant answers to what is done."""
        replies = self.page.get_by_test_id("msg-bot")
        before, own = replies.count(), self.own().count()
        act()
        expect(self.own()).to_have_count(own + 1)
        expect(self.own().last).to_have_attribute("data-delivery", "sent", timeout=TURN_MS)
        expect(self.page.get_by_test_id("typing")).to_have_count(0)
        assert replies.count() > before, "the assistant answered nothing"
        return "\n".join(replies.all_inner_texts()[before:])


def jpeg(name: str, content: bytes) -> FilePayload:
    """The content as a file that calls itself a photo."""
    return file_of(name, content, "image/jpeg")


def file_of(name: str, content: bytes, media_type: str) -> FilePayload:
    """The content as a file that calls itself that."""
    return {"name": name, "mimeType": media_type, "buffer": content}


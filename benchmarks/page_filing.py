"""What a filing costs who fills it in: presses, typed fields and seconds from opening the page to the receipt.

    python -m benchmarks.page_filing [--width 375] [--url http://127.0.0.1:8000]

A scripted person files 威海 long-term residence in headless Chromium, on a server of its own unless one is named.
A list costs two presses: it is opened, an entry is chosen. The seconds are the page's and the server's alone: the
script neither reads nor thinks.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import SystemRandom

from playwright.sync_api import Locator, Page, expect, sync_playwright

from benchmarks.filing_people import ANSWERS, person
from benchmarks.turns import free_port, start

HEIGHT, PATIENCE_MS = 812, 30_000
PROVINCE, CITY = "江苏省", "南京市"
NO_CHROMIUM = "no Chromium: apt-get install chromium, or name the executable in the environment variable CHROMIUM"
SWITCHES = ["--no-sandbox", "--disable-gpu"]


@dataclass
class Step:
    """What one step took of who fills in, and how long the answer to it did."""

    name: str
    presses: int = 0
    fields: int = 0
    characters: int = 0
    seconds: float = 0.0


@dataclass
class Person:
    """Somebody at the page, whose every press is counted."""

    page: Page
    steps: list[Step] = field(default_factory=list)

    def open(self, url: str) -> None:
        """Opens the page and waits until it can be used."""
        began = time.perf_counter()
        self.page.goto(url)
        self.page.get_by_test_id("starter").first.wait_for()
        self.steps.append(Step("open the page", seconds=time.perf_counter() - began))

    def begin(self, text: str) -> None:
        """Presses what the empty page offers."""
        self._take("begin", [self.page.get_by_test_id("starter").filter(has_text=text)])

    def choose(self, name: str, title: str) -> None:
        """Presses an offered answer."""
        self._take(name, [self.page.locator('[data-testid="quick-reply"]:enabled').filter(has_text=title).last])

    def pick(self, name: str, entries: dict[str, str]) -> None:
        """Picks from lists, each by the words of its entry, and sends."""
        for test_id, label in entries.items():
            self.page.get_by_test_id(test_id).select_option(label=label)
        self._take(name, [self.page.get_by_test_id("ask-submit")], presses=2 * len(entries))

    def press_and_send(self, name: str, first: Locator) -> None:
        """Presses something in the field's card, then sends."""
        self._take(name, [first, self.page.get_by_test_id("ask-submit")])

    def type(self, name: str, test_id: str, value: str) -> None:
        """Types into the field, which has the keyboard already, and sends."""
        expect(self.page.get_by_test_id(test_id)).to_be_focused()
        self.page.keyboard.type(value)
        self._take(name, [self.page.get_by_test_id("ask-submit")], fields=1, characters=len(value))

    def sign(self, name: str) -> None:
        """Signs by typing the name."""
        self.page.get_by_test_id("signature-switch").click()
        self.page.get_by_test_id("signature-typed").wait_for()
        self.page.keyboard.type(name)
        self._take("sign", [self.page.get_by_test_id("ask-submit")], presses=1, fields=1, characters=len(name))

    def _take(self, name: str, pressed: list[Locator], presses: int = 0, fields: int = 0, characters: int = 0) -> None:
        own = self.page.get_by_test_id("msg-user")
        count, began = own.count(), time.perf_counter()
        for target in pressed:
            target.click()
        expect(own).to_have_count(count + 1)
        expect(own.last).to_have_attribute("data-delivery", "sent", timeout=PATIENCE_MS)
        seconds = time.perf_counter() - began
        self.steps.append(Step(name, presses + len(pressed), fields, characters, seconds))


def file(someone: Person, url: str) -> str:
    """Everything from the empty page to the receipt; the filing's number."""
    who = person(SystemRandom().randrange(10**6))
    someone.open(url)
    someone.begin("办备案")
    someone.choose("insured where", "威海")
    someone.choose("which filing", "异地长期居住备案")
    someone.pick("to where", {"ask-province": PROVINCE, "ask-city": CITY})
    someone.choose("for how long", "6个月以上")
    someone.choose("for whom", "本人")
    someone.type("name", "ask-name", ANSWERS["name"])
    someone.type("ID number", "ask-id_number", who["id_number"])
    someone.type("phone", "ask-phone", who["phone"])
    someone.choose("reason", "投靠亲属")
    someone.press_and_send("first day", someone.page.get_by_role("button", name="明天"))
    someone.type("address", "ask-address", ANSWERS["address"])
    someone.choose("review", "都对")
    someone.choose("letter", "我已读完并同意")
    someone.sign(ANSWERS["name"])
    return someone.page.get_by_test_id("receipt-no").inner_text()


def table(steps: list[Step]) -> Iterator[str]:
    """The figures, a line for each step and one for all."""
    total = Step(
        f"{len(steps)} steps", sum(s.presses for s in steps), sum(s.fields for s in steps),
        sum(s.characters for s in steps), sum(s.seconds for s in steps),
    )
    yield f"{'step':<16}{'presses':>8}{'typed':>7}{'letters':>9}{'seconds':>9}"
    for step in (*steps, total):
        yield f"{step.name:<16}{step.presses:>8}{step.fields:>7}{step.characters:>9}{step.seconds:>9.2f}"


@contextmanager
def a_page(width: int) -> Iterator[Page]:
    """A page in headless Chromium, as on a phone held by somebody who was never here."""
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), "chromium", "google-chrome"))), None)
    if found is None:
        raise SystemExit(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()
        browser.close()


def measure(url: str, width: int) -> None:
    """Files once and prints what it took."""
    with a_page(width) as page:
        someone = Person(page)
        number = file(someone, url)
    print("\n".join(table(someone.steps)))
    print(f"filed at {width} px as {number}")


def on_a_server_of_its_own(act: Callable[[str], None]) -> None:
    """Does it with a server that is started for this and ended after it."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server, _ = start(folder, port)
        try:
            act(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(20)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Count what a filing on the page takes")
    parser.add_argument("--width", type=int, default=375)
    parser.add_argument("--url", help="a server that runs already; what is filed stays there")
    given = parser.parse_args()
    if given.url:
        measure(given.url, given.width)
    else:
        on_a_server_of_its_own(lambda url: measure(url, given.width))


if __name__ == "__main__":
    main()

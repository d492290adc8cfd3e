"""How fast the pages are there: the chat page and the desk in headless Chromium, as they are and on a slow phone.

    python -m benchmarks.page_load [--runs 5]

Prints medians of: first and largest contentful paint; blocking time (what long tasks take beyond 50 ms each, from
the first paint to the drawn answer); layout shift (the worst window of a second's gaps, 5 s at most); from opening
the page to an answer; from sending to the answer; and the scripts, as they came over the line and compressed with
gzip. Each run is somebody who has not been here before. The slow phone is Lighthouse's: 1.6 Mbit/s, 150 ms, a
processor four times slower. Chromium does not slow a WebSocket's line down, only its processor. Needs web/dist;
talks to 127.0.0.1 only.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, fields

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from benchmarks.turns import free_port, start

ACCOUNT, PASSWORD = "bench-1", "a password to measure with"
QUESTION = "我在威海参保，去烟台看病要不要备案"
WIDTHS = {"desktop": 1280, "slow phone": 390}
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER_PROCESSOR = 4
QUIET_MS = 1500
CASE = {
    "situation": "self_arranged", "has_valid_filing": "false", "scheme": "employee", "employment": "working",
    "hospital_level": "tertiary",
}
PATIENCE_MS = 60_000
LONG_MS = 50  # a longer task keeps a tap waiting
WATCH = """
window.seen = {paint: 0, largest: 0, tasks: [], shifts: []};
const watch = (type, take) =>
  new PerformanceObserver(list => list.getEntries().forEach(take)).observe({type, buffered: true});
watch("paint", one => { if (one.name === "first-contentful-paint") seen.paint = one.startTime; });
watch("largest-contentful-paint", one => { seen.largest = one.startTime; });
watch("longtask", one => { seen.tasks.push([one.startTime, one.duration]); });
watch("layout-shift", one => { if (!one.hadRecentInput) seen.shifts.push([one.startTime, one.value]); });
"""
# When something is drawn for the first time, by the page's own clock.
DRAWN = """selector => new Promise(resolve => {
  const look = () => document.querySelector(selector) && requestAnimationFrame(() => resolve(performance.now()));
  if (!look()) new MutationObserver((_, watcher) => { if (look()) watcher.disconnect(); })
    .observe(document, {childList: true, subtree: true});
})"""


@dataclass(frozen=True)
class Figures:
    """One run; milliseconds, and bytes."""

    first_paint: float
    largest_paint: float
    blocking: float
    shift: float
    to_answer: float
    answer: float
    scripts: float
    scripts_gz: float


UNITS = {"first_paint": "ms", "largest_paint": "ms", "blocking": "ms", "to_answer": "ms", "answer": "ms", "shift": "",
         "scripts": "kB", "scripts_gz": "kB"}
Use = Callable[[Page], tuple[float, float]]  # the page's clock when it was sent, and when the answer was drawn


def ask(page: Page) -> tuple[float, float]:
    """A question in the chat page."""
    page.get_by_test_id("chat-input").fill(QUESTION)
    return until_drawn(page, "msg-bot", lambda: page.get_by_test_id("chat-send").click())


def reckon(page: Page) -> tuple[float, float]:
    """A bill in the desk's cost page, from its total, which comes last, to the sums."""
    page.get_by_test_id("cost-field-insured_region").fill("杭州")
    page.get_by_test_id("cost-field-treatment_region").fill("上海")
    for name, value in CASE.items():
        page.get_by_test_id(f"cost-field-{name}").select_option(value)
    total = page.get_by_test_id("cost-field-total_amount")
    total.fill("25000")
    return until_drawn(page, "cost-headline", lambda: total.press("Enter"))


def until_drawn(page: Page, test_id: str, send: Callable[[], object]) -> tuple[float, float]:
    """When it was sent, and when what answers was drawn."""
    page.evaluate(f"void (window.drawn = ({DRAWN})('[data-testid={test_id}]'))")
    sent = page.evaluate("performance.now()")
    send()
    page.get_by_test_id(test_id).first.wait_for(timeout=PATIENCE_MS)
    return float(sent), float(page.evaluate("window.drawn"))


def measured(context: BrowserContext, url: str, use: Use, *, is_slow: bool) -> Figures:
    """One visit of a browser that has not been here before."""
    page, scripts = context.new_page(), []
    page.on("response", lambda answer: scripts.append(answer) if answer.request.resource_type == "script" else None)
    page.add_init_script(WATCH)
    line = context.new_cdp_session(page)
    if is_slow:
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW_LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    page.goto(url, wait_until="load")
    sent, answered = use(page)
    page.wait_for_timeout(QUIET_MS)
    seen = page.evaluate("window.seen")
    blocking = sum(max(0, took - LONG_MS) for at, took in seen["tasks"] if at >= seen["paint"])
    came, packed = (sum(found) for found in zip(*(_sizes(one) for one in scripts), strict=True))
    page.close()
    return Figures(
        seen["paint"], seen["largest"], blocking, worst_window(seen["shifts"]), answered, answered - sent,
        came, packed,
    )


def _sizes(script: Response) -> tuple[int, int]:
    """Bytes as they came over the line, and compressed."""
    return script.request.sizes()["responseBodySize"], len(gzip.compress(script.body(), 9))


def worst_window(shifts: list[list[float]]) -> float:
    """Cumulative layout shift: the largest sum of shifts less than 1 s apart within 5 s."""
    worst = total = began = before = 0.0
    for at, value in shifts:
        if at - before > 1000 or at - began > 5000:
            total, began = 0.0, at
        total, before = total + value, at
        worst = max(worst, total)
    return worst


def visits(browser: Browser, url: str, profile: str, page: str, runs: int) -> list[Figures]:
    """So many visits of that page, each in a fresh browser; the desk's is signed in."""
    found = []
    for _ in range(runs):
        context = browser.new_context(
            viewport={"width": WIDTHS[profile], "height": 844}, locale="zh-CN", timezone_id="Asia/Shanghai",
        )
        if page == "desk":
            signed_in = context.request.post(f"{url}/desk/login", data={"officer_id": ACCOUNT, "password": PASSWORD})
            assert signed_in.ok, signed_in.text()
        at, use = (f"{url}/desk#/cost", reckon) if page == "desk" else (url, ask)
        found.append(measured(context, at, use, is_slow=profile == "slow phone"))
        context.close()
    return found


def add_account(folder: str) -> None:
    """Somebody to sign in at the desk."""
    command = [sys.executable, "-W", "ignore", "-m", "services.accounts", "add", ACCOUNT, "测量", "--role", "agent"]
    environment = {**os.environ, "DATA_DIR": folder}
    subprocess.run(command, env=environment, input=f"{PASSWORD}\n", text=True, check=True, stdout=subprocess.DEVNULL)


def told(name: str, values: list[float]) -> str:
    """The median in its unit."""
    median = statistics.median(values)
    unit = UNITS[name]
    return f"{median:.3f}" if not unit else f"{median / 1000:,.0f} kB" if unit == "kB" else f"{median:,.0f} ms"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Measure how fast the pages are there")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    names = (os.environ.get("CHROMIUM", ""), "chromium", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        raise SystemExit("no Chromium found: install one, or name it with CHROMIUM")
    with tempfile.TemporaryDirectory() as folder:
        add_account(folder)
        port = free_port()
        server, _ = start(folder, port)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                print_table(browser, f"http://127.0.0.1:{port}", runs)
                browser.close()
        finally:
            server.terminate()
            server.wait(20)


def print_table(browser: Browser, url: str, runs: int) -> None:
    """A column for each page and profile; the first visit warms the server up and does not count."""
    columns = [(page, profile) for page in ("chat", "desk") for profile in WIDTHS]
    visits(browser, url, "desktop", "chat", 1)
    found = {column: visits(browser, url, column[1], column[0], runs) for column in columns}
    print(" " * 15 + "".join(f"{f'{page}, {profile}':>20}" for page, profile in columns))
    for field in fields(Figures):
        row = (told(field.name, [getattr(one, field.name) for one in found[column]]) for column in columns)
        print(f"{field.name:15}" + "".join(f"{cell:>20}" for cell in row))


if __name__ == "__main__":
    main()

"""How long an agent waits in the browser: from the last key of a line to the answer on the page.

    python -m benchmarks.page_desk

Headless Chromium against a server of its own on this machine. The page waits 120 ms after a key before it asks.
"""

import os
import shutil

from playwright.sync_api import Page, sync_playwright

from benchmarks.desk_measured import AGENT, ASKED, CASES, PASSWORD, PLACES, serving, told

MOST = 80
# From the key's event to the moment the page waits for nothing more and has drawn the card.
WATCH = """() => {
  window.waited = new Promise(done => {
    let began = 0, asked = false;
    document.addEventListener("input", () => { began = performance.now(); }, {once: true, capture: true});
    const answers = document.querySelector("[data-testid=desk-answers]");
    const watch = new MutationObserver(() => {
      const isBusy = answers.getAttribute("aria-busy") === "true";
      asked ||= began > 0 && isBusy;
      if (!asked || isBusy || !document.querySelector("[data-testid=desk-card]")) return;
      watch.disconnect();
      requestAnimationFrame(() => done(performance.now() - began));
    });
    watch.observe(answers, {attributes: true, attributeFilter: ["aria-busy"]});
  });
}"""


def waited(page: Page, place: str, asked: str) -> float:
    """Seconds from the word that asks, put in at once as an input method does, to the card."""
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-testid=desk-card]", state="detached")
    page.keyboard.insert_text(f"{place} ")
    page.wait_for_selector("[data-testid=desk-other]")
    page.wait_for_selector("[data-testid=desk-answers][aria-busy=false]")
    page.evaluate(WATCH)
    page.keyboard.insert_text(asked)
    return float(page.evaluate("window.waited")) / 1000


def main() -> None:
    """Prints median and 99th percentile."""
    rows = [(f"{place} {case}".strip(), asked) for asked in ASKED for place in PLACES[:4] for case in ("", CASES[1])]
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with serving() as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{url}/desk")
        page.get_by_test_id("desk-id").fill(AGENT)
        page.get_by_test_id("desk-password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_test_id("desk-line").wait_for()
        waited(page, *rows[0])
        print(told("from the last key to the answer", [waited(page, *row) for row in rows[:MOST]]))
        browser.close()


if __name__ == "__main__":
    main()

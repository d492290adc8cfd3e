"""What axe finds against WCAG 2.2 AA on a page as it is now: used by the tests of the chat page and of the desk."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page
from server_process import PROJECT_DIR

AXE = PROJECT_DIR / "web" / "node_modules" / "axe-core" / "axe.min.js"
# Each element that axe complains of, with the rule and what to change; hidden parts are left out by axe itself.
FOUND = """async () => {
  const {violations} = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"],
  });
  return violations.flatMap(({id, nodes}) => nodes.map(
    node => `${id}: ${node.target.join(" ")}: ${node.failureSummary.split("\\n").slice(1).join(" ").trim()}`,
  ));
}"""


def violations(page: Page) -> list[str]:
    """The faults of the page as it is now, each with rule, element and what to change."""
    if not page.evaluate("typeof axe === 'object'"):
        # Through the debugger: the page's own policy lets no script in from elsewhere.
        page.evaluate(_axe())
    found: list[Any] = page.evaluate(FOUND)
    return [str(fault) for fault in found]


def assert_no_violations(page: Page, where: str) -> None:
    """Fails with all that axe finds; `where` names the state of the page in the message."""
    found = violations(page)
    assert not found, f"{where}:\n" + "\n".join(found)


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")

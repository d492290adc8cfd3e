"""How much has to be fetched before one can ask."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from server_process import PROJECT_DIR

pytestmark = pytest.mark.browser
DIST = PROJECT_DIR / "web" / "dist"
MOST_SCRIPT, MOST_WIDGET = 250_000, 6_000
STATIC_IMPORT = re.compile(r'(?:^|[;}\s])import\s*(?:[\w*{}\s,$]+?from\s*)?["`\'](\./[^"`\']+)["`\']')


def first_scripts() -> set[Path]:
    """The page's script and all that it imports at once, which the browser fetches before it runs anything."""
    page = (DIST / "index.html").read_text(encoding="utf-8")
    waiting = [DIST / name for name in re.findall(r'(?:src|href)="\./(assets/[^"]+\.js)"', page)]
    found: set[Path] = set()
    while waiting:
        script = waiting.pop()
        if script not in found:
            found.add(script)
            waiting += [script.parent / name for name in STATIC_IMPORT.findall(script.read_text(encoding="utf-8"))]
    return found


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def test_the_page_s_script_is_light_and_the_chart_is_not_in_it() -> None:
    scripts = first_scripts()
    assert scripts and sum(map(compressed, scripts)) < MOST_SCRIPT
    assert not any("chart" in script.name for script in scripts)
    assert any("chart" in script.name for script in (DIST / "assets").glob("*.js")), "it is fetched when it is needed"


def test_the_button_for_other_sites_is_one_small_script() -> None:
    script = DIST / "widget.js"
    assert compressed(script) < MOST_WIDGET
    assert not STATIC_IMPORT.search(script.read_text(encoding="utf-8"))

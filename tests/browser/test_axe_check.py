"""The check of accessibility finds what is wrong: a check that finds nothing anywhere would be no use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_check import assert_no_violations, violations
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
GOOD = """<!doctype html><html lang="zh-CN"><title>页面</title><body><main><h1>标题</h1>
<button style="width:60px;height:60px">好</button></main>"""
BAD = """<!doctype html><html><body><p style="color:#bbb;background:#fff">看不清</p><img src="data:,"><input>
<button style="width:9px;height:9px;padding:0"></button><button style="width:9px;height:9px;padding:0">x</button>"""
FAULTS = {"button-name", "color-contrast", "document-title", "html-has-lang", "image-alt", "label", "target-size"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_a_faultless_page_passes(page: Page) -> None:
    page.set_content(GOOD)
    assert_no_violations(page, "good")


def test_every_fault_is_named_with_its_rule_and_the_message_says_where(page: Page) -> None:
    page.set_content(BAD)
    assert {fault.split(":")[0] for fault in violations(page)} >= FAULTS
    with pytest.raises(AssertionError, match="the bad page:\n"):
        assert_no_violations(page, "the bad page")

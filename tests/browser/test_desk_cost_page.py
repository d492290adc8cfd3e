"""The desk's cost page: filled in by keyboard, reckoned as one types, set side by side, on one sheet of paper."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_check import assert_no_violations
from desk import OFFICER_ID, PASSWORD, Desk
from desk_page import DeskPage
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.model]
WIDTHS = (320, 375, 1280)
PICTURES = "screenshots"


class CostPage:
    """The open cost page."""

    def __init__(self, desk_page: DeskPage) -> None:
        self.desk_page, self.page = desk_page, desk_page.page
        desk_page.go("cost")
        expect(self.field("insured_region")).to_be_focused()

    def field(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"cost-field-{name}")

    def part(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"cost-{name}")

    def tell(self, **values: str) -> None:
        """Fills in fields in that order; a value of a choice by its name."""
        for name, value in values.items():
            field = self.field(name)
            expect(field).to_be_visible()
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
                field.press("Tab")

    def tell_hangzhou(self) -> None:
        """A stay in 上海 of somebody insured in 杭州, all of it told."""
        self.tell(insured_region="杭州", treatment_region="上海", total_amount="25,000")
        self.tell(situation="self_arranged", has_valid_filing="false", scheme="employee", employment="working")
        self.tell(hospital_level="tertiary", non_covered_amount="0", class_b_upfront_amount="0")
        self.pays("9,256元")

    def pays(self, patient: str) -> None:
        expect(self.part("headline")).to_contain_text(patient)
        expect(self.part("result")).to_have_attribute("data-stale", "false")


def opened(visits: Any, width: int = 1280) -> CostPage:
    return CostPage(visits.desk(width).sign_in(OFFICER_ID, PASSWORD))


@pytest.fixture
def picture(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Page, str], None]:
    folder = tmp_path_factory.getbasetemp() / PICTURES
    folder.mkdir(exist_ok=True)

    def take(page: Page, name: str) -> None:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take


def test_the_result_comes_as_one_types_with_formula_and_source(visits: Any, desk: Desk, picture):
    cost = opened(visits)
    cost.tell_hangzhou()
    share = cost.part("out_of_area_upfront_amount")
    for words in ("5,000.00", "25,000元 × 20% = 5,000元", "杭州医保异地就医宣传分册"):
        expect(share).to_contain_text(words)
    expect(cost.part("chart").locator("svg")).to_be_visible()
    expect(cost.part("sources")).to_contain_text("2020年12月9日")
    cost.tell(total_amount="30000")
    cost.pays("10,976元")
    picture(cost.page, "desk_cost")


def test_what_is_missing_is_named_and_pressed_in(visits: Any, desk: Desk):
    cost = opened(visits)
    cost.tell(insured_region="威海", treatment_region="北京", total_amount="25000")
    missing = cost.part("missing")
    expect(missing).to_contain_text("职工还是居民医保")
    expect(cost.part("headline")).to_have_count(0)
    missing.get_by_role("button", name="居民医保", exact=True).click()
    expect(cost.field("scheme")).to_have_value("resident")
    missing.get_by_role("button", name="一档", exact=True).click()
    expect(cost.field("benefit_tier")).to_have_value("tier_one")
    expect(cost.part("pick")).to_be_visible()


def test_only_fields_that_matter_are_there(visits: Any, desk: Desk):
    cost = opened(visits)
    expect(cost.field("scheme")).to_have_count(0)
    cost.tell(insured_region="杭州", scheme="employee")
    expect(cost.field("employment")).to_be_visible()
    expect(cost.field("person_group")).to_have_count(0)
    cost.tell(scheme="resident")
    expect(cost.field("person_group")).to_be_visible()
    expect(cost.field("employment")).to_have_count(0)


def test_what_is_wrong_stands_beside_its_field(visits: Any, desk: Desk, picture):
    cost = opened(visits)
    cost.tell_hangzhou()
    cost.tell(non_covered_amount="26000")
    expect(cost.part("fault-non_covered_amount")).to_contain_text("比总费用（25,000元）还多")
    expect(cost.field("non_covered_amount")).to_have_attribute("aria-invalid", "true")
    expect(cost.part("problem")).to_contain_text("标红的地方")
    expect(cost.part("copy")).to_be_disabled()  # what stands there is of another form
    assert_no_violations(cost.page, "a fault on the cost page")
    picture(cost.page, "desk_cost_fault")
    cost.tell(non_covered_amount="0", treatment_region="和平")
    expect(cost.part("fault-treatment_region")).to_contain_text("不止一个")
    cost.tell(treatment_region="上海")
    cost.pays("9,256元")


def test_class_b_lines_and_a_settlement_sheet(visits: Any, desk: Desk):
    cost = opened(visits)
    cost.tell_hangzhou()
    cost.tell(class_b_upfront_amount="")
    cost.part("more-classes").locator("summary").click()
    cost.part("add-line").click()
    cost.part("line-amount-0").fill("3000")
    cost.part("line-percent-0").fill("一成")
    expect(cost.page.get_by_text("要在0到100之间")).to_be_visible()
    cost.part("line-percent-0").fill("10")
    expect(cost.part("class_b_upfront_amount")).to_contain_text("300.00")
    cost.part("more-sheet").locator("summary").click()
    cost.tell(**{"sheet-deductible": "500"})
    expect(cost.part("sheet-deductible")).to_contain_text("不一样")
    expect(cost.part("sheet")).to_contain_text("结算单少300元")


def test_other_cases_stand_side_by_side_and_follow_the_form(visits: Any, desk: Desk, picture):
    cost = opened(visits)
    cost.tell_hangzhou()
    cost.part("preset-filed").click()
    patient = cost.part("beside-patient_total_amount")
    expect(patient).to_contain_text("少付4,100元")
    cost.part("keep").click()
    cost.tell(hospital_level="secondary")
    cost.pays("8,620元")
    expect(patient).to_contain_text("多付636元")  # the kept one is still tertiary
    expect(cost.part("beside").get_by_role("columnheader")).to_have_count(3)
    picture(cost.page, "desk_cost_columns")
    cost.page.get_by_role("button", name="去掉「如果办了备案」").click()
    expect(cost.part("beside").get_by_role("columnheader")).to_have_count(2)


def test_nothing_but_keys_is_needed(visits: Any, desk: Desk):
    cost = opened(visits)
    keyboard = cost.page.keyboard
    keyboard.type("高邮")
    keyboard.press("Tab")
    expect(cost.field("scheme")).to_be_visible()
    keyboard.type("南京")
    keyboard.press("Enter")
    cost.field("scheme").focus()
    keyboard.press("ArrowDown")
    expect(cost.field("scheme")).to_have_value("employee")
    cost.field("total_amount").focus()
    keyboard.type("20000")
    expect(cost.part("missing")).to_contain_text("在职还是退休")
    cost.page.get_by_role("main").focus()
    keyboard.press("n")
    expect(cost.field("total_amount")).to_have_value("")
    expect(cost.field("insured_region")).to_be_focused()
    cost.part("undo").click()
    expect(cost.field("total_amount")).to_have_value("20000")


def test_the_copied_text_holds_case_result_and_sources(visits: Any, desk: Desk):
    cost = opened(visits)
    cost.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(cost.part("copy")).to_be_disabled()
    cost.tell_hangzhou()
    cost.part("copy").click()
    expect(cost.part("copied")).to_have_text("已复制")
    text = cost.page.evaluate("navigator.clipboard.readText()")
    for words in ("参保地：浙江省杭州市", "自己付9,256元", "杭州医保异地就医宣传分册", "2020年12月", "以医院结算单为准"):
        assert words in text, words


def test_the_print_is_one_sheet_with_case_table_sources_and_the_word_estimate(visits: Any, desk: Desk, picture):
    cost = opened(visits)
    cost.tell_hangzhou()
    cost.part("more-sheet").locator("summary").click()
    cost.tell(**{"sheet-deductible": "500", "sheet-patient_total_amount": "9000"})
    expect(cost.part("sheet-patient_total_amount")).to_be_visible()
    cost.pays("9,256元")
    cost.page.emulate_media(media="print")
    picture(cost.page, "desk_cost_print")
    printed = PdfReader(io.BytesIO(cost.page.pdf(prefer_css_page_size=True)))
    (sheet,) = printed.pages
    text = "".join(unicodedata.normalize("NFKC", sheet.extract_text()).split())
    for words in ("住院费用估算", "浙江省杭州市", "5,000.00", "2023年6月", "以医院结算单为准"):
        assert words in text, (words, text)
    assert "就医情形没说" not in text and "复制" not in text


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_and_axe_finds_nothing(visits: Any, desk: Desk, picture, width: int):
    cost = opened(visits, width)
    assert_no_violations(cost.page, f"the empty cost page at {width}")
    assert cost.desk_page.overflow_px() <= 0
    cost.tell_hangzhou()
    cost.part("preset-filed").click()
    expect(cost.part("beside")).to_be_visible()
    assert_no_violations(cost.page, f"the cost page at {width}")
    assert cost.desk_page.overflow_px() <= 0
    picture(cost.page, f"desk_cost_{width}")


def test_no_sum_stays_in_the_browser_or_its_address(visits: Any, desk: Desk):
    cost = opened(visits)
    cost.tell_hangzhou()
    kept = cost.page.evaluate("JSON.stringify([location.href, {...localStorage}, {...sessionStorage}])")
    assert not [told for told in ("25,000", "25000", "9256", "330100", "杭州") if told in kept]

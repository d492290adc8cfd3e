"""An itemised bill on the page: chosen or pasted, looked through with its faults by line, reckoned with."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from chat_page import ChatPage
from conftest import Visits
from openpyxl import Workbook
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
BEFORE_THE_BILL = "杭州职工医保，在职，没备案去上海三级医院住院，算算自己付多少"
BILL = "项目名称,金额,医保类别,自付比例\nCT平扫,300,乙类,5%\n床位费,三百左右,甲类,\n药费,8700,甲类,\n进口钢板,1000,自费,\n"
GBK = BILL.encode("gb18030")
LONG_NAME = "一次性使用无菌进口可吸收带线锚钉（肩关节镜下使用，含推送器）"
PASTED = "床位费 1200 甲类\nCT平扫 300 乙类 5%\n进口支架 abc 自费\n陪护费 200 自费\n药费 8,300 甲类"
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const input = document.querySelector("[data-testid=chat-input]");
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def test_a_gbk_file_is_shown_with_its_faults_by_line_and_then_reckoned_with(chat: ChatPage, shot: Shot) -> None:
    chat.say(BEFORE_THE_BILL)
    sheet = chat.choose_bill("账单.csv", GBK)
    expect(sheet.get_by_test_id("bill-faults").locator("li")).to_have_text("第3行的金额写的是「三百左右」，认不出是多少。请改成数字，例如 300.00。")
    assert sheet.get_by_test_id("bill-sums").get_by_role("row").all_inner_texts() == [
        "总费用\t10,000.00元", "自费\t1,000.00元", "乙类先行自付\t15.00元",
    ]
    rows = sheet.get_by_test_id("bill-rows").locator("tbody tr")
    assert [row.split() for row in rows.all_inner_texts()] == [
        ["2", "CT平扫", "乙类", "先付5%", "300.00"], ["4", "药费", "甲类", "8,700.00"], ["5", "进口钢板", "自费", "1,000.00"],
    ]
    shot(chat, "bill")
    assert "自己付至少4,761.84元，医保付最多5,238.16元" in chat.use_bill()
    expect(chat.page.get_by_test_id("bill")).to_have_count(0)
    for name, amount in (("non_covered_amount", "1,000.00"), ("class_b_upfront_amount", "15.00")):
        expect(chat.cost().get_by_test_id(f"cost-{name}")).to_contain_text(amount)
        expect(chat.cost().get_by_test_id(f"cost-{name}")).to_contain_text("账单")
    shot(chat, "bill_used")


def test_a_formula_in_a_spreadsheet_is_named_by_its_line_and_not_guessed(chat: ChatPage, shot: Shot) -> None:
    content = workbook(("项目名称", "金额", "类别"), ("CT平扫", 300, "甲类"), ("药费", "=100*3", "甲类"), ("护理费", 50, "甲类"))
    sheet = chat.choose_bill("住院费用.xlsx", content)
    expect(sheet.get_by_test_id("bill-faults").locator("li")).to_contain_text("第3行的金额是公式")
    expect(sheet.get_by_test_id("bill-sums")).to_contain_text("350.00元")
    shot(chat, "bill_formula")
    sheet.get_by_test_id("bill-cancel").click()
    expect(sheet).to_have_count(0)
    expect(chat.own()).to_have_count(0)


@pytest.mark.parametrize(("name", "content", "says"), [
    ("大账单.csv", b"x" * 5_000_001, "“大账单.csv”有5.1 MB，最多5 MB"),
    ("照片.jpg", b"x", "“照片.jpg”读不了"),
    ("空的.csv", b"", "什么都没有"),
], ids=["too large", "a photo", "empty"])
def test_what_cannot_be_a_bill_never_leaves_the_page(
    chat: ChatPage, shot: Shot, name: str, content: bytes, says: str
) -> None:
    sent: list[str] = []
    chat.page.on("request", lambda request: sent.append(request.url))
    sheet = chat.choose_bill(name, content)
    expect(sheet.get_by_test_id("bill-problem")).to_contain_text(says)
    expect(sheet.get_by_test_id("bill-retry")).to_have_count(0)
    shot(chat, f"bill_refused_{len(content)}")
    sheet.get_by_role("button", name="知道了").click()
    expect(sheet).to_have_count(0)
    assert not [url for url in sent if "/chat/bill" in url]


def test_a_bill_without_one_readable_line_cannot_be_used(chat: ChatPage) -> None:
    chat.page.get_by_test_id("bill-file").set_input_files(
        {"name": "账单.csv", "mimeType": "text/csv", "buffer": "项目名称,金额\n床位费,三百左右\n".encode()}
    )
    expect(chat.page.get_by_test_id("bill-faults")).to_contain_text("第2行")
    expect(chat.page.get_by_test_id("bill-use")).to_be_disabled()


def test_without_a_network_the_bill_waits_and_goes_out_at_the_second_try(chat: ChatPage, shot: Shot) -> None:
    chat.page.context.set_offline(True)
    sheet = chat.choose_bill("账单.csv", GBK)
    expect(sheet.get_by_test_id("bill-problem")).to_contain_text("文件还在")
    shot(chat, "bill_offline")
    chat.page.context.set_offline(False)
    sheet.get_by_test_id("bill-retry").click()
    expect(sheet.get_by_test_id("bill-sums")).to_contain_text("10,000.00元")


def test_a_few_pasted_lines_are_added_up_and_the_bad_one_is_named(chat: ChatPage, shot: Shot) -> None:
    chat.say("威海居民二档，去北京三级医院住院，算算自己付多少")
    said = chat.say(PASTED)
    assert "第3行" in said and "总费用10,000元" in said
    assert "进口支架" not in chat.own().last.inner_text(), "items of a bill are not kept"
    expect(chat.cost().get_by_test_id("cost-non_covered_amount")).to_contain_text("200.00")
    expect(chat.cost().get_by_test_id("cost-class_b_upfront_amount")).to_contain_text("15.00")
    shot(chat, "bill_pasted")


def test_a_paste_too_long_for_a_message_is_read_as_a_bill(chat: ChatPage) -> None:
    lines = [f"{LONG_NAME}第{at}件 100 甲类" for at in range(1, 81)]
    chat.page.evaluate(PASTE, "\n".join(lines))
    sheet = chat.bill_once_read()
    expect(sheet.get_by_test_id("bill-sums")).to_contain_text("8,000.00元")
    expect(sheet.get_by_test_id("bill-rows").locator("tbody tr")).to_have_count(50)
    sheet.get_by_test_id("bill-all").click()
    expect(sheet.get_by_test_id("bill-rows").locator("tbody tr")).to_have_count(80)
    expect(chat.page.get_by_test_id("chat-input")).to_have_value("")


def test_a_bill_is_chosen_and_used_with_the_keyboard(chat: ChatPage) -> None:
    # Listening from now on: a key press is so quick that it could overtake the order to catch the chooser.
    chat.page.on("filechooser", lambda chooser: None)
    chat.say(BEFORE_THE_BILL)
    chat.tab_to(chat.page.get_by_test_id("bill-button"))
    with chat.page.expect_file_chooser() as chosen:
        chat.page.keyboard.press("Enter")
    chosen.value.set_files({"name": "账单.csv", "mimeType": "text/csv", "buffer": GBK})
    sheet = chat.bill_once_read()
    expect(sheet.get_by_role("heading", name="账单明细")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(chat.page.get_by_test_id("bill-button")).to_be_focused()
    chat.choose_bill("账单.csv", GBK)
    chat.tab_to(chat.page.get_by_test_id("bill-use"))
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_test_id("cost-headline")).to_contain_text("4,761.84元")


@pytest.mark.parametrize("width", [320, 375, 1024])
def test_a_bill_with_long_names_and_large_sums_fits_the_screen(visits: Visits, shot: Shot, width: int) -> None:
    chat = visits.open(width=width)
    chat.say(BEFORE_THE_BILL)
    chat.choose_bill("账单.csv", (BILL + f"{LONG_NAME},1234567.89,自费,\n").encode())
    assert chat.overflow_px() <= 0
    shot(chat, f"bill_{width}")
    assert "1,244,567.89元" in chat.use_bill()
    expect(chat.cost().get_by_test_id("cost-chart").locator("svg")).to_be_visible()
    assert chat.overflow_px() <= 0
    shot(chat, f"bill_used_{width}")

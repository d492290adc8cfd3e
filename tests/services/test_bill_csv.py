"""Bills as text files: columns, encodings, totals, refunds, and files that are half broken."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.bill_files import read_csv, read_file
from services.bill_rows import BillRow, BillUnreadable, ReadBill

HEAD = "项目名称,金额,医保类别,自付比例\n"


def read(text: str) -> ReadBill:
    return read_csv(text.encode())


def sums(bill: ReadBill) -> dict[str, str]:
    return {name: str(amount) for name, amount in bill.sums.items() if amount}


def faults(bill: ReadBill) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.message) for fault in bill.faults]


def test_items_are_read_with_class_and_share():
    bill = read(HEAD + "床位费,1200.00,甲类,\nCT平扫,300,乙类,10%\n进口钢板,8000,丙类,100%\n纱布,20,,\n支架,500,乙类,\n")
    assert bill.rows == (
        BillRow(2, "床位费", Decimal("1200.00"), "A", None), BillRow(3, "CT平扫", Decimal("300.00"), "B", Decimal("0.1")),
        BillRow(4, "进口钢板", Decimal("8000.00"), "none", None), BillRow(5, "纱布", Decimal("20.00"), None, None),
        BillRow(6, "支架", Decimal("500.00"), "B", None),
    )
    assert sums(bill) == {
        "total_amount": "10020.00", "non_covered_amount": "8000.00", "class_b_upfront_amount": "30.00",
        "class_b_open_amount": "500.00", "unclassed_amount": "20.00",
    }
    assert [note for note in bill.notes if "500元" in note] and [note for note in bill.notes if "20元" in note]


def test_the_upfront_share_is_rounded_once_and_half_up():
    bill = read(HEAD + "甲药,0.05,乙,10%\n" * 3 + "乙药,0.10,乙,50%\n" * 2)  # 0.015 + 0.1 = 0.115
    assert sums(bill)["class_b_upfront_amount"] == "0.12"


def test_a_calculation_is_told_sums_only():
    bill = read(HEAD + "CT平扫,300,乙类,10%\n支架,500,乙类,\n")
    assert bill.facts == {
        "total_amount": "800.00", "non_covered_amount": "0.00", "class_b_upfront_amount": "30.00", "class_b_open_amount": "500.00",
    }
    assert "class_b_open_amount" not in read(HEAD + "CT平扫,300,乙类,10%\n").facts


@pytest.mark.parametrize("text", [
    "金额(元)\t甲乙类\t自付比\t收费项目\n300.00\t乙\t10\tCT平扫\n",
    "药品名称;总价;等级;先行自付比例\nCT平扫;300.00;乙类;0.1\n",
    "名称，合计金额，类别，自付比例（%）\nCT平扫，300.00，乙，10\n",
    '"收费项目名称","费用","甲乙类","乙类自付比例"\n"CT平扫","300.00","乙类","10%"\n',
    "某某医院住院费用清单,,,\n姓名：某某,,科室：内科,\n项目名称,金额,医保类别,自付比例\nCT平扫,300.00,乙类,10%\n",
    "项目|单价|数量|费用类别|自付比例\nCT平扫|150.00|2次|乙类|10%\n",
    "序号,医保类别,费用类别,项目名称,规格,单价,数量,金额,自付比例\n1,乙类,检查费,CT平扫,64排,150,2,300.00,10%\n",
    "项目名称  金额  医保类别  自付比例\nCT平扫  300.00  乙类  10%\n",
])
def test_columns_are_found_by_their_headings_in_any_order_and_with_any_separator(text):
    (row,) = read(text).rows
    assert (row.name, row.amount, row.catalogue_class, row.class_b_rate) == ("CT平扫", 300, "B", Decimal("0.1"))


def test_blocks_side_by_side_are_both_read():
    bill = read("项目,金额,类别,项目,金额,类别\nCT平扫,300,甲,床位费,50,自费\n护理费,20,甲,,,\n合计,370\n")
    assert [(row.name, row.catalogue_class) for row in bill.rows] == [("CT平扫", "A"), ("床位费", "none"), ("护理费", "A")]
    assert not bill.faults


def test_a_summary_by_kind_of_cost_is_read_too():
    bill = read("费用类别,金额\n西药费,3000\n检查费,2000\n合计,5000\n")
    assert sums(bill) == {"total_amount": "5000.00", "unclassed_amount": "5000.00"}
    assert sums(read("类别,金额\n甲类,100\n自费,50\n")) == {"total_amount": "150.00", "non_covered_amount": "50.00"}


def test_the_part_above_a_price_limit_is_not_covered():
    bill = read("项目名称,金额,类别,自付比例,超限价自费金额\n床位费,1000,甲,,200\n支架,1000,乙,10%,400\n")
    assert sums(bill) == {"total_amount": "2000.00", "non_covered_amount": "600.00", "class_b_upfront_amount": "60.00"}


@pytest.mark.parametrize(("share", "kind"), [("0", "A"), ("0.1", "B"), ("1", "none")])
def test_without_a_class_the_share_tells_it(share, kind):
    assert read(f"项目名称,金额,自付比例\nCT平扫,300,{share}\n").rows[0].catalogue_class == kind


def test_class_and_share_that_contradict_each_other_are_a_fault():
    bill = read(HEAD + "CT平扫,300,甲类,10%\n床位费,50,甲类,\n")
    assert faults(bill)[0][0] == 2 and "10%" in faults(bill)[0][1]
    assert sums(bill)["total_amount"] == "50.00"


@pytest.mark.parametrize(("row", "said"), [
    ("CT平扫,三百左右,乙类,", "第2行的金额写的是「三百左右」"), ("CT平扫,12.345,乙类,", "小数多于2位"), ("CT平扫,200000000,,", "超过1亿元"),
    ("CT平扫,NaN,乙类,", "「NaN」"), ("CT平扫,,乙类,", "第2行的金额是空的"), ("CT平扫", "断在中间"), (",300,甲类,", "没有项目名称"),
    ("CT平扫,=B3*2,甲类,", "是公式"), ("CT平扫,300,乙类,一成", "第2行的自付比例写的是「一成」"), ("CT平扫,300,乙类,250%", "「250%」"),
])
def test_a_row_that_cannot_be_read_is_a_fault_by_line_and_the_others_are_kept(row, said):
    bill = read(HEAD + row + "\n床位费,50,甲类,\n")
    assert [fault.line for fault in bill.faults] == [2]
    assert said in bill.faults[0].message and "请" in bill.faults[0].message
    assert sums(bill)["total_amount"] == "50.00"


def test_price_times_count_stands_in_for_a_missing_amount():
    bill = read("名称,单价,数量\n药片,0.3333,30\n针剂,12.5,2盒\n纱布,,3\n")
    assert [str(row.amount) for row in bill.rows] == ["10.00", "25.00"]
    assert faults(bill)[0][0] == 4 and "缺单价或数量" in faults(bill)[0][1]


def test_totals_are_no_items_and_only_the_last_grand_total_is_compared():
    bill = read(HEAD + "CT平扫,300,甲类,\n小计,300,,\n本页合计,300,,\n床位费,50,甲类,\n合计,350.00,,\n")
    assert sums(bill)["total_amount"] == "350.00" and not bill.faults


@pytest.mark.parametrize("total", ["合计,400", "合 计,400.00", "总计：400元", "费用合计,肆佰元整", "合计金额,,,400"])
def test_a_total_that_differs_is_a_fault_with_both_figures(total):
    bill = read(HEAD + f"CT平扫,300,甲类,\n床位费,50,甲类,\n{total}\n")
    assert [fault.line for fault in bill.faults] == [4]
    assert all(figure in bill.faults[0].message for figure in ("400元", "350元", "差50元"))


def test_a_refund_of_what_was_charged_is_taken_off_in_its_class():
    bill = read(HEAD + "支架,1000,乙类,10%\n退费 支架,-400,,\nCT平扫,300,自费,\nCT平扫(冲红),-300,自费,\n")
    assert sums(bill) == {"total_amount": "600.00", "class_b_upfront_amount": "60.00"}
    assert not bill.faults


@pytest.mark.parametrize(("refund", "said"), [
    ("护理费,-5,甲类,", "前面没有收过"), ("CT平扫,-301,甲类,", "前面只收过300元"), ("CT平扫,-5,自费,", "前面没有收过"),
])
def test_a_refund_of_what_was_not_charged_is_a_fault(refund, said):
    bill = read(HEAD + f"CT平扫,300,甲类,\n{refund}\n")
    assert said in bill.faults[0].message and sums(bill)["total_amount"] == "300.00"


def test_a_heading_on_every_page_and_lines_beside_the_items_are_passed_over():
    page = "项目名称,金额,类别\nCT平扫,300,甲\n第1页 共2页,,\n打印时间：2026-11-22,,\n\n,,\n"
    bill = read(page * 2)
    assert len(bill.rows) == 2 and not bill.faults


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest():
    bill = read(HEAD + '"CT平扫,300,甲类,\n' + "床位费,50,甲类,\n" * 20)
    assert sums(bill)["total_amount"] == "1300.00"


def test_quoted_cells_may_hold_separators_lines_and_spreadsheet_tricks():
    bill = read(HEAD + '"CT,平扫\n64排","1,300.00",甲类,\n="0012号针",="50",甲类,\n')
    assert [(row.line, row.name, str(row.amount)) for row in bill.rows] == [(2, "CT,平扫 64排", "1300.00"), (4, "0012号针", "50.00")]


@pytest.mark.parametrize(("encoding", "noted"), [
    ("utf-8", None), ("utf-8-sig", None), ("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
])
def test_usual_encodings_are_read_and_told(encoding, noted):
    bill = read_csv((HEAD + "CT平扫,300,乙类,10%\n").encode(encoding))
    assert bill.rows[0].name == "CT平扫" and sums(bill)["class_b_upfront_amount"] == "30.00"
    assert any(noted in note for note in bill.notes) if noted else not bill.notes


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_file_cut_off_in_the_middle_of_a_character_is_read_up_to_there(encoding):
    content = (HEAD + "CT平扫,300,乙类,10%\n床位费").encode(encoding)[:-1]
    assert [row.name for row in read_csv(content).rows] == ["CT平扫"]


@pytest.mark.parametrize(("content", "said"), [
    (b"", "是空的"), (b" \r\n\t", "是空的"), (b"\xef\xbb\xbf", "是空的"), (HEAD.encode(), "只有表头"), ("你好，我想问个事".encode(), "没有找到账单项目"),
    (bytes(range(256)) * 20, "文字读不出来"), (b"%PDF-1.7\n...", "识别不了图片和PDF"), (b"\x89PNG\r\n\x1a\n....", "识别不了图片"),
    (b"\xff\xd8\xff\xe0....", "识别不了图片"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "旧的 .xls"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "网页格式"), (b"x" * 5_000_001, "超过5 MB"),
])
def test_a_file_without_a_bill_is_refused_with_what_to_do(content, said):
    with pytest.raises(BillUnreadable, match=r"请|再传") as refused:
        read_file("账单.csv", content)
    assert said in str(refused.value)


def test_the_name_of_a_picture_is_believed_when_the_content_says_nothing():
    with pytest.raises(BillUnreadable, match="识别不了图片"):
        read_file("照片.HEIC", b"something")


def test_more_rows_than_a_bill_can_have_are_refused():
    with pytest.raises(BillUnreadable, match="20,000行"):
        read(HEAD + "a,1,,\n" * 20_001)
    assert len(read(HEAD + "a,1,,\n" * 20_000).rows) == 20_000
    with pytest.raises(BillUnreadable, match="20,000行"):
        read(HEAD + "a,x,,\n" * 40_000)


def test_a_text_file_of_plain_lines_is_read_line_by_line():
    assert sums(read_file("账单.txt", "CT平扫 300 乙类 5%\n床位费 1200 甲类".encode())) == {"total_amount": "1500.00", "class_b_upfront_amount": "15.00"}

"""Bills as spreadsheets: real files, made here."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from services.bill_files import read_file
from services.bill_rows import BillUnreadable, ReadBill

HEAD = ["项目名称", "金额", "医保类别", "自付比例"]


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xlsx(*rows: list[Any], book: Workbook | None = None) -> bytes:
    book = book or Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def read(content: bytes) -> ReadBill:
    return read_file("费用清单.xlsx", content)


def test_numbers_texts_and_percent_formats_are_read():
    book = Workbook()
    content = xlsx(HEAD, ["床位费", 1200, "甲类", None], ["CT平扫", "３００元", "乙类", "10%"], ["支架", 0.1 + 0.2, "乙", 0.05], book=book)
    book.active["D4"].number_format = "0%"
    bill = read(saved(book))
    assert read(content).sums == bill.sums
    assert [(row.line, str(row.amount), str(row.class_b_rate)) for row in bill.rows] == [
        (2, "1200.00", "None"), (3, "300.00", "0.1"), (4, "0.30", "0.05"),
    ]


def test_a_percent_format_makes_one_all_of_it():
    book = Workbook()
    xlsx(HEAD, ["支架", 100, "乙", 1], ["CT平扫", 100, "乙", 5], book=book)
    assert [str(row.class_b_rate) for row in read(saved(book)).rows] == ["0.01", "0.05"]
    book.active["D2"].number_format = "0.00%"
    assert [str(row.class_b_rate) for row in read(saved(book)).rows] == ["1", "0.05"]


def test_formulas_are_never_calculated_but_told_by_line():
    bill = read(xlsx(HEAD, ["CT平扫", "=100*3", "甲类"], ["床位费", 50, "甲类"], ["合计", "=SUM(B2:B3)"]))
    assert [fault.line for fault in bill.faults] == [2]
    assert "是公式" in bill.faults[0].message and "粘贴成数值" in bill.faults[0].message
    assert [row.name for row in bill.rows] == ["床位费"] and any("合计没能读出来" in note for note in bill.notes)


def test_title_lines_over_merged_cells_and_blank_rows_are_passed_over():
    book = Workbook()
    book.active.append(["某某医院住院费用明细清单"])
    book.active.merge_cells("A1:D1")
    book.active.append(["姓名：某某", None, "住院号：000"])
    book.active.append([])
    bill = read(xlsx(HEAD, ["CT平扫", 300, "甲类"], [], ["床位费", 50, "甲类"], ["合计", 350], book=book))
    assert [row.line for row in bill.rows] == [5, 7] and not bill.faults


def test_the_first_sheet_with_a_heading_is_read_and_told():
    book = Workbook()
    book.active.append(["说明"])
    book.create_sheet("明细").append(HEAD)
    book["明细"].append(["CT平扫", 300, "甲类"])
    bill = read(saved(book))
    assert len(bill.rows) == 1 and "读的是第2张" in bill.notes[0]


def test_a_wrong_dimension_and_cells_far_away_do_no_harm():
    book = Workbook()
    xlsx(HEAD, ["CT平扫", 300, "甲类"], book=book)
    book.active.cell(1_000_000, 16_000, "x")
    assert len(read(saved(book)).rows) == 1


def test_dates_booleans_and_errors_are_no_amounts():
    content = xlsx(HEAD, ["CT平扫", True, "甲"], ["床位费", "#REF!", "甲"], ["护理费", 12.345, "甲"], ["针", float("1e300"), "甲"])
    assert [fault.line for fault in read(content).faults] == [2, 3, 4, 5]


def packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def changed(member: str, new: bytes, *more: tuple[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx(HEAD, ["CT平扫", 300, "甲类"]))) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()} | {member: new} | dict(more))


NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = b"<worksheet " + NAMESPACE + b"""><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>300.10000000000002</v></c></row></sheetData></worksheet>"""


def strings(*texts: bytes) -> bytes:
    return b"<sst " + NAMESPACE + b">" + b"".join(b"<si><t>" + text + b"</t></si>" for text in texts) + b"</sst>"


def with_strings(table: bytes) -> bytes:
    """The file as spreadsheet programs write it: texts in a table of their own."""
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", (
            b'<Override PartName="/xl/sharedStrings.xml" '
            b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
        ))
    return changed("xl/worksheets/sheet1.xml", SHEET, ("xl/sharedStrings.xml", table), ("[Content_Types].xml", types))


def test_a_file_as_spreadsheet_programs_write_it_is_read():
    table = strings("项目名称".encode(), "金额".encode(), "CT平扫".encode())
    bill = read(with_strings(table))
    assert [(row.name, str(row.amount)) for row in bill.rows] == [("CT平扫", "300.10")]


@pytest.mark.parametrize(("content", "said"), [
    (xlsx(HEAD)[:-200], "打不开"), (b"PK\x03\x04" + bytes(50), "打不开"), (packed({"word/document.xml": b"<a/>"}), "不是 .xlsx"),
    (packed({"xl/workbook.xml": b"<a/>", "bomb": bytes(50_000_001)}), "太大了"),
    (changed("xl/worksheets/sheet1.xml", b"<row>" + b"<c/>" * 1_200_001), "太大了"),
    (changed("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "打不开"), (changed("xl/workbook.xml", b""), "打不开"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"), (xlsx(HEAD), "只有表头"),
    (xlsx(["随便", "写写"]), "没有找到账单项目"), (xlsx(), "没有找到账单项目"),
])
def test_a_file_that_is_no_bill_is_refused_with_what_to_do(content, said):
    with pytest.raises(BillUnreadable, match="请") as refused:
        read(content)
    assert said in str(refused.value)


def test_entities_in_a_spreadsheet_are_not_expanded():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + b"&a;" * 1_000 + b'"><!ENTITY c "' + b"&b;" * 1_000
        + b'"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    )
    for entity in (b"&c;", b"&x;"):
        table = bomb + strings("项目名称".encode(), "金额".encode(), entity)
        with pytest.raises(BillUnreadable, match="打不开"):
            read(with_strings(table))


def test_twenty_thousand_rows_are_read_and_more_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for _ in range(20_001):
        sheet.append(["CT平扫", 1, "甲类"])
    with pytest.raises(BillUnreadable, match="20,000行"):
        read(saved(book))

"""Whatever is sent, there comes a bill or a reason why not, soon, and never anything else."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest
from openpyxl import Workbook

from services.bill_files import read_file
from services.bill_rows import BillUnreadable
from services.bill_sheet import looks_like_sheet, read_sheet
from services.bill_text import looks_like_bill, read_pasted

pytestmark = pytest.mark.slow

BILL = (
    "某某医院,,,\n项目名称,单价,数量,金额,医保类别,自付比例,超限价\nCT平扫,150.00,2,300.00,乙类,10%,\n\"床位费,普通\",50,1,50,甲类,0,10\n"
    "支架,8000,1,\"8,000\",自费,1,\nCT平扫,150,-1,-150,乙类,10%,\n小计,,,8200,,,\n合计,,,8200.00,,,\n贰仟元,,,贰仟叁佰元伍角,,一成,\n"
)
SPICES = ["", ",", "\t", ";", "，", '"', "\n", "\0", "=", "-", "9" * 50, "千", "万", "亿", "点", "元", "角", "分", "%", "(", "甲", "¥", "e9", "²", "\u202e", "合计", "负", "两"]


def outcome(name: str, content: bytes) -> str:
    try:
        bill = read_file(name, content)
    except BillUnreadable as fault:
        assert str(fault)
        return "refused"
    assert bill.rows or bill.faults
    assert all(amount == round(amount, 2) for amount in bill.sums.values())
    assert bill.sums["total_amount"] >= 0
    return "read"


def mutated(chance: random.Random, text: str) -> str:
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(SPICES) + text[at + chance.randint(0, 3):]
    return text


def test_random_bytes_are_read_or_refused():
    chance = random.Random(4)
    heads = [b"", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0"]
    for _ in range(2_000):
        outcome(chance.choice(["a.csv", "b.xlsx", ""]), chance.choice(heads) + chance.randbytes(chance.randint(0, 400)))


def test_mutated_text_files_are_read_or_refused():
    chance = random.Random(5)
    outcomes = [
        outcome("a.csv", mutated(chance, BILL).encode(chance.choice(["utf-8", "gb18030", "utf-16"]))) for _ in range(2_000)
    ]
    assert outcomes.count("read") > 1_500


def spreadsheet() -> bytes:
    book = Workbook()
    for line in BILL.splitlines():
        book.active.append(line.split(","))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_spreadsheets_with_broken_bytes_are_read_or_refused():
    chance = random.Random(6)
    for _ in range(200):
        content = bytearray(spreadsheet())
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        outcome("a.xlsx", bytes(content))


def test_spreadsheets_with_mutated_parts_are_read_or_refused():
    chance = random.Random(8)
    with zipfile.ZipFile(io.BytesIO(spreadsheet())) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    spices = ["<", ">", "/>", '"', "&", "<f>1+1</f>", '<c t="s"><v>9</v></c>', '<c t="d"><v>x</v></c>', '<row r="0"/>', '<row r="x"/>', 'r="ZZZZ9"', "99999", "", "-1", "e", "NaN"]
    for _ in range(300):
        name = chance.choice(["xl/worksheets/sheet1.xml", *parts])
        part = parts[name]
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(part) + 1)
            part = part[:at] + chance.choice(spices) + part[at + chance.randint(0, 4):]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for other, content in parts.items():
                archive.writestr(other, part if other == name else content)
        outcome("a.xlsx", packed.getvalue())


def test_mutated_pasted_texts_are_read_or_refused():
    chance = random.Random(7)
    pasted = "CT平扫 300 乙类 5%\n床位费：1200.00元 甲类\n总费用 25000 自费 2000 乙类自付 800\n合计 两万五"
    for _ in range(2_000):
        text = mutated(chance, pasted)
        looks_like_bill(text), looks_like_sheet(text), read_sheet(text)
        try:
            read_pasted(text)
        except BillUnreadable as fault:
            assert str(fault)


def test_texts_made_to_take_long_do_not():
    began = time.process_time()
    for text in ("自费" * 10_000, "总费用 " * 10_000, "9," * 20_000, "，" * 40_000, "甲类" * 10_000, "CT " * 10_000, "医保" * 10_000, "一" * 40_000, "(" * 40_000,
                 "费用" * 20_000 + "\n" + "项目" * 20_000, "元" * 20_000, "1" * 40_000, "合计" * 10_000, "医疗费用" * 10_000, "元是" * 10_000):
        looks_like_bill(text + "\n" + text), looks_like_sheet(text)
        try:
            read_pasted(text)
            read_pasted("项目,金额\n" + text + "\n" + text.replace(",", "") + ",5")
        except BillUnreadable:
            continue
    assert time.process_time() - began < 10

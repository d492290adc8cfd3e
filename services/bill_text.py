"""A bill pasted into the chat: one item a line (CT平扫 300 乙类 5%), or cells copied from a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.bill_cells import numbered, tabular_lines
from services.bill_checks import Gathered, settled, take_total
from services.bill_columns import columns_of
from services.bill_rows import BillRow, BillUnreadable, CatalogueClass, ReadBill
from services.bill_sheet import names_a_sum
from services.bill_table import LONGEST_NAME, classed, read_table
from services.bill_values import BadValue, class_of, number_of, plain, share_of, shown

EXAMPLE = "名称 金额 类别 自付比例，例如：CT平扫 300 乙类 5%"
_FEWEST_ITEMS = 2
_LONGEST_LINE = 200
_LONGEST_ITEM = 30  # characters of a name; what is said is longer
_SERIAL = re.compile(r"^(?:\(?\d{1,3}[.、)](?:\s+|(?=[^\d\s.]))|[-•·*]\s+)")
_YUAN = re.compile(r"((?:¥|-)?\d[\d,]*(?:\.\d+)?)\s*(?:元|块钱|块)")
_CLASS_WORD = re.compile(
    r"(?P<word>(?:[甲乙丙]类|全自费|自费)(?:药品?|项目)?)(?:(?:先行|个人)?自付(?:比例)?)?:?\s*(?P<rate>\d{1,3}(?:\.\d+)?%|(?=\s|,|$|\())"
)
_BREAKS = re.compile(r"[\s:;|、]+")
_COMMAS_APART = re.compile(r",(?!\d)|(?<!\d),")
_NUMBER = re.compile(r"\(?[-+]?¥?[-+]?\d[\d,]*(?:\.\d*)?(?:元|块钱|块)?\)?", re.ASCII)
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百千万两]{2,}|.{1,12}[元块]")
_GLUED = re.compile(r"(?P<name>.*[\u4e00-\u9fff)])(?P<amount>\d[\d,]*(?:\.\d+)?)")
_CLASS_CELL = re.compile(r"[甲乙丙]|自费|非医保|目录外|医保外")
_RATE = re.compile(r"(?:(?:先行|个人)?自付(?:比例)?)?:?(\d{1,3}(?:\.\d+)?%?)", re.ASCII)
_NO_ITEM = re.compile(
    r"[?吗呢]|多少|怎么|[我您你他她]|请|帮|能不能|可以|报销|备案|参保|花了|交了|一共|总共|只要|超限价|第[一二三四五六]次|住院[一两二三四五六]次"
    r"|居民|职工|退休|在职|[一二]档|[一二三][级甲]|年龄|岁|电话|手机|身份证|编号|卡号|密码|日期|住院号|地址|姓名|\d乘"
)


@dataclass
class _Item:
    """The parts of a line, as typed."""

    names: list[str] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    kind: CatalogueClass | None = None
    rate_in_kind: str = ""
    rate: str = ""


def read_pasted(text: str) -> ReadBill:
    """The bill in a text. Raises BillUnreadable where it holds no item at all."""
    return read_text(text, [])


def read_text(text: str, notes: list[str]) -> ReadBill:
    """The bill in a text, as a table or line by line. Raises BillUnreadable where it holds no item at all."""
    lines = tabular_lines(text)
    table = read_table(lines, notes) if lines else None
    bill = table or _read_lines(text, Gathered(notes=list(notes)))
    if bill.rows or (table and bill.faults):
        return bill
    if table:
        raise BillUnreadable("只有表头，没有一项费用。请把明细一起传上来。")
    raise BillUnreadable(
        "没有找到账单项目。请让表头写上「项目名称」「金额」「类别」「自付比例」，或者一行写一项：" + EXAMPLE + "。"
    )


def looks_like_bill(text: str) -> bool:
    """Whether it is a bill rather than something said: two lines with items, or a table with its heading."""
    try:
        lines = numbered(text.replace("；", "\n"))
        if len(lines) < _FEWEST_ITEMS:
            return False
        cells = tabular_lines(text)
        table = read_table(cells) if cells else None
    except BillUnreadable:  # too long for a bill, and certainly nothing said
        return True
    if table is not None:
        return bool(table.rows)
    return sum(_is_item_like(line) for _, line in lines) >= _FEWEST_ITEMS


def _is_item_like(line: str) -> bool:
    if _NO_ITEM.search(plain(line)) or len(line) > _LONGEST_LINE:
        return False
    try:
        row = _row_of(0, line)
    except BadValue:
        return False
    return row is not None and 1 < len(row.name) <= _LONGEST_ITEM and not names_a_sum(row.name)


def _read_lines(text: str, gathered: Gathered) -> ReadBill:
    for number, line in numbered(text):
        for part in re.split("[；;]", line):
            if any(character.isdigit() for character in plain(part)) or _CLASS_CELL.search(part):
                _read_line(gathered, number, part)
    return settled(gathered)


def _read_line(gathered: Gathered, number: int, line: str) -> None:
    if len(line) > _LONGEST_LINE:
        gathered.fault(number, f"第{number}行「{shown(line)}」太长了。请一行写一项：{EXAMPLE}。")
        return
    item = _item_of(line)
    last = item.amounts[-1] if item.amounts else ""
    if columns_of(item.names) or take_total(gathered, number, [*item.names[:1], *item.amounts], last):
        return
    try:
        row = _row_of(number, line)
    except BadValue as fault:
        gathered.fault(number, f"第{number}行「{shown(line)}」{fault}")
        return
    if row:
        gathered.add(row)
    else:
        gathered.fault(number, f"第{number}行「{shown(line)}」认不出项目和金额。请写成：{EXAMPLE}。")


def _row_of(number: int, line: str) -> BillRow | None:
    """The item of a line; None for no item. Raises BadValue for one that cannot be told."""
    item = _item_of(line)
    name = plain(" ".join(item.names))
    if not name or not item.amounts:
        return None
    amount = number_of(_amount_among(item.amounts, line))
    kept = BillRow(number, shown(name, LONGEST_NAME), amount)
    in_kind = share_of(item.rate_in_kind, False)
    kind = item.kind or (class_of(name)[0] if _CLASS_CELL.search(name) else None)  # 自费药 500
    return classed(kept, kind, in_kind, share_of(item.rate, False))


def _item_of(line: str) -> _Item:
    """The line's words sorted: what is name, number, class, share."""
    item = _Item()
    for word in _words(line):
        if item.amounts and (match := _RATE.fullmatch(word)) and _is_rate(item, word):
            item.rate = match[1]
        elif _NUMBER.fullmatch(word) or (_NUMERAL.fullmatch(word) and _is_number(word)):
            item.amounts.append(word)
        elif item.names and _CLASS_CELL.search(word) and class_of(word)[0]:
            item.kind = class_of(word)[0]
        elif not item.amounts or not item.names:
            item.names.append(word)
    if item.names and len(item.amounts) > 1 and _words(line)[0] == item.amounts[0] and "." not in item.amounts[0]:
        del item.amounts[0]  # the line's number in a list
    if not item.amounts and item.names and (glued := _GLUED.fullmatch(item.names[-1])):
        item.names[-1], item.amounts = glued["name"], [glued["amount"]]
    return item


def _is_rate(item: _Item, word: str) -> bool:
    return "%" in word or "自付" in word or (item.kind == "B" and not item.rate)


def _words(line: str) -> list[str]:
    spaced = plain(_SERIAL.sub("", plain(line.replace("，", " "))))
    spaced = _CLASS_WORD.sub(r" \g<word> \g<rate> ", _YUAN.sub(r" \1元 ", spaced)).replace("¥", " ¥")
    if _COMMAS_APART.search(spaced):
        spaced = spaced.replace(",", " ")
    return [word for word in _BREAKS.split(spaced) if word]


def _is_number(word: str) -> bool:
    try:
        number_of(word)
    except BadValue:
        return False
    return True


def _amount_among(amounts: list[str], line: str) -> str:
    """The one that is the amount: the only one, the only one in yuan, or price × count = amount."""
    if len(amounts) == 1:
        return amounts[0]
    price, count, product = ("1", *amounts)[-3:]
    if len(amounts) > 2 and number_of(price, 6) * number_of(count, 6) == number_of(product):
        return product
    in_yuan = [amount for amount in amounts if "元" in amount or "¥" in amount]
    if len(in_yuan) == 1 and not re.search(r"\d,\d", line):
        return in_yuan[0]
    raise BadValue(f"有{len(amounts)}个数，分不清哪个是金额。请写成：{EXAMPLE}。")

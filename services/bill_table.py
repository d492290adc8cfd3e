"""A bill as a table: rows of cells, from whatever kind of file → items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from rules_engine.money import to_cents
from services.bill_checks import Gathered, settled, take_total
from services.bill_columns import Columns, columns_of
from services.bill_rows import BillRow, ReadBill
from services.bill_values import PERCENT, BadValue, class_of, counts_in_points, number_of, plain, share_of, shown

Value = TypeVar("Value")
Line = tuple[int, Sequence[str]]  # the number people see beside it, and its cells
HEADING_WITHIN = 60  # lines; above stand the hospital's name, the patient, the days
LONGEST_NAME = 60
_UNIT_OF_COUNT = re.compile(r"(?<=\d)\s*[^\d\s.,]{1,3}$")  # 2盒
_ASIDE = re.compile(
    r"打印|制表|收款|操作员|复核|第\d+页|备注|说明|注:|患者|病人|姓名|住院|科室|病区|床号|日期|时间|单位|医院|票据|发票|大写|经办|交款"
)


def read_table(lines: Iterable[Line], notes: Iterable[str] = ()) -> ReadBill | None:
    """The bill in a table; None where no heading says which column is what."""
    rest = list(lines)
    for at, (_, cells) in enumerate(rest[:HEADING_WITHIN]):
        blocks = columns_of(cells)
        if blocks:
            return _read_below(rest[at + 1:], blocks, Gathered(notes=list(notes)))
    return None


def _read_below(lines: Sequence[Line], blocks: tuple[Columns, ...], gathered: Gathered) -> ReadBill:
    in_points = counts_in_points([block.cell(cells, block.rate) for _, cells in lines for block in blocks])
    if any(block.upfront is not None and block.rate is None for block in blocks):
        gathered.notes.append("表里有自付金额一列，这里没有用；乙类要看自付比例那一列。")
    for number, cells in lines:
        again = columns_of(cells)  # the heading is printed on every page
        if again:
            blocks = again
            continue
        for at, block in enumerate(blocks):
            own = cells if len(blocks) == 1 else _cells_of(blocks, at, cells)
            if any(plain(cell) for cell in own):
                _read_row(gathered, number, own, block, in_points)
    return settled(gathered)


def _cells_of(blocks: Sequence[Columns], at: int, cells: Sequence[str]) -> list[str]:
    """The row with only this block's cells filled."""
    start = blocks[at].name
    end = blocks[at + 1].name if at + 1 < len(blocks) else len(cells)
    return [cell if start <= column < end else "" for column, cell in enumerate(cells)]


def _read_row(gathered: Gathered, number: int, cells: Sequence[str], block: Columns, in_points: bool) -> None:
    if take_total(gathered, number, cells, block.cell(cells, block.amount)):
        return
    name = plain(block.cell(cells, block.name))
    amount_cells = (block.amount, block.price, block.count)
    has_amount = any(plain(block.cell(cells, column)) for column in amount_cells)
    if not has_amount and any(_ASIDE.match(plain(cell)) for cell in cells):
        return
    try:
        for row in _items(number, name, cells, block, in_points):
            gathered.add(row)
    except BadValue as fault:
        gathered.fault(number, f"第{number}行{fault}")


def _items(number: int, name: str, cells: Sequence[str], block: Columns, in_points: bool) -> list[BillRow]:
    """The item; two where part of it lies above a price limit and is not covered."""
    amount = _amount(cells, block)
    if not name:
        raise BadValue("有金额，没有项目名称。请补上名称；如果这是合计，请在名称里写「合计」。")
    kind = class_of(block.cell(cells, block.catalogue_class))
    rate = _read("的自付比例", lambda: share_of(block.cell(cells, block.rate), in_points))
    item = classed(BillRow(number, shown(name, LONGEST_NAME), amount), *kind, rate)
    own_cell = block.cell(cells, block.own)
    if not plain(own_cell) or item.catalogue_class == "none":
        return [item]
    own = _read("的自费金额", lambda: number_of(own_cell))
    if abs(own) > abs(amount) or own * amount < 0:
        raise BadValue(f"的自费金额「{shown(own_cell)}」比这一项的金额还大，或正负相反。请核对。")
    parts = (replace(item, amount=amount - own), replace(item, amount=own, catalogue_class="none", class_b_rate=None))
    return [part for part in parts if part.amount] or [item]


def classed(item: BillRow, kind: str | None, rate_in_kind: Decimal | None, rate: Decimal | None) -> BillRow:
    """The item in its class. Without one, the share paid first tells it: nothing is A, a part B, all of it 自费.

    Raises BadValue where class and share contradict each other.
    """
    share = rate if rate is not None else rate_in_kind
    if kind == "B":
        return replace(item, catalogue_class="B", class_b_rate=share)
    if kind == "none":
        return replace(item, catalogue_class="none")
    if kind == "A":
        if share:
            percent = (share * PERCENT).normalize()
            raise BadValue(f"写着甲类，又写了自付比例{percent:f}%，两样对不上。请核对是甲类还是乙类。")
        return replace(item, catalogue_class="A")
    if share is None:
        return item
    if share == 1:
        return replace(item, catalogue_class="none")
    return replace(item, catalogue_class="B", class_b_rate=share) if share else replace(item, catalogue_class="A")


def _amount(cells: Sequence[str], block: Columns) -> Decimal:
    typed = block.cell(cells, block.amount)
    price, count = block.cell(cells, block.price), block.cell(cells, block.count)
    if not plain(typed) and plain(price) and plain(count):
        of_one = _read("的单价", lambda: number_of(price, 6))
        how_many = _read("的数量", lambda: number_of(_UNIT_OF_COUNT.sub("", count), 6))
        return _read("的金额", lambda: number_of(str(to_cents(of_one * how_many))))
    if block.amount is not None and not plain(typed) and len(cells) <= block.amount:
        raise BadValue("像是断在中间了，没有金额。请补全这一行，或删掉它再传。")
    if block.amount is None:
        raise BadValue("缺单价或数量，算不出金额。请补上，或删掉这一行。")
    return _read("的金额", lambda: number_of(typed))


def _read(where: str, read: Callable[[], Value]) -> Value:
    """What `read` gives; its fault says in which cell."""
    try:
        return read()
    except BadValue as fault:
        raise BadValue(f"{where}{fault}") from fault

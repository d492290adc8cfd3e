"""A bill's items held against each other: refunds against charges, the items against the printed total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rules_engine.money import NOTHING, in_words
from services.bill_rows import LONGEST_BILL, BillFault, BillRow, BillUnreadable, ReadBill, is_open
from services.bill_values import BadValue, number_of, plain, shown

_TOTAL = re.compile(
    r"(?:本[页日次张]|当[页日]|以上|全部|住院|费用|医疗费?用?|金额|总){0,3}(?:合计|小计|总计|共计|总额|总费用|总金额)"
    r"(?:金额|费用)?(?:\([^()]*\))?:?(?P<amount>.*)"
)
_LONGEST_TOTAL = 80  # characters
_KIND_OF_TOTAL = re.compile(r"小计|本[页日]|当[页日]")


@dataclass
class Gathered:
    """What is read line by line, before it is held against itself."""

    rows: list[BillRow] = field(default_factory=list)
    faults: list[BillFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total: tuple[int, Decimal] | None = None

    def add(self, row: BillRow) -> None:
        """Takes an item up."""
        if len(self.rows) >= LONGEST_BILL:
            raise BillUnreadable(f"这份账单超过{LONGEST_BILL:,}行，太长了。请按月或按一次住院分开传。")
        self.rows.append(row)

    def fault(self, line: int | None, message: str) -> None:
        """Takes a fault up."""
        self.faults.append(BillFault(line, message))


def take_total(gathered: Gathered, line: int, cells: Sequence[str], amount_cell: str) -> bool:
    """Whether the line is a total, no item. A grand total is kept to check the items with; the last one counts."""
    first = next((plain(cell).replace(" ", "") for cell in cells if cell.strip()), "")[:_LONGEST_TOTAL]
    match = _TOTAL.fullmatch(first)
    if match is None or (match["amount"] and _amount(match["amount"]) is None):
        return False
    if _KIND_OF_TOTAL.search(first):
        return True
    amount = _amount(amount_cell) or _amount(match["amount"]) or _only_amount(cells)
    if amount is None:
        gathered.notes.append(f"第{line}行的合计没能读出来，没有拿它核对。")
    else:
        gathered.total = (line, amount)
    return True


def _amount(text: str) -> Decimal | None:
    try:
        return number_of(text)
    except BadValue:
        return None


def _only_amount(cells: Sequence[str]) -> Decimal | None:
    amounts = {amount for cell in cells if (amount := _amount(cell)) is not None}
    return amounts.pop() if len(amounts) == 1 else None


def settled(gathered: Gathered) -> ReadBill:
    """The bill, with its refunds and its total checked and with notes on what it leaves open."""
    _settle_refunds(gathered)
    _check_total(gathered)
    _note_what_is_open(gathered)
    faults = sorted(gathered.faults, key=lambda fault: (fault.line is None, fault.line or 0))
    return ReadBill(tuple(gathered.rows), tuple(faults), tuple(dict.fromkeys(gathered.notes)))


def _settle_refunds(gathered: Gathered) -> None:
    """Keeps refunds of what was charged before, in the class it was charged in; others become faults."""
    charged: dict[str, list[tuple[BillRow, list[Decimal]]]] = {}
    kept = []
    for row in gathered.rows:
        if row.amount >= 0:
            charged.setdefault(_item(row), []).append((row, [row.amount]))
            kept.append(row)
        else:
            refund = _refund(gathered, row, charged.get(_item(row), []))
            kept += refund
    gathered.rows = kept


def _item(row: BillRow) -> str:
    """The name a refund and its charge have in common."""
    return re.sub(r"[(\[]?(?:退费|冲红|冲销|退药|退)[)\]]?", "", plain(row.name)).replace(" ", "")


def _refund(
    gathered: Gathered, row: BillRow, charges: Sequence[tuple[BillRow, list[Decimal]]]
) -> list[BillRow]:
    """The refund, taken off the latest charges of its class first; nothing and a fault where they do not reach."""
    fitting = [
        (charge, left) for charge, left in reversed(charges)
        if row.catalogue_class in (None, charge.catalogue_class)
        and row.class_b_rate in (None, charge.class_b_rate)
    ]
    open_amount = sum((left[0] for _, left in fitting), NOTHING)
    if open_amount + row.amount < 0:
        why = f"前面只收过{in_words(open_amount)}" if fitting else "前面没有收过这一项"
        gathered.fault(
            row.line,
            f"第{row.line}行「{shown(row.name)}」退了{in_words(-row.amount)}，{why}。请核对名称、类别和金额，或者删掉这一行。",
        )
        return []
    parts, due = [], -row.amount
    for charge, left in fitting:
        part = min(left[0], due)
        left[0], due = left[0] - part, due - part
        if part:
            parts.append(BillRow(row.line, row.name, -part, charge.catalogue_class, charge.class_b_rate))
    return parts


def _check_total(gathered: Gathered) -> None:
    if gathered.total is None:
        return
    line, printed = gathered.total
    added = sum((row.amount for row in gathered.rows), NOTHING)
    if printed != added:
        lost = "请看看是不是少了几行，或多抄了几行。"
        if gathered.faults:
            lost = f"有{len(gathered.faults)}处没读出来，请先改那几处。"
        gathered.fault(
            line,
            f"第{line}行的合计是{in_words(printed)}，读出来的各项加起来是{in_words(added)}，"
            f"差{in_words(abs(printed - added))}。{lost}",
        )


def _note_what_is_open(gathered: Gathered) -> None:
    without_rate = [row.amount for row in gathered.rows if is_open(row)]
    unclassed = [row.amount for row in gathered.rows if row.catalogue_class is None]
    if without_rate:
        amount = in_words(sum(without_rate, NOTHING))
        gathered.notes.append(f"有{len(without_rate)}项乙类没写自付比例，共{amount}：先付多少算不准。")
    if unclassed:
        amount = in_words(sum(unclassed, NOTHING))
        gathered.notes.append(f"有{len(unclassed)}项没写甲乙类，共{amount}：先当作都在医保范围内。")

"""What was read of an itemised bill: its items, what could not be read, and the sums a settlement needs.

Item names tell of a person's health: they stay in memory, are shown to that person, and are never logged or kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rules_engine.money import NOTHING, to_cents

CatalogueClass = Literal["A", "B", "none"]
LONGEST_BILL = 20_000  # rows
CLASS_TITLES: Mapping[str | None, str] = {"A": "甲类", "B": "乙类", "none": "自费", None: "没写类别"}
SUM_TITLES: Mapping[str, str] = {
    "total_amount": "总费用",
    "non_covered_amount": "自费",
    "class_b_upfront_amount": "乙类先行自付",
    "class_b_open_amount": "没写自付比例的乙类",
    "unclassed_amount": "没写甲乙类的",
}
BUTTON_TITLE = "用这份账单算"


class BillUnreadable(Exception):
    """Nothing could be read at all. In Chinese: whoever sent the bill reads it."""


@dataclass(frozen=True)
class BillRow:
    """One item of a bill. A refund has a negative amount."""

    line: int
    name: str
    amount: Decimal
    catalogue_class: CatalogueClass | None = None
    class_b_rate: Decimal | None = None


@dataclass(frozen=True)
class BillFault:
    """A part that was not read: what is wrong, where, what to do. The rest was read."""

    line: int | None
    message: str


@dataclass(frozen=True)
class ReadBill:
    """The items, the faults, and notes on how it was read."""

    rows: tuple[BillRow, ...]
    faults: tuple[BillFault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sums(self) -> dict[str, Decimal]:
        """The bill's sums by their names in SUM_TITLES, each rounded once."""
        rows = self.rows
        upfront = (row.amount * row.class_b_rate for row in rows if row.class_b_rate is not None)
        return {
            "total_amount": _sum(row.amount for row in rows),
            "non_covered_amount": _sum_where(rows, lambda row: row.catalogue_class == "none"),
            "class_b_upfront_amount": _sum(upfront),
            "class_b_open_amount": _sum_where(rows, is_open),
            "unclassed_amount": _sum_where(rows, lambda row: row.catalogue_class is None),
        }

    @property
    def facts(self) -> dict[str, str]:
        """What a calculation is told of the bill; empty when nothing was read that costs anything."""
        sums = self.sums
        if sums["total_amount"] <= 0:
            return {}
        told = ("total_amount", "non_covered_amount", "class_b_upfront_amount")
        facts = {name: str(sums[name]) for name in told}
        if sums["unclassed_amount"] and not sums["non_covered_amount"]:
            del facts["non_covered_amount"]  # nobody said which items are not covered
        facts |= {name: str(sums[name]) for name in ("class_b_open_amount", "unclassed_amount") if sums[name]}
        if self.faults:
            facts["unread_lines"] = str(len(self.faults))
        return facts


def is_open(row: BillRow) -> bool:
    """Whether it is a Class B item that does not say how much of it is paid first."""
    return row.catalogue_class == "B" and row.class_b_rate is None


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return to_cents(sum(amounts, NOTHING))


def _sum_where(rows: Iterable[BillRow], applies: Callable[[BillRow], bool]) -> Decimal:
    return _sum(row.amount for row in rows if applies(row))

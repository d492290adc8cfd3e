"""Text of a bill → its lines and cells: which separator, which quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from services.bill_columns import columns_of
from services.bill_rows import LONGEST_BILL, BillUnreadable
from services.bill_table import HEADING_WITHIN, Line

Row = TypeVar("Row")
SEPARATORS = ("\t", ",", ";", "，", "|")
_BLANKS = re.compile(r"\t|\s{2,}")
_TEXT_IN_FORMULA = re.compile(r'="([^"]*)"')  # how exports keep a spreadsheet from changing 0012 to 12
LONGEST_QUOTE = 5  # lines; a cell that is longer comes from a quote that was never closed
_AROUND_BILL = 1_000  # lines of headings, totals and faults beside the items


def tabular_lines(text: str) -> list[Line] | None:
    """The lines in cells, by the separator with which a heading can be read; None where none fits."""
    for separator in SEPARATORS:
        if separator in text and has_heading(_split(text, separator)):
            return _whole(text, separator)
    spaced: list[Line] = [(number, _BLANKS.split(line)) for number, line in numbered(text)]
    return spaced if has_heading(spaced) else None


def numbered(text: str) -> list[tuple[int, str]]:
    """The lines that say anything, with their numbers. Raises BillUnreadable for more than a bill can have."""
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return bounded((number, line) for number, line in lines if line)


def has_heading(lines: Iterable[Line]) -> bool:
    """Whether one of the first lines tells which column is what."""
    try:
        return any(columns_of(cells) for _, cells in islice(lines, HEADING_WITHIN))
    except csv.Error:
        return False


def bounded(lines: Iterable[Row]) -> list[Row]:
    """The lines, as many as a bill can have. Raises BillUnreadable beyond."""
    kept = list(islice(lines, LONGEST_BILL + _AROUND_BILL + 1))
    if len(kept) > LONGEST_BILL + _AROUND_BILL:
        raise BillUnreadable(f"这份账单超过{LONGEST_BILL:,}行，太长了。请按月或按一次住院分开传。")
    return kept


def _whole(text: str, separator: str) -> list[Line]:
    try:
        lines = bounded(_split(text, separator))
    except csv.Error:
        lines = []
    if not lines or any(cell.count("\n") > LONGEST_QUOTE for _, cells in lines for cell in cells):
        return bounded(
            (number, [cell.strip('" ') for cell in line.split(separator)]) for number, line in numbered(text)
        )
    return lines


def _split(text: str, separator: str) -> Iterator[Line]:
    physical = text.replace("\0", "").splitlines(keepends=True)
    reader = csv.reader(physical, delimiter=separator, skipinitialspace=separator != "\t")
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, [_TEXT_IN_FORMULA.sub(r"\1", cell) for cell in cells]
        begins = reader.line_num + 1

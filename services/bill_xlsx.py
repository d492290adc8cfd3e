"""A spreadsheet → its rows of cells as text. Nothing in it is ever calculated."""

from __future__ import annotations

import io
import lzma
import math
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from services.bill_cells import bounded, has_heading
from services.bill_rows import LONGEST_BILL, BillUnreadable
from services.bill_table import Line

LARGEST_UNPACKED = 50_000_000
MOST_TAGS = 1_200_000  # 20,000 rows of 14 cells; an element takes far more in memory than in the file
_WIDEST = 60  # columns
_LOWEST = 2 * LONGEST_BILL  # rows, blank ones too
_CHUNK = 1 << 20
CORRUPT = "这个表格文件打不开，可能没传完整。请在电脑上打开看看，另存为 .xlsx 再传。"
TOO_LARGE = "这个表格太大了。请只留费用明细那一张表，另存为 .xlsx 再传。"
# What zipfile and openpyxl raise for files that are not what they say; there is no common class.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, RuntimeError, ArithmeticError,
    LookupError, ValueError, TypeError, AttributeError, SyntaxError, AssertionError,
)


def xlsx_lines(content: bytes) -> tuple[list[Line], str | None]:
    """The rows of the first sheet that has a heading (else of the first one), and a note. Raises BillUnreadable."""
    try:
        _check_size(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _first_bill(load_workbook(io.BytesIO(content), read_only=True, keep_links=False))
    except _BROKEN as fault:
        raise BillUnreadable(CORRUPT) from fault


def _check_size(content: bytes) -> None:
    """Refuses what would fill the memory, before a parser sees it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > LARGEST_UNPACKED or len(members) > 1_000:
            raise BillUnreadable(TOO_LARGE)
        if "xl/workbook.xml" not in archive.namelist():
            raise BillUnreadable("这不是 .xlsx 表格。请在表格软件里另存为 .xlsx 再传。")
        tags = 0
        for member in members:
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BillUnreadable(CORRUPT)
            if not member.filename.startswith("xl/media/"):
                tags += _tags_in(archive, member)
            if tags > MOST_TAGS:
                raise BillUnreadable(TOO_LARGE)


def _tags_in(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    tags = 0
    with archive.open(member) as opened:
        while chunk := opened.read(_CHUNK):
            tags += chunk.count(b"<")
    return tags


def _first_bill(book: Any) -> tuple[list[Line], str | None]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    if not sheets:
        raise BillUnreadable(CORRUPT)
    first: list[Line] = []
    for at, sheet in enumerate(sheets, 1):
        lines = bounded(_rows(sheet))
        if has_heading(lines):
            return lines, f"文件里有{len(sheets)}张表，读的是第{at}张。" if len(sheets) > 1 else None
        first = first or lines
    return first, None


def _rows(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # a file may say it ends at A1
    for number, cells in enumerate(sheet.iter_rows(max_col=_WIDEST, max_row=_LOWEST), 1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _text(cell: Any) -> str:
    """The cell as a person sees it: without a computer's 12.300000000000001, with the % of its format."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return "" if value is None else str(value)
    if cell.data_type == "f":
        return "=" + str(getattr(value, "text", value)).removeprefix("=")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value).strip()
    if not math.isfinite(value):
        return str(value)
    number = Decimal(format(value, ".15g"))
    if "%" in (cell.number_format or ""):
        return f"{(number * 100).normalize():f}%"
    return f"{number:f}"

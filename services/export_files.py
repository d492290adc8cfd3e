"""Rows as a file: CSV, JSON or Excel, whole or not there at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Row = Sequence[str]
AddRow = Callable[[Row], None]
# A cell that begins so is a formula to a spreadsheet, and somebody else wrote it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_EXCEL_ROWS = 1_048_576


class TooManyRows(Exception):
    """An Excel sheet is full; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(f"一张Excel表最多{MOST_EXCEL_ROWS:,}行。请用 --since 和 --until 分几次导，或者改用 csv。")


@contextmanager
def export_file(path: Path, columns: Row) -> Iterator[AddRow]:
    """Adds rows to the file that will be there once all went well; by its ending .csv, .json or .xlsx.

    Readable by its owner only: it holds people's particulars. Raises TooManyRows.
    """
    write = {".csv": _csv, ".json": _json, ".xlsx": _excel}[path.suffix.lower()]
    unfinished = path.with_name(f".{path.name}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with write(file, columns) as add:
                yield add
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def exported_bytes(ending: str, columns: Row, rows: Iterable[Row]) -> bytes:
    """The rows as a .csv or .json file, to be handed over instead of kept."""
    file = BytesIO()
    with {".csv": _csv, ".json": _json}[ending](file, columns) as add:
        for row in rows:
            add(row)
    return file.getvalue()


@contextmanager
def _csv(file: IO[bytes], columns: Row) -> Iterator[AddRow]:
    """UTF-8 with the mark by which Excel knows it."""
    file.write(b"\xef\xbb\xbf")

    class Encoded:
        def write(self, text: str) -> int:
            return file.write(text.encode())

    writer = csv.writer(Encoded())
    writer.writerow(columns)
    yield lambda row: writer.writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in row])


@contextmanager
def _json(file: IO[bytes], columns: Row) -> Iterator[AddRow]:
    """A list of objects, one a line."""
    separator = b"[\n"

    def add(row: Row) -> None:
        nonlocal separator
        filled = {name: cell for name, cell in zip(columns, row, strict=True) if cell}
        file.write(separator + json.dumps(filled, ensure_ascii=False).encode())
        separator = b",\n"

    yield add
    file.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


@contextmanager
def _excel(file: IO[bytes], columns: Row) -> Iterator[AddRow]:
    """Every cell a text: long numbers keep their digits, and nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("备案")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    rows = 1

    def add(row: Row) -> None:
        nonlocal rows
        rows += 1
        if rows > MOST_EXCEL_ROWS:
            raise TooManyRows
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)

    yield add
    book.save(file)

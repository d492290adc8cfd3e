"""Files of bills: read in blocks as text columns with their lines, and written so that no cell is a formula."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from rules_engine.errors import PolicyError

LINE = "line"
ENCODINGS = ("utf-8-sig", "gb18030")  # the second reads GBK and GB2312 too
BLOCK_CHARACTERS = 16_000_000
BLANKS = " \t\r\u3000\ufeff"
FORMULA = r"^[=+\-@\t\r]"  # spreadsheets run such a cell


class BadFile(PolicyError):
    """A file that cannot be read or written. In Chinese: whoever gave it reads it."""


class Rows:
    """A file's rows: the columns of `titles` that it has, by identifier, and the headers nobody knows.

    `titles`: identifier → Chinese header; a file may use either. Raises BadFile for no such file, no text, no rows.
    """

    def __init__(self, path: Path, titles: Mapping[str, str]) -> None:
        self.path, self.encoding = path, _encoding(path)
        headers = self._headers()
        known = {title: name for name, title in titles.items()} | {name: name for name in titles}
        self.is_chinese = any(header in titles.values() for header in headers)
        self.names = [known.get(header) for header in headers]
        self.unknown = tuple(header for header in headers if header and header not in known)
        doubled = {name for name in self.names if name and self.names.count(name) > 1}
        if doubled:
            raise BadFile(f"{path}：表头里「{'、'.join(sorted(doubled))}」写了两次。请删去其中一列。")

    def blocks(self) -> Iterator[tuple[pl.DataFrame, list[tuple[int, str]]]]:
        """Blocks of rows as stripped text with their line, and the (line, problem) of rows that have no columns."""
        first_line = 1
        for text in self._texts():
            read = _quoted_rows(text, first_line) if '"' in text else _plain_rows(text, first_line)
            yield self._named(read.filter(pl.col(LINE) > self._header_line))
            first_line += text.count("\n")

    def _headers(self) -> list[str]:
        for text in self._texts(characters=1):
            for line, row in _read_csv(text, 1):
                if any(cell.strip(BLANKS) for cell in row):
                    self._header_line = line
                    return [cell.strip(BLANKS) for cell in row]
        raise BadFile(f"{self.path}：是空的。第一行要写列名，例如 参保地,就医地,医院等级,总费用。")

    def _texts(self, characters: int = BLOCK_CHARACTERS) -> Iterator[str]:
        """The file in pieces of whole rows: a piece ends at a line's end outside of quotes."""
        with self.path.open(encoding=self.encoding) as file:
            while text := file.read(characters) + file.readline():
                while text.count('"') % 2 and (more := file.readline()):
                    text += more
                yield text

    def _named(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
        width = len(self.names)
        is_whole = pl.col("cells").list.len() == width
        wrong = rows.filter(~is_whole).select(LINE, pl.col("cells").list.len())
        problems = [
            (line, f"这一行有{cells}格，表头有{width}列，对不上。请看看是不是少了或多了逗号，金额里不要写逗号。")
            for line, cells in wrong.iter_rows()
        ]
        columns = [
            pl.col("cells").list.get(place).str.strip_chars(BLANKS).alias(name)
            for place, name in enumerate(self.names) if name
        ]
        return rows.filter(is_whole).select(LINE, *columns), problems


def write(rows: pl.DataFrame, path: Path, titles: Mapping[str, str], *, is_first: bool) -> None:
    """Adds the rows to a file, `titles` as its header the first time. Raises BadFile where it cannot be written."""
    safe = [
        pl.when(pl.col(name).str.contains(FORMULA)).then("'" + pl.col(name))
        .when(pl.col(name) != "").then(pl.col(name)).alias(name)
        for name, kind in rows.schema.items() if kind == pl.String
    ]
    try:
        with path.open("wb" if is_first else "ab") as file:
            file.write(codecs.BOM_UTF8 if is_first else b"")  # so that spreadsheets read the Chinese as UTF-8
            rows.with_columns(safe).rename(dict(titles), strict=False).write_csv(file, include_header=is_first)
    except OSError as fault:
        raise BadFile(f"写不进 {path}（{fault.strerror}）。请换一个能写的地方。") from fault


def _encoding(path: Path) -> str:
    if not path.is_file():
        raise BadFile(f"没有 {path} 这个文件。请核对文件名和所在的文件夹。")
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while text := file.read(BLOCK_CHARACTERS):
                    if "\0" in text:
                        raise BadFile(_not_text(path))
            return encoding
        except UnicodeDecodeError:
            continue
        except OSError as fault:
            raise BadFile(f"读不了 {path}（{fault.strerror}）。请核对文件的权限。") from fault
    raise BadFile(_not_text(path))


def _not_text(path: Path) -> str:
    return f"{path}：不是 UTF-8，也不是 GBK 的文字，像是别的格式。请在表格软件里另存为「CSV UTF-8」再试。"


def _plain_rows(text: str, first_line: int) -> pl.DataFrame:
    """Rows of a text without quotes: split at each comma."""
    lines = pl.DataFrame({"text": text.removesuffix("\n").split("\n")}).with_row_index(LINE, first_line)
    told = lines.filter(pl.col("text").str.strip_chars("," + BLANKS) != "")
    return told.select(pl.col(LINE).cast(pl.Int64), pl.col("text").str.split(",").alias("cells"))


def _quoted_rows(text: str, first_line: int) -> pl.DataFrame:
    rows = [(line, row) for line, row in _read_csv(text, first_line) if any(cell.strip(BLANKS) for cell in row)]
    return pl.DataFrame(rows, schema={LINE: pl.Int64, "cells": pl.List(pl.String)}, orient="row")


def _read_csv(text: str, first_line: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row and the line it begins on."""
    reader = csv.reader(io.StringIO(text))
    line = first_line
    try:
        for row in reader:
            yield line, row
            line = first_line + reader.line_num
    except csv.Error as fault:
        raise BadFile(f"第{line}行起读不下去（{fault}），像是引号没有配对。请在表格软件里另存为 CSV 再试。") from fault

"""The square code on a document: what it says, and its dark squares."""

from __future__ import annotations

import io
from collections.abc import Iterator

import segno


def code_content(filing_no: str, sha256: str, public_url: str | None) -> str:
    """What scanning gives: the address that checks the document, or number and hash where there is no such address."""
    if public_url is None:
        return f"备案号 {filing_no} SHA-256 {sha256}"
    return f"{public_url}/verify/{filing_no}?sha256={sha256}"


def code_matrix(content: str) -> tuple[tuple[bool, ...], ...]:
    """The code's rows without a margin, True for dark; up to 15% of it may be dirty."""
    return tuple(tuple(bool(square) for square in row) for row in _code(content).matrix)


def code_picture(content: str) -> bytes:
    """The code as an SVG with the margin that readers want; it grows with the room it gets."""
    picture = io.BytesIO()
    _code(content).save(picture, kind="svg", border=4, omitsize=True, light="#fff", nl=False)
    return picture.getvalue()


def _code(content: str) -> segno.QRCode:
    # UTF-8 said by its marker: readers guess wrongly at short Chinese texts.
    is_marked = not content.isascii()
    encoding = "utf-8" if is_marked else None
    return segno.make(content, error="m", micro=False, boost_error=False, encoding=encoding, eci=is_marked)


def dark_runs(matrix: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[int, int, int]]:
    """Dark squares that lie side by side: row, first column, how many."""
    for row, squares in enumerate(matrix):
        column = 0
        while column < len(squares):
            length = next((n for n, dark in enumerate(squares[column:]) if not dark), len(squares) - column)
            if length:
                yield row, column, length
            column += max(length, 1)

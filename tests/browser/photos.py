"""Photos and scans of papers, made here."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter

LARGEST_BYTES = 10 * 1024**2
NO_PHOTO = "居住证的照片在手机里".encode()  # a text that is called .jpg


@cache
def photo(width: int = 400, height: int = 300) -> bytes:
    """A small JPEG as a phone takes it."""
    content = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(content, "JPEG", quality=80)
    return content.getvalue()


@cache
def scan(pages: int = 2) -> bytes:
    """A PDF of empty pages."""
    writer, content = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(content)
    return content.getvalue()


def too_large(folder: Path) -> Path:
    """A photo of a byte more than is taken, as a file in that folder."""
    path = folder / "大照片.jpg"
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    return path

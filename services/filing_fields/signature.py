"""The signature under the commitment letter: the typed name, or a drawing."""

from __future__ import annotations

import base64
import io

from PIL import Image, UnidentifiedImageError

from services.filing_fields.asked import Asked
from services.filing_fields.identity import check_name
from services.filing_records import FieldProblem

PNG_PREFIX = "data:image/png;base64,"
LARGEST_KB = 300
LARGEST_SIDE = 2500
# A dot is no signature; the shortest real strokes on a phone have many more pixels.
LEAST_INK_PIXELS = 30


def check_signature(raw: str, name: str, asked: Asked) -> str:
    """The name as typed, or the drawing's data URL, unchanged."""
    text = raw.strip()
    if text.startswith("data:"):
        _check_drawing(text)
        return text
    try:
        typed = check_name(text, asked)
    except FieldProblem:
        typed = ""
    if typed != name:
        raise _problem("signature_not_the_name")
    return typed


def png_bytes(signature: str) -> bytes | None:
    """The picture of a drawn signature that was checked before; None for a typed one."""
    if not signature.startswith(PNG_PREFIX):
        return None
    return base64.b64decode(signature[len(PNG_PREFIX) :], validate=True)


def _check_drawing(text: str) -> None:
    # By length before decoding: base64 is a third longer than what it holds.
    if len(text) > LARGEST_KB * 1024 * 4 // 3 + len(PNG_PREFIX) + 4:
        raise _problem("signature_too_large", limit_kb=LARGEST_KB)
    try:
        content = png_bytes(text)
    except ValueError:  # not base64, or not even ASCII
        content = None
    if not content:
        raise _problem("signature_not_png")
    if _ink_pixels(content) < LEAST_INK_PIXELS:
        raise _problem("signature_blank")


def _ink_pixels(content: bytes) -> int:
    """Pixels of another brightness than the background has on white paper."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise _problem("signature_too_large", limit_kb=LARGEST_KB)
            drawn = picture.convert("RGBA")
    except Image.DecompressionBombError:
        raise _problem("signature_too_large", limit_kb=LARGEST_KB) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise _problem("signature_not_png") from None
    paper = Image.new("RGBA", drawn.size, "white")
    by_brightness = Image.alpha_composite(paper, drawn).convert("L").histogram()
    return sum(by_brightness) - max(by_brightness)


def _problem(code: str, **details: int) -> FieldProblem:
    return FieldProblem(code, field="signature", **details)

"""Papers as people upload them, made here: pictures, PDFs, and PDFs that do more than show pages."""

from __future__ import annotations

import io
import zlib
from functools import cache

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject


@cache
def picture(suffix: str = "JPEG", size: tuple[int, int] = (320, 240), mode: str = "RGB", **options: object) -> bytes:
    """A photograph's worth of noise in the middle, so that a missing end is missed."""
    image = Image.effect_noise(size, 80).convert(mode)
    content = io.BytesIO()
    image.save(content, suffix, **options)
    return content.getvalue()


def pages(count: int = 1, *, password: str | None = None, **catalog: DictionaryObject | ArrayObject) -> bytes:
    """A PDF of blank pages; `catalog` goes into its root."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 300)
    for name, value in catalog.items():
        writer.root_object[NameObject(f"/{name}")] = value
    if password is not None:
        writer.encrypt(password, algorithm="AES-256")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def action(kind: str, key: str = "JS") -> DictionaryObject:
    """An action as a PDF names it."""
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), NameObject(f"/{key}"): TextStringObject("x")})


def with_button(deed: DictionaryObject) -> bytes:
    """A PDF whose page has a button that does something."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 300)
    button = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/A"): writer._add_object(deed)})
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(button)])
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def hollow_png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, in a few hundred bytes."""
    content = bytearray(picture("PNG", (1, 1), "L"))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


def slow_pdf(blanks: int) -> bytes:
    """A PDF of one page whose compressed list of objects has so many blanks to read over."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1/X[" + b" " * blanks + b"]>>"
    index = b"2 0 3 %d " % len(tree)
    packed = zlib.compress(index + tree + page, 9)
    listed = b"<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>" % (len(index), len(packed))
    body = b"%PDF-1.5\n"
    starts = []
    for number, head, stream in ((1, b"<</Type/Catalog/Pages 2 0 R>>", None), (4, listed, packed)):
        starts.append(len(body))
        body += b"%d 0 obj\n" % number + head + (b"stream\n" + stream + b"\nendstream" if stream else b"") + b"\nendobj\n"
    rows = [(0, 0, 0), (1, starts[0], 0), (2, 4, 0), (2, 4, 1), (1, starts[1], 0), (1, len(body), 0)]
    xref = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([rank]) for kind, place, rank in rows)
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(xref) + xref + end

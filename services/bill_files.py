"""A bill as a file: what kind it is, in which characters, and its items."""

from __future__ import annotations

import codecs
import unicodedata

from services.bill_rows import BillUnreadable, ReadBill
from services.bill_table import read_table
from services.bill_text import read_text
from services.bill_xlsx import xlsx_lines

LARGEST_FILE = 5_000_000  # bytes
_PICTURE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PICTURE_NAMES = (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".heic", ".tif", ".tiff")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta")
TELL_SUMS = "也可以直接告诉我结算单上的几个数，例如：总费用25000，自费2000，乙类先行自付800。"
EMPTY = "文件是空的。请看看是不是传错了，再传一次。"
UNDECODABLE = "这个文件的文字读不出来。请用表格软件打开，另存为 .xlsx 或「CSV UTF-8」再传。"


def read_file(name: str, content: bytes) -> ReadBill:
    """The bill in a file, told by its content, then by its name. Raises BillUnreadable."""
    if len(content) > LARGEST_FILE:
        raise BillUnreadable("文件超过5 MB。请只留费用明细再传，或者分几次传。")
    if not content.strip():
        raise BillUnreadable(EMPTY)
    if content.startswith(b"PK\x03\x04"):
        return read_xlsx(content)
    _refuse_other_kinds(name.lower(), content)
    return read_csv(content)


def _refuse_other_kinds(name: str, content: bytes) -> None:
    head = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(_OLD_OFFICE):
        if _LOCKED in content:
            raise BillUnreadable("这份表格设了密码，打不开。请去掉密码，另存为 .xlsx 再传。")
        raise BillUnreadable("这是旧的 .xls 表格。请在表格软件里另存为 .xlsx 再传。")
    is_picture = content.startswith(_PICTURE) or content[8:12] == b"WEBP" or content[4:8] == b"ftyp"
    if is_picture or name.endswith(_PICTURE_NAMES):
        raise BillUnreadable("这里识别不了图片和PDF，请让医院导出明细表格（.xlsx 或 .csv）再传。" + TELL_SUMS)
    if head.startswith(_WEB_PAGE):
        raise BillUnreadable("这其实是网页格式的表格。请用表格软件打开，另存为 .xlsx 再传。")


def read_xlsx(content: bytes) -> ReadBill:
    """The bill in a spreadsheet. Raises BillUnreadable."""
    lines, note = xlsx_lines(content)
    bill = read_table(lines, [note] if note else [])
    if bill is None:
        return read_text("\n".join("\t".join(cells) for _, cells in lines), [])
    if not bill.rows and not bill.faults:
        raise BillUnreadable("表里只有表头，没有一项费用。请把明细一起传上来。")
    return bill


def read_csv(content: bytes) -> ReadBill:
    """The bill in a text file. Raises BillUnreadable."""
    text, note = decoded(content)
    if not text.strip():
        raise BillUnreadable(EMPTY)
    return read_text(text, [note] if note else [])


def decoded(content: bytes) -> tuple[str, str | None]:
    """The text, and a note where it is not UTF-8. Raises BillUnreadable where no usual encoding fits."""
    for encoding, note in _encodings(content):
        try:
            # not final: a file that was cut off in the middle of a character is read up to there
            text = codecs.getincrementaldecoder(encoding)().decode(content)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text.lstrip("\ufeff"), note
    raise BillUnreadable(UNDECODABLE)


def _encodings(content: bytes) -> list[tuple[str, str | None]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "文件是UTF-16编码，已按它读。")]
    if content[1:200:2].count(0) > len(content[1:200:2]) // 3:
        return [("utf-16-le", "文件是UTF-16编码，已按它读。")]
    return [("utf-8", None), ("gb18030", "文件是GBK编码，已按它读。")]


def _is_text(text: str) -> bool:
    """Whether it holds nothing but what people write: no control characters, no unassigned ones."""
    head = [character for character in text[:20_000] if character not in "\t\r\n\f\0"]
    odd = sum(unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") for character in head)
    return odd * 200 <= len(head)

"""The PDF a person keeps of what they handed in: their particulars, the letter, the signature."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from fontTools.ttLib import TTCollection
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from rules_engine.fact_words import day_in_words
from services.filing_records import FIELD_TITLES, FilingPaper, FilingView

MARGIN_MM, WIDTH_MM, TITLE_COLUMN_MM, LINE_MM = 20, 170, 34, 7
GREY, BLACK = 110, 0
TITLE = "长期异地居住就医备案 申请留存件"
NOTE = (
    "这份文件由异地就医助手根据您填写的内容生成，供您自己留存，不是经办机构的确认。"
    "备案有没有办成，以参保地医保经办机构的确认为准。"
)


class NoChineseFont(Exception):
    """No font that could set the document; the message says which were looked for."""


def commitment_letter_pdf(paper: FilingPaper, font_paths: Sequence[Path]) -> bytes:
    """One A4 page or two; the same bytes for the same filing. Raises NoChineseFont."""
    page = FPDF(format="A4")
    # Not the time of printing: the same filing gives the same file.
    page.set_creation_date(paper.view.submitted_at)
    page.set_title(TITLE)
    page.set_lang("zh-CN")
    page.set_margin(MARGIN_MM)
    page.set_auto_page_break(True, MARGIN_MM)
    page.add_page()
    _add_fonts(page, font_paths, _all_text(paper))
    _head(page, paper.view)
    _particulars(page, paper)
    _letter(page, paper.letter_text)
    _signature(page, paper)
    _foot(page, paper.view)
    return bytes(page.output())


def _rows(paper: FilingPaper) -> tuple[tuple[str, str], ...]:
    view, starts_on = paper.view, paper.view.starts_on
    return (
        (FIELD_TITLES["name"], paper.name),
        (FIELD_TITLES["id_number"], paper.id_number),
        (FIELD_TITLES["phone"], paper.phone),
        ("参保地", paper.insured_region),
        (FIELD_TITLES["treatment_region"], paper.treatment_region),
        (FIELD_TITLES["reason"], view.reason_title),
        (FIELD_TITLES["starts_on"], day_in_words(starts_on)),
        (FIELD_TITLES["address"], paper.address),
        ("提交时间", f"{view.submitted_at:%Y-%m-%d %H:%M}（北京时间）"),
    )


def _head(page: FPDF, view: FilingView) -> None:
    _line(page, TITLE, size=18, height=12)
    _line(page, f"备案号：{view.filing_no}", size=12)
    confirmed = f"（{view.confirmed_on}）" if view.confirmed_on else ""
    _line(page, f"状态：{view.status_title}{confirmed}", size=12)
    page.ln(3)


def _particulars(page: FPDF, paper: FilingPaper) -> None:
    for title, value in _rows(paper):
        page.set_text_color(GREY)
        page.set_font_size(11)
        page.cell(TITLE_COLUMN_MM, LINE_MM, title)
        page.set_text_color(BLACK)
        page.multi_cell(0, LINE_MM, value, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(4)


def _letter(page: FPDF, text: str) -> None:
    """The signed text in a frame, exactly as its hash covers it."""
    page.set_font_size(11)
    page.multi_cell(
        WIDTH_MM, LINE_MM, text, border=1, padding=4, new_x=XPos.LMARGIN, new_y=YPos.NEXT
    )
    page.ln(4)


def _signature(page: FPDF, paper: FilingPaper) -> None:
    _line(page, "承诺人签名：", size=11)
    if paper.drawn_signature is not None:
        page.image(io.BytesIO(paper.drawn_signature), w=60, h=25, keep_aspect_ratio=True)
    else:
        _line(page, paper.typed_signature or "", size=22, height=14)
    signed_at = paper.view.consented_at
    _line(page, f"签名日期：{day_in_words(signed_at)}", size=11)
    page.ln(3)


def _foot(page: FPDF, view: FilingView) -> None:
    page.set_text_color(GREY)
    _line(page, f"承诺书版本：{view.letter_version}", size=8.5, height=5)
    _line(page, f"所签文字的SHA-256：{view.letter_sha256}", size=8.5, height=5)
    page.ln(2)
    page.set_font_size(9.5)
    page.multi_cell(0, 5.5, NOTE)


def _line(page: FPDF, text: str, *, size: float, height: float = LINE_MM) -> None:
    page.set_font_size(size)
    page.cell(0, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _all_text(paper: FilingPaper) -> str:
    values = "".join(value for _, value in _rows(paper))
    return values + paper.letter_text + (paper.typed_signature or "")


def _add_fonts(page: FPDF, font_paths: Sequence[Path], text: str) -> None:
    """The first font there, and further ones only for characters it lacks."""
    families: list[str] = []
    lacking = {ord(letter) for letter in text if not letter.isspace()}
    for path in font_paths:
        if path.is_file() and lacking:
            families.append(f"chinese{len(families)}")
            page.add_font(families[-1], fname=path, collection_font_number=_simplified_face(path))
            font = page.fonts[families[-1]]
            lacking -= set(font.cmap) if isinstance(font, TTFFont) else set()
    if not families:
        looked_for = "\n  ".join(str(path) for path in font_paths)
        raise NoChineseFont(
            "No Chinese font to set the commitment letter in. Install the Debian package "
            "fonts-noto-cjk, or name a TrueType or OpenType file in FONT_PATHS. Looked for:\n  "
            + looked_for
        )
    page.set_font(families[0])
    page.set_fallback_fonts(families[1:])


def _simplified_face(path: Path) -> int:
    """Which face of a collection draws characters the mainland way."""
    if path.suffix.lower() not in (".ttc", ".otc"):
        return 0
    with TTCollection(path, lazy=True) as collection:
        names = [face["name"].getDebugName(1) or "" for face in collection]
    return next((index for index, name in enumerate(names) if name.endswith(" SC")), 0)

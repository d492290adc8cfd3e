"""The PDF a person keeps of what they handed in: particulars, letter, signature, and a code for checking it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from fontTools.ttLib import TTCollection
from fpdf import FPDF
from fpdf.enums import VAlign, WrapMode, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from rules_engine.fact_words import day_in_words
from services.document_code import code_content, code_matrix, dark_runs
from services.filing_records import PURPOSE_TITLES, FilingPaper

MARGIN_MM, WIDTH_MM, TITLE_COLUMN_MM, LINE_MM = 20, 170, 40, 6.5
TYPED_MM, DRAWN_MM, FOOT_MM = 29, 40, 34
CODE_MM, QUIET_MM = 32, 4  # readers want an empty margin of four squares
GREY, BLACK = 110, 0
SUBTITLE = "申请留存件"
NOTE = (
    "这份文件由异地就医助手根据您填写的内容生成，供您自己留存，不是经办机构的确认。"
    "备案有没有办成，以参保地医保经办机构的确认为准。"
)
SCAN_TO_CHECK = "扫第一页右上角的码，可以核对这份文件是不是这里出的，备案现在到了哪一步。"
SCAN_TO_READ = "第一页右上角的码里是备案号和上面这串数，可以拿来核对。"


class NoChineseFont(Exception):
    """No font that could set the document; the message says which were looked for."""


class _Page(FPDF):
    """Every page says which filing it belongs to."""

    def __init__(self, filing_no: str) -> None:
        super().__init__(format="A4")
        self._filing_no = filing_no

    def footer(self) -> None:
        self.set_y(-MARGIN_MM + LINE_MM)
        self.set_font_size(9)
        self.set_text_color(GREY)
        self.cell(0, LINE_MM, f"备案号 {self._filing_no}　第{self.page_no()}页", align="R")
        self.set_text_color(BLACK)


def filing_pdf(paper: FilingPaper, font_paths: Sequence[Path], public_url: str | None) -> bytes:
    """One A4 page or a few; the same bytes for the same filing, whatever became of it. Raises NoChineseFont."""
    page = _Page(paper.view.filing_no)
    # Not the time of printing: the same filing gives the same file.
    page.set_creation_date(paper.view.submitted_at)
    page.set_title(f"{paper.kind_title} {SUBTITLE}")
    page.set_lang("zh-CN")
    page.set_margin(MARGIN_MM)
    page.set_auto_page_break(True, MARGIN_MM)
    _add_fonts(page, font_paths, _all_text(paper))
    page.add_page()
    _head(page, paper, code_content(paper.view.filing_no, paper.signed_sha256, public_url))
    _particulars(page, _rows(paper))
    if paper.letter_text is not None:
        _letter(page, paper.letter_text)
        _signature(page, paper)
    _foot(page, paper, SCAN_TO_READ if public_url is None else SCAN_TO_CHECK)
    return bytes(page.output())


def _rows(paper: FilingPaper) -> tuple[tuple[str, str], ...]:
    view, further = paper.view, []
    if view.predecessor:
        further.append(("办理事项", f"{PURPOSE_TITLES[view.purpose]}（原备案号 {view.predecessor}）"))
    further.append(("提交时间", f"{view.submitted_at:%Y-%m-%d %H:%M}（北京时间）"))
    if paper.papers:
        further.append(("已交材料", "；".join(paper.papers)))
    return (("参保地", paper.region_name), *paper.rows, *further)


def _head(page: FPDF, paper: FilingPaper, code: str) -> None:
    """What it is on the left, the code on the right with nothing near it."""
    _code(page, code, MARGIN_MM + WIDTH_MM - CODE_MM, MARGIN_MM)
    page.set_font_size(18)
    title = f"{paper.region_name}　{paper.kind_title}"
    page.multi_cell(WIDTH_MM - CODE_MM - QUIET_MM, 10, title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    _line(page, SUBTITLE, size=14, height=9)
    _line(page, f"备案号：{paper.view.filing_no}", size=12)
    page.set_y(max(page.get_y(), MARGIN_MM + CODE_MM + QUIET_MM))


def _particulars(page: FPDF, rows: Sequence[tuple[str, str]]) -> None:
    """A row of the table never breaks across pages; long values wrap anywhere, as Chinese does."""
    page.set_font_size(11)
    columns = (TITLE_COLUMN_MM, WIDTH_MM - TITLE_COLUMN_MM)
    with page.table(
        borders_layout="NONE", col_widths=columns, first_row_as_headings=False, line_height=LINE_MM,
        text_align="LEFT", v_align=VAlign.T, wrapmode=WrapMode.CHAR,
    ) as table:
        for title, value in rows:
            row = table.row()
            row.cell(title, style=FontFace(color=GREY))
            row.cell(value)
    page.ln(4)


def _letter(page: FPDF, text: str) -> None:
    """The signed text in a frame, exactly as its hash covers it."""
    page.set_font_size(11)
    page.multi_cell(
        WIDTH_MM, LINE_MM, text, border=1, padding=4, new_x=XPos.LMARGIN, new_y=YPos.NEXT
    )
    page.ln(4)


def _signature(page: FPDF, paper: FilingPaper) -> None:
    _keep_together(page, TYPED_MM if paper.drawn_signature is None else DRAWN_MM)
    _line(page, "签名：", size=11)
    if paper.drawn_signature is not None:
        page.image(io.BytesIO(paper.drawn_signature), w=60, h=25, keep_aspect_ratio=True)
    else:
        _line(page, paper.typed_signature or "", size=22, height=14)
    _line(page, f"签名日期：{day_in_words(paper.view.consented_at)}", size=11)
    page.ln(3)


def _foot(page: FPDF, paper: FilingPaper, what_the_code_is_for: str) -> None:
    """What the hash is over, and what this paper is not."""
    _keep_together(page, FOOT_MM)
    page.set_text_color(GREY)
    has_letter = paper.letter_text is not None
    if has_letter:
        _line(page, f"承诺书版本：{paper.view.letter_version}", size=9.5, height=5.5)
    _line(page, f"{'所签文字' if has_letter else '以上填报内容'}的SHA-256：", size=9.5, height=5.5)
    _line(page, grouped(paper.signed_sha256), size=10.5, height=6)
    page.set_font_size(9.5)
    page.multi_cell(0, 5.5, what_the_code_is_for + NOTE)


def grouped(sha256: str) -> str:
    """The hash in groups of eight, for comparing by eye."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def _code(page: FPDF, content: str, left: float, top: float) -> None:
    matrix = code_matrix(content)
    side = CODE_MM / len(matrix)
    # One path: squares painted one by one show fine lines between them.
    with page.new_path() as path:
        path.style.fill_color, path.style.stroke_color = "#000000", None
        for row, column, length in dark_runs(matrix):
            path.rectangle(left + column * side, top + row * side, length * side, side)


def _keep_together(page: FPDF, height: float) -> None:
    if page.will_page_break(height):
        page.add_page()


def _line(page: FPDF, text: str, *, size: float, height: float = LINE_MM) -> None:
    page.set_font_size(size)
    page.cell(0, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _all_text(paper: FilingPaper) -> str:
    values = "".join(title + value for title, value in _rows(paper))
    return paper.kind_title + values + (paper.letter_text or "") + (paper.typed_signature or "")


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
            "No Chinese font to set the document in. Install the Debian package "
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

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from filing_office import PERSON, drawing
from pypdf import PdfReader

from services.documents import NoChineseFont, commitment_letter_pdf
from services.settings import FONT_PATHS

FONTS = tuple(Path(path) for path in FONT_PATHS)
needs_font = pytest.mark.skipif(
    not any(path.is_file() for path in FONTS), reason="no Chinese font: install fonts-noto-cjk"
)


def text_of(pdf: bytes) -> str:
    """All text without the spaces and zero bytes that pypdf scatters between Chinese characters."""
    return re.sub(r"[\s\0]", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def paper_of(office, signature: str = PERSON["name"]):
    office.ready_to_sign()
    return office.filings.paper("c1", office.sign(signature=signature))


@needs_font
def test_the_paper_shows_every_field_in_full_and_its_standing(office):
    paper = paper_of(office)
    text = text_of(commitment_letter_pdf(paper, FONTS))
    shown = [
        *PERSON.values(), paper.view.filing_no, "已提交，等待经办机构确认", "山东省青岛市", "山东省威海市", "投靠亲属",
        "2026年12月1日", "2026-11-2210:30", paper.view.letter_sha256, paper.view.letter_version,
        "不是经办机构的确认", re.sub(r"\s", "", paper.letter_text),
    ]
    assert [part for part in shown if part not in text] == []


@needs_font
def test_the_same_filing_gives_the_same_bytes_at_any_time(office):
    paper = paper_of(office)
    office.clock.at += timedelta(days=3)
    again = office.filings.paper("c1", paper.view.filing_no)
    assert commitment_letter_pdf(paper, FONTS) == commitment_letter_pdf(again, FONTS)


@needs_font
def test_a_drawn_signature_is_a_picture_in_the_paper(office):
    pdf = commitment_letter_pdf(paper_of(office, drawing()), FONTS)
    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1


@needs_font
def test_only_the_characters_used_are_embedded(office):
    assert len(commitment_letter_pdf(paper_of(office), FONTS)) < 200_000


@needs_font
def test_a_missing_first_font_is_passed_over(office):
    assert commitment_letter_pdf(paper_of(office), (Path("/none.ttf"), *FONTS))


def test_without_any_chinese_font_the_error_names_the_package_to_install(office):
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk") as raised:
        commitment_letter_pdf(paper_of(office), (Path("/none.ttf"),))
    assert "/none.ttf" in str(raised.value)

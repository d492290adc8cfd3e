import io
import re
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno
from filing_office import OFFICER, PERSON, drawing, policy
from pypdf import PdfReader

from rules_engine.filing_kinds import load_filing_kinds
from services.document_files import DocumentFiles
from services.documents import CODE_MM, MARGIN_MM, QUIET_MM, NoChineseFont, filing_pdf
from services.filing_states import STATUS_TITLES
from services.paper_files import PaperFiles
from services.settings import FONT_PATHS, SettingsError, read_settings

FONTS = tuple(Path(path) for path in FONT_PATHS)
ADDRESS = "https://yidi.example.cn"
POINTS_PER_MM = 72 / 25.4
PAGE_MM = 297
DAY = date(2026, 11, 22)
FILED_HERE = [
    (region, kind.kind) for region in load_filing_kinds().regions() for kind in policy().offered(region, DAY)
    if kind.decided_by != "elsewhere"
]
needs_font = pytest.mark.skipif(
    not any(path.is_file() for path in FONTS), reason="no Chinese font: install fonts-noto-cjk"
)


def packed(text: str) -> str:
    """Without the spaces and zero bytes that pypdf scatters between Chinese characters."""
    return re.sub(r"[\s\0]", "", text)


def text_of(pdf: bytes) -> str:
    return packed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def paper_of(office, signature: str = PERSON["name"], **answers: str):
    office.ready_to_sign(**answers)
    return office.course.paper("c1", office.sign(signature=signature))


def pdf_of(paper, fonts=FONTS, public_url: str | None = None) -> bytes:
    return filing_pdf(paper, fonts, public_url)


@needs_font
def test_the_document_shows_every_field_in_full(office):
    paper = paper_of(office)
    text = text_of(pdf_of(paper))
    shown = [
        *PERSON.values(), paper.view.filing_no, "异地长期居住备案", "山东省青岛市", "山东省威海市", "投靠亲属",
        "2026年12月1日", "2026-11-2210:30", paper.signed_sha256, paper.view.letter_version,
        "不是经办机构的确认", packed(paper.letter_text or ""),
    ]
    assert [part for part in shown if part not in text] == []


@needs_font
@pytest.mark.parametrize(("region", "kind"), FILED_HERE)
def test_every_kind_that_is_filed_here_has_its_document(office, region, kind):
    paper = office.course.paper("c1", office.file(kind, region))
    text = text_of(pdf_of(paper))
    shown = [paper.region_name, paper.kind_title, paper.view.filing_no, paper.signed_sha256, *paper.papers]
    shown += [part for row in paper.rows for part in row]
    assert [part for part in shown if packed(part) not in text] == []
    assert ("签名日期" in text, "所签文字" in text) == ((paper.letter_text is not None,) * 2)


@needs_font
def test_someone_filing_for_family_stands_in_it_with_their_own_name_and_number(office):
    agent = {"agent_name": "测试代办", "agent_id_number": "11010519491231002X", "agent_relation": "child"}
    text = text_of(pdf_of(paper_of(office, "测试代办", filed_for="family", **agent)))
    assert "代办人姓名测试代办" in text and "11010519491231002X" in text and "子女" in text and PERSON["name"] in text


@needs_font
def test_a_change_names_the_filing_it_changes(office):
    paper = paper_of(office)
    changed = replace(paper, view=replace(paper.view, purpose="change", predecessor="371000-261101-1111-1111-1"))
    assert "变更（原备案号371000-261101-1111-1111-1）" in text_of(pdf_of(changed))


@needs_font
def test_whatever_became_of_the_filing_its_document_is_the_same_bytes_and_names_no_standing(office):
    paper = paper_of(office)
    first = pdf_of(paper)
    assert not [title for title in STATUS_TITLES.values() if packed(title) in text_of(first)]
    office.confirm(paper.view.filing_no)
    again = office.course.paper("c1", paper.view.filing_no)
    assert again.view.status == "confirmed" and pdf_of(again) == first
    assert pdf_of(office.desk.document(OFFICER, paper.view.filing_no)) == first


@needs_font
def test_a_long_address_wraps_and_nothing_runs_off_the_page(office):
    address = "山东省青岛市市南区香港中路街道办事处东海社区居民委员会第十五居民小组福州南路一百二十三号阳光花园小区二期12号楼3单元1502室"
    pdf = pdf_of(paper_of(office, address=address))
    assert address in text_of(pdf)
    lines = [line for line in PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines() if packed(line)]
    assert not [line for line in lines if address in packed(line)]


@needs_font
@pytest.mark.parametrize("name", ["𠮷㛃", "阿卜杜拉·热合曼"])
def test_rare_characters_of_a_name_are_drawn(office, name):
    assert text_of(pdf_of(paper_of(office, name, name=name))).count(name) >= 2


@needs_font
def test_a_drawn_signature_is_a_picture_in_the_document(office):
    pdf = pdf_of(paper_of(office, drawing()))
    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1


@needs_font
def test_only_the_characters_used_are_embedded(office):
    assert len(pdf_of(paper_of(office))) < 200_000


@needs_font
def test_a_missing_first_font_is_passed_over(office):
    assert pdf_of(paper_of(office), (Path("/none.ttf"), *FONTS))


def test_without_any_chinese_font_the_error_names_the_package_to_install(office):
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk") as raised:
        pdf_of(paper_of(office), (Path("/none.ttf"),))
    assert "/none.ttf" in str(raised.value)


def code_drawn(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The squares painted on the first page: left, top, width, height in mm."""
    content = PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data().decode("latin-1")
    path = next(part for part in re.findall(r"q 2\.8346 .*? Q Q", content, re.DOTALL) if part.count(" re") > 100)
    return [tuple(map(float, one)) for one in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", path)]


def matrix_of(squares: list[tuple[float, float, float, float]]) -> list[list[bool]]:
    side = squares[0][3]
    left, top = min(square[0] for square in squares), min(square[1] for square in squares)
    size = round(CODE_MM / side)
    matrix = [[False] * size for _ in range(size)]
    for x, y, width, _ in squares:
        for column in range(round(width / side)):
            matrix[round((y - top) / side)][round((x - left) / side) + column] = True
    return matrix


@needs_font
@pytest.mark.parametrize("public_url", [None, ADDRESS])
def test_the_code_drawn_says_where_to_check_number_and_hash(office, public_url):
    paper = paper_of(office)
    number, sha256 = paper.view.filing_no, paper.signed_sha256
    expected = {
        ADDRESS: segno.make(f"{ADDRESS}/verify/{number}?sha256={sha256}", error="m", micro=False, boost_error=False),
        None: segno.make(f"备案号 {number} SHA-256 {sha256}", error="m", micro=False, boost_error=False, encoding="utf-8", eci=True),
    }[public_url]
    pdf = pdf_of(paper, public_url=public_url)
    assert matrix_of(code_drawn(pdf)) == [[bool(square) for square in row] for row in expected.matrix]


@needs_font
def test_the_code_is_large_enough_and_nothing_is_near_it(office):
    paper = replace(paper_of(office), kind_title="跨省异地长期居住就医备案" * 2)
    squares = code_drawn(pdf := pdf_of(paper, public_url=ADDRESS))
    side = squares[0][3]
    left, top = min(s[0] for s in squares), min(s[1] for s in squares)
    right, bottom = max(s[0] + s[2] for s in squares), max(s[1] + s[3] for s in squares)
    assert right - left >= 25 and bottom - top >= 25
    assert 4 * side < QUIET_MM < min(left, top, 210 - right, MARGIN_MM)
    ends = []

    def note(text: str, _cm: object, at: list[float], _font: object, size: float) -> None:
        x, y = at[4] / POINTS_PER_MM, PAGE_MM - at[5] / POINTS_PER_MM
        for line in text.splitlines() if y < bottom + 4 * side else ():
            # Digits are a little more than half as wide as Chinese characters.
            width = sum(1 if ord(letter) > 255 else 3 / 5 for letter in packed(line))
            ends.append(x + width * size / POINTS_PER_MM)

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    assert len(ends) >= 3 and max(ends) < left - 4 * side


def documents(office, make=pdf_of) -> DocumentFiles:
    return DocumentFiles(PaperFiles(office.folder / "documents", office.store.box, "document"), make)


@needs_font
def test_a_document_is_made_once_and_given_again_also_after_a_restart(office):
    paper, made = paper_of(office), []

    def make(paper) -> bytes:
        made.append(paper.view.filing_no)
        return pdf_of(paper)

    first = documents(office, make).of(paper)
    assert documents(office, make).of(paper) == first
    assert made == [paper.view.filing_no]
    (kept,) = (office.folder / "documents").iterdir()
    assert kept.stem == paper.view.filing_no and b"%PDF" not in kept.read_bytes()


def test_many_who_ask_first_at_the_same_time_get_the_same_bytes(office):
    paper, made, start = paper_of(office), [], threading.Barrier(8)

    def make(_) -> bytes:
        made.append(len(made))
        return b"%%PDF made as number %d" % len(made)

    one = documents(office, make)

    def ask(_) -> bytes:
        start.wait()
        return one.of(paper)

    with ThreadPoolExecutor(8) as people:
        assert set(people.map(ask, range(8))) == {b"%PDF made as number 1"}
    assert made == [0]


def test_a_deleted_document_is_made_anew(office):
    paper, made = paper_of(office), []
    one = documents(office, lambda _: bytes(made.append(0) or len(made)))
    one.of(paper)
    one.delete(paper.view.filing_no)
    assert not list((office.folder / "documents").iterdir())
    assert one.of(paper) == bytes(2)


def test_a_full_disk_keeps_nobody_from_their_document(office, caplog):
    paper, limits = paper_of(office), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        assert documents(office, lambda _: bytes(5_000)).of(paper) == bytes(5_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "store_full" in caplog.text and not list((office.folder / "documents").iterdir())


@pytest.mark.parametrize(
    ("given", "url"),
    [("", None), ("https://yidi.example.cn/", ADDRESS), ("http://10.0.0.5:8000", "http://10.0.0.5:8000"), (f"{ADDRESS}/yidi/", f"{ADDRESS}/yidi")],
)
def test_the_public_address_is_taken_without_its_last_slash(given, url):
    assert read_settings({"PUBLIC_URL": given}).public_url == url


@pytest.mark.parametrize(
    "given", ["yidi.example.cn", "ftp://a.cn", "javascript:alert(1)", "https://", "https://a.cn?x=1", "https://a.cn#x", "https://u@a.cn", "https://a.cn/ x"],
)
def test_a_public_address_that_is_none_is_refused_by_name(given):
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        read_settings({"PUBLIC_URL": given})

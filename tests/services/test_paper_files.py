import os
import resource
import stat
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_samples import action, hollow_png, pages, picture, slow_pdf, with_button
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from services.china_time import CHINA_TIME
from services.filing_records import FieldProblem, FilingProblem
from services.paper_files import LARGEST_PAPER, PaperFiles, check_paper
from services.paper_pdf import verdict_on_pdf
from services.secrets_box import SecretsBox, SecretsBoxError

ID = "0123456789abcdef0123456789abcdef"
SCRIPT = action("JavaScript")
ZIP = b"PK\x03\x04" + bytes(60)
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


def problem_of(content: bytes) -> FieldProblem:
    with pytest.raises(FieldProblem) as raised:
        check_paper(content, "paper:certificate")
    assert raised.value.field == "paper:certificate"
    return raised.value


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("JPEG", progressive=True), "image/jpeg"),
        (picture("JPEG", mode="CMYK"), "image/jpeg"),
        # A telephone's picture with a second one in it.
        (picture("MPO", save_all=True), "image/jpeg"),
        (picture("PNG", mode="RGBA"), "image/png"),
        (picture("PNG", mode="1"), "image/png"),
        (picture("WEBP"), "image/webp"),
        (picture("WEBP", lossless=True), "image/webp"),
        (pages(), "application/pdf"),
        (pages(50), "application/pdf"),
        (pages() + b"\n" * 500, "application/pdf"),
    ],
)
def test_the_type_is_told_by_the_content(content, media_type):
    assert check_paper(content) == media_type


@pytest.mark.parametrize(
    ("content", "is_heic"),
    [
        (b"MZ" + bytes(300), False), (ZIP, False), (b"<html><script>alert(1)</script></html>", False),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", False), ("证明".encode(), False), (b"\0", False),
        (picture("GIF", mode="L"), False), (picture("TIFF"), False), (picture("BMP"), False), (HEIC, True),
    ],
)
def test_anything_else_is_refused_and_telephones_own_format_by_name(content, is_heic):
    problem = problem_of(content)
    assert (problem.code, problem.details) == ("paper_wrong_type", {"is_heic": is_heic})


def test_nothing_and_too_much_are_refused_before_they_are_opened():
    assert problem_of(b"").code == "paper_empty"
    problem = problem_of(picture() + bytes(LARGEST_PAPER))
    assert (problem.code, problem.details) == ("paper_too_large", {"limit_mb": 10})


def test_exactly_ten_megabytes_are_taken():
    content = picture()
    assert check_paper(content + bytes(LARGEST_PAPER - len(content))) == "image/jpeg"


WHOLE = {
    "jpeg": picture("JPEG"), "progressive": picture("JPEG", progressive=True), "png": picture("PNG"),
    "webp": picture("WEBP"), "pdf": pages(3),
}


@pytest.mark.parametrize("kept", [30, 50, 90, 99])
@pytest.mark.parametrize("kind", WHOLE)
def test_a_paper_whose_end_is_missing_is_refused(kind, kept):
    content = WHOLE[kind]
    assert problem_of(content[: len(content) * kept // 100]).code == "paper_damaged"


def test_a_png_with_a_byte_changed_is_refused():
    content = bytearray(WHOLE["png"])
    content[len(content) // 2] ^= 255
    assert problem_of(bytes(content)).code == "paper_damaged"


@pytest.mark.parametrize("size", [(8_001, 8_000), (20_000, 20_000), (2**31 - 1, 1)])
def test_a_small_file_that_opens_into_a_giant_picture_is_not_opened(size):
    problem = problem_of(hollow_png(*size))
    assert (problem.code, problem.details) == ("paper_too_many_pixels", {"limit_megapixels": 64})


@pytest.mark.parametrize("head", ["JPEG", "PNG", "WEBP"])
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_garbled_picture_is_taken_or_refused_and_never_an_error(head, data):
    content = bytearray({"JPEG": WHOLE["jpeg"], "PNG": WHOLE["png"], "WEBP": WHOLE["webp"]}[head][:4_000])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        check_paper(bytes(content))
    except FieldProblem as problem:
        assert problem.code.startswith("paper_")


def test_a_pdf_behind_a_password_is_refused_also_when_it_opens_without_one():
    assert problem_of(pages(password="secret")).code == "paper_locked"
    assert problem_of(pages(password="")).code == "paper_locked"


def test_fifty_pages_are_taken_and_fifty_one_are_not():
    problem = problem_of(pages(51))
    assert (problem.code, problem.details) == ("paper_too_many_pages", {"limit": 50})


@pytest.mark.parametrize("content", [pages(0), b"%PDF-1.7\nnothing in it\n%%EOF\n", b"%PDF", b"%PDF-1.4\n" + ZIP + b"%%EOF"])
def test_a_pdf_without_a_page_is_damaged(content):
    assert problem_of(content).code == "paper_damaged"


@pytest.mark.parametrize(
    "content",
    [
        pages(OpenAction=SCRIPT),
        pages(AA=DictionaryObject({NameObject("/WC"): SCRIPT})),
        pages(Names=DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): ArrayObject()})})),
        pages(AcroForm=DictionaryObject({NameObject("/XFA"): ArrayObject()})),
        pages(OpenAction=DictionaryObject({NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): action("Launch", "F")})),
        with_button(SCRIPT), with_button(action("Launch", "F")), with_button(action("SubmitForm", "F")),
        # The same name written so that looking for the word doesn't find it.
        with_button(SCRIPT).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53"),
    ],
    ids=range(9),
)
def test_a_pdf_that_does_something_is_refused(content):
    assert problem_of(content).code == "paper_has_actions"


def test_a_pdf_with_links_and_bookmarks_is_taken():
    assert check_paper(with_button(action("URI", "URI"))) == "application/pdf"
    assert check_paper(pages(OpenAction=action("GoTo", "D"))) == "application/pdf"


def test_a_small_pdf_that_keeps_a_reader_busy_is_given_up():
    content = slow_pdf(3_000_000)
    assert len(content) < 10_000
    assert verdict_on_pdf(content) == "fine"
    assert verdict_on_pdf(slow_pdf(70_000_000), longest_work=2) == "damaged"


@pytest.fixture
def files(tmp_path) -> PaperFiles:
    return PaperFiles(tmp_path / "papers", SecretsBox(b"k" * 32))


def test_what_is_put_comes_back_and_is_not_readable_on_the_disk(files, tmp_path):
    files.put(ID, b"a residence permit")
    assert files.get(ID) == b"a residence permit"
    (kept,) = (tmp_path / "papers").iterdir()
    assert kept.stem == ID and b"residence" not in kept.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_paper_that_is_not_there_is_named_as_missing(files):
    with pytest.raises(FilingProblem, match="paper_missing"):
        files.get(ID)


def test_a_file_opens_only_under_its_own_id_field_and_key(files, tmp_path):
    files.put(ID, b"a residence permit")
    folder = tmp_path / "papers"
    (folder / "another.sealed").write_bytes((folder / f"{ID}.sealed").read_bytes())
    for reader, paper_id in [
        (files, "another"), (PaperFiles(folder, SecretsBox(b"k" * 32), "document"), ID), (PaperFiles(folder, SecretsBox(b"x" * 32)), ID),
    ]:
        with pytest.raises(SecretsBoxError):
            reader.get(paper_id)


@pytest.mark.parametrize("name", ["", "../filings", "a/b", "a.b", "a b", "x" * 65, "号"])
def test_an_id_never_leads_out_of_the_folder(files, name):
    for step in (files.get, files.delete, lambda name: files.put(name, b"x")):
        with pytest.raises(ValueError):
            step(name)


def test_a_deleted_paper_is_gone_and_deleting_it_again_is_no_fault(files):
    files.delete(ID)
    files.put(ID, b"x")
    files.delete(ID)
    files.delete(ID)
    assert list(files.known()) == []


def test_known_names_every_file_also_what_an_interrupted_writing_left(files, tmp_path):
    assert list(files.known()) == []
    files.put(ID, b"x")
    (tmp_path / "papers" / f".left.sealed.{'0' * 16}").write_bytes(b"half")
    (tmp_path / "papers" / "lost+found").mkdir()
    assert list(files.known()) == [ID, "left"]
    files.delete("left")
    assert list(files.known()) == [ID]


def test_known_can_be_asked_for_old_files_only(files, tmp_path):
    files.put("old", b"x")
    files.put("young", b"x")
    written = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
    os.utime(tmp_path / "papers" / "old.sealed", (written.timestamp(),) * 2)
    assert list(files.known(written + timedelta(hours=1))) == ["old"]
    assert list(files.known(written)) == []


def test_on_a_full_disk_nothing_half_written_stays(files, tmp_path):
    files.put("before", b"x")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(FilingProblem, match="store_full"):
            files.put(ID, bytes(5_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [entry.name for entry in (tmp_path / "papers").iterdir()] == ["before.sealed"]
    files.put(ID, bytes(5_000))
    assert files.get(ID) == bytes(5_000)

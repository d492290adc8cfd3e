"""What is seen in clear over the desk's API, and who wrote down that it was seen."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from desk_callers import said
from filing_office import GAOYOU, PERSON, Office, another_person, photo
from pypdf import PdfReader


@pytest.fixture
def with_paper(office: Office) -> str:
    """The number of a filing that came with a photograph."""
    return office.file("long_term_residence", GAOYOU)


async def test_reading_in_clear_shows_all_and_is_written_down(zhang, office):
    no = office.submitted()
    assert (await zhang.get(f"filings/{no}/audit")).json() == {"accesses": []}
    rows = {line["title"]: line["value"] for line in (await zhang.post(f"filings/{no}/clear", reason="call")).json()["particulars"]}
    assert rows["姓名"] == PERSON["name"] and rows["身份证号码"] == PERSON["id_number"]
    await zhang.http.post("/desk/search", json={"id_number": PERSON["id_number"]})
    await zhang.get(f"filings/{no}/document")
    accesses = (await zhang.get(f"filings/{no}/audit")).json()["accesses"]
    assert [(one["actor"], one["action"]) for one in accesses] == [("zhang01", "read"), ("zhang01", "search"), ("zhang01", "document")]
    assert "id_number" in accesses[0]["fields"] and accesses[0]["at"] == office.clock.at.isoformat()


async def test_a_paper_is_shown_as_it_was_uploaded_and_cannot_run_anything(zhang, with_paper):
    shown = await zhang.filing(with_paper)
    paper = shown["papers"][0]
    assert paper["media_type"] == "image/jpeg" and paper["bytes"] == len(photo()) and paper["title"]
    answer = await zhang.get(f"filings/{with_paper}/papers/{paper['paper_id']}")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, photo(), "image/jpeg")
    assert "sandbox" in answer.headers["content-security-policy"] and "allow-scripts" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("inline")
    accesses = (await zhang.get(f"filings/{with_paper}/audit")).json()["accesses"]
    assert [(one["action"], one["fields"]) for one in accesses] == [("paper", [f"paper:{paper['paper']}"])]


async def test_a_paper_of_another_filing_is_not_found_under_this_one(zhang, office, with_paper):
    paper_id = (await zhang.filing(with_paper))["papers"][0]["paper_id"]
    other = office.submitted("c2", **another_person(1))
    for no, one in ((other, paper_id), (with_paper, "../../keys/filing.key"), (with_paper, "0" * 32)):
        answer = await zhang.http.get(f"/desk/filings/{no}/papers/{one.replace('/', '%2F')}")
        assert answer.status_code == 404


async def test_a_paper_whose_file_is_gone_is_told_so(zhang, office, with_paper):
    paper_id = (await zhang.filing(with_paper))["papers"][0]["paper_id"]
    office.papers.delete(paper_id)
    answer = await zhang.get(f"filings/{with_paper}/papers/{paper_id}")
    assert said(answer) == (404, "paper_missing") and "备份" in answer.json()["message"]


async def test_the_document_is_a_pdf_in_clear(zhang, office):
    no = office.submitted()
    answer = await zhang.get(f"filings/{no}/document")
    assert answer.headers["content-type"] == "application/pdf" and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == f'inline; filename="{no}.pdf"' and answer.headers["cache-control"] == "no-store"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert PERSON["name"] in words.replace("\x00", "")
    assert (await zhang.get(f"filings/{no}/document")).content == answer.content


async def test_of_a_filing_kept_long_enough_only_its_course_is_left(zhang, office, with_paper):
    paper_id = (await zhang.filing(with_paper))["papers"][0]["paper_id"]
    office.course.withdraw("c1", with_paper)
    assert office.erasure.purge_filings(office.clock.at + timedelta(days=1)) == 1
    shown = await zhang.filing(with_paper)
    assert [event["event"] for event in shown["timeline"]] == ["submitted", "withdrawn"] and shown["name"] == "" and shown["papers"] == []
    assert said(await zhang.get(f"filings/{with_paper}/document")) == (404, "document_erased")
    assert said(await zhang.get(f"filings/{with_paper}/papers/{paper_id}")) == (404, "paper_not_found")
    assert PERSON["name"] not in (await zhang.post(f"filings/{with_paper}/clear", reason="call")).text
    assert (await zhang.get("queue", status="withdrawn")).json()["filings"][0]["filing_no"] == with_paper


@pytest.mark.parametrize(
    ("body", "is_taken", "words"),
    [
        ({"reason": "call"}, True, ""), ({"reason": "papers", "note": "核对居住证"}, True, ""), ({"reason": "other", "note": "法院调取"}, True, ""),
        ({"reason": "other"}, False, "要写明为什么看"), ({"reason": "other", "note": " "}, False, "至少要2个字"), ({}, False, "没有填"),
        ({"reason": "curious"}, False, "只能是"), ({"reason": "call", "note": "字" * 101}, False, "最多100个字"),
        ({"reason": "call", "note": "a\x00b"}, False, "不能显示的字符"), ({"reason": "call", "note": "\ud800\ud800"}, False, "格式不对"),
    ],
)
async def test_nothing_is_shown_in_clear_without_a_reason(zhang, office, body, is_taken, words):
    no = office.submitted()
    answer = await zhang.http.post(f"/desk/filings/{no}/clear", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert answer.status_code == (200 if is_taken else 422), answer.text
    assert is_taken or (words in answer.json()["message"] and PERSON["name"] not in answer.text)
    accesses = (await zhang.get(f"filings/{no}/audit")).json()["accesses"]
    assert [(one["reason"], one["note"]) for one in accesses] == ([(body["reason"], body.get("note", ""))] if is_taken else [])


async def test_the_reason_is_told_in_words_and_the_note_lies_sealed_and_goes_when_the_filing_does(zhang, office):
    no = office.submitted()
    await zhang.post(f"filings/{no}/clear", reason="other", note="法院调取欧阳的档案")
    [access] = (await zhang.get(f"filings/{no}/audit")).json()["accesses"]
    assert (access["action_title"], access["reason_title"], access["note"]) == ("看了不遮的内容", "其他", "法院调取欧阳的档案")
    office.store.erase_traces()
    assert "欧阳的档案".encode() not in b"".join(file.read_bytes() for file in office.folder.rglob("*.db*"))
    office.course.withdraw("c1", no)
    assert office.erasure.purge_filings(office.clock.at + timedelta(days=1)) == 1
    [access] = (await zhang.get(f"filings/{no}/audit")).json()["accesses"]
    assert (access["reason"], access["note"]) == ("other", "")

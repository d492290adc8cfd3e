"""What people ask to be forgotten, and what time runs out for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from filing_office import HANGZHOU, OFFICER, PERSON, URUMQI

from services.filing_records import FilingProblem


def on_disk(office) -> bytes:
    return b"".join(file.read_bytes() for file in office.folder.rglob("*") if file.is_file())


def test_erasing_takes_the_draft_its_papers_and_what_was_looked_up(office):
    filing_no = office.submitted("c1")
    office.look_up.look_up("c2", filing_no, PERSON["id_number"][-4:], PERSON["phone"])
    office.open("c2", "long_term_residence", URUMQI)
    office.fill_in("c2")
    office.filings.keep("c2", "x")
    report = office.erasure.erase("c2")
    assert (report.had_draft, report.staying) == (True, ())
    assert office.filings.find_draft("c2") is None and list(office.papers.known()) == []
    assert office.course.filings_of("c2") == ()
    counts = {t: office.store._database.table(t).count for t in ("drafts", "draft_secrets", "kept_values", "grants")}
    assert counts == {"drafts": 1, "draft_secrets": 0, "kept_values": 0, "grants": 0}, "c1's handed-in draft stays"


def test_what_was_handed_in_stays_and_is_named(office):
    filing_no = office.submitted("c1")
    assert office.erasure.erase("c1").staying == (filing_no,)
    assert office.desk.find(OFFICER, filing_no).filing.status == "submitted"
    assert office.course.filings_of("c1") == (), "from now on it is found by what its person knows"
    assert office.look_up.look_up("c1", filing_no, PERSON["id_number"][-4:], PERSON["phone"]).filing_no == filing_no


def ended(office) -> str:
    filing_no = office.file("long_term_residence", HANGZHOU)
    office.course.request_end("c1", filing_no)
    version = office.desk.find(OFFICER, filing_no).filing.version
    office.desk.decide_end(OFFICER, filing_no, True, "王小明来电13800009999，已核对", version, "key-end-0001")
    office.documents.of(office.course.paper("c1", filing_no))
    return filing_no


def test_particulars_papers_and_documents_go_when_their_time_is_over(office):
    withdrawn = office.file("referral", HANGZHOU)
    office.course.withdraw("c1", withdrawn)
    over = ended(office)
    assert (office.folder / "documents").is_dir() and list(office.papers.known())
    assert office.erasure.purge_filings(office.clock.at) == 0, "not yet"
    office.clock.at += timedelta(days=3651)
    assert office.erasure.purge_filings(office.clock.at - timedelta(days=3650)) == 2
    assert list(office.papers.known()) == [] and list((office.folder / "documents").iterdir()) == []
    for filing_no in (withdrawn, over):
        assert office.store.filings.secrets(filing_no) == {}
        view = office.desk.find(OFFICER, filing_no)
        assert view.filing.timeline and view.duplicates == ()
        assert not any("reason" in entry.detail for entry in view.filing.timeline)
        with pytest.raises(FilingProblem, match="filing_erased"):
            office.desk.document(OFFICER, filing_no)
    assert list(office.store.faults()) == []
    assert office.erasure.purge_filings(office.clock.at - timedelta(days=3650)) == 0, "once"


def test_a_filing_in_force_stays_however_old(office):
    filing_no = office.file("long_term_residence", HANGZHOU)
    office.clock.at += timedelta(days=20_000)
    assert office.erasure.purge_filings(office.clock.at) == 0
    assert dict(office.desk.clear(OFFICER, filing_no, "call"))["姓名"] == PERSON["name"]


def test_files_that_belong_to_nothing_are_swept_up_and_others_are_not(office):
    office.file("referral", HANGZHOU)
    kept = list(office.papers.known())
    office.papers.put("left-by-a-power-cut", b"x")
    later = office.clock.at + timedelta(days=36_500)
    assert office.erasure.sweep_files(later) == 1
    assert list(office.papers.known()) == kept

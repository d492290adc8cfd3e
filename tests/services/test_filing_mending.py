"""A returned filing is mended by answering what the officer asks; until the agency decides, one can be withdrawn."""

from __future__ import annotations

import pytest
from filing_office import HANGZHOU, OFFICER, another_person
from filing_steps import problem_of, status


def test_a_returned_filing_is_mended_by_answering_what_the_officer_asks(office):
    old = office.submitted()
    office.return_(old, "号码少一位", ("phone", "starts_on"))
    view = office.course.view("c1", old)
    assert (view.status, view.returned.detail) == ("returned", {"reason": "号码少一位", "fields": ["phone", "starts_on"]})
    draft = office.course.open_mend("c1", old)
    assert draft.missing == ("phone", "starts_on")
    new = office.finish("c1", phone="13900002222")
    assert (status(office, old), status(office, new)) == ("replaced", "submitted")
    assert office.course.find_in_force("c1").filing_no == new


def test_papers_that_were_right_need_not_be_sent_again(office):
    old = office.file("referral", HANGZHOU)
    [paper] = office.course.view("c1", old).papers
    office.return_(old, "电话打不通", ("phone",))
    draft = office.course.open_mend("c1", old)
    assert draft.missing == ("phone",)
    [copy] = draft.papers
    assert copy.paper_id != paper.paper_id
    assert office.papers.get(copy.paper_id) == office.papers.get(paper.paper_id)
    new = office.finish("c1")
    assert [one.paper_id for one in office.course.view("c1", new).papers] == [copy.paper_id]
    assert set(office.papers.known()) == {paper.paper_id, copy.paper_id}


def test_a_paper_that_was_wrong_is_asked_for_and_one_that_is_lost_too(office):
    wrong, lost = office.file("referral", HANGZHOU, "c1"), office.file("referral", HANGZHOU, "c2", **another_person(2))
    office.return_(wrong, "照片看不清", ("paper:referral_form",))
    office.return_(lost, "电话打不通", ("phone",))
    office.papers.delete(office.course.view("c2", lost).papers[0].paper_id)
    damaged = office.file("referral", HANGZHOU, "c3", **another_person(3))
    office.return_(damaged, "电话打不通", ("phone",))
    file = office.folder / "papers" / f"{office.course.view('c3', damaged).papers[0].paper_id}.sealed"
    file.write_bytes(file.read_bytes()[:-9] + b"x" * 9)
    assert office.course.open_mend("c1", wrong).missing == ("paper:referral_form",)
    assert set(office.course.open_mend("c2", lost).missing) == {"phone", "paper:referral_form"}
    assert set(office.course.open_mend("c3", damaged).missing) == {"phone", "paper:referral_form"}
    assert len(list(office.papers.known())) == 2


def test_copies_of_papers_nobody_takes_are_deleted(office, monkeypatch):
    old = office.file("referral", HANGZHOU)
    office.return_(old, "电话打不通", ("phone",))
    monkeypatch.setattr(office.store.drafts, "add", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.course.open_mend("c1", old)
    assert len(list(office.papers.known())) == 1


def test_why_it_was_returned_is_sealed_on_the_disk(office):
    number = office.submitted()
    office.return_(number, "王小明的电话13800009999打不通")
    raw = b"".join(file.read_bytes() for file in office.folder.glob("filings.db*"))
    assert "王小明".encode() not in raw and b"13800009999" not in raw


def test_an_officer_can_only_ask_to_mend_what_was_asked(office):
    number = office.file("referral", HANGZHOU)
    found = problem_of(office.desk.return_, OFFICER, number, "请补充地址", ["address"], 1, "key-0001")
    assert (found.code, found.details) == ("unknown_field", {"field": "address"})


def test_a_filing_can_be_withdrawn_until_the_agency_decides(office):
    number = office.submitted()
    assert office.course.withdraw("c1", number).status == "withdrawn"
    assert problem_of(office.course.withdraw, "c1", number).code == "cannot_withdraw"
    other = office.submitted("c1")
    office.confirm(other)
    assert problem_of(office.course.withdraw, "c1", other).code == "cannot_withdraw"

"""Every kind of filing is handed in once, has a receipt, and is shown to its owner."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from filing_office import GAOYOU, HANGZHOU, OFFICER, PERSON, URUMQI, WEIHAI, another_person
from filing_steps import problem_of


@pytest.mark.parametrize(
    ("region", "kind", "status"),
    [
        (WEIHAI, "long_term_residence", "submitted"), (WEIHAI, "temporary_care", "submitted"),
        (HANGZHOU, "long_term_residence", "confirmed"), (HANGZHOU, "referral", "submitted"),
        (HANGZHOU, "late_filing", "submitted"), (GAOYOU, "long_term_residence", "submitted"),
        (GAOYOU, "referral", "submitted"), (URUMQI, "long_term_residence", "submitted"),
        (URUMQI, "emergency_registration", "submitted"),
    ],
)
@pytest.mark.parametrize("filed_for", ["self", "family"])
def test_every_kind_is_filed_from_the_first_question_to_the_receipt(office, region, kind, status, filed_for):
    signer = {"self": PERSON["name"], "family": "测试代办"}[filed_for]
    office.open("c1", kind, region)
    office.agree("c1", filed_for=filed_for)
    draft = office.filings.find_draft("c1")
    token = office.filings.keep("c1", signer) if draft.plan.has_letter else None
    receipt = office.filings.submit("c1", token)
    assert receipt.status == status
    view = office.course.view("c1", receipt.filing_no)
    assert view.timeline[0].actor == {"self": "insured_person", "family": "agent"}[filed_for]
    titles = {line.title for line in view.particulars}
    assert ("代办人姓名" in titles) == (filed_for == "family")
    assert dict(office.desk.clear(OFFICER, receipt.filing_no, "call"))["姓名"] == PERSON["name"]


def test_a_second_filing_of_the_same_kind_by_the_same_person_is_found_not_made(office):
    first = office.submitted("c1")
    office.ready_to_sign("c2")
    found = problem_of(office.sign, "c2")
    assert (found.code, found.details["filing_no"]) == ("filing_exists", first)


def test_somebody_elses_id_number_does_not_tell_that_they_have_filed(office):
    first = office.submitted("c1")
    second = office.submitted("c2", phone="13900001111")
    [same_person] = office.desk.find(OFFICER, second).duplicates
    assert same_person.filing_no == first


@pytest.mark.parametrize(
    ("kind", "region", "again"),
    [("emergency_registration", URUMQI, {"admitted_on": "2027-04-02"}), ("late_filing", HANGZHOU, {"admitted_on": "2027-04-02"}),
     ("temporary_care", WEIHAI, {"starts_on": "2027-05-01"})],
)
def test_another_stay_or_trip_is_filed_anew_and_the_same_one_is_not(office, kind, region, again):
    office.confirm(office.file(kind, region))
    office.clock.set_day(date(2027, 5, 1))
    assert office.file(kind, region, **again)
    office.open("c1", kind, region)
    office.agree("c1", **again)
    assert problem_of(office.filings.submit, "c1").code == "filing_exists"


def test_a_receipt_says_submitted_and_submitting_again_gives_the_same(office):
    office.ready_to_sign()
    receipt = office.filings.submit("c1", office.filings.keep("c1", PERSON["name"]))
    assert (receipt.status, receipt.submitted_at) == ("submitted", office.clock.at)
    assert office.filings.submit("c1", "any token") == receipt


def test_an_owner_sees_their_filings_masked_and_newest_first(office):
    first = office.submitted()
    office.clock.at += timedelta(minutes=1)
    second = office.submitted(**another_person(1))
    views = office.course.filings_of("c1")
    assert [view.filing_no for view in views] == [second, first]
    assert not any(value in repr(views) for value in PERSON.values())
    assert [entry.event for entry in views[0].timeline] == ["submitted"]
    assert office.course.filings_of("c2") == ()


def test_a_paper_is_for_its_owner_and_does_not_show_itself_in_logs(office):
    filing_no = office.submitted()
    paper = office.course.paper("c1", filing_no)
    rows = dict(paper.rows)
    assert [rows[title] for title in ("姓名", "身份证号码", "联系电话", "通讯地址")] == list(PERSON.values())
    assert not any(value in repr(paper) for value in PERSON.values())
    assert problem_of(office.course.paper, "c2", filing_no).code == "filing_not_found"
    assert [(entry.actor, entry.action) for entry in office.desk.audit(OFFICER, filing_no)] == [("insured_person", "document")]


def test_the_text_that_was_signed_is_kept_whatever_becomes_of_the_wording(office):
    office.ready_to_sign()
    shown = office.filings.letter(office.filings.find_draft("c1"))
    paper = office.course.paper("c1", office.sign())
    assert (paper.letter_text, paper.signed_sha256) == (shown.text, shown.sha256)


def test_what_is_handed_in_without_a_letter_is_kept_by_the_hash_of_its_answers(office):
    filing_no = office.file("referral", HANGZHOU)
    kept = office.store.filings.secret(filing_no, "letter")
    assert office.course.view("c1", filing_no).letter_sha256 == hashlib.sha256(kept.encode()).hexdigest()
    assert all(PERSON[name] in kept for name in ("name", "id_number", "phone"))

"""The desk: two officers never decide the same, repeats change nothing, every clear reading is logged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from filing_office import HANGZHOU, OFFICER, PERSON, URUMQI, WEIHAI, another_person

from services.desk_account import Account
from services.filing_records import FilingProblem

COLLEAGUE = Account("officer-2", "同事", frozenset({WEIHAI}), "officer")
STRANGER = Account("officer-3", "外地", frozenset({URUMQI}), "officer")


def problem_of(call, *arguments) -> FilingProblem:
    with pytest.raises(FilingProblem) as raised:
        call(*arguments)
    return raised.value


def test_the_second_officer_is_told_that_somebody_was_faster(office):
    number = office.submitted()
    seen = office.desk.find(OFFICER, number).filing.version
    office.desk.confirm(OFFICER, number, None, seen, "key-0001")
    assert problem_of(office.desk.return_, COLLEAGUE, number, "补电话", ["phone"], seen, "key-0002").code == "not_awaiting_decision"


def test_an_old_version_decides_nothing(office):
    number = office.submitted()
    assert problem_of(office.desk.confirm, OFFICER, number, None, 0, "key-0001").code == "stale_version"
    assert office.desk.find(OFFICER, number).filing.status == "submitted"


def test_the_same_request_again_is_answered_again_and_done_once(office):
    number = office.submitted()
    first = office.desk.confirm(OFFICER, number, None, 1, "key-0001")
    office.clock.at += timedelta(days=1)
    assert office.desk.confirm(OFFICER, number, None, 1, "key-0001") == first
    assert len(first.timeline) == 2
    assert problem_of(office.desk.return_, OFFICER, number, "x" * 5, [], 1, "key-0001").code == "idempotency_key_reused"
    other = office.submitted("c2", **another_person(1))
    assert problem_of(office.desk.confirm, OFFICER, other, None, 1, "key-0001").code == "idempotency_key_reused"
    assert office.desk.confirm(COLLEAGUE, other, None, 1, "key-0001").status == "confirmed", "keys are each officer's own"


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 11, 21), "confirmed_before_submitted"), (date(2026, 11, 23), "confirmed_in_future")]
)
def test_it_is_confirmed_between_the_day_it_came_and_today(office, on, code):
    number = office.submitted()
    assert problem_of(office.desk.confirm, OFFICER, number, on, 1, "key-0001").code == code
    assert office.desk.confirm(OFFICER, number, date(2026, 11, 22), 1, "key-0001").confirmed_on == date(2026, 11, 22)


def test_the_queue_shows_the_oldest_first_page_by_page_and_only_ones_own_regions(office):
    numbers = []
    for n in range(5):
        numbers.append(office.submitted(f"c{n}", **another_person(n)))
        office.clock.at += timedelta(minutes=1)
    elsewhere = office.file("emergency_registration", URUMQI, "c9")
    first = office.desk.queue(COLLEAGUE, limit=2)
    second = office.desk.queue(COLLEAGUE, after=first.after, limit=2)
    third = office.desk.queue(COLLEAGUE, after=second.after, limit=2)
    assert [v.filing_no for page in (first, second, third) for v in page.filings] == numbers
    assert third.after is None
    assert [v.filing_no for v in office.desk.queue(STRANGER).filings] == [elsewhere]
    assert [v.filing_no for v in office.desk.queue(OFFICER, limit=100).filings] == [*numbers, elsewhere]
    assert office.desk.queue(COLLEAGUE, region=URUMQI).filings == ()


def test_another_regions_filing_is_as_if_it_were_not_there(office):
    number = office.submitted()
    for step, *more in (["find"], ["clear", "call"], ["document"], ["audit"]):
        assert problem_of(getattr(office.desk, step), STRANGER, number, *more).code == "filing_not_found"
    assert problem_of(office.desk.confirm, STRANGER, number, None, 1, "key-0001").code == "filing_not_found"
    assert office.desk.search_id_number(STRANGER, PERSON["id_number"]) == ()


def test_every_clear_reading_is_in_the_log_which_nothing_takes_back(office):
    number = office.file("referral", HANGZHOU)
    paper = office.course.view("c1", number).papers[0]
    office.desk.clear(OFFICER, number, "call")
    office.desk.document(OFFICER, number)
    office.desk.search_id_number(OFFICER, PERSON["id_number"])
    assert office.desk.paper(OFFICER, number, paper.paper_id)[0] == "image/jpeg"
    log = office.desk.audit(OFFICER, number)
    assert [entry.action for entry in log] == ["read", "document", "search", "paper"]
    assert all(entry.actor == OFFICER.id for entry in log)
    with pytest.raises(Exception, match="append-only"):
        office.store._database.execute("DELETE FROM access_log")


def test_a_paper_is_found_only_with_its_own_filing(office):
    number = office.file("referral", HANGZHOU)
    other = office.submitted("c2", **another_person(1))
    paper = office.course.view("c1", number).papers[0]
    assert problem_of(office.desk.paper, OFFICER, other, paper.paper_id).code == "paper_not_found"


def test_what_is_to_be_mended_must_be_something_that_is_asked(office):
    number = office.submitted()
    found = problem_of(office.desk.return_, OFFICER, number, "请改", ["shoe_size"], 1, "key-0001")
    assert (found.code, found.details) == ("unknown_field", {"field": "shoe_size"})

"""Many who do the same thing at the same moment, in threads and in processes: it is done once, and all are told alike."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from filing_office import OFFICER, PERSON
from store_courses import a_person
from store_workers import workers

from services import database
from services.filing_records import FilingProblem

pytestmark = pytest.mark.slow

CLIENTS, THREADS, OFFICERS = 50, 25, 20
LOST = {"stale_version", "not_awaiting_decision"}


@pytest.fixture(scope="module")
def ask():
    with workers() as asked:
        yield asked


@pytest.fixture
def race(ask, office):
    """What each of these calls came to, made at the same moment on the test's store; the first `threads` in one process."""

    def run(*calls, threads=0):
        results = ask("race", folder=office.folder, calls=calls, threads=threads, at=office.clock().isoformat())
        assert len(results) == len(calls), "a client broke down: its last words are above"
        return results

    return run


def given(results: list[dict[str, str]]) -> list[str]:
    return [one["gives"] for one in results if "gives" in one]


def problems(results: list[dict[str, str]]) -> list[str]:
    return [one["problem"] for one in results if "problem" in one]


def test_fifty_clients_that_hand_in_the_same_draft_get_the_same_receipt(race, office):
    office.ready_to_sign("c1")
    results = race(*[["sign", "c1"]] * CLIENTS, threads=THREADS)
    assert problems(results) == []
    (filing,) = office.course.filings_of("c1")
    assert set(given(results)) == {repr(filing.filing_no)}
    assert [entry.event for entry in filing.timeline] == ["submitted"]
    assert list(office.store.faults()) == []


def test_twenty_officers_decide_the_same_filing_and_one_of_them_succeeds(race, office):
    number = office.submitted("c1")
    decisions = [
        ["decide", f"officer-{n}", ("confirm", "return")[n % 2], number, 1, f"key-{n}"] for n in range(OFFICERS)
    ]
    results = race(*decisions, threads=OFFICERS // 2)
    assert len(given(results)) == 1
    assert set(problems(results)) <= LOST
    assert len(office.desk.find(OFFICER, number).filing.timeline) == 2
    assert list(office.store.faults()) == []


@pytest.mark.parametrize("decision", ["confirm", "return"])
def test_the_same_request_twenty_times_is_one_event_and_one_answer(race, office, decision):
    number = office.submitted("c1")
    results = race(*[["decide", "officer-1", decision, number, 1, "the same key"]] * OFFICERS, threads=OFFICERS // 2)
    assert problems(results) == []
    assert set(given(results)) == {repr(office.desk.find(OFFICER, number).filing)}
    assert office.desk.find(OFFICER, number).filing.version == 2


def test_one_key_for_different_requests_at_once_serves_one_of_them(race, office):
    numbers = [office.submitted(f"c{n}", **a_person(n)) for n in range(OFFICERS)]
    results = race(*(["decide", "officer-1", "confirm", number, 1, "the same key"] for number in numbers), threads=10)
    assert len(given(results)) == 1
    assert set(problems(results)) == {"idempotency_key_reused"}
    assert sum(office.desk.find(OFFICER, number).filing.version == 2 for number in numbers) == 1


def test_taken_back_and_decided_at_once_only_one_of_both_holds(race, office):
    for n in range(5):
        number = office.submitted(f"c{n}", **a_person(n))
        results = race(["withdraw", f"c{n}", number], ["decide", "officer-1", "confirm", number, 1, f"key-{n}"])
        assert len(given(results)) == 1
        assert set(problems(results)) <= LOST | {"cannot_withdraw"}
    assert list(office.store.faults()) == []


def in_two_conversations(office, number: str) -> None:
    """A second conversation in which the same person has shown that the filing is theirs."""
    office.look_up.look_up("c2", number, PERSON["id_number"][-4:], PERSON["phone"])


def test_two_conversations_that_mend_a_filing_make_one_successor(race, office):
    number = office.submitted("c1")
    office.return_(number)
    in_two_conversations(office, number)
    for conversation in ("c1", "c2"):
        office.course.open_mend(conversation, number)
        office.agree(conversation)
    results = race(["sign", "c1"], ["sign", "c2"])
    assert len(given(results)) == 1
    assert problems(results) == ["predecessor_moved_on"]
    assert office.course.view("c1", number).successor in given(results)[0]
    assert list(office.store.faults()) == []


def test_two_conversations_that_change_a_filing_make_one_successor(race, office):
    number = office.submitted("c1")
    office.confirm(number)
    in_two_conversations(office, number)
    office.clock.at = office.clock.at.replace(year=2027, month=7)
    for conversation in ("c1", "c2"):
        office.course.open_change(conversation, number)
        office.agree(conversation, treatment_region="110000", starts_on="2027-08-01")
    results = race(["sign", "c1"], ["sign", "c2"])
    assert len(given(results)) == 1
    assert problems(results) == ["filing_exists"]


def test_one_person_who_files_from_ten_conversations_at_once_has_one_filing(race, office):
    for n in range(10):
        office.ready_to_sign(f"c{n}")
    results = race(*(["sign", f"c{n}"] for n in range(10)), threads=5)
    assert len(given(results)) == 1
    assert problems(results) == ["filing_exists"] * 9


def test_a_draft_opened_ten_times_at_once_is_one_draft(race, office):
    results = race(*[["open", "c1"]] * 10, threads=5)
    assert set(given(results)) == {repr(office.filings.find_draft("c1").draft_id)}


def test_a_kept_value_used_ten_times_at_once_is_used_once(race, office):
    office.open("c1")
    token = office.filings.keep("c1", PERSON["phone"])
    results = race(*[["fill", "c1", "phone", token]] * 10, threads=5)
    assert len(given(results)) == 1
    assert problems(results) == ["kept_value_gone"] * 9
    assert "phone" in office.filings.find_draft("c1").filled


def test_fifty_processes_open_a_store_that_is_not_there_yet(ask, tmp_path):
    results = ask("race", folder=tmp_path, calls=[["open", f"c{n}"] for n in range(CLIENTS)])
    assert len(given(results)) == CLIENTS


def test_a_store_that_another_process_holds_for_too_long_says_so_and_goes_on_afterwards(office, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    with closing(sqlite3.connect(office.folder / "filings.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FilingProblem, match="store_busy"):
            office.filings.keep("c1", "x")
        other.execute("ROLLBACK")
    office.filings.keep("c1", "x")

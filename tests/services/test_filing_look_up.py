"""A filing found from another device; guessing is limited and tells nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filing_office import PERSON, an_office, another_person
from hypothesis import given, settings
from hypothesis import strategies as st

from services.filing_numbers import filing_number
from services.filing_records import FilingProblem

FOUR, PHONE = PERSON["id_number"][-4:], PERSON["phone"]
NOT_THERE = filing_number("371000", date(2026, 11, 22), "00000000")


def problem_of(call, *arguments) -> FilingProblem:
    with pytest.raises(FilingProblem) as raised:
        call(*arguments)
    return raised.value


@pytest.mark.parametrize("spaced", [lambda no: no, lambda no: no.replace("-", ""), lambda no: f" {no.replace('-', ' ')} "])
def test_number_last_four_and_phone_show_the_filing_masked_and_from_then_on(office, spaced):
    number = office.submitted("c1")
    view = office.look_up.look_up("c2", spaced(number), FOUR.lower(), "138 1234 5678")
    assert view.filing_no == number and not any(value in repr(view) for value in PERSON.values())
    assert [one.filing_no for one in office.course.filings_of("c2")] == [number]
    assert office.course.paper("c2", number).rows


@pytest.mark.parametrize(("four", "phone"), [("0000", PHONE), (FOUR, "13812345679"), ("", PHONE), (FOUR, ""), ("", "")])
def test_anything_wrong_shows_nothing_and_counts_down(office, four, phone):
    number = office.submitted("c1")
    found = problem_of(office.look_up.look_up, "c2", number, four, phone)
    assert (found.code, found.details) == ("lookup_failed", {"left": 4})
    assert office.course.filings_of("c2") == ()


def wrong(office, number, times):
    return [problem_of(office.look_up.look_up, f"c{n}", number, "0000", PHONE).code for n in range(times)]


def test_five_wrong_within_fifteen_minutes_lock_it_for_everybody_even_who_knows(office):
    number = office.submitted("c1")
    assert wrong(office, number, 5) == ["lookup_failed"] * 4 + ["lookup_locked"]
    found = problem_of(office.look_up.look_up, "c9", number, FOUR, PHONE)
    assert found.code == "lookup_locked"
    assert found.details["until"] == (office.clock.at + timedelta(minutes=15)).isoformat()
    office.clock.at += timedelta(minutes=14, seconds=59)
    assert problem_of(office.look_up.look_up, "c9", number, FOUR, PHONE).code == "lookup_locked"
    office.clock.at += timedelta(seconds=1)
    assert office.look_up.look_up("c9", number, FOUR, PHONE).filing_no == number


def test_wrong_attempts_of_long_ago_no_longer_count(office):
    number = office.submitted("c1")
    wrong(office, number, 4)
    office.clock.at += timedelta(minutes=15)
    assert wrong(office, number, 1) == ["lookup_failed"]
    assert office.look_up.look_up("c9", number, FOUR, PHONE)


def test_one_filings_lock_is_not_anothers(office):
    first, second = office.submitted("c1"), office.submitted("c2", **another_person(1))
    wrong(office, first, 5)
    person = another_person(1)
    assert office.look_up.look_up("c9", second, person["id_number"][-4:], person["phone"]).filing_no == second


def test_a_number_that_was_never_given_answers_like_a_wrong_guess(office):
    there = office.submitted("c1")
    assert wrong(office, NOT_THERE, 6) == wrong(office, there, 6)


def test_a_misread_number_is_told_at_once_and_costs_nothing(office):
    number = office.submitted("c1")
    misread = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert problem_of(office.look_up.look_up, "c2", misread, FOUR, PHONE).code == "filing_number_misread"


def test_a_documents_code_tells_that_it_is_genuine_and_nothing_of_the_person(office):
    number = office.submitted("c1")
    sha256 = office.course.view("c1", number).letter_sha256
    verified = office.look_up.verify(number, sha256.upper())
    assert verified.submitted_on == office.clock.at.date() and "等待" in verified.status_title
    assert not any(value in repr(verified) for value in PERSON.values())
    assert problem_of(office.look_up.verify, number, "0" * 64).code == "not_issued"
    assert problem_of(office.look_up.verify, NOT_THERE, "0" * 64).code == "not_issued"
    assert problem_of(office.look_up.verify, "x", sha256).code == "not_issued"


@settings(deadline=None)
@given(number=st.text(max_size=40), four=st.text(max_size=6), phone=st.text(max_size=20))
def test_whatever_is_typed_is_answered(number, four, phone):
    with TemporaryDirectory() as folder, an_office(Path(folder)) as office:
        problem = problem_of(office.look_up.look_up, "c1", number, four, phone)
        assert problem.code in ("filing_number_misread", "lookup_failed")

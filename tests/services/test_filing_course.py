"""The further life of a filing, by each region's rules, as its owner and the agency drive it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from filing_office import BEIJING, GAOYOU, HANGZHOU, OFFICER, URUMQI, another_person
from filing_steps import confirmed, problem_of, status


@pytest.mark.parametrize("step", ["withdraw", "request_end", "open_change", "open_mend", "open_renewal", "open_end", "paper", "view"])
def test_nobody_elses_filing_can_be_touched(office, step):
    number = office.submitted("c1")
    assert problem_of(getattr(office.course, step), "c2", number).code == "filing_not_found"


# 威海: 6 months from the confirmation, whatever the start


def test_weihai_holds_a_filing_for_six_months_from_its_confirmation(office):
    number = office.submitted()
    office.clock.set_day(date(2026, 11, 30))
    office.confirm(number)
    for day, code in ((date(2027, 5, 30), "action_refused"), (date(2027, 5, 31), None)):
        office.clock.set_day(day)
        if code:
            found = problem_of(office.course.open_change, "c1", number)
            assert found.code == code
            assert found.details["decision"].possible_from == date(2027, 5, 31)
            assert "二（三）" in found.details["decision"].steps[0].citation.article
        else:
            assert office.course.open_change("c1", number).predecessor == number
    assert office.course.may_change_from("c1", number) in (None, date(2027, 5, 31))


def test_weihai_lets_people_home_early_with_papers(office):
    number = confirmed(office)
    found = problem_of(office.course.request_end, "c1", number)
    assert found.code == "papers_needed"
    assert [paper.id for paper in found.details["decision"].papers] == ["residence_proof"]
    draft = office.course.open_end("c1", number)
    assert draft.next_step == "paper:residence_proof"
    office.fill_in("c1")
    office.filings.confirm_review("c1")
    receipt = office.filings.submit("c1")
    assert (receipt.filing_no, receipt.status) == (number, "ending")
    assert office.filings.submit("c1") == receipt, "the same again"
    assert [paper.paper for paper in office.course.view("c1", number).papers] == ["residence_proof"]
    version = office.desk.find(OFFICER, number).filing.version
    office.desk.decide_end(OFFICER, number, True, "已核对居住证", version, "key-end-0001")
    assert status(office, number) == "ended"


def test_an_end_that_the_agency_refuses_leaves_the_filing_in_force_and_says_why(office):
    number = confirmed(office)
    office.clock.at += timedelta(days=200)
    assert office.course.request_end("c1", number).status == "ending"
    assert problem_of(office.course.request_end, "c1", number).code == "not_in_force"
    version = office.desk.find(OFFICER, number).filing.version
    office.desk.decide_end(OFFICER, number, False, "请先结清在外地的住院", version, "key-end-0001")
    view = office.course.view("c1", number)
    assert (view.status, view.timeline[-1].detail["reason"]) == ("confirmed", "请先结清在外地的住院")


# 杭州: active at once, 3 months from effect; referral 12 months


def test_hangzhou_long_term_is_active_at_once_and_held_for_three_months(office):
    office.clock.set_day(date(2026, 11, 30))
    number = office.file("long_term_residence", HANGZHOU)
    view = office.course.view("c1", number)
    assert (view.status, view.effective_on, view.valid_to, view.validity) == (
        "confirmed", date(2026, 11, 30), None, "permanent",
    )
    for day, needs_papers in ((date(2027, 2, 28), True), (date(2027, 3, 1), False)):
        office.clock.set_day(day)
        draft = office.course.open_change("c1", number)
        assert ("paper:change_proof" in draft.missing) == needs_papers
        office.filings.drop("c1")


def test_hangzhou_students_may_change_at_any_time(office):
    office.open("c1", "long_term_residence", HANGZHOU, person_group="university_student", reason="student_internship")
    number = office.finish("c1")
    assert "paper:change_proof" not in office.course.open_change("c1", number).missing
    office.filings.drop("c1")
    assert office.course.request_end("c1", number).status == "ended", "六: students may withdraw theirs"


@pytest.mark.parametrize(("reason", "outcome"), [("student_internship", "allowed"), ("living_elsewhere", "refused")])
@pytest.mark.parametrize("told", ["other", "university_student"])
def test_hangzhou_students_are_known_by_the_reason_on_the_form(office, reason, outcome, told):
    office.open("c1", "long_term_residence", HANGZHOU, person_group=told, reason=reason)
    assert office.course.may("c1", office.finish("c1"), "change").outcome == outcome


def test_hangzhou_says_nothing_on_ending_so_the_agency_is_asked(office):
    number = office.file("long_term_residence", HANGZHOU)
    assert office.course.may("c1", number, "end").outcome == "not_stated"


def test_self_service_leaves_to_the_agency_what_hangs_on_papers_or_is_not_stated(office):
    number = office.file("long_term_residence", HANGZHOU)
    office.course.open_change("c1", number)
    change = office.finish("c1")
    assert (status(office, number), status(office, change)) == ("confirmed", "submitted")
    other = office.file("long_term_residence", HANGZHOU, "c2", **another_person(1))
    assert office.course.request_end("c2", other).status == "ending"


def test_a_second_self_service_filing_under_the_same_id_waits_for_an_officer(office):
    first = office.file("long_term_residence", HANGZHOU)
    second = office.file("long_term_residence", HANGZHOU, "c2", phone="13900001111")
    assert (status(office, first), status(office, second)) == ("confirmed", "submitted")


def test_hangzhou_referral_is_good_for_twelve_months_and_then_renewed_simply(office):
    number = office.file("referral", HANGZHOU, starts_on="2026-12-01")
    office.confirm(number)
    assert office.course.view("c1", number).valid_to == date(2027, 12, 1)
    office.clock.set_day(date(2027, 12, 1))
    assert status(office, number) == "confirmed"
    found = problem_of(office.course.open_renewal, "c1", number)
    assert (found.code, found.details["decision"].possible_from) == ("action_refused", date(2027, 12, 2))
    office.clock.set_day(date(2027, 12, 2))
    assert status(office, number) == "expired"
    draft = office.course.open_renewal("c1", number)
    assert draft.fields["treatment_region"] == BEIJING
    office.filings.fill("c1", "filed_for", value="本人")
    office.filings.fill("c1", "starts_on", value="今天")
    assert office.filings.find_draft("c1").next_step == "paper:referral_form"
    office.filings.skip_paper("c1", "paper:referral_form")
    office.filings.confirm_review("c1")
    new = office.filings.submit("c1").filing_no
    office.confirm(new)
    assert (status(office, number), status(office, new)) == ("changed", "confirmed")


def test_a_referral_that_has_run_out_does_not_stand_in_the_way_of_a_new_one(office):
    number = office.file("referral", HANGZHOU, starts_on="2026-12-01")
    office.confirm(number)
    office.clock.set_day(date(2028, 1, 1))
    assert office.file("referral", HANGZHOU, "c2", starts_on="今天")


# 乌鲁木齐, 高邮


def test_urumqi_lets_nobody_out_within_six_months(office):
    number = confirmed(office, region=URUMQI)
    found = problem_of(office.course.request_end, "c1", number)
    assert (found.code, found.details["decision"].possible_from) == ("action_refused", date(2027, 5, 23))
    assert problem_of(office.course.open_change, "c1", number).code == "action_refused"
    office.clock.set_day(date(2027, 5, 23))
    assert office.course.request_end("c1", number).status == "ending"


def test_gaoyou_has_no_limit_and_the_agency_decides_on_a_change(office):
    number = confirmed(office, region=GAOYOU)
    assert office.course.may("c1", number, "change").outcome != "refused"
    assert office.course.open_change("c1", number).purpose == "change"
